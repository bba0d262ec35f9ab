/** What one picture of a TIFF is made of, checked before any of it is unpacked. */
import type { Unpack } from "../pictures/tiffCodecs.js";
import { pictureUnpacker } from "./pictureCodecs.js";
import type { TiffPage } from "./tiffFile.js";

const TAG = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  palette: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileBytes: 325,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  noData: 42_113,
} as const;

/** Values of tag 262. */
export const COLOURS = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, mask: 4, yCbCr: 6 } as const;
const JPEG = 7;
const REDUCED = 1;
const MASK = 4;
/** 256 MB of colours: a chart in one strip of 8,000 x 8,000. */
const BLOCK_PIXELS_MAX = 64e6;
const PACKED_BYTES_MAX = 128 * 2 ** 20;
const PIXELS_MAX = 1e10;

export type PicturePage = {
  readonly columns: number;
  readonly rows: number;
  readonly blockColumns: number;
  readonly blockRows: number;
  readonly isTiled: boolean;
  readonly isLittleEndian: boolean;
  readonly bits: number;
  readonly samples: number;
  readonly photometric: number;
  /** Index of the band that says how opaque a pixel is. */
  readonly opacityBand: number | undefined;
  readonly isPlanar: boolean;
  readonly predictor: number;
  /** Three bytes a colour. */
  readonly palette: Uint8Array | undefined;
  readonly noData: number | undefined;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
  readonly unpack: Unpack;
};

/** Why a picture cannot be read, in words; everything else that is wrong fails with a reason. */
export class FormNotRead extends Error {}

export const isReduced = async (page: TiffPage): Promise<boolean> =>
  (((await page.number(TAG.subfile)) ?? 0) & REDUCED) !== 0;
export const isMask = async (page: TiffPage): Promise<boolean> =>
  (((await page.number(TAG.subfile)) ?? 0) & MASK) !== 0;

export async function readPicturePage(page: TiffPage, fileBytes: number): Promise<PicturePage> {
  const size = await sizeOf(page);
  const form = await formOf(page);
  const compression = (await page.number(TAG.compression)) ?? 1;
  if (form.photometric === COLOURS.yCbCr && compression !== JPEG) throw new FormNotRead("YCbCr colours without JPEG");
  const places = await placesOf(page, { ...size, ...form, isPacked: compression !== 1 }, fileBytes);
  const unpack = await pictureUnpacker(compression, {
    ...{ columns: size.blockColumns, rows: size.blockRows, isYCbCr: form.photometric === COLOURS.yCbCr },
    jpegTables: await page.bytes(TAG.jpegTables),
  });
  if (typeof unpack === "string") throw new FormNotRead(unpack);
  const noData = (await page.text(TAG.noData))?.trim();
  return {
    ...{ ...size, ...form, ...places, unpack, isLittleEndian: page.isLittleEndian },
    noData: noData === undefined || noData === "" ? undefined : Number(noData),
  };
}

const numberOr = async (page: TiffPage, tag: number, fallback: number): Promise<number> =>
  (await page.number(tag)) ?? fallback;
const numbersOr = async (page: TiffPage, tag: number, fallback: readonly number[]): Promise<readonly number[]> =>
  (await page.numbers(tag)) ?? fallback;

async function sizeOf(page: TiffPage) {
  const [columns, rows] = [await numberOr(page, TAG.width, 0), await numberOr(page, TAG.height, 0)];
  const isTiled = page.has(TAG.tileWidth);
  const blockColumns = await numberOr(page, TAG.tileWidth, columns);
  // A file of one strip may call it higher than the picture.
  const blockRows = isTiled
    ? await numberOr(page, TAG.tileHeight, 0)
    : Math.min(await numberOr(page, TAG.rowsPerStrip, rows), rows);
  if (!(columns * rows > 0 && blockColumns * blockRows > 0)) throw new RangeError("it has no pixels");
  if (columns * rows > PIXELS_MAX) throw new FormNotRead(`${columns} x ${rows} pixels`);
  if (blockColumns * blockRows > BLOCK_PIXELS_MAX)
    throw new FormNotRead(
      `blocks of ${blockColumns} x ${blockRows} pixels (write it in tiles: gdal_translate -co TILED=YES)`,
    );
  const countOfBlocks = Math.ceil(columns / blockColumns) * Math.ceil(rows / blockRows);
  if (countOfBlocks > (columns * rows) / 64 + 1000) throw new FormNotRead("blocks of a few pixels each");
  return { columns, rows, blockColumns, blockRows, isTiled, countOfBlocks };
}

