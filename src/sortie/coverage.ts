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
export type Coverage = { readonly areaM2: number; readonly seenPersonM2: number; readonly seenBoatM2: number };

const CELL_M = 2.5;
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

/** The union of footprints on a grid of 2.5 m cells round the first one. A cell counts when its centre is inside. */
export class CoverageGrid {
  readonly #cells = new Map<number, number>();
  #frame: LocalFrame | undefined;

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
    forEachCell(near, (column, row) => {
      const eastM = (column + 0.5) * CELL_M - sensor.eastM;
      const northM = (row + 0.5) * CELL_M - sensor.northM;
      const heightM = sensor.upM - groundUpM;
      this.#mark(column, row, pixelM({ eastM, northM, upM: heightM }, radiansAPixel));
    });
  }

  summary(): Coverage {
    const sum = { areaM2: 0, seenPersonM2: 0, seenBoatM2: 0 };
    for (const flags of this.#cells.values()) {
      sum.areaM2 += CELL_M * CELL_M;
      if (flags & SEEN_PERSON) sum.seenPersonM2 += CELL_M * CELL_M;
      if (flags & SEEN_BOAT) sum.seenBoatM2 += CELL_M * CELL_M;
    }
    return sum;
  }

  #mark(column: number, row: number, groundPixelM: number): void {
    const person = PERSON_M / groundPixelM >= PIXELS_ACROSS_MIN ? SEEN_PERSON : 0;
    const boat = BOAT_M / groundPixelM >= PIXELS_ACROSS_MIN ? SEEN_BOAT : 0;
    // 2^21 cells of 2.5 m either way of the origin: no flight of ours leaves that.
    const key = (row + 0x100000) * 0x200000 + (column + 0x100000);
    this.#cells.set(key, (this.#cells.get(key) ?? 0) | SEEN | person | boat);
  }
}

/** Side of the square with the area that one pixel covers on level ground: across grows with range, along with its slant. */
function pixelM(toCell: EnuPoint, radiansAPixel: number): number {
  const slantM = Math.hypot(toCell.eastM, toCell.northM, toCell.upM);
  const sinDepression = Math.max(toCell.upM / slantM, 0.01);
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
