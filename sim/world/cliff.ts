import type { CliffTerrain } from "../scenario.js";
import type { Relief } from "./relief.js";

type HeightAmslM = (eastM: number, northM: number) => number;

/** The ground in front of a cliff. */
type Before = {
  /** Nowhere above the cliff's foot. */
  readonly heightAmslM: HeightAmslM;
  readonly steepestRatio: number;
};

/** The ground with a cliff on it. `behindM`: metres behind the line of its foot, negative in front of it. */
export function cliffOn(
  { heightAmslM: beforeAmslM, steepestRatio: beforeRatio }: Before,
  { footAmslM, plateauAmslM, slopeWidthM }: CliffTerrain,
  behindM: (eastM: number, northM: number) => number,
): { readonly heightAmslM: HeightAmslM; readonly relief: Relief } {
  // The lowest ground in front is the sea's.
  const steepestRatio = beforeRatio + plateauAmslM / slopeWidthM;
  const onSlope = { highestAmslM: plateauAmslM, steepestRatio, radiusM: Number.POSITIVE_INFINITY };
  return {
    heightAmslM: (eastM, northM) => {
      const risen = Math.min(1, Math.max(0, behindM(eastM, northM) / slopeWidthM));
      const lowAmslM = risen === 1 ? footAmslM : beforeAmslM(eastM, northM);
      return lowAmslM + risen * (plateauAmslM - lowAmslM);
    },
    relief: {
      highestAmslM: plateauAmslM,
      steepestRatio,
      around: (eastM, northM) => {
        const m = behindM(eastM, northM);
        if (m < 0) return { highestAmslM: footAmslM, steepestRatio: beforeRatio, radiusM: -m };
        if (m > slopeWidthM) return { highestAmslM: plateauAmslM, steepestRatio: 0, radiusM: m - slopeWidthM };
        return onSlope;
      },
    },
  };
}
