/** Heights of a square around a place, sampled from the terrain, as a screen draws them. */
import { mapFrameAt } from "../mapFrame.js";
import type { Position } from "../position.js";
import type { TerrainModel } from "./terrainModel.js";

/** A square with its sides to the north and to the east, on the map around its middle. */
export type HeightsAsked = {
  readonly middle: Position;
  readonly halfWidthM: number;
  /** Heights along a side, at least two. */
  readonly countPerSide: number;
};

/** Heights above mean sea level (EGM96), row after row from the south-west; NaN where no file knows the ground. */
export type HeightGrid = {
  readonly halfWidthM: number;
  readonly countPerSide: number;
  readonly heightsM: Float32Array;
};

export const HEIGHTS_PER_SIDE_MAX = 513;
export const HALF_WIDTH_MAX_M = 50_000;

/** In decimetres, big-endian; the lowest number for "not known". No land is higher or lower than they hold, but for mountains. */
const UNKNOWN = -32_768;
const [LOWEST_DM, HIGHEST_DM] = [-32_767, 32_767];

export function heightGridBytes(model: TerrainModel, asked: HeightsAsked): Uint8Array<ArrayBuffer> {
  const { middle, halfWidthM, countPerSide } = asked;
  const frame = mapFrameAt(middle);
  const view = new DataView(new ArrayBuffer(2 * countPerSide * countPerSide));
  const offsetM = (index: number): number => halfWidthM * ((2 * index) / (countPerSide - 1) - 1);
  for (let row = 0; row < countPerSide; row++) {
    for (let column = 0; column < countPerSide; column++) {
      const level = model.levelAt(frame.positionOf(offsetM(column), offsetM(row)));
      const heightDm = level && Math.min(HIGHEST_DM, Math.max(LOWEST_DM, Math.round(level.heightAmslM * 10)));
      view.setInt16(2 * (row * countPerSide + column), heightDm ?? UNKNOWN);
    }
  }
  return new Uint8Array(view.buffer);
}

/** Undefined where the bytes are not those of a square. */
export function heightGridOf(bytes: Uint8Array, halfWidthM: number): HeightGrid | undefined {
  const countPerSide = Math.sqrt(bytes.byteLength / 2);
  if (!Number.isInteger(countPerSide) || countPerSide < 2) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const heightsM = Float32Array.from({ length: countPerSide * countPerSide }, (_, i) => {
    const heightDm = view.getInt16(2 * i);
    return heightDm === UNKNOWN ? Number.NaN : heightDm / 10;
  });
  return { halfWidthM, countPerSide, heightsM };
}

/** Between the heights by bilinear interpolation; undefined outside the square and next to a height that is not known. */
export function gridHeightM({ halfWidthM, countPerSide, heightsM }: HeightGrid, eastM: number, northM: number) {
  const perM = (countPerSide - 1) / (2 * halfWidthM);
  const [x, y] = [(eastM + halfWidthM) * perM, (northM + halfWidthM) * perM];
  if (!(x >= 0 && y >= 0 && x <= countPerSide - 1 && y <= countPerSide - 1)) return undefined;
  const column = Math.min(countPerSide - 2, Math.floor(x));
  const row = Math.min(countPerSide - 2, Math.floor(y));
  const heightAt = (right: number, up: number): number =>
    heightsM[(row + up) * countPerSide + column + right] ?? Number.NaN;
  const southM = heightAt(0, 0) + (heightAt(1, 0) - heightAt(0, 0)) * (x - column);
  const northSideM = heightAt(0, 1) + (heightAt(1, 1) - heightAt(0, 1)) * (x - column);
  const heightM = southM + (northSideM - southM) * (y - row);
  return Number.isNaN(heightM) ? undefined : heightM;
}
