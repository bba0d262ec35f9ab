import type { Cancel, Scheduler } from "../../core/clock.js";

export type OwnScheduler = Scheduler & {
  /** Ends everything that waits; what is asked for later is never run. */
  readonly close: () => void;
};

/**
 * The timers of one owner, who ends them all at once. A machine that nobody thought of stopping would keep the process alive
 * and go on speaking to the vehicle.
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
