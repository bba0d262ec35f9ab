/** Two links differ by their delays, two vehicles by when somebody plugged in their batteries. */
export const SAME_BOOT_WITHIN_MS = 2000;
/** Over so long the pace of a clock is told from the wavering of its words' delay. */
const PACE_OVER_MS = 5000;
/** Quartz keeps within a ten-thousandth of our time; a simulator that is told to hurry gains much more, and not evenly. */
const GAIN_OF_SIMULATOR = 0.02;

type Boot = { readonly value: number; readonly atMonoMs: number };

/**
 * A vehicle's own clock, as its words tell it: the station's time at which it was 0. A word that was on its way for long
 * makes that look later, never earlier; a simulator's clock may run faster than ours.
 */
export class BootClock {
  #last: Boot | undefined;
  #earliestMs = 0;
  #anchor: Boot | undefined;
  /** Until its pace was measured, and for a clock that was once seen to run fast, neither "too early" nor "too far" proves a thing. */
  #keepsPace = false;
  #isFast = false;

  get last(): Boot | undefined {
    return this.#last;
  }

  /** Its time is known to pass as ours does: what it says of speeds and times can be checked against our clock. */
  get keepsPace(): boolean {
    return this.#keepsPace;
  }

  onBoot(value: number, atMonoMs: number): void {
    const isFirst = this.#last === undefined || this.hasRestartedBy(value);
    this.#earliestMs = isFirst ? value : Math.min(this.#earliestMs, value);
    if (isFirst || this.#anchor === undefined) {
      this.#anchor = { value, atMonoMs };
    } else if (atMonoMs - this.#anchor.atMonoMs >= PACE_OVER_MS) {
      const gain = (this.#anchor.value - value) / (atMonoMs - this.#anchor.atMonoMs);
      this.#isFast ||= gain > GAIN_OF_SIMULATOR;
      this.#keepsPace = !this.#isFast;
      this.#anchor = { value, atMonoMs };
    }
    this.#last = { value, atMonoMs };
  }

  /** It was switched on since it was last heard. */
  hasRestartedBy(value: number): boolean {
    return this.#last !== undefined && value >= this.#last.atMonoMs - SAME_BOOT_WITHIN_MS;
  }

  /** Neither the clock that was heard, however late its words are, nor one that was started since. */
  isContradictedBy(value: number, atMonoMs: number): boolean {
    if (!this.#last || this.hasRestartedBy(value)) return false;
    const gapMs = atMonoMs - this.#last.atMonoMs;
    const isTooEarly = this.#keepsPace && value < this.#earliestMs - SAME_BOOT_WITHIN_MS;
    return isTooEarly || value > this.#last.value + gapMs + SAME_BOOT_WITHIN_MS;
  }
}
