/**
 * Code gets the time from a `Clock` argument, so that tests control it. Monotonic milliseconds are for ages and
 * time-outs, wall-clock microseconds for times shown or stored; the two are never mixed.
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

/** Both: what reads the time usually also waits for a later one. */
export type Time = { readonly clock: Clock; readonly scheduler: Scheduler };

/** Runs `task` every `everyMs`, first after `everyMs`, until it is cancelled. */
export function repeat(scheduler: Scheduler, everyMs: number, task: () => void): Cancel {
  const run = (): void => {
    cancel = scheduler.after(everyMs, run);
    task();
  };
  let cancel = scheduler.after(everyMs, run);
  return () => cancel();
}
