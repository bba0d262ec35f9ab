import { setTimeout as sleep } from "node:timers/promises";

/** Most pictures read but not yet decoded: fewer than the poses that are kept (`frameSync.ts`). */
const AHEAD_MAX = 50;
const WAIT_MS = 2;
/** A decoder without output for this many waits is stuck: its pending pictures are given up. */
const SILENT_WAITS = 100;

type Progress = { readonly countOfRead: number; readonly countOfDecoded: number };

/**
 * Slows the reader of a file down to the decoder, which runs on a thread of its own. A picture decoded after its pose
 * was dropped has no position, and without a position no class.
 */
export class ReadAhead {
  readonly #progress: () => Progress;
  readonly #pause: () => Promise<unknown>;
  #countOfLost = 0;

  constructor(progress: () => Progress, pause: () => Promise<unknown> = () => sleep(WAIT_MS)) {
    this.#progress = progress;
    this.#pause = pause;
  }

  /** Resolves once the decoder has caught up, or is considered stuck. */
  async wait(): Promise<void> {
    let countOfWaits = 0;
    let countBefore = this.#progress().countOfDecoded;
    while (this.#countAhead() > AHEAD_MAX) {
      await this.#pause();
      const { countOfDecoded } = this.#progress();
      countOfWaits = countOfDecoded === countBefore ? countOfWaits + 1 : 0;
      countBefore = countOfDecoded;
      if (countOfWaits >= SILENT_WAITS) this.#countOfLost += this.#countAhead();
    }
  }

  #countAhead(): number {
    const { countOfRead, countOfDecoded } = this.#progress();
    return countOfRead - countOfDecoded - this.#countOfLost;
  }
}
