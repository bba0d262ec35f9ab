/**
 * The compressions of a GeoTIFF's tiles. geotiff.js unpacks whatever a tile says, however large it becomes; here every
 * tile stops at the bytes that its samples need, so that a decompression bomb does no harm.
 */
import { addDecoder, BaseDecoder, type ImageFileDirectory } from "geotiff";
import { decode as decodeLerc } from "lerc";
import { ZSTDDecoder } from "zstddec";
import { inflated, plainBytes, unpackedBits, unpackedLzw, type Unpack } from "../pictures/tiffCodecs.js";

type BaseDecoderParameters = BaseDecoder["parameters"];

const COMPRESSION = { none: 1, lzw: 5, deflate: 8, oldDeflate: 32_946, packBits: 32_773, lerc: 34_887, zstd: 50_000 };
/** Lossy, for pictures: no heights are packed so. */
const UNREAD: ReadonlyMap<number, string> = new Map([
  [6, "old JPEG"],
  [7, "JPEG"],
  [50_001, "WebP"],
]);

/** The compression's name where its tiles cannot be read here. */
export function unreadCompression(compression: number): string | undefined {
  if (Object.values(COMPRESSION).includes(compression)) return undefined;
  return UNREAD.get(compression) ?? `compression ${compression}`;
}

const zstd = new ZSTDDecoder();

/** A frame that is longer than it may be makes the decoder answer with fewer bytes, or none. */
export const unpackedZstd: Unpack = (packed, bytesMax) => zstd.decode(packed, bytesMax).subarray(0, bytesMax);

/** Of LERC's own second compression: GDAL's LERC_DEFLATE and LERC_ZSTD. */
const LERC_UNPACK: Readonly<Record<number, Unpack>> = { 1: inflated, 2: unpackedZstd };
const LERC_HEADER_BYTES = 22;
/** LERC with all its fields is never longer than the samples, and these. */
const LERC_EXTRA_BYTES = 65_536;

/** https://github.com/Esri/lerc: "Lerc2 ", version, checksum from version 3 on, rows, columns. */
function unpackedLerc(parameters: TileParameters, packed: Uint8Array, bytesMax: number): Uint8Array | undefined {
  const second = LERC_UNPACK[parameters.LercParameters?.[1] ?? 0];
  const blob = second ? second(packed, bytesMax + LERC_EXTRA_BYTES) : packed;
  if (!blob || blob.byteLength < LERC_HEADER_BYTES) return undefined;
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const sizeAt = view.getInt32(6, true) >= 3 ? 14 : 10;
  const isTile =
    view.getInt32(sizeAt, true) <= parameters.tileHeight && view.getInt32(sizeAt + 4, true) <= parameters.tileWidth;
  if (!isTile) return undefined;
  const { pixels, mask } = decodeLerc(plainBytes(blob).slice().buffer, { returnPixelInterleavedDims: true });
  const samples = pixels[0];
  if (!samples) return undefined;
  if (mask) markAbsent(samples, mask);
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** GDAL packs a float that is no number as a sample without a value. Integers have a number of their own for that. */
function markAbsent(samples: { readonly length: number; [index: number]: number }, mask: Uint8Array): void {
  const bands = samples.length / mask.length;
  for (let i = 0; i < samples.length; i++) if (mask[Math.floor(i / bands)] === 0) samples[i] = Number.NaN;
}

type TileParameters = BaseDecoderParameters & { readonly LercParameters?: ArrayLike<number> };

/** Bytes of one tile, by its widest band. */
export function tileBytes(parameters: BaseDecoderParameters): number {
  const { tileWidth, tileHeight, bitsPerSample, planarConfiguration } = parameters;
  const bits = typeof bitsPerSample === "number" ? [bitsPerSample] : Array.from(bitsPerSample, Number);
  const bandsInside = planarConfiguration === 1 ? bits.length : 1;
  return tileWidth * tileHeight * bandsInside * Math.ceil(Math.max(...bits) / 8);
}

const decoderOf = (unpack: (parameters: TileParameters, packed: Uint8Array, bytesMax: number) => ReturnType<Unpack>) =>
  class extends BaseDecoder {
    override decodeBlock(buffer: ArrayBufferLike): ArrayBufferLike {
      const bytes = unpack(this.parameters, new Uint8Array(buffer), tileBytes(this.parameters));
      if (!bytes) throw new Error("a tile is damaged");
      return bytes.slice().buffer;
    }
  };

async function parametersOf(directory: ImageFileDirectory): Promise<TileParameters> {
  const isTiled = directory.hasTag("TileWidth");
  const [columns, rows] = [await directory.loadValue("ImageWidth"), (await directory.loadValue("ImageLength")) ?? 0];
  const tileHeight = isTiled
    ? await directory.loadValue("TileLength")
    : // A file of one strip may call it higher than the picture.
      Math.min((await directory.loadValue("RowsPerStrip")) ?? rows, rows);
  return {
    tileWidth: (isTiled ? await directory.loadValue("TileWidth") : columns) ?? 0,
    tileHeight: tileHeight ?? 0,
    planarConfiguration: (await directory.loadValue("PlanarConfiguration")) ?? 1,
    bitsPerSample: (await directory.loadValue("BitsPerSample")) ?? 1,
    predictor: (await directory.loadValue("Predictor")) ?? 1,
    LercParameters: (await directory.loadValue("LercParameters")) as ArrayLike<number>,
  };
}

let isPrepared = false;
/** geotiff.js has one list of decoders for all files. */
export async function prepareDecoders(): Promise<void> {
  if (isPrepared) return;
  await zstd.init();
  const plainly = (unpack: Unpack) => decoderOf((_, packed, bytesMax) => unpack(packed, bytesMax));
  const decoders: readonly (readonly [readonly number[], typeof BaseDecoder])[] = [
    [[COMPRESSION.lzw], plainly(unpackedLzw)],
    [[COMPRESSION.deflate, COMPRESSION.oldDeflate], plainly(inflated)],
    [[COMPRESSION.packBits], plainly(unpackedBits)],
    [[COMPRESSION.zstd], plainly(unpackedZstd)],
    [[COMPRESSION.lerc], decoderOf(unpackedLerc)],
  ];
  for (const [cases, decoder] of decoders) addDecoder([...cases], () => Promise.resolve(decoder), parametersOf);
  isPrepared = true;
}
