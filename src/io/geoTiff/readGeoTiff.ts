/**
 * GeoTIFF by geotiff.js, which reads every layout of tiles, strips and samples; with our bounded decompression, and with
 * limits on what a file may claim. https://docs.ogc.org/is/19-008r4/19-008r4.html
 */
import { fromArrayBuffer, type GeoTIFFImage } from "geotiff";
import type { GeoTiffContent, GeoTiffProblem, PlaneTransform } from "../../core/geoTiffContent.js";
import { err, ok, type Result } from "../../core/result.js";
import { plainBytes } from "../pictures/tiffCodecs.js";
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
const FLOATS = 3;
const DIFFERENCES = 2;
/** geotiff.js takes time with the square of their length. */
const METADATA_CHARS_MAX = 65_536;

/** Reads the first picture of the file; smaller copies of it (overviews) and masks are left alone. */
export async function readGeoTiff(bytes: Uint8Array): Promise<Result<GeoTiffContent, GeoTiffProblem>> {
  if (!MAGIC.includes(String.fromCharCode(...bytes.subarray(0, 4)))) return err({ kind: "not-geotiff" });
  await prepareDecoders();
  try {
    const tiff = await fromArrayBuffer(plainBytes(bytes).slice().buffer);
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
  const form = unreadCompression((await directory.loadValue("Compression")) ?? 1) ?? (await unreadForm(image));
  if (form !== undefined) return err({ kind: "form-not-read", form });
  const lengths = await lengthsOfTiles(image);
  if (lengths.length < countOfTiles(image)) return err({ kind: "damaged", because: "tiles are missing" });
  const toPlane = await transformOf(image);
  const keys = keysOf(await directory.loadValue("GeoKeyDirectory"));
  if (!toPlane || keys.size === 0) return err({ kind: "not-placed" });
  const metadata = await metadataOf(image);
  const samples = await readBand(image, lengths, valueOf(metadata, noDataOf(image)));
  const isArea = keys.get(RASTER_TYPE) !== PIXEL_IS_POINT;
  return ok({ columns, rows, samples, isArea, toPlane, keys, unit: metadata.unit });
}

/** A file that claims more tiles than it has places for them would have millions looked for. */
async function lengthsOfTiles(image: GeoTIFFImage): Promise<ArrayLike<number>> {
  const lengths = await image.getFileDirectory().loadValue(image.isTiled ? "TileByteCounts" : "StripByteCounts");
  return typeof lengths === "object" ? lengths : [];
}

/** One row of tiles after the other, so that no more than a row is unpacked at a time. */
async function readBand(
  image: GeoTIFFImage,
  lengths: ArrayLike<number>,
  value: (raw: number) => number,
): Promise<Float32Array> {
  const [columns, rows] = [image.getWidth(), image.getHeight()];
  const [tileColumns, tileRows] = [image.getTileWidth(), image.getTileHeight()];
  const tilesAcross = Math.ceil(columns / tileColumns);
  const samples = new Float32Array(columns * rows);
  for (let top = 0; top < rows; top += tileRows) {
    const bottom = Math.min(rows, top + tileRows);
    const band = await image.readRasters({ samples: [0], interleave: true, window: [0, top, columns, bottom] });
    const isAbsent = Array.from({ length: tilesAcross }, (_, i) => lengths[(top / tileRows) * tilesAcross + i] === 0);
    for (let i = 0; i < band.length; i++) {
      // A tile of no length was left out by its writer (sparse file): geotiff.js makes up zeros.
      const isMadeUp = isAbsent[Math.floor((i % columns) / tileColumns)] === true;
      samples[top * columns + i] = isMadeUp ? Number.NaN : value(band[i] ?? Number.NaN);
    }
  }
  return samples;
}

const countOfTiles = (image: GeoTIFFImage): number =>
  Math.ceil(image.getWidth() / image.getTileWidth()) *
  Math.ceil(image.getHeight() / image.getTileHeight()) *
  (image.planarConfiguration === 1 ? 1 : image.getSamplesPerPixel());

/** Bytes of all tiles together, with what lies outside the picture, may be this many times those of the picture. */
const PADDING_MAX = 8;
const PADDED_BYTES_LEAST = 64 * 1024 * 1024;

/** What geotiff.js 3.0.5 reads wrongly, and what would take far more than the picture needs. */
async function unreadForm(image: GeoTIFFImage): Promise<string | undefined> {
  const [bits, isInteger] = [image.getBitsPerSample(), image.getSampleFormat() !== FLOATS];
  const predictor = (await image.getFileDirectory().loadValue("Predictor")) ?? 1;
  if (isInteger && bits === 64) return "64-bit integers";
  if (predictor === DIFFERENCES && bits === 64) return "differences of 64 bits";
  if (predictor === DIFFERENCES && bits > 8 && !image.littleEndian) return "differences, big-endian";
  if (![8, 16, 32, 64].includes(bits) && (bits > 16 || !image.littleEndian)) return `samples of ${bits} bits`;
  return unreadTile(image);
}

function unreadTile(image: GeoTIFFImage): string | undefined {
  const bytes = tileBytes({
    ...{ tileWidth: image.getTileWidth(), tileHeight: image.getTileHeight(), predictor: 1 },
    ...{ planarConfiguration: image.planarConfiguration, bitsPerSample: image.getBitsPerSample() },
  });
  if (!(bytes > 0)) return "tiles without samples";
  if (bytes * image.getSamplesPerPixel() > TILE_BYTES_MAX) return "tiles of more than 256 MB";
  const countOfSamples = image.getWidth() * image.getHeight();
  if (countOfTiles(image) > countOfSamples / 64 + 1000) return "tiles of a few samples each";
  const pictureBytes = countOfSamples * image.getBytesPerPixel();
  const paddedMax = Math.max(PADDED_BYTES_LEAST, pictureBytes * PADDING_MAX);
  return countOfTiles(image) * bytes > paddedMax ? "tiles far larger than the picture" : undefined;
}

/** GeoTIFF 1.1, section 7.1.1: four shorts a key; a value of location 0 stands in the directory itself. */
export function keysOf(directory: ArrayLike<number> | undefined): ReadonlyMap<number, number> {
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

export function byMatrix(matrix: readonly number[]): PlaneTransform | undefined {
  const at = (index: number): number => matrix[index] ?? Number.NaN;
  return usable({
    ...{ xPerColumn: at(0), xPerRow: at(1), x0: at(3) },
    ...{ yPerColumn: at(4), yPerRow: at(5), y0: at(7) },
  });
}

export function byTiePoint(scale: readonly number[], tie: readonly number[]): PlaneTransform | undefined {
  const [xPerColumn = Number.NaN, scaleY = Number.NaN] = scale;
  const [column = Number.NaN, row = Number.NaN, , x = Number.NaN, y = Number.NaN] = tie;
  // Rows go down whatever the sign, as GDAL reads it.
  const yPerRow = -Math.abs(scaleY);
  const [x0, y0] = [x - column * xPerColumn, y - row * yPerRow];
  return usable({ xPerColumn, xPerRow: 0, x0, yPerColumn: 0, yPerRow, y0 });
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

type BandMetadata = { readonly factor: number; readonly offset: number; readonly unit: string | undefined };

/** GDAL writes a band's own scale, offset and unit into its XML. */
async function metadataOf(image: GeoTIFFImage): Promise<BandMetadata> {
  const directory = image.getFileDirectory();
  const xml: unknown = directory.hasTag("GDAL_METADATA") ? await directory.loadValue("GDAL_METADATA") : undefined;
  if (typeof xml === "string" && xml.length > METADATA_CHARS_MAX) throw new Error("its metadata are longer than 64 kB");
  const { SCALE, OFFSET, UNITTYPE } = (await image.getGDALMetadata(0)) ?? {};
  const unit = typeof UNITTYPE === "string" ? UNITTYPE.trim() : undefined;
  return { factor: Number(SCALE ?? 1), offset: Number(OFFSET ?? 0), unit };
}

/** GDAL_NODATA is text, which ends with a NUL in files by honest writers. */
function noDataOf(image: GeoTIFFImage): number | undefined {
  const directory = image.getFileDirectory();
  const text = directory.hasTag("GDAL_NODATA") ? directory.getValue("GDAL_NODATA") : undefined;
  return typeof text === "string" ? Number(text.replaceAll("\0", "")) : undefined;
}

/**
 * A file's "no data" is the same float as it stands in the samples: -3.4028234663852886e+38. Without one, float32's largest
 * values mean it.
 */
function valueOf({ factor, offset }: BandMetadata, noData: number | undefined): (raw: number) => number {
  const absent = noData === undefined ? undefined : Math.fround(noData);
  return (raw) => (Math.fround(raw) === absent || Math.abs(raw) > UNBELIEVABLE ? Number.NaN : raw * factor + offset);
}
