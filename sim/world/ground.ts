import type { Offset, Scenario } from "../scenario.js";
import { cliffOn } from "./cliff.js";
import { fieldOn } from "./fieldGround.js";
import type { Relief } from "./relief.js";

/** Distance inland over which the beach rises to the height of home. */
const BEACH_RISE_M = 70;
/** Halfway up, the beach is this much steeper than on average. */
const BEACH_STEEPER = 1.5;

/** Ground heights around home, by metres east and north of it. Used by picture, actors and truth alike. */
export type Ground = {
  /** Metres from the waterline, positive inland, negative at sea. Infinity where the scenario has no waterline. */
  readonly inlandM: (eastM: number, northM: number) => number;
  /** AMSL: 0 at sea, a smooth rise to the height of home over `BEACH_RISE_M`, flat beyond; and the scenario's terrain on it. */
  readonly heightAmslM: (eastM: number, northM: number) => number;
  /** Of a scenario with a terrain: a ray may meet it more than once. Absent, the ground is gentle. */
  readonly relief?: Relief;
};

type Segment = {
  readonly from: Offset;
  readonly eastM: number;
  readonly northM: number;
  readonly lengthM: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
};

function segmentsOf(line: readonly Offset[]): Segment[] {
  const segments: Segment[] = [];
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1];
    const to = line[i];
    if (!from || !to) continue;
    const lengthM = Math.hypot(to.eastM - from.eastM, to.northM - from.northM);
    if (lengthM === 0) continue;
    segments.push({
      from,
      eastM: (to.eastM - from.eastM) / lengthM,
      northM: (to.northM - from.northM) / lengthM,
      lengthM,
      isFirst: i === 1,
      isLast: i === line.length - 1,
    });
  }
  return segments;
}

/**
 * Signed distance to a line whose ends are extended without limit; positive on its right. Where two segments are equally near (at
 * a corner), the one with the larger perpendicular distance decides the side.
 */
export function signedDistanceM(line: readonly Offset[]): (eastM: number, northM: number) => number {
  const segments = segmentsOf(line);
  return (eastM, northM) => {
    let bestM = Number.POSITIVE_INFINITY;
    let bestAcrossM = Number.POSITIVE_INFINITY;
    for (const s of segments) {
      const dE = eastM - s.from.eastM;
      const dN = northM - s.from.northM;
      const acrossM = dE * s.northM - dN * s.eastM;
      if (Math.abs(acrossM) >= bestM + 1e-9) continue;
      let beyondM = dE * s.eastM + dN * s.northM;
      beyondM =
        beyondM < 0 ? (s.isFirst ? 0 : beyondM) : beyondM > s.lengthM ? (s.isLast ? 0 : beyondM - s.lengthM) : 0;
      const nearM = beyondM === 0 ? Math.abs(acrossM) : Math.hypot(acrossM, beyondM);
      const isNearer = nearM < bestM - 1e-9;
      const isSquarer = nearM < bestM + 1e-9 && Math.abs(acrossM) > Math.abs(bestAcrossM);
      if (isNearer || isSquarer) {
        bestM = Math.min(bestM, nearM);
        bestAcrossM = acrossM;
      }
    }
    return bestAcrossM < 0 ? -bestM : bestM;
  };
}

/** AMSL height at `inlandM` from the waterline, of a beach that rises to `topAmslM`. */
export function beachHeightM(inlandM: number, topAmslM: number): number {
  const t = Math.min(1, Math.max(0, inlandM / BEACH_RISE_M));
  return topAmslM * t * t * (3 - 2 * t);
}

export function groundOf({ waterline, home, terrain }: Scenario): Ground {
  // Without a waterline everything is land at home's height.
  const inlandM = waterline ? signedDistanceM(waterline) : () => Number.POSITIVE_INFINITY;
  const topAmslM = terrain?.cliff?.footAmslM ?? home.altitudeAmslM;
  const heightAmslM = (eastM: number, northM: number): number => beachHeightM(inlandM(eastM, northM), topAmslM);
  if (!terrain) return { inlandM, heightAmslM };
  const { cliff, files, heights } = terrain;
  if (files && !heights) throw new Error("Invariant: the scenario's files of heights have been read");
  const beach = { heightAmslM, steepestRatio: (BEACH_STEEPER * Math.abs(topAmslM)) / BEACH_RISE_M };
  const bare = cliff ? cliffOn(beach, cliff, signedDistanceM(cliff.foot)) : withoutCliff(beach, topAmslM);
  return { inlandM, ...(heights ? fieldOn(bare, heights) : bare) };
}

function withoutCliff(
  { heightAmslM, steepestRatio }: Pick<Ground, "heightAmslM"> & Pick<Relief, "steepestRatio">,
  topAmslM: number,
) {
  const bounds = { highestAmslM: Math.max(0, topAmslM), steepestRatio };
  return {
    heightAmslM,
    relief: { ...bounds, around: () => ({ ...bounds, radiusM: Number.POSITIVE_INFINITY }) },
  };
}
