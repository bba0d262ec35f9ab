/**
 * Where a straight line meets the ground. The earth's curve is in it, since heights are compared above the ellipsoid;
 * refraction is not: over 5 km it lifts the ground by 0.3 m.
 */
import { geoidHeightM } from "../geoid.js";
import { localFrameAt } from "../localFrame.js";
import type { EnuPoint, Position } from "../position.js";
import type { TerrainHeight } from "./terrain.js";
import type { TerrainModel } from "./terrainModel.js";

export type Ray = {
  readonly from: Position;
  readonly fromAmslM: number;
  /** East, north and up at `from`; any length but 0. */
  readonly direction: EnuPoint;
  readonly lengthM: number;
};

type RayEnd =
  | { readonly kind: "hit"; readonly distanceM: number; readonly position: Position; readonly ground: TerrainHeight }
  /** Above known ground all the way; how close it came to it, and where. */
  | { readonly kind: "clear"; readonly clearanceM: number; readonly distanceM: number }
  /** From there on nothing is known of the ground: it may have met it. */
  | { readonly kind: "unknown"; readonly distanceM: number };

/** A line this close to the ground has met it. */
const TOUCH_M = 0.01;
/** The least step: a narrower ridge than this is not looked for. */
const STEP_MIN_M = 0.05;

/**
 * Follows the ray from its start. Each step is as long as the ground, rising as steeply as it does anywhere, needs to reach
 * the ray; so none jumps over a ridge. A start under the ground is a hit at distance 0.
 */
export function castRay(model: TerrainModel, { from, fromAmslM, direction, lengthM }: Ray): RayEnd {
  const frame = localFrameAt(from);
  const norm = Math.hypot(direction.eastM, direction.northM, direction.upM);
  const [east, north, up] = [direction.eastM / norm, direction.northM / norm, direction.upM / norm];
  const fromEllipsoidM = fromAmslM + geoidHeightM(from);
  const at = (distanceM: number) => {
    const point = { eastM: east * distanceM, northM: north * distanceM, upM: fromEllipsoidM + up * distanceM };
    const { position, heightM } = frame.toPosition(point);
    const ground = model.heightAt(position);
    const aboveM = ground && heightM - geoidHeightM(position) - ground.heightAmslM;
    return { distanceM, position, ground, aboveM };
  };
  // Metres of height that ray and ground can come closer in a metre of the ray.
  const closingRatio = Math.abs(up) + Math.hypot(east, north) * model.steepestRatio;
  let closest = { clearanceM: Number.POSITIVE_INFINITY, distanceM: 0 };
  let lastAboveM = 0;
  for (let distanceM = 0; ;) {
    const { position, ground, aboveM } = at(distanceM);
    if (!ground || aboveM === undefined) return { kind: "unknown", distanceM };
    if (aboveM <= TOUCH_M) {
      if (aboveM >= -TOUCH_M || distanceM === 0) return { kind: "hit", distanceM, position, ground };
      return crossing(at, lastAboveM, distanceM);
    }
    if (aboveM < closest.clearanceM) closest = { clearanceM: aboveM, distanceM };
    if (distanceM >= lengthM) return { kind: "clear", ...closest };
    lastAboveM = distanceM;
    distanceM = Math.min(lengthM, distanceM + Math.max(STEP_MIN_M, aboveM / closingRatio));
  }
}

type Sample = {
  readonly distanceM: number;
  readonly position: Position;
  readonly ground: TerrainHeight | undefined;
  readonly aboveM: number | undefined;
};

/** Between a distance above the ground and one below it, as at the seam of two files. */
function crossing(at: (distanceM: number) => Sample, aboveAtM: number, belowAtM: number): RayEnd {
  let [nearM, farM] = [aboveAtM, belowAtM];
  while (farM - nearM > TOUCH_M) {
    const middleM = (nearM + farM) / 2;
    const { aboveM } = at(middleM);
    if (aboveM === undefined) return { kind: "unknown", distanceM: middleM };
    if (aboveM > 0) nearM = middleM;
    else farM = middleM;
  }
  const { distanceM, position, ground } = at(farM);
  return ground ? { kind: "hit", distanceM, position, ground } : { kind: "unknown", distanceM };
}

type Place = { readonly position: Position; readonly altitudeAmslM: number };

/** Whether `to` can be seen from `from`: a hit nearer than `to` hides it. */
export function lineOfSight(model: TerrainModel, from: Place, to: Place): RayEnd {
  const frame = localFrameAt(from.position);
  const end = frame.toEnu(to.position, to.altitudeAmslM + geoidHeightM(to.position));
  const upM = end.upM - (from.altitudeAmslM + geoidHeightM(from.position));
  const direction = { eastM: end.eastM, northM: end.northM, upM };
  const lengthM = Math.hypot(direction.eastM, direction.northM, upM);
  return castRay(model, { from: from.position, fromAmslM: from.altitudeAmslM, direction, lengthM });
}