async function formOf(page: TiffPage) {
  const samples = await numberOr(page, TAG.samples, 1);
  const bits = await bitsOf(page, samples);
  const photometric = await numberOr(page, TAG.photometric, COLOURS.blackIsZero);
  const colourBands = colourBandsOf(photometric);
  if (colourBands === undefined || samples < colourBands) throw new FormNotRead(`colours of kind ${photometric}`);
  // Some writers do not say what the fourth band is; it is never anything else.
  const [extra = 2] = await numbersOr(page, TAG.extraSamples, []);
  return {
    ...{ bits, samples, photometric },
    opacityBand: samples === colourBands + 1 && extra !== 0 ? colourBands : undefined,
    isPlanar: samples > 1 && (await page.number(TAG.planar)) === 2,
    predictor: await numberOr(page, TAG.predictor, 1),
    palette: photometric === COLOURS.palette ? paletteOf(await numbersOr(page, TAG.palette, []), bits) : undefined,
  };
}

async function bitsOf(page: TiffPage, samples: number): Promise<number> {
  const bitsOfEach = await numbersOr(page, TAG.bits, [1]);
  const bits = bitsOfEach[0] ?? 1;
  if (bitsOfEach.some((other) => other !== bits) || ![1, 2, 4, 8].includes(bits) || (bits < 8 && samples > 1))
    throw new FormNotRead(`samples of ${bits} bits (write it in 8 bits: gdal_translate -ot Byte -scale)`);
  if ((await numberOr(page, TAG.sampleFormat, 1)) !== 1)
    throw new FormNotRead("samples that are no whole positive numbers");
  return bits;
}

function colourBandsOf(photometric: number): number | undefined {
  if (photometric === COLOURS.rgb || photometric === COLOURS.yCbCr) return 3;
  return photometric <= COLOURS.mask ? 1 : undefined;
}

/** All reds, then all greens, then all blues, of 16 bits; some writers leave 8. */
function paletteOf(stated: readonly number[], bits: number): Uint8Array {
  const count = 2 ** bits;
  if (stated.length < 3 * count) throw new RangeError("its palette is too short");
  const shift = stated.every((value) => value < 256) ? 0 : 8;
  return Uint8Array.from({ length: 3 * count }, (_, i) => (stated[(i % 3) * count + Math.floor(i / 3)] ?? 0) >> shift);
}

type Blocks = {
  readonly isTiled: boolean;
  readonly isPacked: boolean;
  readonly isPlanar: boolean;
  readonly samples: number;
  readonly countOfBlocks: number;
};

async function placesOf(page: TiffPage, blocks: Blocks, fileBytes: number) {
  const offsets = await numbersOr(page, blocks.isTiled ? TAG.tileOffsets : TAG.stripOffsets, []);
  const byteCounts = await numbersOr(page, blocks.isTiled ? TAG.tileBytes : TAG.stripBytes, []);
  const count = blocks.countOfBlocks * (blocks.isPlanar ? blocks.samples : 1);
  if (offsets.length < count || byteCounts.length < count) throw new RangeError("places of its blocks are missing");
  const bytesMax = blocks.isPacked ? PACKED_BYTES_MAX : Number.POSITIVE_INFINITY;
  const tooLong = byteCounts.find((bytes) => bytes > bytesMax);
  if (tooLong !== undefined) throw new RangeError(`a block of ${tooLong} bytes`);
  const isCutOff = offsets.some((at, i) => at + (byteCounts[i] ?? 0) > fileBytes);
  if (isCutOff) throw new RangeError("it ends before its last block: copy it again");
  return { offsets, byteCounts };
}
