import type { Clock } from "./clock.js";

/** Less is drift, or the time between reading one clock and the other. */
const STEP_MIN_MS = 200;

/** Notices when the wall clock was set: it then moved otherwise than the monotonic one. */
export class ClockSteps {
  readonly #clock: Clock;
  #offsetMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The wall clock now, and by how much it was set since the last reading: forward positive, undefined when it was not. */
  read(): { readonly unixTimeUs: number; readonly stepMs: number | undefined } {
    const unixTimeUs = this.#clock.unixUs();
    const offsetMs = unixTimeUs / 1000 - this.#clock.monoMs();
    const before = this.#offsetMs;
    const stepMs = before === undefined ? 0 : offsetMs - before;
    const isStep = Math.abs(stepMs) >= STEP_MIN_MS;
    // Slow drift is followed, so that an hour of it does not add up to a step.
    this.#offsetMs = offsetMs;
    return { unixTimeUs, stepMs: isStep ? Math.round(stepMs) : undefined };
  }
}
