import { type TileAddress, tileWidthM } from "../../../src/geo/tiles/webMercator.js";
import type { SceneFrame } from "../sceneFrame.js";
import { ancestorOf, type SheetPlace, tilesOn, type TilePart, transformOf, zoomFor } from "./mapSheet.js";
import type { TileCanvas, TilePicture } from "./tilePicture.js";
import type { TilePictures } from "./tilePictures.js";

/** So many zooms above, a picture is looked for while the right one is not there. */
const COARSER_MAX = 5;
const WHOLE: TilePart = { x: 0, y: 0, size: 1 };

type Sheet = { readonly place: SheetPlace; readonly sizePx: number };

/** Vector tiles are drawn, not enlarged: a wider tile will do. */
const TILE_PX = { raster: 256, vector: 1024 };

/** The tiles that a sheet needs, the middle first. */
export function sheetTiles(
  { place, sizePx }: Sheet,
  frame: SceneFrame,
  { map }: Pick<TilePictures, "map">,
): readonly TileAddress[] {
  const tilePx = map.encoding === "mvt" ? TILE_PX.vector : TILE_PX.raster;
  const metresPerPx = (2 * place.halfWidthM) / sizePx;
  return tilesOn(place, frame, zoomFor(metresPerPx, frame.origin.latitudeDeg, map, tilePx));
}

/** What a sheet shows of each of its tiles. */
export type PaintedTiles = Map<string, TilePicture>;

/** Paints a sheet anew with all layers, one over the other; a single one as `paintLayer` does. */
export function paintSheet(
  canvas: TileCanvas,
  sheet: Sheet & { readonly painted: PaintedTiles },
  frame: SceneFrame,
  layers: readonly TilePictures[],
): void {
  const [lowest, ...others] = layers;
  // What arrives late of a lower layer would cover the upper ones.
  if (others.length > 0) sheet.painted.clear();
  if (lowest) paintLayer(canvas, sheet, frame, lowest);
  for (const layer of others) paintOver(canvas, sheet, frame, layer);
}

function paintOver(canvas: TileCanvas, { place, sizePx }: Sheet, frame: SceneFrame, pictures: TilePictures): void {
  for (const tile of sheetTiles({ place, sizePx }, frame, pictures)) {
    const found = pictureFor(tile, pictures);
    if (found) paintTile(canvas, found, { tile, transform: transformOf(tile, place, frame, sizePx) }, frame);
  }
  canvas.setTransform(1, 0, 0, 1, 0, 0);
}

/**
 * Paints what is there of a sheet's tiles; in the place of a tile that is not, the part of a coarser one. Where there is neither the
 * sheet stays clear, and the plain ground shows. Tiles that `painted` has already are left as they are: clear it for a new place.
 */
function paintLayer(
  canvas: TileCanvas,
  { place, sizePx, painted }: Sheet & { readonly painted: PaintedTiles },
  frame: SceneFrame,
  pictures: TilePictures,
): void {
  if (painted.size === 0) {
    canvas.setTransform(1, 0, 0, 1, 0, 0);
    canvas.clearRect(0, 0, sizePx, sizePx);
  }
  for (const tile of sheetTiles({ place, sizePx }, frame, pictures)) {
    const key = `${tile.column} ${tile.row}`;
    const found = pictureFor(tile, pictures);
    if (!found || painted.get(key) === found.picture) continue;
    const transform = transformOf(tile, place, frame, sizePx);
    canvas.setTransform(...transform);
    // Something coarser, or nothing, was here.
    canvas.clearRect(0, 0, 1, 1);
    paintTile(canvas, found, { tile, transform }, frame);
    painted.set(key, found.picture);
  }
  canvas.setTransform(1, 0, 0, 1, 0, 0);
}

type Found = { readonly picture: TilePicture; readonly part: TilePart };
type Placed = { readonly tile: TileAddress; readonly transform: ReturnType<typeof transformOf> };

function paintTile(canvas: TileCanvas, { picture, part }: Found, { tile, transform }: Placed, frame: SceneFrame): void {
  canvas.setTransform(...transform);
  const levels = Math.round(Math.log2(1 / part.size));
  picture.paint(canvas, part, {
    metresPerTile: tileWidthM(tile.zoom - levels, frame.origin.latitudeDeg),
    pxPerUnit: Math.hypot(transform[0], transform[1]),
  });
}

function pictureFor(tile: TileAddress, pictures: TilePictures): Found | undefined {
  const exact = pictures.get(tile);
  if (exact) return { picture: exact, part: WHOLE };
  const levels = Math.min(COARSER_MAX, tile.zoom - pictures.map.zoomMin);
  for (let level = 1; level <= levels; level++) {
    const { tile: coarser, part } = ancestorOf(tile, level);
    const picture = pictures.get(coarser);
    if (picture) return { picture, part };
  }
  return undefined;
}
