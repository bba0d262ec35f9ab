/** Counts over a sliding window of one-second steps: the rate neither jumps nor lags much. */
export class RateMeter {
  readonly #steps: { atMonoMs: number; count: number }[] = [];
  readonly #windowMs: number;
  #lastCount = 0;

  constructor(windowMs = 3000) {
    this.#windowMs = windowMs;
  }

  /** `count` only grows. Returns its growth over the window, and the window's length. */
  grownBy(count: number, nowMonoMs: number): { readonly count: number; readonly overMs: number } {
    const last = this.#steps.at(-1);
    if (last === undefined || nowMonoMs - last.atMonoMs >= 500) {
      this.#steps.push({ atMonoMs: nowMonoMs, count });
      while (this.#steps.length > 2 && nowMonoMs - (this.#steps[0]?.atMonoMs ?? 0) > this.#windowMs)
        this.#steps.shift();
    }
    this.#lastCount = count;
    const first = this.#steps[0];
    if (!first) return { count: 0, overMs: 0 };
    return { count: this.#lastCount - first.count, overMs: nowMonoMs - first.atMonoMs };
  }

  perS(count: number, nowMonoMs: number): number {
    const grown = this.grownBy(count, nowMonoMs);
    return grown.overMs > 0 ? (grown.count * 1000) / grown.overMs : 0;
  }
}
