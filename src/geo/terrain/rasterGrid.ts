/** Where a raster of heights lies: how its columns and rows run over the earth. */
import { RAD_PER_DEG } from "../angles.js";
import type { PlaneTransform } from "../../core/geoTiffContent.js";
import type { Position } from "../position.js";
import { positionOfTilePoint, tilePointOf } from "../tiles/webMercator.js";
import { planeProjection, type PlaneProjection } from "./planeProjection.js";

/** Counted from the first height, 0, 0; between heights they are fractions. */
type GridPoint = { readonly column: number; readonly row: number };
/** How much column and row change for a metre to the east and to the north. */
export type GridGradient = {
  readonly columnEast: number;
  readonly columnNorth: number;
  readonly rowEast: number;
  readonly rowNorth: number;
};

/** The same as plain data, which can be sent to another thread. */
export type RasterPlacement =
  /** Columns and rows are meridians and parallels. Both steps are positive; rows go south from the first height. */
  | {
      readonly kind: "graticule";
      readonly northWest: Position;
      readonly stepEastDeg: number;
      readonly stepSouthDeg: number;
    }
  /** Columns and rows are straight lines in the plane of a system that `planeProjection` knows; `toPlane` has an inverse. */
  | { readonly kind: "plane"; readonly epsg: number; readonly toPlane: PlaneTransform }
  /**
   * Pixels of the tiles of web maps: at `pixelZoom` the world has 2 to the power of it a side, counted from 180 degrees west and
   * from the north. The first height is that of the middle of the pixel `firstColumn`, `firstRow`.
   */
  | {
      readonly kind: "web-mercator";
      readonly pixelZoom: number;
      readonly firstColumn: number;
      readonly firstRow: number;
    };

export const graticule = (northWest: Position, stepEastDeg: number, stepSouthDeg: number): RasterPlacement => ({
  ...{ kind: "graticule", northWest, stepEastDeg, stepSouthDeg },
});

export type RasterGrid = {
  readonly pointOf: (position: Position) => GridPoint;
  readonly positionOf: (point: GridPoint) => Position;
  readonly gradientAt: (position: Position) => GridGradient;
};

/** Metres in a degree of latitude and, times the cosine of the latitude, of longitude: good to 0.6 % on WGS 84. */
const M_PER_DEG = 111_320;
/** About 10 m: over it a projection is straight. */
const NEAR_DEG = 1e-4;

/** Over a square of this size, about 200 m, the directions of a grid turn by less than 0.00004 rad. */
const SQUARE_DEG = 0.002;
const SQUARES_KEPT = 4096;
const SQUARES_AROUND = 1e6;

const eastMPerDeg = (latitudeDeg: number): number => M_PER_DEG * Math.cos(latitudeDeg * RAD_PER_DEG);

export function rasterGrid(placement: RasterPlacement): RasterGrid {
  if (placement.kind === "graticule") return graticuleGrid(placement);
  if (placement.kind === "web-mercator") return mercatorGrid(placement);
  const projection = planeProjection(placement.epsg);
  if (!projection) throw new Error(`Invariant: a raster in EPSG:${placement.epsg} has been read`);
  return planeGrid(projection, placement.toPlane);
}

type Graticule = Extract<RasterPlacement, { kind: "graticule" }>;

const graticuleGrid = ({ northWest, stepEastDeg, stepSouthDeg }: Graticule): RasterGrid => ({
  pointOf: ({ latitudeDeg, longitudeDeg }) => ({
    column: (longitudeDeg - northWest.longitudeDeg) / stepEastDeg,
    row: (northWest.latitudeDeg - latitudeDeg) / stepSouthDeg,
  }),
  positionOf: ({ column, row }) => ({
    latitudeDeg: northWest.latitudeDeg - row * stepSouthDeg,
    longitudeDeg: northWest.longitudeDeg + column * stepEastDeg,
  }),
  gradientAt: ({ latitudeDeg }) => ({
    ...{ columnEast: 1 / (stepEastDeg * eastMPerDeg(latitudeDeg)), columnNorth: 0 },
    ...{ rowEast: 0, rowNorth: -1 / (stepSouthDeg * M_PER_DEG) },
  }),
});

