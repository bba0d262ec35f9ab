import type { Clock } from "./clock.js";

/** A smaller difference is drift, or the time between reading the two clocks. */
const STEP_MIN_MS = 200;

/** Detects that the wall clock was set: then it has moved differently from the monotonic clock. */
export class ClockSteps {
  readonly #clock: Clock;
  #offsetMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The wall clock now, and by how many milliseconds it was set since the last reading: forward positive, undefined
   * when it was not.
   */
  read(): { readonly unixTimeUs: number; readonly stepMs: number | undefined } {
    const unixTimeUs = this.#clock.unixUs();
    const offsetMs = unixTimeUs / 1000 - this.#clock.monoMs();
    const before = this.#offsetMs;
    const stepMs = before === undefined ? 0 : offsetMs - before;
    const isStep = Math.abs(stepMs) >= STEP_MIN_MS;
    // Slow drift is followed, so that it does not add up to a step over an hour.
    this.#offsetMs = offsetMs;
    return { unixTimeUs, stepMs: isStep ? Math.round(stepMs) : undefined };
  }
}
