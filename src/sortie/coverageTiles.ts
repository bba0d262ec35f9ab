/** How covered ground is stored: square tiles of square cells around an origin, one bit for each cell and layer. */
import type { Position } from "../geo/position.js";

export const COVERAGE_CELL_M = 2.5;
/** A tile is 160 m a side. */
export const COVERAGE_TILE_CELLS = 64;
/** Seen at all; with enough pixels for a person; with enough for a boat; seen over known ground. */
const LAYERS = 4;
/** One bit for each cell, rows from the south, columns from the west, lowest bit first. */
export const LAYER_BYTES = (COVERAGE_TILE_CELLS * COVERAGE_TILE_CELLS) / 8;
export const TILE_BYTES = LAYERS * LAYER_BYTES;

/** Tile (0, 0) has its south-west corner at the origin; columns go east, rows north, in the local frame there. */
export type TilePlace = { readonly column: number; readonly row: number };

/**
 * The cells that one footprint covers. Computed in the process that has the picture, merged in the one that keeps the
 * flight.
 */
export type CoveragePatch = {
  readonly origin: Position;
  readonly tiles: readonly TilePlace[];
  /** The tiles one after another, each `LAYERS` layers of `LAYER_BYTES`. */
  readonly cells: Uint8Array<ArrayBuffer>;
};

// 2^20 tiles of 160 m each way from the origin: more than the earth's circumference.
const KEY_ZERO = 0x100000;
const KEY_COLUMNS = 0x200000;

/** A tile's column and row as one number, for use as a map key. */
export const tileKeyOf = (column: number, row: number): number => (row + KEY_ZERO) * KEY_COLUMNS + (column + KEY_ZERO);

export const tilePlaceOf = (key: number): TilePlace => ({
  column: (key % KEY_COLUMNS) - KEY_ZERO,
  row: Math.floor(key / KEY_COLUMNS) - KEY_ZERO,
});
