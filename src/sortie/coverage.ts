import { RAD_PER_DEG } from "../geo/angles.js";
import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { EnuPoint, Position } from "../geo/position.js";

/** What one frame showed of the ground. Corners in order round the picture. */
export type Footprint = {
  readonly corners: readonly { readonly position: Position; readonly heightAmslM: number }[];
  readonly sensor: { readonly position: Position; readonly altitudeAmslM: number };
  readonly hfovDeg: number;
  readonly widthPx: number;
};

/** `coverage.json`: ground really inside the picture, and where an object of that size had enough pixels. */
export type Coverage = {
  readonly areaM2: number;
  readonly seenPersonM2: number;
  readonly seenBoatM2: number;
  /** Set when more ground was seen than is kept: the areas are then too small. */
  readonly isLimited?: true;
};

export const COVERAGE_CELL_M = 2.5;
const CELL_M = COVERAGE_CELL_M;
/** Johnson's detection criterion asks for about two pixels across the smaller side; three leaves room for blur. */
const PIXELS_ACROSS_MIN = 3;
/** Smaller sides: a person from above, the beam of an inflatable. */
const PERSON_M = 0.5;
const BOAT_M = 2;
/** Near the horizon a footprint runs for kilometres of pixels that show little, and costs by the square: it counts as far as this. */
const RANGE_MAX_M = 600;

const SEEN = 1;
const SEEN_PERSON = 2;
const SEEN_BOAT = 4;

/** A tile is 160 m a side: a byte a cell, made when something in it is first seen. */
export const COVERAGE_TILE_CELLS = 64;
const TILE_CELLS = COVERAGE_TILE_CELLS;
/** Some 200 km², 32 MB: more than any battery shows. What lies beyond is not counted, and the summary says so. */
const TILES_MAX = 8000;

/** Where a tile stands, and which of its cells were seen: a bit a cell, rows from the south, lowest bit west. */
type SeenTile = { readonly column: number; readonly row: number; readonly seen: Uint8Array };

/** The union of footprints on a grid of 2.5 m cells round the first one. A cell counts when its centre is inside. */
export class CoverageGrid {
  readonly #tiles = new Map<number, Uint8Array>();
  #frame: LocalFrame | undefined;
  #countOfSeen = 0;
  #countOfSeenPerson = 0;
  #countOfSeenBoat = 0;
  #isLimited = false;
  readonly #changed = new Set<number>();

  /** Where the cells are counted from; undefined until something was seen. */
  get origin(): Position | undefined {
    return this.#frame?.origin;
  }

  /** The tiles in which more was seen than when this was last asked. */
  takeChanged(): readonly SeenTile[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed.map((key) => this.#seenTile(key));
  }

  tiles(): readonly SeenTile[] {
    return [...this.#tiles.keys()].map((key) => this.#seenTile(key));
  }

  add(footprint: Footprint): void {
    const [first] = footprint.corners;
    if (!first || footprint.corners.length < 3) return;
    this.#frame ??= localFrameAt(first.position);
    const frame = this.#frame;
    const corners = footprint.corners.map((corner) => frame.toEnu(corner.position, corner.heightAmslM));
    const sensor = frame.toEnu(footprint.sensor.position, footprint.sensor.altitudeAmslM);
    const radiansAPixel = (2 * Math.tan((footprint.hfovDeg * RAD_PER_DEG) / 2)) / footprint.widthPx;
    const groundUpM = corners.reduce((sum, corner) => sum + corner.upM, 0) / corners.length;
    const near = corners.map((corner) => clampRange(corner, sensor));
    const heightM = sensor.upM - groundUpM;
    forEachCell(near, (column, row) => {
      const eastM = (column + 0.5) * CELL_M - sensor.eastM;
      const northM = (row + 0.5) * CELL_M - sensor.northM;
      this.#mark(column, row, pixelM(eastM, northM, heightM, radiansAPixel));
    });
  }

  summary(): Coverage {
    const areaM2 = CELL_M * CELL_M;
    return {
      areaM2: this.#countOfSeen * areaM2,
      seenPersonM2: this.#countOfSeenPerson * areaM2,
      seenBoatM2: this.#countOfSeenBoat * areaM2,
      ...(this.#isLimited ? { isLimited: true } : {}),
    };
  }

  #mark(column: number, row: number, groundPixelM: number): void {
    const key = keyOf(Math.floor(column / TILE_CELLS), Math.floor(row / TILE_CELLS));
    const tile = this.#tileAt(key);
    if (!tile) return;
    // Two's complement: the low bits of a negative number count up from its tile's edge too.
    const at = (row & (TILE_CELLS - 1)) * TILE_CELLS + (column & (TILE_CELLS - 1));
    const before = tile[at] ?? 0;
    const person = PERSON_M / groundPixelM >= PIXELS_ACROSS_MIN ? SEEN_PERSON : 0;
    const boat = BOAT_M / groundPixelM >= PIXELS_ACROSS_MIN ? SEEN_BOAT : 0;
    const fresh = (SEEN | person | boat) & ~before;
    if (fresh === 0) return;
    tile[at] = before | fresh;
    if (fresh & SEEN) {
      this.#countOfSeen++;
      this.#changed.add(key);
    }
    if (fresh & SEEN_PERSON) this.#countOfSeenPerson++;
    if (fresh & SEEN_BOAT) this.#countOfSeenBoat++;
  }

  #seenTile(key: number): SeenTile {
    const cells = this.#tiles.get(key);
    const seen = new Uint8Array((TILE_CELLS * TILE_CELLS) / 8);
    cells?.forEach((cell, i) => {
      if (cell & SEEN) seen[i >> 3] = (seen[i >> 3] ?? 0) | (1 << (i & 7));
    });
    return { column: (key % KEY_COLUMNS) - KEY_ZERO, row: Math.floor(key / KEY_COLUMNS) - KEY_ZERO, seen };
  }

  #tileAt(key: number): Uint8Array | undefined {
    const known = this.#tiles.get(key);
    if (known) return known;
    if (this.#tiles.size >= TILES_MAX) {
      this.#isLimited = true;
      return undefined;
    }
    const made = new Uint8Array(TILE_CELLS * TILE_CELLS);
    this.#tiles.set(key, made);
    return made;
  }
}

// 2^20 tiles of 160 m either way of the origin: further than the earth is round.
const KEY_ZERO = 0x100000;
const KEY_COLUMNS = 0x200000;
const keyOf = (tileColumn: number, tileRow: number): number =>
  (tileRow + KEY_ZERO) * KEY_COLUMNS + (tileColumn + KEY_ZERO);

/** Side of the square with the area that one pixel covers on level ground: across grows with range, along with its slant. */
function pixelM(eastM: number, northM: number, upM: number, radiansAPixel: number): number {
  const slantM = Math.sqrt(eastM * eastM + northM * northM + upM * upM);
  const sinDepression = Math.max(upM / slantM, 0.01);
  return (slantM * radiansAPixel) / Math.sqrt(sinDepression);
}

function clampRange(corner: EnuPoint, sensor: EnuPoint): EnuPoint {
  const eastM = corner.eastM - sensor.eastM;
  const northM = corner.northM - sensor.northM;
  const scale = Math.min(1, RANGE_MAX_M / Math.max(Math.hypot(eastM, northM), 1));
  return { eastM: sensor.eastM + eastM * scale, northM: sensor.northM + northM * scale, upM: corner.upM };
}

/** Visits the cells whose centre lies in the polygon, row by row (even-odd rule). */
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
