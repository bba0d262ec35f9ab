import type { MapDescription } from "../../../src/geo/tiles/mapDescription.js";
import {
  isTileAddress,
  positionOfTilePoint,
  type TileAddress,
  tilePointOf,
  tileWidthM,
} from "../../../src/geo/tiles/webMercator.js";
import type { SceneFrame } from "../sceneFrame.js";

/** A square of the scene's ground, north up. */
export type SheetPlace = { readonly eastM: number; readonly northM: number; readonly halfWidthM: number };

const HALF_WIDTH_MIN_M = 128;
const HALF_WIDTH_MAX_M = 65_536;
/** A sheet's middle moves in steps of this part of its half width: what it shows is painted again only then. */
const STEP = 0.5;
/**
 * A sheet at its zoom is at most twelve tiles wide; of a map whose coarsest tiles are finer than that, only those around the middle
 * are shown.
 */
const TILES_TO_EACH_SIDE = 6;

type Target = { readonly targetEastM: number; readonly targetNorthM: number; readonly rangeM: number };

function halfWidthFor(rangeM: number, reach: number): number {
  const wantedM = Math.min(Math.max(rangeM * reach, HALF_WIDTH_MIN_M), HALF_WIDTH_MAX_M);
  return 2 ** Math.round(Math.log2(wantedM));
}
// Without "+ 0" it may be minus zero, which is another place for a comparison.
const snapped = (m: number, halfWidthM: number): number => Math.round(m / (halfWidthM * STEP)) * halfWidthM * STEP + 0;

/**
 * The sheet around the camera's target: `reach` times the camera's range to each side, in powers of two, so that a small move of
 * the camera changes nothing.
 */
export function sheetPlaceFor({ targetEastM, targetNorthM, rangeM }: Target, reach: number): SheetPlace {
  const halfWidthM = halfWidthFor(rangeM, reach);
  return { eastM: snapped(targetEastM, halfWidthM), northM: snapped(targetNorthM, halfWidthM), halfWidthM };
}

/** Whether `sheetPlaceFor` would give that place; asked every frame, without a new object. */
export function isSheetPlace(place: SheetPlace, { targetEastM, targetNorthM, rangeM }: Target, reach: number): boolean {
  const halfWidthM = halfWidthFor(rangeM, reach);
  return (
    place.halfWidthM === halfWidthM &&
    place.eastM === snapped(targetEastM, halfWidthM) &&
    place.northM === snapped(targetNorthM, halfWidthM)
  );
}

/** The zoom whose tiles are about as fine as a sheet of so many metres a pixel, as far as the map goes. `tilePx`: a tile's side. */
export function zoomFor(
  metresPerPx: number,
  latitudeDeg: number,
  { zoomMin, zoomMax }: Pick<MapDescription, "zoomMin" | "zoomMax">,
  tilePx = 256,
): number {
  const wanted = Math.round(Math.log2(tileWidthM(0, latitudeDeg) / tilePx / metresPerPx));
  return Math.min(Math.max(wanted, zoomMin), zoomMax);
}

/** The tiles that a sheet shows, those nearest to its middle first. */
export function tilesOn(place: SheetPlace, frame: SceneFrame, zoom: number): readonly TileAddress[] {
  const { eastM, northM, halfWidthM } = place;
  const corners = [-1, 1].flatMap((east) =>
    [-1, 1].map((north) => tilePointOf(frame.positionOf(eastM + east * halfWidthM, northM + north * halfWidthM), zoom)),
  );
  const middle = tilePointOf(frame.positionOf(eastM, northM), zoom);
  const nearest = (wanted: number, around: number): number =>
    Math.min(
      Math.max(Math.floor(wanted), Math.floor(around) - TILES_TO_EACH_SIDE),
      Math.floor(around) + TILES_TO_EACH_SIDE,
    );
  const columns = corners.map(({ column }) => nearest(column, middle.column));
  const rows = corners.map(({ row }) => nearest(row, middle.row));
  const away = ({ column, row }: TileAddress): number =>
    Math.hypot(column + 0.5 - middle.column, row + 0.5 - middle.row);
  const tiles: TileAddress[] = [];
  for (let row = Math.min(...rows); row <= Math.max(...rows); row++) {
    for (let column = Math.min(...columns); column <= Math.max(...columns); column++) {
      const tile = { zoom, column, row };
      if (isTileAddress(tile)) tiles.push(tile);
    }
  }
  return tiles.sort((one, other) => away(one) - away(other));
}

/** `CanvasRenderingContext2D.setTransform`: from the tile's unit square (y down) to pixels of the sheet. */
type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * Where a tile lies on a sheet. A tile is no square on the ground: meridians meet, and the sheet's north is that of its origin; a
 * tile is so small that three of its corners say enough (under 2 cm of error for 1.5 km, 30 km from the origin).
 */
export function transformOf(tile: TileAddress, place: SheetPlace, frame: SceneFrame, sheetPx: number): Transform {
  const pixelOf = (right: number, down: number): readonly [number, number] => {
    const at = positionOfTilePoint({ zoom: tile.zoom, column: tile.column + right, row: tile.row + down });
    const { eastM, northM } = frame.pointOf(at);
    const pxPerM = sheetPx / (2 * place.halfWidthM);
    return [(eastM - place.eastM + place.halfWidthM) * pxPerM, (place.northM + place.halfWidthM - northM) * pxPerM];
  };
  const [x0, y0] = pixelOf(0, 0);
  const [x1, y1] = pixelOf(1, 0);
  const [x2, y2] = pixelOf(0, 1);
  return [x1 - x0, y1 - y0, x2 - x0, y2 - y0, x0, y0];
}

/** A square part of a tile, in parts of its side. */
export type TilePart = { readonly x: number; readonly y: number; readonly size: number };

/** The tile `levels` above, and which part of it is this tile. */
export function ancestorOf(
  { zoom, column, row }: TileAddress,
  levels: number,
): { readonly tile: TileAddress; readonly part: TilePart } {
  const count = 2 ** levels;
  return {
    tile: { zoom: zoom - levels, column: Math.floor(column / count), row: Math.floor(row / count) },
    part: { x: (column % count) / count, y: (row % count) / count, size: 1 / count },
  };
}
