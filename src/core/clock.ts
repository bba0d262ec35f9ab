/**
 * Time is an argument. Monotonic milliseconds for ages and time-outs, wall-clock microseconds for what is shown or
 * written; the two are never mixed.
 */
export type Clock = {
  /** Milliseconds since an arbitrary start, never going backwards. */
  readonly monoMs: () => number;
  /** Microseconds since 1970-01-01 UTC. */
  readonly unixUs: () => number;
};

export type Cancel = () => void;

/** Runs `task` once after `afterMs`; the returned function cancels it and may be called more than once. */
export type Scheduler = { readonly after: (afterMs: number, task: () => void) => Cancel };

/** Runs `task` every `everyMs`, first after `everyMs`, until it is cancelled. */
export function repeat(scheduler: Scheduler, everyMs: number, task: () => void): Cancel {
  const run = (): void => {
    cancel = scheduler.after(everyMs, run);
    task();
  };
  let cancel = scheduler.after(everyMs, run);
  return () => cancel();
}
