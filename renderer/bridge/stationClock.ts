/** The station's two clocks as seen from the page; they keep running when the station falls silent, so data ages. */
export type StationClock = {
  readonly stationMonoMsNow: () => number;
  readonly stationUnixUsNow: () => number;
};

// Batches arrive with tens of milliseconds of jitter; a larger jump means another station or a corrected clock.
const JUMP_MS = 1000;
const FOLLOW = 0.05;

/** An offset between two clocks, learnt from samples that arrive late by varying amounts. */
class Offset {
  #offsetMs: number | undefined;

  learn(sampleMs: number): void {
    const known = this.#offsetMs;
    // A larger sample had less transport delay: take it at once. Smaller samples pull the estimate slowly.
    const isBetter = known === undefined || sampleMs > known || known - sampleMs > JUMP_MS;
    this.#offsetMs = isBetter ? sampleMs : known + (sampleMs - known) * FOLLOW;
  }

  orElse(fallbackMs: number): number {
    return this.#offsetMs ?? fallbackMs;
  }
}

export type PageClock = { readonly monoMs: () => number; readonly unixMs: () => number };

export const browserClock: PageClock = { monoMs: () => performance.now(), unixMs: () => Date.now() };

export class LearntClock implements StationClock {
  readonly #page: PageClock;
  #mono = new Offset();
  #unix = new Offset();

  constructor(page: PageClock) {
    this.#page = page;
  }

  /** After a reconnection the station may be another process with another start. */
  forget(): void {
    this.#mono = new Offset();
    this.#unix = new Offset();
  }

  learn(stationMonoMs: number, stationUnixUs: number): void {
    this.#mono.learn(stationMonoMs - this.#page.monoMs());
    this.#unix.learn(stationUnixUs / 1000 - this.#page.monoMs());
  }

  readonly stationMonoMsNow = (): number => this.#page.monoMs() + this.#mono.orElse(0);
  readonly stationUnixUsNow = (): number => {
    const nowMs = this.#page.monoMs();
    return (nowMs + this.#unix.orElse(this.#page.unixMs() - nowMs)) * 1000;
  };
}
