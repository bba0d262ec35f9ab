/** Cells of one footprint as they are found, and how many pixels an object on them has. */
import type { Position } from "../geo/position.js";
import {
  COVERAGE_TILE_CELLS,
  type CoveragePatch,
  LAYER_BYTES,
  TILE_BYTES,
  tileKeyOf,
  tilePlaceOf,
} from "./coverageTiles.js";

/**
 * Johnson 1958: detection needs two pixels across the smaller side; three is chosen, as a margin for blur. Not
 * measured: the share of people found by pixels across, on labelled pictures, would show it.
 */
const PIXELS_ACROSS_MIN = 3;
/** Smaller sides of the objects: a person from above, the beam of an inflatable. */
const PERSON_M = 0.5;
const BOAT_M = 2;

/** Tiles being built. Neighbouring cells of a row are mostly in one tile, so the last tile is remembered. */
export class CoverageMarks {
  readonly #tiles = new Map<number, Uint8Array>();
  #lastKey: number | undefined;
  #lastTile: Uint8Array = new Uint8Array();

  /** `isOnKnownGround`: its height and all that might hide it are known, from files or as sea. */
  mark(column: number, row: number, pixelM: number, isOnKnownGround = false): void {
    const tile = this.#tileAt(
      tileKeyOf(Math.floor(column / COVERAGE_TILE_CELLS), Math.floor(row / COVERAGE_TILE_CELLS)),
    );
    // Two's complement: also for negative numbers the low bits count from the tile's edge.
    const cell = (row & (COVERAGE_TILE_CELLS - 1)) * COVERAGE_TILE_CELLS + (column & (COVERAGE_TILE_CELLS - 1));
    const bit = 1 << (cell & 7);
    const at = cell >> 3;
    tile[at] = (tile[at] ?? 0) | bit;
    if (PERSON_M / pixelM >= PIXELS_ACROSS_MIN) tile[LAYER_BYTES + at] = (tile[LAYER_BYTES + at] ?? 0) | bit;
    if (BOAT_M / pixelM >= PIXELS_ACROSS_MIN) tile[2 * LAYER_BYTES + at] = (tile[2 * LAYER_BYTES + at] ?? 0) | bit;
    if (isOnKnownGround) tile[3 * LAYER_BYTES + at] = (tile[3 * LAYER_BYTES + at] ?? 0) | bit;
  }

  patch(origin: Position): CoveragePatch {
    const cells = new Uint8Array(this.#tiles.size * TILE_BYTES);
    [...this.#tiles.values()].forEach((tile, index) => cells.set(tile, index * TILE_BYTES));
    return { origin, tiles: [...this.#tiles.keys()].map(tilePlaceOf), cells };
  }

  #tileAt(key: number): Uint8Array {
    if (key === this.#lastKey) return this.#lastTile;
    const tile = this.#tiles.get(key) ?? new Uint8Array(TILE_BYTES);
    this.#tiles.set(key, tile);
    this.#lastKey = key;
    this.#lastTile = tile;
    return tile;
  }
}

/**
 * Side in metres of a square with the area that one pixel covers on level ground: the width grows with range, the
 * length with range and slant. East, north and up are from the pixel's place to the camera or back, but for `upM`: above the place.
 */
export function groundPixelM(eastM: number, northM: number, upM: number, radiansAPixel: number): number {
  const slantM = Math.sqrt(eastM * eastM + northM * northM + upM * upM);
  const sinDepression = Math.max(upM / slantM, 0.01);
  return (slantM * radiansAPixel) / Math.sqrt(sinDepression);
}
