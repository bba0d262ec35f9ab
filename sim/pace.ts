/** Keeps simulated time at `speedup` times the wall clock, without drift. */
type Pace = {
  /** Simulated milliseconds that should have passed at this time. */
  readonly targetMs: (wallMonoMs: number) => number;
};

/** If further behind (a suspended laptop), the remainder is skipped instead of being simulated in a rush. */
const MOST_BEHIND_MS = 2000;

/** Simulated time 0 is at `startMonoMs`. Of a long stall only the first 2 s are caught up. */
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
