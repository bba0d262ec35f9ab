import { gridHeightM, type HeightGrid } from "../../../src/geo/terrain/heightGrid.js";
import type { CoastModel } from "./coastModel.js";
import type { FlatMesh } from "./landGeometry.js";
import { shoreMetresAt } from "./shoreField.js";

/** Heights from the station's files around the scene's origin: fine nearby, coarse to the horizon. */
export type TerrainGrids = { readonly near: HeightGrid | undefined; readonly far: HeightGrid | undefined };

/** The ground as the scene shows it: marks stand on it, the pointer hits it, the camera stays above it. */
export type Surface = {
  /** Above mean sea level; 0 at sea, and where no file knows the ground. */
  readonly heightM: (eastM: number, northM: number) => number;
  /** Nothing of it is higher. */
  readonly highestM: number;
};

export const SEA_LEVEL: Surface = { heightM: () => 0, highestM: 0 };

/** Of the finest file that knows the place, in the scene's metres; undefined where none does. */
export const terrainHeightM = ({ near, far }: TerrainGrids, eastM: number, northM: number): number | undefined =>
  (near && gridHeightM(near, eastM, northM)) ?? (far && gridHeightM(far, eastM, northM));

/** Metres from the waterline, land positive, as far as the coast's coarse field goes. */
export function shoreM({ field, farField }: CoastModel, eastM: number, northM: number): number {
  const isNear = Math.max(Math.abs(eastM), Math.abs(northM)) < field.halfWidthM;
  return shoreMetresAt(isNear ? field : farField, eastM, northM);
}

/** The coast's line is the authority for where the sea begins, whatever the files say of heights there. */
export function surfaceOf(coast: CoastModel | undefined, grids: TerrainGrids | undefined): Surface {
  if (!grids) return SEA_LEVEL;
  return {
    heightM: (eastM, northM) => {
      const heightM = terrainHeightM(grids, eastM, northM);
      if (heightM === undefined || heightM <= 0) return 0;
      return coast && shoreM(coast, eastM, northM) <= 0 ? 0 : heightM;
    },
    highestM: Math.max(highestOf(grids.near), highestOf(grids.far)),
  };
}

function highestOf(grid: HeightGrid | undefined): number {
  let highestM = 0;
  // A comparison with NaN is false: what is not known does not count.
  for (const heightM of grid?.heightsM ?? []) if (heightM > highestM) highestM = heightM;
  return highestM;
}

/** A line along the ground: separate segments, x, y, z twice each, cut so that they follow it where it is not level. */
export function drapedSegments(segments: Float32Array, surface: Surface, liftM: number): Float32Array {
  const out: number[] = [];
  for (let i = 0; i + 5 < segments.length; i += 6) {
    const [x1 = 0, y1 = 0, , x2 = 0, y2 = 0] = segments.subarray(i, i + 6);
    const parts =
      surface.highestM === 0 ? 1 : Math.min(PARTS_MAX, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / PART_M)) || 1;
    const at = (part: number): readonly [number, number, number] => {
      const [x, y] = [x1 + ((x2 - x1) * part) / parts, y1 + ((y2 - y1) * part) / parts];
      return [x, y, surface.heightM(x, y) + liftM];
    };
    for (let part = 0; part < parts; part++) out.push(...at(part), ...at(part + 1));
  }
  return new Float32Array(out);
}

/** About the distance between two heights of the usual files. */
const PART_M = 30;
const PARTS_MAX = 200;

/** An area lifted onto the ground at its corners; between them it is level. */
export function onSurface({ positions, indices }: FlatMesh, surface: Surface): FlatMesh {
  const lifted = positions.slice();
  for (let i = 0; i + 2 < lifted.length; i += 3)
    lifted[i + 2] = (lifted[i + 2] ?? 0) + surface.heightM(lifted[i] ?? 0, lifted[i + 1] ?? 0);
  return { positions: lifted, indices };
}

type Vector = { readonly x: number; readonly y: number; readonly z: number };

/** No step along a ray is longer than this part of the way so far, nor shorter than `STEP_MIN_M`. */
const STEP_PART = 0.01;
const STEP_MIN_M = 5;
const HALVINGS = 12;

/**
 * Where a ray from the eye first meets the ground. A hill narrower than a step (5 m near the eye, a hundredth of its distance
 * further off) may be missed: that is what a pixel shows there. Undefined above the horizon.
 */
export function whereRayMeets(
  surface: Surface,
  eye: Vector,
  direction: Vector,
): { readonly eastM: number; readonly northM: number } | undefined {
  const length = Math.hypot(direction.x, direction.y, direction.z);
  const [dx, dy, dz] = [direction.x / length, direction.y / length, direction.z / length];
  if (!(dz < -1e-9)) return undefined;
  const at = (rangeM: number) => ({ eastM: eye.x + dx * rangeM, northM: eye.y + dy * rangeM });
  const seaRangeM = -eye.z / dz;
  const isUnder = (rangeM: number): boolean => {
    const { eastM, northM } = at(rangeM);
    return eye.z + dz * rangeM <= surface.heightM(eastM, northM);
  };
  // Over the highest ground the ray meets nothing.
  let beforeM = Math.max(0, (surface.highestM - eye.z) / dz);
  for (let rangeM = beforeM; rangeM < seaRangeM; rangeM += Math.max(STEP_MIN_M, rangeM * STEP_PART)) {
    if (isUnder(rangeM)) return at(halved(isUnder, beforeM, rangeM));
    beforeM = rangeM;
  }
  return at(seaRangeM);
}

function halved(isUnder: (rangeM: number) => boolean, overM: number, underM: number): number {
  let [over, under] = [overM, underM];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (over + under) / 2;
    if (isUnder(middle)) under = middle;
    else over = middle;
  }
  return under;
}
