import type { HeightGrid } from "../../../src/geo/terrain/heightGrid.js";

/** Towards what lights the ground: east, north and up, of length 1. */
export type LightDirection = { readonly east: number; readonly north: number; readonly up: number };

/** Slopes are lit as if so many times as steep: this coast's hills are low. */
const SHADE_STEEPER = 2;

/** Rise in a metre to the east and to the north. */
type Rise = { readonly eastRatio: number; readonly northRatio: number };

/** Horn's slope from the eight heights around a corner of the grid; undefined at its edge and beside a height that is not known. */
export function riseAt({ halfWidthM, countPerSide, heightsM }: HeightGrid, column: number, row: number) {
  const cellM = (2 * halfWidthM) / (countPerSide - 1);
  if (column < 1 || row < 1 || column > countPerSide - 2 || row > countPerSide - 2) return undefined;
  const at = (right: number, up: number): number => heightsM[(row + up) * countPerSide + column + right] ?? Number.NaN;
  const eastM = at(1, 1) + 2 * at(1, 0) + at(1, -1) - at(-1, 1) - 2 * at(-1, 0) - at(-1, -1);
  const northM = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
  // The middle itself counts in neither.
  if (Number.isNaN(eastM + northM + at(0, 0))) return undefined;
  return { eastRatio: eastM / (8 * cellM), northRatio: northM / (8 * cellM) };
}

/** 0 on level ground, 90 upright. */
export const steepnessDeg = ({ eastRatio, northRatio }: Rise): number =>
  (Math.atan(Math.hypot(eastRatio, northRatio)) * 180) / Math.PI;

/** How much of the light falls on a slope `steeper` times as steep: 1 where it faces the light, 0 where it is turned away. */
export function hillshade({ eastRatio, northRatio }: Rise, light: LightDirection, steeper: number): number {
  const [east, north] = [-eastRatio * steeper, -northRatio * steeper];
  return Math.max(0, (east * light.east + north * light.north + light.up) / Math.hypot(east, north, 1));
}

/** The coast's line is the authority for where the sea begins: there the ground is level, and a cliff falls to it. */
export function withSea(grid: HeightGrid, isSea: (eastM: number, northM: number) => boolean): HeightGrid {
  const { halfWidthM, countPerSide, heightsM } = grid;
  const offsetM = (i: number): number => halfWidthM * ((2 * i) / (countPerSide - 1) - 1);
  const withLevelSea = heightsM.map((heightM, i) =>
    isSea(offsetM(i % countPerSide), offsetM(Math.floor(i / countPerSide))) ? 0 : heightM,
  );
  return { halfWidthM, countPerSide, heightsM: withLevelSea };
}

const MIDDLE = 127.5;

/**
 * A picture of the grid, four bytes a corner, rows from the south: how much lighter than level ground it is (128 as much), its steepness
 * (255 upright), 255 where both are known, and a full byte.
 */
export function reliefPicture(grid: HeightGrid, light: LightDirection): Uint8Array<ArrayBuffer> {
  const { countPerSide } = grid;
  const bytes = new Uint8Array(4 * countPerSide * countPerSide);
  for (let i = 0; i < countPerSide * countPerSide; i++) {
    const rise = riseAt(grid, i % countPerSide, Math.floor(i / countPerSide));
    const lighter = rise ? hillshade(rise, light, SHADE_STEEPER) - light.up : 0;
    bytes[4 * i] = Math.round(MIDDLE + MIDDLE * lighter);
    bytes[4 * i + 1] = rise ? Math.round((steepnessDeg(rise) / 90) * 255) : 0;
    bytes[4 * i + 2] = rise ? 255 : 0;
    bytes[4 * i + 3] = 255;
  }
  return bytes;
}