type MercatorPixels = Extract<RasterPlacement, { kind: "web-mercator" }>;

function mercatorGrid({ pixelZoom, firstColumn, firstRow }: MercatorPixels): RasterGrid {
  const [west, north] = [firstColumn + 0.5, firstRow + 0.5];
  const pixelsPerEquatorM = 2 ** pixelZoom / (360 * M_PER_DEG);
  return {
    pointOf: (position) => {
      const { column, row } = tilePointOf(position, pixelZoom);
      return { column: column - west, row: row - north };
    },
    positionOf: ({ column, row }) => positionOfTilePoint({ zoom: pixelZoom, column: column + west, row: row + north }),
    gradientAt: ({ latitudeDeg }) => {
      // The same in every direction at a place, and larger away from the equator.
      const pixelsPerM = pixelsPerEquatorM / Math.cos(latitudeDeg * RAD_PER_DEG);
      return { columnEast: pixelsPerM, columnNorth: 0, rowEast: 0, rowNorth: -pixelsPerM };
    },
  };
}

function planeGrid(projection: PlaneProjection, transform: PlaneTransform): RasterGrid {
  const { x0, xPerColumn, xPerRow, y0, yPerColumn, yPerRow } = transform;
  const determinant = xPerColumn * yPerRow - xPerRow * yPerColumn;
  let lastAsked: Position | undefined;
  let lastPoint: GridPoint = { column: 0, row: 0 };
  /** A height and its slope are asked for at one and the same place: it is projected once. */
  const pointOf = (position: Position): GridPoint => {
    if (position === lastAsked) return lastPoint;
    const plane = projection.toPlane(position);
    const [x, y] = [plane.x - x0, plane.y - y0];
    lastAsked = position;
    lastPoint = {
      column: (x * yPerRow - y * xPerRow) / determinant,
      row: (y * xPerColumn - x * yPerColumn) / determinant,
    };
    return lastPoint;
  };
  const gradientNear = (position: Position): GridGradient => {
    const { latitudeDeg, longitudeDeg } = position;
    const here = pointOf(position);
    const east = pointOf({ latitudeDeg, longitudeDeg: longitudeDeg + NEAR_DEG });
    const north = pointOf({ latitudeDeg: latitudeDeg + NEAR_DEG, longitudeDeg });
    const [eastM, northM] = [NEAR_DEG * eastMPerDeg(latitudeDeg), NEAR_DEG * M_PER_DEG];
    return {
      columnEast: (east.column - here.column) / eastM,
      rowEast: (east.row - here.row) / eastM,
      columnNorth: (north.column - here.column) / northM,
      rowNorth: (north.row - here.row) / northM,
    };
  };
  const known = new Map<number, GridGradient>();
  return {
    pointOf,
    positionOf: ({ column, row }) =>
      projection.toPosition({
        x: x0 + column * xPerColumn + row * xPerRow,
        y: y0 + column * yPerColumn + row * yPerRow,
      }),
    gradientAt: ({ latitudeDeg, longitudeDeg }) => {
      const [north, east] = [Math.floor(latitudeDeg / SQUARE_DEG), Math.floor(longitudeDeg / SQUARE_DEG)];
      const square = north * SQUARES_AROUND + east;
      const found = known.get(square);
      if (found) return found;
      const middle = { latitudeDeg: (north + 0.5) * SQUARE_DEG, longitudeDeg: (east + 0.5) * SQUARE_DEG };
      const gradient = gradientNear(middle);
      if (known.size >= SQUARES_KEPT) known.clear();
      known.set(square, gradient);
      return gradient;
    },
  };
}
