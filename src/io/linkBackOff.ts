import type { Rng } from "../core/rng.js";

const FIRST_MS = 250;
const LONGEST_MS = 5000;

/** Waits between attempts: about 0.25 s, 0.5 s … 5 s, each up to a quarter shorter so that stations do not knock together. */
export class LinkBackOff {
  readonly #rng: Rng;
  #waitMs = FIRST_MS;

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  nextMs(): number {
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(waitMs * 2, LONGEST_MS);
    return waitMs * (1 - 0.25 * this.#rng.uniform());
  }

  /** Something was heard: the next trouble is a new one. */
  reset(): void {
    this.#waitMs = FIRST_MS;
  }
}
