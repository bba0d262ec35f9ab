import type { ReliefGrid } from "../../../src/geo/coastDocument.js";
import { reliefHeightM } from "../../../src/geo/roughHeight.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { CoastModel } from "./coastModel.js";
import type { FlatMesh } from "./landGeometry.js";
import { shoreMetresAt } from "./shoreField.js";
import { shoreM, terrainHeightM, type TerrainGrids } from "./surface.js";

// The relief has one cell per few kilometres: near the shore it would lift the beach, so it fades in behind it.
const HILLS_FROM_M = 350;
const SUNK_M = -6;
// Under the sea: so deep that it does not show through from afar, where a pixel is many metres.
const DEEP_M = -60;
// A cliff is drawn no steeper than over so many cells: its edge would run in steps from corner to corner.
const SHORE_CELLS = 1.7;

type HillInput = {
  readonly frame: SceneFrame;
  readonly coast: CoastModel;
  /** The backdrop, where no file knows the ground. */
  readonly relief: ReliefGrid | undefined;
  /** Heights of the station's files. */
  readonly terrain: TerrainGrids | undefined;
};

/** `size`: cells along a side. `middleShare`: how fine the middle is, 1 for cells of one size. */
type HillShape = { readonly size: number; readonly middleShare: number };

/** The backdrop has one height per few kilometres. */
export const BACKDROP_SHAPE: HillShape = { size: 110, middleShare: 0.35 };
/** Cells of 30 m around the origin, 100 m at 3 km; on software GL, where each corner counts, of 50 m. */
export const terrainShape = (isCalm: boolean): HillShape =>
  isCalm ? { size: 150, middleShare: 0.11 } : { size: 320, middleShare: 0.13 };

/**
 * The ground behind the shore. The coast's own line is what is seen where it meets the sea: beside it the heights are scaled by
 * their distance from it, so that the mesh goes through sea level just there and not in steps from corner to corner. Where
 * only the backdrop is known the mesh lies below the flat ground along the beach.
 */
export function buildHillMesh(input: HillInput, { size, middleShare }: HillShape): FlatMesh {
  const { halfWidthM } = input.coast.farField;
  const side = size + 1;
  // -1..1, denser in the middle, where the camera is.
  const offsetsM = Array.from({ length: side }, (_, i) => {
    const t = (2 * i) / size - 1;
    return (middleShare * t + (1 - middleShare) * t * t * t) * halfWidthM;
  });
  const corners = offsetsM.flatMap((northM) => offsetsM.map((eastM) => cornerAt(input, eastM, northM)));
  const positions = new Float32Array(side * side * 3);
  corners.forEach((corner, i) => {
    const [column, row] = [i % side, Math.floor(i / side)];
    const shoreWidthM = SHORE_CELLS * Math.max(spacingM(offsetsM, column), spacingM(offsetsM, row));
    const neighbours = corner.insideM > 0 ? [] : neighboursOf(corners, side, column, row);
    positions.set([offsetsM[column] ?? 0, offsetsM[row] ?? 0, drawnHeightM(corner, shoreWidthM, neighbours)], i * 3);
  });
  return { positions, indices: cellTriangles(size) };
}

/** Height of the mesh over a place, as its triangles have it; undefined beyond its edge. */
export function meshHeightM({ positions }: FlatMesh, eastM: number, northM: number): number | undefined {
  const side = Math.sqrt(positions.length / 3);
  const eastOf = (column: number): number => positions[3 * column] ?? 0;
  const northOf = (row: number): number => positions[3 * row * side + 1] ?? 0;
  const column = cellBefore(side, eastM, eastOf);
  const row = cellBefore(side, northM, northOf);
  if (column === undefined || row === undefined) return undefined;
  const right = (eastM - eastOf(column)) / (eastOf(column + 1) - eastOf(column));
  const up = (northM - northOf(row)) / (northOf(row + 1) - northOf(row));
  const heightAt = (columns: number, rows: number): number =>
    positions[3 * ((row + rows) * side + column + columns) + 2] ?? 0;
  const [southEast, northWest] = [heightAt(1, 0), heightAt(0, 1)];
  // The square is cut from its south-east to its north-west corner.
  const corner = right + up <= 1 ? heightAt(0, 0) : heightAt(1, 1);
  const [along, across] = right + up <= 1 ? [right, up] : [1 - up, 1 - right];
  return corner + (southEast - corner) * along + (northWest - corner) * across;
}

