/** A picture with a place on earth, asked for tiles like any other map: they are made when they are asked for. */
import type { GeoPicture } from "../../core/geoPicture.js";
import { readWindow } from "../../core/pictureLevels.js";
import { err, ok, type Result } from "../../core/result.js";
import { planeProjection } from "../../geo/terrain/planeProjection.js";
import { rasterGrid } from "../../geo/terrain/rasterGrid.js";
import { type GeoBounds, touches } from "../../geo/tiles/geoBounds.js";
import { wordsOf } from "../../geo/tiles/mapDescription.js";
import { finestStep, paintTile, windowFor } from "../../geo/tiles/paintTile.js";
import { pictureBounds, TILE_PX, zoomOfPixels } from "../../geo/tiles/pictureExtent.js";
import { TileOnPicture } from "../../geo/tiles/tileOnPicture.js";
import { boundsOfTile, isTileAddress, type TileAddress, ZOOM_MAX } from "../../geo/tiles/webMercator.js";
import type { TileProblem } from "../../io/maps/tileContainer.js";
import { encodeColourPng } from "../../io/png.js";
import type { MapFileProblem, OpenMap } from "./mapFile.js";
import { HALVINGS_MAX, scaledLevels, type ScaledLevel } from "./pictureLevels.js";

/** Smaller than this many pixels on its tile, a picture is a speck. */
const LEAST_PX = 32;

/** `besides`: the files that its place is from. */
export function pictureMap(
  picture: GeoPicture,
  name: string,
  besides: readonly string[],
): Result<OpenMap, MapFileProblem> {
  const { levels, toPlane, epsg, attribution } = picture;
  const [finest] = levels;
  if (epsg === undefined || !planeProjection(epsg)) return err({ kind: "unknown-projection", epsg });
  const grid = rasterGrid({ kind: "plane", epsg, toPlane });
  const bounds = finest && pictureBounds(grid, finest);
  if (!bounds) return err({ kind: "not-on-earth" });
  const scaled = scaledLevels(levels);
  const zooms = zoomsOf(zoomOfPixels(grid, finest), finest, levels.length);
  return ok({
    besides,
    description: { name, attribution: wordsOf(attribution), encoding: "png", ...zooms, bounds, isOnline: false },
    tile: (at) => tileOf({ grid, bounds, scaled }, at),
    close: picture.close,
  });
}

type Size = { readonly columns: number; readonly rows: number };

/** Up to where the tiles are as fine as the picture; down to where they would take too many of its pixels, or show a speck. */
function zoomsOf(zoomOfFinest: number, { columns, rows }: Size, countOfLevels: number) {
  const coarsest = zoomOfFinest - HALVINGS_MAX - (countOfLevels - 1);
  const speck = zoomOfFinest - Math.log2(Math.max(columns, rows) / LEAST_PX);
  const within = (zoom: number): number => Math.min(Math.max(zoom, 0), ZOOM_MAX);
  const zoomMax = within(Math.ceil(zoomOfFinest - 0.1));
  return { zoomMin: Math.min(within(Math.ceil(Math.max(coarsest, speck))), zoomMax), zoomMax };
}

type Placed = {
  readonly grid: ReturnType<typeof rasterGrid>;
  readonly bounds: GeoBounds;
  readonly scaled: readonly ScaledLevel[];
};

async function tileOf(
  { grid, bounds, scaled }: Placed,
  at: TileAddress,
): Promise<Result<Uint8Array | undefined, TileProblem>> {
  const [finest] = scaled;
  if (!finest || !isTileAddress(at) || !touches(bounds, boundsOfTile(at))) return ok(undefined);
  const tile = new TileOnPicture(grid, bounds, at);
  const step = finestStep(tile, finest);
  const level = step === undefined ? undefined : levelFor(scaled, step);
  const window = level && windowFor(tile, finest, level);
  if (!window) return ok(undefined);
  const pixels = await readWindow(level, window);
  if (!pixels) return err({ kind: "broken", reason: "a block of the picture is damaged" });
  const painted = paintTile(tile, finest, level, { ...window, pixels });
  return ok(painted && encodeColourPng(TILE_PX, TILE_PX, painted));
}

/** The coarsest level that is at least as fine as the tile: its pixels are means of few. */
function levelFor(scaled: readonly ScaledLevel[], step: number): ScaledLevel | undefined {
  const isFineEnough = ({ acrossRatio, downRatio }: ScaledLevel): boolean => Math.max(acrossRatio, downRatio) <= step;
  return scaled.findLast(isFineEnough) ?? scaled[0];
}
