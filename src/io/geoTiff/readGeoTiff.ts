/**
 * GeoTIFF by geotiff.js, which reads every layout of tiles, strips and samples; with our bounded decompression, and with
 * limits on what a file may claim. https://docs.ogc.org/is/19-008r4/19-008r4.html
 */
import { fromArrayBuffer, type GeoTIFFImage } from "geotiff";
import type { GeoTiffContent, GeoTiffProblem, PlaneTransform } from "../../core/geoTiffContent.js";
import { err, ok, type Result } from "../../core/result.js";
import { prepareDecoders, tileBytes, unreadCompression } from "./geoTiffDecoders.js";

/** 256 MB of heights: a degree at 10 m, or 8 x 8 km at 1 m. */
const SAMPLES_MAX = 64 * 1024 * 1024;
const TILE_BYTES_MAX = 256 * 1024 * 1024;
/** TIFF 6.0 and BigTIFF, in both byte orders. */
const MAGIC: readonly string[] = ["II*\0", "MM\0*", "II+\0", "MM\0+"];

/** Float32's largest and its neighbours mark "no data" in files that do not say so. */
const UNBELIEVABLE = 1e30;
const RASTER_TYPE = 1025;
const PIXEL_IS_POINT = 2;

/** Reads the first picture of the file; smaller copies of it (overviews) and masks are left alone. */
export async function readGeoTiff(bytes: Uint8Array): Promise<Result<GeoTiffContent, GeoTiffProblem>> {
  if (!MAGIC.includes(String.fromCharCode(...bytes.subarray(0, 4)))) return err({ kind: "not-geotiff" });
  await prepareDecoders();
  try {
    const tiff = await fromArrayBuffer(bytes.slice().buffer);
    const image = await tiff.getImage(0);
    if (!image.littleEndian) await turnLongLists(image);
    return await contentOf(image);
  } catch (problem) {
    return err({ kind: "damaged", because: problem instanceof Error ? problem.message : String(problem) });
  }
}

/**
 * geotiff.js 3.0.5 reads long lists, as of the tiles' places, as little-endian in every file. Here each value's bytes are
 * turned round. A release that reads them well fails our test with big-endian files.
 */
async function turnLongLists(image: GeoTIFFImage): Promise<void> {
  const directory = image.getFileDirectory();
  for (const [tag, list] of directory.deferredArrays) {
    const values = await list.loadAll();
    if (!ArrayBuffer.isView(values)) continue;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const size = values.byteLength / list.length;
    for (let at = 0; at < bytes.byteLength; at += size) bytes.subarray(at, at + size).reverse();
    directory.actualizedFields.set(tag, Array.from(values as ArrayLike<number>, Number));
  }
}

async function contentOf(image: GeoTIFFImage): Promise<Result<GeoTiffContent, GeoTiffProblem>> {
  const [columns, rows] = [image.getWidth(), image.getHeight()];
  if (!(columns * rows <= SAMPLES_MAX)) return err({ kind: "too-large", columns, rows, samplesMax: SAMPLES_MAX });
  const directory = image.getFileDirectory();
  const form = unreadCompression((await directory.loadValue("Compression")) ?? 1) ?? unreadTile(image);
  if (form !== undefined) return err({ kind: "form-not-read", form });
  if ((await countOfPlaces(image)) < countOfTiles(image)) return err({ kind: "damaged", because: "tiles are missing" });
  const toPlane = await transformOf(image);
  const keys = keysOf(await directory.loadValue("GeoKeyDirectory"));
  if (!toPlane || keys.size === 0) return err({ kind: "not-placed" });
  const band = await image.readRasters({ samples: [0], interleave: true });
  const samples = scaled(band, await scaleOf(image), image.getGDALNoData() ?? undefined);
  return ok({ columns, rows, samples, isArea: keys.get(RASTER_TYPE) !== PIXEL_IS_POINT, toPlane, keys });
}

/** A file that claims more tiles than it has places for them would have millions looked for. */
async function countOfPlaces(image: GeoTIFFImage): Promise<number> {
  const places = await image.getFileDirectory().loadValue(image.isTiled ? "TileOffsets" : "StripOffsets");
  return typeof places === "object" ? places.length : 0;
}