/** The last of the `side` lines that is not beyond a place, and has one after it. */
function cellBefore(side: number, placeM: number, lineM: (index: number) => number): number | undefined {
  if (!(placeM >= lineM(0) && placeM <= lineM(side - 1))) return undefined;
  let [low, high] = [0, side - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lineM(middle) <= placeM) low = middle;
    else high = middle;
  }
  return low;
}

/** A corner of the mesh before the shore has shaped it. */
type Corner = {
  /** Metres from the waterline, land positive. */
  readonly insideM: number;
  readonly heightM: number;
  /** The height is a file's. */
  readonly isKnown: boolean;
};

function cornerAt(input: HillInput, eastM: number, northM: number): Corner {
  const known = input.terrain && terrainHeightM(input.terrain, eastM, northM);
  const insideM = shoreM(input.coast, eastM, northM);
  return { insideM, heightM: known ?? backdropM(input, eastM, northM), isKnown: known !== undefined };
}

function drawnHeightM(
  { insideM, heightM, isKnown }: Corner,
  shoreWidthM: number,
  neighbours: readonly Corner[],
): number {
  if (insideM > 0) return isKnown ? heightM * Math.min(1, insideM / shoreWidthM) : heightM;
  const landM = neighbours.filter((corner) => corner.insideM > 0 && corner.isKnown).map((corner) => corner.heightM);
  // As far under the sea as the land beside it is over it, at the same distance from the line.
  return landM.length === 0 ? DEEP_M : Math.max(...landM, 1) * Math.max(-1, insideM / shoreWidthM);
}

function spacingM(offsetsM: readonly number[], index: number): number {
  const next = Math.min(offsetsM.length - 1, index + 1);
  return (offsetsM[next] ?? 0) - (offsetsM[next - 1] ?? 0);
}

const neighboursOf = (corners: readonly Corner[], side: number, column: number, row: number): readonly Corner[] =>
  [-1, 0, 1].flatMap((up) =>
    [-1, 0, 1].flatMap((right) => {
      const [x, y] = [column + right, row + up];
      const corner = x < 0 || y < 0 || x >= side || y >= side ? undefined : corners[y * side + x];
      return corner ? [corner] : [];
    }),
  );

function cellTriangles(size: number): Uint32Array {
  const indices = new Uint32Array(size * size * 6);
  let next = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const a = row * (size + 1) + column;
      const b = a + size + 1;
      indices.set([a, a + 1, b, a + 1, b + 1, b], next);
      next += 6;
    }
  }
  return indices;
}

function backdropM({ frame, relief, coast }: HillInput, eastM: number, northM: number): number {
  const { farField } = coast;
  const insideM = shoreMetresAt(farField, eastM, northM);
  if (!relief || insideM <= HILLS_FROM_M) return SUNK_M;
  const heightM = Math.max(0, reliefHeightM(relief, frame.positionOf(eastM, northM)) ?? 0);
  const ramp = Math.min(1, (insideM - HILLS_FROM_M) / (farField.bandM - HILLS_FROM_M));
  // Two long waves imitate folds that a grid of kilometres cannot show; this is decoration, and labelled so.
  const folds = 0.82 + 0.12 * Math.sin(eastM / 410 + northM / 730) + 0.1 * Math.sin(eastM / 190 - northM / 260);
  return SUNK_M + ramp * ramp * (3 - 2 * ramp) * (heightM * folds - SUNK_M);
}
