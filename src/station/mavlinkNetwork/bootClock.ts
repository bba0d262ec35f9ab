/**
 * Boot times from two links of one vehicle differ only by link delay; those of two vehicles by when each was switched
 * on.
 */
export const SAME_BOOT_WITHIN_MS = 2000;
/** The clock's rate is measured over this long, so that varying link delay is not taken for a different rate. */
const PACE_OVER_MS = 5000;
/** An autopilot's crystal drifts by less than 1e-4; a simulator run with a speed-up gains far more, and unevenly. */
const GAIN_OF_SIMULATOR = 0.02;
/** What a link delivers at once after it was stalled is not older: a clock that has gained more in all is fast. */
export const DELAY_MAX_MS = 20_000;

/**
 * "real": at the rate of our own clock, so its times and speeds can be checked against it. "fast": a simulator's, run with a
 * speed-up. "unknown" while it is measured, and while a stalled link catches up, which looks the same; also while the clock
 * falls behind ours: a simulator short of processor time does, and so do messages whose delay grows.
 */
export type ClockPace = "unknown" | "real" | "fast";

type Boot = { readonly value: number; readonly atMonoMs: number };

/**
 * When a vehicle booted, in the station's monotonic milliseconds, from `time_boot_ms` of its messages. A delayed message
 * makes the boot appear later, never earlier. A simulator's clock may run faster than ours.
 */
export class BootClock {
  #last: Boot | undefined;
  #earliestMs = 0;
  #anchor: Boot | undefined;
  #firstMs = 0;
  #pace: ClockPace = "unknown";

  get last(): Boot | undefined {
    return this.#last;
  }

  get pace(): ClockPace {
    return this.#pace;
  }

  onBoot(value: number, atMonoMs: number): void {
    const isFirst = this.#last === undefined || this.hasRestartedBy(value);
    this.#earliestMs = isFirst ? value : Math.min(this.#earliestMs, value);
    if (isFirst) this.#firstMs = value;
    if (this.#firstMs - this.#earliestMs > DELAY_MAX_MS) this.#pace = "fast";
    if (isFirst || this.#anchor === undefined) {
      this.#anchor = { value, atMonoMs };
    } else if (atMonoMs - this.#anchor.atMonoMs >= PACE_OVER_MS) {
      const gain = (this.#anchor.value - value) / (atMonoMs - this.#anchor.atMonoMs);
      if (this.#pace !== "fast") this.#pace = Math.abs(gain) > GAIN_OF_SIMULATOR ? "unknown" : "real";
      this.#anchor = { value, atMonoMs };
    }
    this.#last = { value, atMonoMs };
  }

  /** `value` (a boot time) is later than the last message: the vehicle was switched on since then. */
  hasRestartedBy(value: number): boolean {
    return this.#last !== undefined && value >= this.#last.atMonoMs - SAME_BOOT_WITHIN_MS;
  }

  /** `value` is neither the known boot time, allowing for delay, nor a restart since the last message. */
  isContradictedBy(value: number, atMonoMs: number): boolean {
    if (!this.#last || this.hasRestartedBy(value)) return false;
    const gapMs = atMonoMs - this.#last.atMonoMs;
    const isTooEarly = this.#pace === "real" && value < this.#earliestMs - SAME_BOOT_WITHIN_MS;
    return isTooEarly || value > this.#last.value + gapMs + SAME_BOOT_WITHIN_MS;
  }
}
