/**
 * The square tiles of web maps. Source: OpenStreetMap wiki, "Slippy map tilenames"; OGC 17-083r4 (Two Dimensional Tile Matrix Set), annex
 * D.1, WebMercatorQuad. The projection treats WGS-84 latitudes as if the earth were a sphere, which tiles' makers do too: no error follows.
 */
import { RAD_PER_DEG } from "../angles.js";
import type { Position } from "../position.js";
import type { GeoBounds } from "./geoBounds.js";

/** A tile: zoom 0 is the whole world; columns from 180 degrees west, rows from the north. */
export type TileAddress = { readonly zoom: number; readonly column: number; readonly row: number };

/** Deeper tiles are under 4 cm wide. */
export const ZOOM_MAX = 24;
/** Where the projection is cut off: the world is a square then. Degrees. */
const MERCATOR_LATITUDE_MAX_DEG = 85.0511287798066;

/** Where a position lies, in tiles of a zoom from the north-west corner of the world: the whole parts are column and row. */
export function tilePointOf(
  { latitudeDeg, longitudeDeg }: Position,
  zoom: number,
): { readonly column: number; readonly row: number } {
  const countPerSide = 2 ** zoom;
  const within = Math.min(Math.max(latitudeDeg, -MERCATOR_LATITUDE_MAX_DEG), MERCATOR_LATITUDE_MAX_DEG);
  const northing = Math.asinh(Math.tan(within * RAD_PER_DEG)) / Math.PI;
  return { column: ((longitudeDeg + 180) / 360) * countPerSide, row: ((1 - northing) / 2) * countPerSide };
}

/** The inverse of `tilePointOf`: whole numbers are a tile's north-west corner. */
export function positionOfTilePoint({ zoom, column, row }: TileAddress): Position {
  const countPerSide = 2 ** zoom;
  return {
    latitudeDeg: Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / countPerSide))) / RAD_PER_DEG,
    longitudeDeg: (column / countPerSide) * 360 - 180,
  };
}

export function boundsOfTile({ zoom, column, row }: TileAddress): GeoBounds {
  const northWest = positionOfTilePoint({ zoom, column, row });
  const southEast = positionOfTilePoint({ zoom, column: column + 1, row: row + 1 });
  return {
    ...{ southDeg: southEast.latitudeDeg, northDeg: northWest.latitudeDeg },
    ...{ westDeg: northWest.longitudeDeg, eastDeg: southEast.longitudeDeg },
  };
}

const EQUATOR_M = 2 * Math.PI * 6_378_137;

/** Width of a tile on the ground at a latitude, metres. */
export const tileWidthM = (zoom: number, latitudeDeg: number): number =>
  (EQUATOR_M * Math.cos(latitudeDeg * RAD_PER_DEG)) / 2 ** zoom;

/** True for the address of a tile that exists: whole numbers within the zoom's square. */
export const isTileAddress = ({ zoom, column, row }: TileAddress): boolean =>
  Number.isInteger(zoom) && zoom >= 0 && zoom <= ZOOM_MAX && isWithin(column, zoom) && isWithin(row, zoom);

const isWithin = (index: number, zoom: number): boolean => Number.isInteger(index) && index >= 0 && index < 2 ** zoom;
