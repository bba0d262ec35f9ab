/** Which cells one footprint covers on level ground, and for which size of object; over files of heights: `terrainCells.ts`. */
import { RAD_PER_DEG } from "../geo/angles.js";
import type { LocalFrame } from "../geo/localFrame.js";
import type { EnuPoint, Position } from "../geo/position.js";
import { CoverageMarks, groundPixelM } from "./coverageMarks.js";
import { COVERAGE_CELL_M, type CoveragePatch } from "./coverageTiles.js";

/** The ground in one frame. Corners in order around the picture. */
export type Footprint = {
  readonly corners: readonly { readonly position: Position; readonly heightAmslM: number }[];
  readonly sensor: { readonly position: Position; readonly altitudeAmslM: number };
  readonly hfovDeg: number;
  readonly widthPx: number;
};

const CELL_M = COVERAGE_CELL_M;
/**
 * Near the horizon a footprint is kilometres long with few pixels for each metre, and its cells grow with the square:
 * it is cut at this distance.
 */
export const COVERAGE_RANGE_MAX_M = 600;

/**
 * Undefined for a footprint without an area. A cell counts when its centre is inside. Cells are counted from the
 * frame's origin.
 */
export function cellsOf(footprint: Footprint, frame: LocalFrame): CoveragePatch | undefined {
  if (footprint.corners.length < 3) return undefined;
  const corners = footprint.corners.map((corner) => frame.toEnu(corner.position, corner.heightAmslM));
  const sensor = frame.toEnu(footprint.sensor.position, footprint.sensor.altitudeAmslM);
  const radiansAPixel = radiansAPixelOf(footprint);
  const groundUpM = corners.reduce((sum, corner) => sum + corner.upM, 0) / corners.length;
  const near = corners.map((corner) => clampRange(corner, sensor));
  const heightM = sensor.upM - groundUpM;
  const marks = new CoverageMarks();
  forEachCell(near, (column, row) => {
    const eastM = (column + 0.5) * CELL_M - sensor.eastM;
    const northM = (row + 0.5) * CELL_M - sensor.northM;
    marks.mark(column, row, groundPixelM(eastM, northM, heightM, radiansAPixel));
  });
  return marks.patch(frame.origin);
}

/** Angle of one pixel in the middle of the picture. */
export const radiansAPixelOf = ({ hfovDeg, widthPx }: Pick<Footprint, "hfovDeg" | "widthPx">): number =>
  (2 * Math.tan((hfovDeg * RAD_PER_DEG) / 2)) / widthPx;

function clampRange(corner: EnuPoint, sensor: EnuPoint): EnuPoint {
  const eastM = corner.eastM - sensor.eastM;
  const northM = corner.northM - sensor.northM;
  // Straight below the sensor the quotient is infinite, and the corner stays where it is.
  const scale = Math.min(1, COVERAGE_RANGE_MAX_M / Math.hypot(eastM, northM));
  return { eastM: sensor.eastM + eastM * scale, northM: sensor.northM + northM * scale, upM: corner.upM };
}

type FlatPoint = Pick<EnuPoint, "eastM" | "northM">;

/** Calls `visit` for the cells whose centre lies in the polygon, row by row (even-odd rule). */
export function forEachCell(polygon: readonly FlatPoint[], visit: (column: number, row: number) => void): void {
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

function crossingsAt(polygon: readonly FlatPoint[], northM: number): number[] {
  const crossings: number[] = [];
  polygon.forEach((a, index) => {
    const b = polygon[(index + 1) % polygon.length];
    if (!b || a.northM > northM === b.northM > northM) return;
    crossings.push(a.eastM + ((northM - a.northM) / (b.northM - a.northM)) * (b.eastM - a.eastM));
  });
  return crossings.sort((x, y) => x - y);
}
