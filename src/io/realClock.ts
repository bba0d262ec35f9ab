import { performance } from "node:perf_hooks";
import type { Clock, Scheduler } from "../core/clock.js";

// The wall clock is read once and carried on by the monotonic one, so that a step of the system clock in flight cannot
// put a later event before an earlier one in the recording.
const startUnixUs = Date.now() * 1000;
const startMonoMs = performance.now();

export const realClock: Clock = {
  monoMs: () => performance.now(),
  unixUs: () => Math.round(startUnixUs + (performance.now() - startMonoMs) * 1000),
};

export const realScheduler: Scheduler = {
  after: (afterMs, task) => {
    const timer = setTimeout(task, afterMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
