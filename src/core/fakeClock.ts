import type { Cancel, Clock, Scheduler } from "./clock.js";

type Entry = { readonly dueMs: number; readonly order: number; readonly task: () => void };

/**
 * A clock and scheduler that move only by `advance`: a test of a minute takes a millisecond. Tasks due at the same time
 * run in the order they were scheduled.
 */
export class FakeClock implements Clock, Scheduler {
  #nowMs = 0;
  #order = 0;
  #entries: Entry[] = [];
  #epochUs: number;

  constructor(epochUs = 1_795_400_000_000_000) {
    this.#epochUs = epochUs;
  }

  readonly monoMs = (): number => this.#nowMs;
  readonly unixUs = (): number => this.#epochUs + Math.round(this.#nowMs * 1000);

  /** Moves the wall clock by `byMs` (negative: back), as a user or NTP would; the monotonic clock is unchanged. */
  setWallClock(byMs: number): void {
    this.#epochUs += Math.round(byMs * 1000);
  }

  readonly after = (afterMs: number, task: () => void): Cancel => {
    const entry: Entry = { dueMs: this.#nowMs + Math.max(0, afterMs), order: this.#order++, task };
    this.#entries.push(entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  };

  /** Number of scheduled tasks that have not run yet. */
  countOfWaiting(): number {
    return this.#entries.length;
  }

  /**
   * Moves time forward by `byMs` and runs every task that becomes due, in order, including tasks scheduled meanwhile.
   */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const next = this.#earliest();
      if (!next || next.dueMs > untilMs) break;
      this.#entries = this.#entries.filter((entry) => entry !== next);
      this.#nowMs = next.dueMs;
      next.task();
    }
    this.#nowMs = untilMs;
  }

  #earliest(): Entry | undefined {
    let best: Entry | undefined;
    for (const entry of this.#entries) {
      if (!best || entry.dueMs < best.dueMs || (entry.dueMs === best.dueMs && entry.order < best.order)) best = entry;
    }
    return best;
  }
}