const countOfTiles = (image: GeoTIFFImage): number =>
  Math.ceil(image.getWidth() / image.getTileWidth()) *
  Math.ceil(image.getHeight() / image.getTileHeight()) *
  (image.planarConfiguration === 1 ? 1 : image.getSamplesPerPixel());

function unreadTile(image: GeoTIFFImage): string | undefined {
  const bytes = tileBytes({
    ...{ tileWidth: image.getTileWidth(), tileHeight: image.getTileHeight(), predictor: 1 },
    ...{ planarConfiguration: image.planarConfiguration, bitsPerSample: image.getBitsPerSample() },
  });
  if (!(bytes > 0)) return "tiles without samples";
  return bytes * image.getSamplesPerPixel() > TILE_BYTES_MAX ? "tiles of more than 256 MB" : undefined;
}

/** GeoTIFF 1.1, section 7.1.1: four shorts a key; a value of location 0 stands in the directory itself. */
function keysOf(directory: ArrayLike<number> | undefined): ReadonlyMap<number, number> {
  const keys = new Map<number, number>();
  const countOfKeys = directory?.[3] ?? 0;
  for (let i = 4; directory && i <= countOfKeys * 4; i += 4) {
    const [key, location, value] = [directory[i], directory[i + 1], directory[i + 3]];
    if (key !== undefined && location === 0 && value !== undefined) keys.set(key, value);
  }
  return keys;
}

/** A matrix, or one point and the size of a pixel, whose rows go down. */
async function transformOf(image: GeoTIFFImage): Promise<PlaneTransform | undefined> {
  const directory = image.getFileDirectory();
  const matrix = numbers(await directory.loadValue("ModelTransformation"), 16);
  if (matrix) return byMatrix(matrix);
  const scale = numbers(await directory.loadValue("ModelPixelScale"), 3);
  const tie = numbers(await directory.loadValue("ModelTiepoint"), 6);
  return scale && tie && byTiePoint(scale, tie);
}

function byMatrix(matrix: readonly number[]): PlaneTransform | undefined {
  const at = (index: number): number => matrix[index] ?? Number.NaN;
  return usable({
    ...{ xPerColumn: at(0), xPerRow: at(1), x0: at(3) },
    ...{ yPerColumn: at(4), yPerRow: at(5), y0: at(7) },
  });
}

function byTiePoint(scale: readonly number[], tie: readonly number[]): PlaneTransform | undefined {
  const [xPerColumn = Number.NaN, scaleY = Number.NaN] = scale;
  const [column = Number.NaN, row = Number.NaN, , x = Number.NaN, y = Number.NaN] = tie;
  const [x0, y0] = [x - column * xPerColumn, y + row * scaleY];
  return usable({ xPerColumn, xPerRow: 0, x0, yPerColumn: 0, yPerRow: -scaleY, y0 });
}

/** Undefined where the file has too few: it is not placed by this tag. */
const numbers = (values: ArrayLike<number> | undefined, count: number): readonly number[] | undefined =>
  values && values.length >= count ? Array.from(values, Number) : undefined;

/** Undefined for a transform that has no inverse. */
function usable(transform: PlaneTransform): PlaneTransform | undefined {
  const { x0, y0, xPerColumn, xPerRow, yPerColumn, yPerRow } = transform;
  const determinant = xPerColumn * yPerRow - xPerRow * yPerColumn;
  return Number.isFinite(determinant + x0 + y0) && determinant !== 0 ? transform : undefined;
}

/** GDAL writes a band's own scale and offset into its XML. */
async function scaleOf(image: GeoTIFFImage): Promise<{ readonly factor: number; readonly offset: number }> {
  const metadata = (await image.getGDALMetadata(0)) ?? {};
  const [factor, offset] = [Number(metadata["SCALE"] ?? 1), Number(metadata["OFFSET"] ?? 0)];
  return { factor, offset };
}

function scaled(
  band: ArrayLike<number>,
  { factor, offset }: { readonly factor: number; readonly offset: number },
  noData: number | undefined,
): Float32Array {
  // A file's own "no data" is written as text: -3.4028234663852886e+38 is the same float as it stands in the samples.
  const absent = noData === undefined ? undefined : Math.fround(noData);
  return Float32Array.from(band, (value) =>
    Math.fround(value) === absent || Math.abs(value) > UNBELIEVABLE ? Number.NaN : value * factor + offset,
  );
}
