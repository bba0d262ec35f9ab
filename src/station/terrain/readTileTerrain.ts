/** Heights from a file of tiles (PMTiles, MBTiles): those of its deepest zoom that is not too large, as one raster. */
import path from "node:path";
import type { ColourPicture } from "../../core/colourPicture.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { err, ok, type Result } from "../../core/result.js";
import type { BadTerrain } from "../../geo/terrain/badTerrain.js";
import {
  areaOf,
  countOfHeights,
  heightEncodingOf,
  HeightMosaic,
  type HeightEncoding,
  type TileArea,
} from "../../geo/terrain/heightTiles.js";
import type { TerrainSource } from "../../geo/terrain/terrain.js";
import { isTileAddress, type TileAddress, ZOOM_MAX } from "../../geo/tiles/webMercator.js";
import { openMbTiles } from "../../io/maps/mbTilesFile.js";
import { openPmTiles } from "../../io/maps/pmTilesFile.js";
import type { ContainerProblem, TileFile } from "../../io/maps/tileContainer.js";
import { readTilePicture } from "../../io/pictures/tilePicture.js";
import type { OpenFileProblem } from "../../io/regularFile.js";
import { tileSourceName } from "./sourceNames.js";

export type TileTerrainProblem =
  | BadTerrain
  | OpenFileProblem
  | { readonly kind: "no-tile-file"; readonly format: "PMTiles" | "MBTiles" }
  | { readonly kind: "damaged"; readonly because: string }
  | { readonly kind: "no-tiles" }
  | { readonly kind: "too-many-tiles"; readonly heightsMax: number }
  | { readonly kind: "bad-tile"; readonly tile: TileAddress; readonly problem: PictureProblem }
  /** Not a square of the size of the file's other tiles, or of no size that tiles have. */
  | {
      readonly kind: "tile-size";
      readonly tile: TileAddress;
      readonly widthPx: number;
      readonly heightPx: number;
    };

/** 256 MB of heights, as of a GeoTIFF. */
const HEIGHTS_MAX = 64 * 1024 * 1024;
/** Sides that tiles have: the powers of two between these. */
const [SIDE_MIN_PX, SIDE_MAX_PX] = [64, 2048];

/** By the ending of its name. */
export const isTileFile = (file: string): boolean => /\.(pmtiles|mbtiles)$/i.test(file);

export async function readTileTerrain(file: string): Promise<Result<TerrainSource, TileTerrainProblem>> {
  const name = path.basename(file);
  const opened = await (/\.pmtiles$/i.test(file) ? openPmTiles(file) : openMbTiles(file));
  if (!opened.ok) return err(problemOf(opened.error));
  const tiles = opened.value;
  try {
    const encoding = heightEncodingOf(tiles.statedHeights, name);
    return encoding.ok ? await sourceFrom(tiles, encoding.value, name) : encoding;
  } finally {
    await tiles.close();
  }
}

function problemOf(problem: ContainerProblem): TileTerrainProblem {
  if (problem.kind === "not-this-format") return { kind: "no-tile-file", format: problem.format };
  return problem.kind === "damaged" ? { kind: "damaged", because: problem.reason } : problem;
}

async function sourceFrom(tiles: TileFile, encoding: HeightEncoding, name: string) {
  const chosen = await chosenZoom(tiles);
  if (!chosen.ok) return chosen;
  const { area, addresses, sidePx, deepest } = chosen.value;
  const mosaic = new HeightMosaic(area, sidePx, encoding);
  for (const tile of addresses) {
    const picture = await pictureOf(tiles, tile);
    if (!picture.ok) return picture;
    const { widthPx, heightPx } = picture.value;
    if (widthPx !== sidePx || heightPx !== sidePx) return err({ kind: "tile-size" as const, tile, widthPx, heightPx });
    const problem = mosaic.put(tile, picture.value);
    if (problem) return err(problem);
  }
  return ok(mosaic.source(tileSourceName(name, area.zoom, deepest)));
}

type ChosenZoom = {
  readonly area: TileArea;
  readonly addresses: readonly TileAddress[];
  readonly sidePx: number;
  /** Of all zooms that the file has tiles of. */
  readonly deepest: number;
};

/** What the header says of zooms bounds the search; which tiles there are is asked of the directory. */
async function chosenZoom(tiles: TileFile): Promise<Result<ChosenZoom, TileTerrainProblem>> {
  const { zoomMin, zoomMax } = tiles.stated;
  let deepest: number | undefined;
  for (let zoom = Math.min(zoomMax, ZOOM_MAX); zoom >= Math.max(zoomMin, 0); zoom--) {
    const found = await tilesOfZoom(tiles, zoom);
    if (!found.ok) return found;
    if (found.value === "none") continue;
    deepest ??= zoom;
    if (found.value !== "too-many") return ok({ ...found.value, deepest });
  }
  return err(deepest === undefined ? { kind: "no-tiles" } : { kind: "too-many-tiles", heightsMax: HEIGHTS_MAX });
}

type TilesOfZoom = Omit<ChosenZoom, "deepest"> | "none" | "too-many";

async function tilesOfZoom(tiles: TileFile, zoom: number): Promise<Result<TilesOfZoom, TileTerrainProblem>> {
  const listed = await tiles.addresses(zoom, HEIGHTS_MAX / SIDE_MIN_PX ** 2);
  if (!listed.ok) return err({ kind: "damaged", because: listed.error.reason });
  const addresses = listed.value;
  if (!addresses) return ok("too-many");
  if (!addresses.every(isTileAddress)) return err({ kind: "damaged", because: "a tile beside the earth" });
  const area = areaOf(addresses);
  if (!area) return ok("none");
  const sidePx = await sideOf(tiles, addresses);
  if (!sidePx.ok) return sidePx;
  return ok(countOfHeights(area, sidePx.value) <= HEIGHTS_MAX ? { area, addresses, sidePx: sidePx.value } : "too-many");
}

async function sideOf(tiles: TileFile, [tile]: readonly TileAddress[]): Promise<Result<number, TileTerrainProblem>> {
  if (!tile) throw new Error("Invariant: a zoom with tiles");
  const picture = await pictureOf(tiles, tile);
  if (!picture.ok) return picture;
  const { widthPx, heightPx } = picture.value;
  const isSide = widthPx >= SIDE_MIN_PX && widthPx <= SIDE_MAX_PX && Number.isInteger(Math.log2(widthPx));
  return isSide && widthPx === heightPx ? ok(widthPx) : err({ kind: "tile-size", tile, widthPx, heightPx });
}

async function pictureOf(tiles: TileFile, tile: TileAddress): Promise<Result<ColourPicture, TileTerrainProblem>> {
  const bytes = await tiles.tile(tile);
  if (!bytes.ok) return err({ kind: "damaged", because: bytes.error.reason });
  const picture = await readTilePicture(bytes.value ?? new Uint8Array(), SIDE_MAX_PX);
  return picture.ok ? picture : err({ kind: "bad-tile", tile, problem: picture.error });
}
