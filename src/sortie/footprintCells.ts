/** Which ground cells one footprint covers, and for which size of object: the part of coverage that takes time. */
import { RAD_PER_DEG } from "../geo/angles.js";
import type { LocalFrame } from "../geo/localFrame.js";
import type { EnuPoint, Position } from "../geo/position.js";
import {
  COVERAGE_CELL_M,
  LAYER_BYTES,
  TILE_BYTES,
  tileKeyOf,
  tilePlaceOf,
  COVERAGE_TILE_CELLS,
} from "./coverageTiles.js";
import type { CoveragePatch } from "./coverageTiles.js";

/** The ground in one frame. Corners in order around the picture. */
export type Footprint = {
  readonly corners: readonly { readonly position: Position; readonly heightAmslM: number }[];
  readonly sensor: { readonly position: Position; readonly altitudeAmslM: number };
  readonly hfovDeg: number;
  readonly widthPx: number;
};

const CELL_M = COVERAGE_CELL_M;
const TILE_CELLS = COVERAGE_TILE_CELLS;
/**
 * Johnson 1958: detection needs two pixels across the smaller side; three is chosen, as a margin for blur. Not
 * measured: the share of people found by pixels across, on labelled pictures, would show it.
 */
const PIXELS_ACROSS_MIN = 3;
/** Smaller sides of the objects: a person from above, the beam of an inflatable. */
const PERSON_M = 0.5;
const BOAT_M = 2;
/**
 * Near the horizon a footprint is kilometres long with few pixels for each metre, and its cells grow with the square:
 * it is cut at this distance.
 */
const RANGE_MAX_M = 600;

/**
 * Undefined for a footprint without an area. A cell counts when its centre is inside. Cells are counted from the
 * frame's origin.
 */
export function cellsOf(footprint: Footprint, frame: LocalFrame): CoveragePatch | undefined {
  if (footprint.corners.length < 3) return undefined;
  const corners = footprint.corners.map((corner) => frame.toEnu(corner.position, corner.heightAmslM));
  const sensor = frame.toEnu(footprint.sensor.position, footprint.sensor.altitudeAmslM);
  const radiansAPixel = (2 * Math.tan((footprint.hfovDeg * RAD_PER_DEG) / 2)) / footprint.widthPx;
  const groundUpM = corners.reduce((sum, corner) => sum + corner.upM, 0) / corners.length;
  const near = corners.map((corner) => clampRange(corner, sensor));
  const heightM = sensor.upM - groundUpM;
  const marks = new Marks();
  forEachCell(near, (column, row) => {
    const eastM = (column + 0.5) * CELL_M - sensor.eastM;
    const northM = (row + 0.5) * CELL_M - sensor.northM;
    marks.mark(column, row, pixelM({ eastM, northM, upM: heightM }, radiansAPixel));
  });
  return marks.patch(frame.origin);
}

/** Tiles being built. Neighbouring cells of a row are mostly in one tile, so the last tile is remembered. */
class Marks {
  readonly #tiles = new Map<number, Uint8Array>();
  #lastKey: number | undefined;
  #lastTile: Uint8Array = new Uint8Array();

  mark(column: number, row: number, groundPixelM: number): void {
    const tile = this.#tileAt(tileKeyOf(Math.floor(column / TILE_CELLS), Math.floor(row / TILE_CELLS)));
    // Two's complement: also for negative numbers the low bits count from the tile's edge.
    const cell = (row & (TILE_CELLS - 1)) * TILE_CELLS + (column & (TILE_CELLS - 1));
    const bit = 1 << (cell & 7);
    const at = cell >> 3;
    tile[at] = (tile[at] ?? 0) | bit;
    if (PERSON_M / groundPixelM >= PIXELS_ACROSS_MIN) tile[LAYER_BYTES + at] = (tile[LAYER_BYTES + at] ?? 0) | bit;
    if (BOAT_M / groundPixelM >= PIXELS_ACROSS_MIN)
      tile[2 * LAYER_BYTES + at] = (tile[2 * LAYER_BYTES + at] ?? 0) | bit;
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
 * length with range and slant.
 */
function pixelM({ eastM, northM, upM }: EnuPoint, radiansAPixel: number): number {
  const slantM = Math.sqrt(eastM * eastM + northM * northM + upM * upM);
  const sinDepression = Math.max(upM / slantM, 0.01);
  return (slantM * radiansAPixel) / Math.sqrt(sinDepression);
}

function clampRange(corner: EnuPoint, sensor: EnuPoint): EnuPoint {
  const eastM = corner.eastM - sensor.eastM;
  const northM = corner.northM - sensor.northM;
  // Straight below the sensor the quotient is infinite, and the corner stays where it is.
  const scale = Math.min(1, RANGE_MAX_M / Math.hypot(eastM, northM));
  return { eastM: sensor.eastM + eastM * scale, northM: sensor.northM + northM * scale, upM: corner.upM };
}

/** Calls `visit` for the cells whose centre lies in the polygon, row by row (even-odd rule). */
function forEachCell(polygon: readonly EnuPoint[], visit: (column: number, row: number) => void): void {
  const norths = polygon.map((corner) => corner.northM);
  const firstRow = Math.ceil(Math.min(...norths) / CELL_M - 0.5);
  const lastRow = Math.floor(Math.max(...norths) / CELL_M - 0.5);
  for (let row = firstRow; row <= lastRow; row++) {
    const crossings = crossingsAt(polygon, (row + 0.5) * CELL_M);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.ceil((crossings[i] ?? 0) / CELL_M - 0.5);
      const to = Math.floor((crossings[i + 1] ?? 0) / CELL_M - 0.5);
      for (let column = from; column <= to; column++) visit(column, row);
    }
  }
}

function crossingsAt(polygon: readonly EnuPoint[], northM: number): number[] {
  const crossings: number[] = [];
  polygon.forEach((a, index) => {
    const b = polygon[(index + 1) % polygon.length];
    if (!b || a.northM > northM === b.northM > northM) return;
    crossings.push(a.eastM + ((northM - a.northM) / (b.northM - a.northM)) * (b.eastM - a.eastM));
  });
  return crossings.sort((x, y) => x - y);
}
