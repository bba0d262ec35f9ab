import type { Cancel, Scheduler } from "../../core/clock.js";

export type OwnScheduler = Scheduler & {
  /** Cancels all pending timers; later requests are never run. */
  readonly close: () => void;
};

/**
 * Timers of one owner, which can be cancelled together. A forgotten timer of a protocol machine would keep the process
 * alive and go on sending to the vehicle.
 */
export function createOwnScheduler(scheduler: Scheduler): OwnScheduler {
  const waiting = new Set<Cancel>();
  let isClosed = false;
  return {
    after: (afterMs, task) => {
      if (isClosed) return () => undefined;
      const cancelTask = scheduler.after(afterMs, () => {
        waiting.delete(cancel);
        task();
      });
      const cancel: Cancel = () => {
        waiting.delete(cancel);
        cancelTask();
      };
      waiting.add(cancel);
      return cancel;
    },
    close: () => {
      isClosed = true;
      for (const cancel of [...waiting]) cancel();
    },
  };
}
