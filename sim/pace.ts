/** Keeps simulated time in step with the wall clock times `speedup`, without drift. */
type Pace = {
  /** Simulated milliseconds that should have passed by now. */
  readonly targetMs: (wallMonoMs: number) => number;
};

/** Further behind than this (a suspended laptop), the rest is let go: nobody wants an hour flown in a second. */
const MOST_BEHIND_MS = 2000;

/** Simulated time runs `speedup` times as fast as the wall clock from the first call on; after a long stall it slips once. */
export function createPace(startMonoMs: number, speedup: number): Pace {
  let originMonoMs = startMonoMs;
  let lastMonoMs = startMonoMs;
  return {
    targetMs: (wallMonoMs) => {
      const stalledMs = wallMonoMs - lastMonoMs;
      if (stalledMs > MOST_BEHIND_MS) originMonoMs += stalledMs - MOST_BEHIND_MS;
      lastMonoMs = wallMonoMs;
      return (wallMonoMs - originMonoMs) * speedup;
    },
  };
}
