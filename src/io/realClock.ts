import { performance } from "node:perf_hooks";
import type { Clock, Scheduler } from "../core/clock.js";
import { createFollowingClock } from "../core/followingClock.js";

export const realClock: Clock = createFollowingClock(
  () => performance.now(),
  () => Date.now(),
);

export const realScheduler: Scheduler = {
  after: (afterMs, task) => {
    const timer = setTimeout(task, afterMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
