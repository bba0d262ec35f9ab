/**
 * Heights of files around home, sampled once into squares of metres: a ray asks for hundreds of heights, and a picture has
 * thousands of rays. Plain data, to be sent to the camera's thread.
 */
import type { LocalFrame } from "../../src/geo/localFrame.js";
import type { TerrainModel } from "../../src/geo/terrain/terrainModel.js";

export type HeightField = {
  readonly spacingM: number;
  /** Cells along a side, whole blocks; the middle of the field is home. */
  readonly cells: number;
  /** At the corners of the cells, row after row from the south-west; complete. */
  readonly heightsAmslM: Float32Array;
  /** The highest and the steepest of each block with its eight neighbours. */
  readonly highestAmslM: Float32Array;
  readonly steepestRatio: Float32Array;
};

/** Cells along the side of a block. */
export const BLOCK_CELLS = 16;
/** 1.4 million heights: half a second. */
const HALF_BLOCKS_MAX = 37;
/** Further away nothing is seen or flown. */
const HALF_WIDTH_MAX_M = 6000;
/** Half of what the file has, so that its edges stay where they are; and no finer than is worth it. */
const [SPACING_MIN_M, SPACING_MAX_M] = [2, 15];

type AroundHome = {
  readonly frame: LocalFrame;
  /** The ground where the files know none, and along the field's outer edge. */
  readonly otherwiseAmslM: (eastM: number, northM: number) => number;
  /** Negative on the sea, which is at 0 whatever the files say. */
  readonly inlandM: (eastM: number, northM: number) => number;
};

/** Undefined where the files know no height of it. */
export function heightFieldOf(model: TerrainModel, around: AroundHome): HeightField | undefined {
  const spacingM = Math.min(SPACING_MAX_M, Math.max(SPACING_MIN_M, (model.resolutionM ?? 0) / 2));
  const halfBlocks = Math.min(HALF_BLOCKS_MAX, Math.ceil(HALF_WIDTH_MAX_M / (spacingM * BLOCK_CELLS)));
  const cells = 2 * halfBlocks * BLOCK_CELLS;
  const side = cells + 1;
  const heightsAmslM = new Float32Array(side * side);
  let countOfKnown = 0;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [eastM, northM] = [(column - cells / 2) * spacingM, (row - cells / 2) * spacingM];
      const isRim = row === 0 || column === 0 || row === cells || column === cells;
      const knownM = isRim ? undefined : heightFrom(model, around, eastM, northM);
      if (knownM !== undefined) countOfKnown++;
      heightsAmslM[row * side + column] = knownM ?? around.otherwiseAmslM(eastM, northM);
    }
  }
  return countOfKnown === 0 ? undefined : { spacingM, cells, heightsAmslM, ...boundsOf(heightsAmslM, cells, spacingM) };
}

function heightFrom(model: TerrainModel, { frame, inlandM }: AroundHome, eastM: number, northM: number) {
  if (inlandM(eastM, northM) <= 0) return undefined;
  return model.levelAt(frame.toPosition({ eastM, northM, upM: 0 }).position)?.heightAmslM;
}

function boundsOf(heightsAmslM: Float32Array, cells: number, spacingM: number) {
  const blocks = cells / BLOCK_CELLS;
  const highestAmslM = new Float32Array(blocks * blocks).fill(Number.NEGATIVE_INFINITY);
  const steepestRatio = new Float32Array(blocks * blocks);
  for (let row = 0; row < blocks; row++) {
    for (let column = 0; column < blocks; column++) {
      const { highestM, riseM } = blockBounds(heightsAmslM, cells, { column, row });
      for (const at of withNeighbours(column, row, blocks)) {
        highestAmslM[at] = Math.max(highestAmslM[at] ?? 0, highestM);
        steepestRatio[at] = Math.max(steepestRatio[at] ?? 0, riseM / spacingM);
      }
    }
  }
  return { highestAmslM, steepestRatio };
}

function* withNeighbours(column: number, row: number, blocks: number): Iterable<number> {
  for (let y = Math.max(0, row - 1); y <= Math.min(blocks - 1, row + 1); y++)
    for (let x = Math.max(0, column - 1); x <= Math.min(blocks - 1, column + 1); x++) yield y * blocks + x;
}

/** Within a cell no rise is steeper than those along its edges together. */
function blockBounds(heightsM: Float32Array, cells: number, block: { readonly column: number; readonly row: number }) {
  const side = cells + 1;
  let [highestM, eastRiseM, northRiseM] = [Number.NEGATIVE_INFINITY, 0, 0];
  for (let down = 0; down <= BLOCK_CELLS; down++) {
    for (let right = 0; right <= BLOCK_CELLS; right++) {
      const at = (block.row * BLOCK_CELLS + down) * side + block.column * BLOCK_CELLS + right;
      const heightM = heightsM[at] ?? 0;
      highestM = Math.max(highestM, heightM);
      if (right < BLOCK_CELLS) eastRiseM = Math.max(eastRiseM, Math.abs((heightsM[at + 1] ?? 0) - heightM));
      if (down < BLOCK_CELLS) northRiseM = Math.max(northRiseM, Math.abs((heightsM[at + side] ?? 0) - heightM));
    }
  }
  return { highestM, riseM: Math.hypot(eastRiseM, northRiseM) };
}

export const halfWidthM = ({ cells, spacingM }: HeightField): number => (cells * spacingM) / 2;

/** Undefined outside the field. */
export function fieldHeightM(field: HeightField, eastM: number, northM: number): number | undefined {
  const { cells, spacingM, heightsAmslM } = field;
  const [x, y] = [eastM / spacingM + cells / 2, northM / spacingM + cells / 2];
  if (!(x >= 0 && y >= 0 && x < cells && y < cells)) return undefined;
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const at = row * (cells + 1) + column;
  const [fx, fy] = [x - column, y - row];
  const [a, b] = [heightsAmslM[at] ?? 0, heightsAmslM[at + cells + 1] ?? 0];
  const southM = a + ((heightsAmslM[at + 1] ?? 0) - a) * fx;
  const northSideM = b + ((heightsAmslM[at + cells + 2] ?? 0) - b) * fx;
  return southM + (northSideM - southM) * fy;
}

/** The block of a place in the field, among `highestAmslM` and `steepestRatio`. */
export function blockAt({ cells, spacingM }: HeightField, eastM: number, northM: number): number {
  const blocks = cells / BLOCK_CELLS;
  const last = blocks - 1;
  const column = Math.floor((eastM / spacingM + cells / 2) / BLOCK_CELLS);
  const row = Math.floor((northM / spacingM + cells / 2) / BLOCK_CELLS);
  return Math.min(last, Math.max(0, row)) * blocks + Math.min(last, Math.max(0, column));
}

/** Whether a block is at the field's outer edge. */
export function isRimBlock({ cells }: HeightField, block: number): boolean {
  const blocks = cells / BLOCK_CELLS;
  const [column, row] = [block % blocks, Math.floor(block / blocks)];
  return column === 0 || row === 0 || column === blocks - 1 || row === blocks - 1;
}
