import { createRestartBackOff } from "../src/station/restartBackOff.js";

/** After this many deaths in a row, each soon after a start, restarting again will not help. */
const DEATHS_MAX = 6;

type Verdict = { readonly kind: "restart"; readonly afterMs: number } | { readonly kind: "give-up" };

type StationRestarts = {
  /** What to do about a station that has just died. */
  readonly onDeath: (nowMs: number) => Verdict;
  /** The user chose to try again: counting starts anew. */
  readonly reset: () => void;
};

/** Restart policy: at once, then with growing delays; after too many deaths in a row the user is asked. */
export function createStationRestarts(): StationRestarts {
  let backOff = createRestartBackOff();
  let countOfDeaths = 0;
  return {
    onDeath: (nowMs) => {
      const afterMs = backOff.nextMs(nowMs);
      // It had run for a while before (no delay applies), so counting starts anew.
      countOfDeaths = afterMs === 0 ? 1 : countOfDeaths + 1;
      return countOfDeaths > DEATHS_MAX ? { kind: "give-up" } : { kind: "restart", afterMs };
    },
    reset: () => {
      backOff = createRestartBackOff();
      countOfDeaths = 0;
    },
  };
}
