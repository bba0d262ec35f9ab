const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** After running this long, earlier crashes no longer delay a restart. */
const LASTING_MS = 120_000;

/** Delay before a crashed process is restarted: 0, 1 s, 2 s … 60 s. */
type RestartBackOff = { readonly nextMs: (nowMs: number) => number };

/** Call `nextMs` at each crash with the time of a steady clock; it returns the delay before the restart. */
export function createRestartBackOff(): RestartBackOff {
  let waitMs = 0;
  let startedAtMs: number | undefined;
  return {
    nextMs: (nowMs) => {
      const hasLasted = startedAtMs === undefined || nowMs - startedAtMs >= LASTING_MS;
      waitMs = hasLasted ? 0 : Math.min(LONGEST_MS, Math.max(FIRST_MS, waitMs * 2));
      startedAtMs = nowMs + waitMs;
      return waitMs;
    },
  };
}
