/**
 * The signals that stop a command: Ctrl-C (SIGINT), SIGTERM, and a closed terminal or broken connection (SIGHUP).
 * Without a listener Node ends at once at any of them.
 */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/**
 * `npx` and `vigie start` forward a signal that the terminal has already sent us: one key press arrives twice within
 * this time.
 */
const SAME_PRESS_MS = 200;

/** Calls back for every stop signal; the returned function removes the handlers. */
export function onStopSignal(received: (signal: StopSignal) => void): () => void {
  for (const signal of STOP_SIGNALS) process.on(signal, received);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, received);
  };
}

/**
 * What the n-th signal means for a flight: the first brings the aircraft back, a later one leaves it to its own
 * failsafe. A closed terminal is never a second decision, though the system may signal it twice: SIGHUP only ever
 * brings back.
 */
export class StopPresses {
  #lastMonoMs: number | undefined;

  /** Undefined for a repeat of the same key press. */
  press(signal: StopSignal, nowMonoMs: number): "bring-back" | "leave" | undefined {
    const isFirst = this.#lastMonoMs === undefined;
    const isSame = this.#lastMonoMs !== undefined && nowMonoMs - this.#lastMonoMs < SAME_PRESS_MS;
    this.#lastMonoMs = nowMonoMs;
    if (isFirst) return "bring-back";
    return isSame || signal === "SIGHUP" ? undefined : "leave";
  }
}
