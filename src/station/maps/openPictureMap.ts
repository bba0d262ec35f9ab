/** A map that is one picture: a GeoTIFF, or a TIFF, PNG or JPEG with a world file beside it. */
import path from "node:path";
import type { GeoPicture } from "../../core/geoPicture.js";
import type { PlaneTransform } from "../../core/geoTiffContent.js";
import { err, ok, type Result } from "../../core/result.js";
import { readWorldFile, systemOfProjectionFile } from "../../geo/tiles/worldFile.js";
import { openTiffPicture } from "../../io/geoTiff/openGeoPicture.js";
import { type PictureSidecars, readSidecars } from "../../io/maps/pictureSidecars.js";
import { openWholePicture } from "../../io/pictures/wholePicture.js";
import type { MapFileProblem, OpenMap } from "./mapFile.js";
import { pictureMap } from "./pictureMap.js";

const TIFF_ENDINGS = [".tif", ".tiff"];
export const PICTURE_ENDINGS: readonly string[] = [...TIFF_ENDINGS, ".png", ".jpg", ".jpeg"];
const WGS_84 = 4326;

export async function openPictureMap(file: string): Promise<Result<OpenMap, MapFileProblem>> {
  const isTiff = TIFF_ENDINGS.includes(path.extname(file).toLowerCase());
  const picture = isTiff ? await placedTiff(file) : await placedByWorldFile(file);
  if (!picture.ok) return picture;
  const map = pictureMap(picture.value, path.basename(file, path.extname(file)), picture.value.besides);
  if (!map.ok) await picture.value.close();
  return map;
}

type Placed = GeoPicture & Pick<OpenMap, "besides">;

async function placedTiff(file: string): Promise<Result<Placed, MapFileProblem>> {
  const opened = await openTiffPicture(file);
  if (!opened.ok) return opened;
  const { toPlane, ...picture } = opened.value;
  if (toPlane && picture.epsg !== undefined) return ok({ ...picture, toPlane, besides: [] });
  const sidecars = await readSidecars(file);
  const placed = placeOf(sidecars, picture.levels[0]);
  if (placed.ok) return ok({ ...picture, ...placed.value, besides: sidecars.files });
  // It has a place of its own, in a system that is not known: that is the better word.
  if (toPlane) return ok({ ...picture, toPlane, besides: [] });
  await picture.close();
  return placed;
}

async function placedByWorldFile(file: string): Promise<Result<Placed, MapFileProblem>> {
  const sidecars = await readSidecars(file);
  // Before the picture is unpacked, which takes seconds for a large one.
  if (sidecars.world === undefined) return err({ kind: "not-placed" });
  const level = await openWholePicture(file);
  if (!level.ok) return level;
  const placed = placeOf(sidecars, level.value);
  if (!placed.ok) return placed;
  const rest = { attribution: "", besides: sidecars.files, close: () => Promise.resolve() };
  return ok({ levels: [level.value], ...placed.value, ...rest });
}

type Size = { readonly columns: number; readonly rows: number };

function placeOf(
  { world, projection }: PictureSidecars,
  size: Size | undefined,
): Result<Pick<GeoPicture, "toPlane" | "epsg">, MapFileProblem> {
  if (world === undefined || !size) return err({ kind: "not-placed" });
  const toPlane = readWorldFile(world);
  if (!toPlane) return err({ kind: "bad-world-file" });
  if (projection !== undefined) {
    const epsg = systemOfProjectionFile(projection);
    return epsg === undefined ? err({ kind: "unknown-projection", epsg }) : ok({ toPlane, epsg });
  }
  return areDegrees(toPlane, size) ? ok({ toPlane, epsg: WGS_84 }) : err({ kind: "no-system" });
}

/** Every corner could be a longitude and a latitude: metres of a plane are far larger, but for a few pixels at its origin. */
const areDegrees = ({ x0, xPerColumn, xPerRow, y0, yPerColumn, yPerRow }: PlaneTransform, size: Size): boolean =>
  [0, size.columns].every((column) =>
    [0, size.rows].every((row) => {
      const [x, y] = [x0 + column * xPerColumn + row * xPerRow, y0 + column * yPerColumn + row * yPerRow];
      return Math.abs(x) <= 180 && Math.abs(y) <= 90;
    }),
  );
