/** Where the camera's rays meet the ground first, also where it rises in front of other ground. */
import type { EnuPoint } from "../../src/geo/position.js";
import type { Ground } from "../world/ground.js";
import type { Bounds, Relief } from "../world/relief.js";
import { groundHit, rayOf, type View } from "./projection.js";

/** Far beyond what a thermal camera sees. */
const RANGE_MAX_M = 20_000;
/** Of a ray that is close above the ground. */
const STEP_MIN_M = 0.05;
/** Ground hides what is further behind it than this; less is an actor's own height and length. */
const HIDDEN_BEHIND_M = 3;

/** `depthM`: along the optical axis, as of `PixelPoint`. */
type GroundPoint = EnuPoint & { readonly depthM: number };

type GroundWithRelief = Pick<Ground, "heightAmslM"> & { readonly relief: Relief };

export const hasRelief = <G extends Ground>(ground: G): ground is G & GroundWithRelief => ground.relief !== undefined;

/** Where the ray of a pixel coordinate meets the ground; undefined when it is (almost) level or goes up, and meets none. */
export const groundAt = (ground: Ground, view: View, xPx: number, yPx: number): EnuPoint | undefined =>
  hasRelief(ground) ? reliefAt(ground, view, xPx, yPx) : groundHit(view, rayOf(view, xPx, yPx), ground.heightAmslM);

/** A place on a ray: how high it is, and above the ground. */
type OnRay = { readonly upM: number; readonly clearanceM: number };
/** Metres to the side and up for each metre along the ray. */
type Incline = { readonly level: number; readonly up: number };

/** As far along the ray as ground within these bounds cannot reach it. */
function freeM({ highestAmslM, steepestRatio }: Bounds, { upM, clearanceM }: OnRay, { level, up }: Incline): number {
  const closingRatio = level * steepestRatio - up;
  if (closingRatio <= 0) return RANGE_MAX_M;
  const overAllM = up < 0 ? (upM - highestAmslM) / -up : 0;
  return Math.max(clearanceM / closingRatio, overAllM);
}

/** The same on ground with relief: the ray is followed up to 20 km, in steps that jump over nothing. */
export function reliefAt(ground: GroundWithRelief, view: View, xPx: number, yPx: number): GroundPoint | undefined {
  const { heightAmslM, relief } = ground;
  const { at } = view;
  const ray = rayOf(view, xPx, yPx);
  const norm = Math.hypot(ray.eastM, ray.northM, ray.upM);
  const incline = { level: Math.hypot(ray.eastM, ray.northM) / norm, up: ray.upM / norm };
  const pointAt = (m: number): EnuPoint => ({
    eastM: at.eastM + (ray.eastM / norm) * m,
    northM: at.northM + (ray.northM / norm) * m,
    upM: at.upM + incline.up * m,
  });
  const isAboveAll = at.upM > relief.highestAmslM;
  if (isAboveAll && incline.up >= 0) return undefined;
  let before: { readonly m: number; readonly clearanceM: number } | undefined;
  for (let m = isAboveAll ? (at.upM - relief.highestAmslM) / -incline.up : 0; m < RANGE_MAX_M;) {
    const point = pointAt(m);
    const clearanceM = point.upM - heightAmslM(point.eastM, point.northM);
    if (clearanceM <= 0) {
      // Only the shortest step can end under ground, which is a plane over its length.
      const backM = before ? ((m - before.m) * clearanceM) / (clearanceM - before.clearanceM) : 0;
      return { ...pointAt(m - backM), depthM: (m - backM) / norm };
    }
    before = { m, clearanceM };
    const near = relief.around(point.eastM, point.northM);
    const onRay = { upM: point.upM, clearanceM };
    const nearM = Math.min(near.radiusM / incline.level, freeM(near, onRay, incline));
    m += Math.max(STEP_MIN_M, freeM(relief, onRay, incline), nearM);
  }
  return undefined;
}

/** Whether ground hides something at a pixel and at a depth; undefined where none rises in front of other ground. */
export type Hides = (xPx: number, yPx: number, depthM: number) => boolean;

export function groundHides(ground: Ground, view: View): Hides | undefined {
  if (!hasRelief(ground)) return undefined;
  return (xPx, yPx, depthM) => {
    const hit = reliefAt(ground, view, xPx, yPx);
    return hit !== undefined && hit.depthM < depthM - HIDDEN_BEHIND_M;
  };
}
