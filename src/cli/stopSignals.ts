/**
 * How a command is told to stop: Ctrl-C (SIGINT), SIGTERM, and a terminal that is closed or a connection that breaks (SIGHUP).
 * Node ends at each of them without a word unless somebody listens.
 */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

/** `npx` and `vigie start` pass on what the terminal has sent us already: one press, heard twice within moments. */
const SAME_PRESS_MS = 200;

/** Calls back for every signal to stop; the returned function ends that. */
export function onStopSignal(received: (signal: StopSignal) => void): () => void {
  for (const signal of STOP_SIGNALS) process.on(signal, received);
  return () => {
    for (const signal of STOP_SIGNALS) process.off(signal, received);
  };
}

/**
 * What the n-th signal means to a flight: the first brings the aircraft back, a later one leaves it to itself. Nobody presses
 * a closed terminal twice, though the system may tell of it twice: SIGHUP only ever brings back.
 */
export class StopPresses {
  #lastMonoMs: number | undefined;

  /** Undefined: heard already. */
  press(signal: StopSignal, nowMonoMs: number): "bring-back" | "leave" | undefined {
    const isFirst = this.#lastMonoMs === undefined;
    const isSame = this.#lastMonoMs !== undefined && nowMonoMs - this.#lastMonoMs < SAME_PRESS_MS;
    this.#lastMonoMs = nowMonoMs;
    if (isFirst) return "bring-back";
    return isSame || signal === "SIGHUP" ? undefined : "leave";
  }
}
