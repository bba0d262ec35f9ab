import { createRestartBackOff } from "../src/station/restartBackOff.js";

/** Dead again this often in a row, each time soon after it was started: it will not live by being started once more. */
const DEATHS_MAX = 6;

type Verdict = { readonly kind: "restart"; readonly afterMs: number } | { readonly kind: "give-up" };

type StationRestarts = {
  /** What to do about a station that died. */
  readonly onDeath: (nowMs: number) => Verdict;
  /** A person said to try again. */
  readonly reset: () => void;
};

/** A station that dies is started again: at once, then later and later; after too many deaths in a row a person is asked. */
export function createStationRestarts(): StationRestarts {
  let backOff = createRestartBackOff();
  let countOfDeaths = 0;
  return {
    onDeath: (nowMs) => {
      const afterMs = backOff.nextMs(nowMs);
      // No wait is asked of one that had lived for a while: the count begins anew.
      countOfDeaths = afterMs === 0 ? 1 : countOfDeaths + 1;
      return countOfDeaths > DEATHS_MAX ? { kind: "give-up" } : { kind: "restart", afterMs };
    },
    reset: () => {
      backOff = createRestartBackOff();
      countOfDeaths = 0;
    },
  };
}
