import { setTimeout as sleep } from "node:timers/promises";

/** Pictures between what was read and what was decoded: well within the poses that are kept (`frameSync.ts`). */
const AHEAD_MAX = 50;
const WAIT_MS = 2;
/** A decoder that gives nothing for so long will not: what it was given is written off. */
const SILENT_WAITS = 100;

type Progress = { readonly countOfRead: number; readonly countOfDecoded: number };

/**
 * Holds the reader of a file back to the pace of the decoder, which works on a thread of its own. A picture that comes out
 * when its pose was forgotten has no place, and without a place no class.
 */
export class ReadAhead {
  readonly #progress: () => Progress;
  readonly #pause: () => Promise<unknown>;
  #countOfLost = 0;

  constructor(progress: () => Progress, pause: () => Promise<unknown> = () => sleep(WAIT_MS)) {
    this.#progress = progress;
    this.#pause = pause;
  }

  /** Resolves once the decoder is near enough, or has given up. */
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
