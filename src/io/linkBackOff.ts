import type { Rng } from "../core/rng.js";

const FIRST_MS = 250;
const LONGEST_MS = 5000;

/**
 * Delays between attempts to connect: about 0.25 s, 0.5 s … 5 s, each shortened at random by up to a quarter so that
 * several stations do not all try at once.
 */
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

  /** To be called when data were received: the next failure starts with the shortest delay again. */
  reset(): void {
    this.#waitMs = FIRST_MS;
  }
}
