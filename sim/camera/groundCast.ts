import { beachHeightM, type Ground } from "../world/ground.js";
import { hasRelief, reliefAt } from "./groundRay.js";
import { groundHit, rayOf, type View } from "./projection.js";

/** Where the heights of a block's corners differ by more, there may be an edge between them. */
const LEVEL_WITHIN_M = 6;
/** There is none if the ray in its middle ends where its corners' mean is, within this part of their distance from each other. */
const ONE_SURFACE_PART = 0.1;

/** Where a ray ends. */
export type CastEnd = {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  readonly isSky: boolean;
};

export type Cast = CastEnd & {
  readonly inlandM: number;
  /** How steeply the ray goes up, as a sine. */
  readonly upSine: number;
};

type BeachGround = { readonly ground: Ground; readonly homeAmslM: number };

/** Follows the ray of a pixel coordinate to its end. */
export function castRay({ ground, homeAmslM }: BeachGround, view: View, xPx: number, yPx: number): Cast {
  const ray = rayOf(view, xPx, yPx);
  const upSine = ray.upM / Math.hypot(ray.eastM, ray.northM, ray.upM);
  const hit = hasRelief(ground) ? reliefAt(ground, view, xPx, yPx) : undefined;
  if (hit) return { ...hit, inlandM: ground.inlandM(hit.eastM, hit.northM), isSky: false, upSine };
  let inlandM = 0;
  const heightAt = (eastM: number, northM: number): number => {
    inlandM = ground.inlandM(eastM, northM);
    return beachHeightM(inlandM, homeAmslM);
  };
  const isLevel = ray.upM > -0.01;
  const { eastM, northM, upM } = groundHit(view, isLevel ? { ...ray, upM: -0.01 } : ray, heightAt) ?? view.at;
  return { eastM, northM, upM, inlandM, isSky: isLevel || hasRelief(ground), upSine };
}

/** Whether in a block with these corners ground is in front of other ground, or of the sky. `middle`: the ray between them. */
export function hasEdge(corners: readonly CastEnd[], middle: () => CastEnd): boolean {
  const countOfSky = corners.filter(({ isSky }) => isSky).length;
  if (countOfSky > 0) return countOfSky < corners.length;
  if (extent(corners.map(({ upM }) => upM)) <= LEVEL_WITHIN_M) return false;
  const { eastM, northM } = middle();
  const easts = corners.map((corner) => corner.eastM);
  const norths = corners.map((corner) => corner.northM);
  const apartM = Math.hypot(extent(easts), extent(norths));
  return Math.hypot(mean(easts) - eastM, mean(norths) - northM) > ONE_SURFACE_PART * apartM;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const extent = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
