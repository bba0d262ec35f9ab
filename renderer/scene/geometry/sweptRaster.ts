import type { SceneFrame } from "../sceneFrame.js";
import type { CoverageMap } from "../../bridge/coverageMap.js";
import { localFrameAt } from "../../../src/geo/localFrame.js";

/** The covered ground as a square raster round the scene's origin: 0 = not seen, 255 = seen. */
export type SweptRaster = {
  readonly size: number;
  readonly halfWidthM: number;
  readonly cells: Uint8Array<ArrayBuffer>;
};

export const emptySweptRaster = (size: number, halfWidthM: number): SweptRaster => ({
  size,
  halfWidthM,
  cells: new Uint8Array(size * size),
});

/**
 * Draws the tiles that came after change number `drawn` of the coverage, or all of it when another flight began. A
 * raster cell counts as seen when its centre was seen. Returns whether anything was drawn.
 */
export function drawCoverage(raster: SweptRaster, coverage: CoverageMap, frame: SceneFrame, drawn: number): boolean {
  const isReplaced = coverage.isReplacedSince(drawn);
  if (isReplaced) raster.cells.fill(0);
  const { origin, tileM } = coverage;
  const tiles = coverage.tilesSince(drawn);
  if (!origin || tiles.length === 0) return isReplaced;
  const local = localFrameAt(origin);
  for (const { eastM, northM } of tiles) {
    const corners = [0, tileM].flatMap((east) =>
      [0, tileM].map((north) => {
        const { position } = local.toPosition({ eastM: eastM + east, northM: northM + north, upM: 0 });
        return frame.pointOf(position);
      }),
    );
    const toCoverage = affineAt(corners[0] ?? { eastM: 0, northM: 0 }, tileM, (east, north) =>
      local.toEnu(frame.positionOf(east, north), 0),
    );
    drawWithin(raster, corners, (east, north) => {
      const point = toCoverage(east, north);
      return coverage.isSeen(point.eastM, point.northM);
    });
  }
  return true;
}

type Point = { readonly eastM: number; readonly northM: number };
type PointMap = (eastM: number, northM: number) => Point;

/**
 * Affine approximation of the projection over one tile: exact to a millimetre there, and cheap for thousands of cells.
 */
function affineAt(zero: Point, sizeM: number, map: PointMap): PointMap {
  const base = map(zero.eastM, zero.northM);
  const east = map(zero.eastM + sizeM, zero.northM);
  const north = map(zero.eastM, zero.northM + sizeM);
  return (eastM, northM) => {
    const [u, v] = [(eastM - zero.eastM) / sizeM, (northM - zero.northM) / sizeM];
    return {
      eastM: base.eastM + (east.eastM - base.eastM) * u + (north.eastM - base.eastM) * v,
      northM: base.northM + (east.northM - base.northM) * u + (north.northM - base.northM) * v,
    };
  };
}

/** Redraws every cell whose centre lies in the upright rectangle round the corners (scene metres). */
function drawWithin(
  { size, halfWidthM, cells }: SweptRaster,
  corners: readonly Point[],
  isSeen: (eastM: number, northM: number) => boolean,
): void {
  const cellM = (2 * halfWidthM) / size;
  const indexFrom = (m: number): number => Math.max(0, Math.ceil((m + halfWidthM) / cellM - 0.5));
  const indexTo = (m: number): number => Math.min(size - 1, Math.floor((m + halfWidthM) / cellM - 0.5));
  const easts = corners.map(({ eastM }) => eastM);
  const norths = corners.map(({ northM }) => northM);
  const metresOf = (index: number): number => (index + 0.5) * cellM - halfWidthM;
  for (let row = indexFrom(Math.min(...norths)); row <= indexTo(Math.max(...norths)); row++) {
    for (let column = indexFrom(Math.min(...easts)); column <= indexTo(Math.max(...easts)); column++) {
      cells[row * size + column] = isSeen(metresOf(column), metresOf(row)) ? 255 : 0;
    }
  }
}
