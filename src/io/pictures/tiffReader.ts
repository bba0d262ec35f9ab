/**
 * TIFF, the usual format of radiometric pictures: grey of 1 to 32 bits, integer or floating-point, palettes and RGB, in
 * strips or tiles, uncompressed, PackBits, LZW or Deflate. Why no package: `tiff` refuses PackBits and floating-point
 * prediction and misplaces tiles; `utif2` returns packed samples, so that prediction and colours would still be done
 * here, and both inflate without a limit. This reader allocates the picture and one strip.
 */
import { err, ok, type Result } from "../../core/result.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { oriented } from "./orientation.js";
import { cutOff, damaged, lumaOf, sizeProblem, type ReadSamples, type SampledPicture } from "./sampledPicture.js";
import { inflated, unpacked, unpackedBits, unpackedLzw, type Unpack } from "./tiffCodecs.js";
import { sampleReader, undoPrediction, type SampleForm } from "./tiffSamples.js";
import { readDirectory, readTiffHeader, type TiffDirectory, type TiffHeader } from "./tiffTags.js";

const TAG = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
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
  sampleFormat: 339,
  noData: 42_113,
} as const;

const UNPACKERS: Readonly<Record<number, Unpack>> = {
  1: unpacked,
  5: unpackedLzw,
  8: inflated,
  32_946: inflated,
  32_773: unpackedBits,
};
const PACKINGS: Readonly<Record<number, string>> = {
  2: "fax compression",
  3: "fax compression",
  4: "fax compression",
  6: "JPEG compression",
  7: "JPEG compression",
  34_712: "JPEG 2000 compression",
  34_887: "LERC compression",
  50_000: "Zstandard compression",
  50_001: "WebP compression",
};
const PALETTE = 3;
const RGB = 2;
const WHITE_IS_ZERO = 0;
const COLOURS: Readonly<Record<number, string>> = {
  4: "a transparency mask",
  5: "CMYK colours",
  6: "YCbCr colours",
  8: "CIE Lab colours",
  32_803: "raw sensor colours",
  34_892: "raw sensor colours",
};
/** Pages are counted up to this; it also ends a chain of directories that forms a loop. */
const PAGES_MAX = 1000;
const PIECE_BYTES_MAX = 256 * 1024 * 1024;

const formNotRead = (form: string): PictureProblem => ({ kind: "form-not-read", format: "TIFF", form });

/** The first picture in full resolution (a reduced one before it is a thumbnail). */
export function readTiff(bytes: Uint8Array): ReadSamples {
  const header = readTiffHeader(bytes);
  if (!header) return damaged("TIFF");
  const pages = pagesOf(header);
  const page = pages.find((candidate) => ((candidate.value(TAG.subfile) ?? 0) & 1) === 0) ?? pages[0];
  if (!page) return cutOff("TIFF");
  const layout = layoutOf(page, header.isLittleEndian);
  if (!layout.ok) return layout;
  const { widthPx, heightPx } = layout.value;
  const samples = makeSamples(layout.value);
  const problem = readPieces(bytes, layout.value, samples);
  if (problem) return err(problem);
  if (samples instanceof Float32Array) forgetNoData(samples, page.text(TAG.noData));
  const picture: SampledPicture = { widthPx, heightPx, samples, countOfPages: pages.length };
  return ok(oriented(picture, page.value(TAG.orientation) ?? 1));
}

function pagesOf(header: TiffHeader): readonly TiffDirectory[] {
  const pages: TiffDirectory[] = [];
  const seen = new Set<number>();
  for (let at = header.firstAt; at !== 0 && !seen.has(at) && pages.length < PAGES_MAX;) {
    seen.add(at);
    const page = readDirectory(header, at);
    if (!page) break;
    pages.push(page);
    at = page.nextAt;
  }
  return pages;
}

type Layout = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly form: SampleForm;
  readonly photometric: number;
  readonly palette: readonly number[];
  readonly unpack: Unpack;
  readonly predictor: number;
  /** Strips are treated as tiles that are as wide as the picture. */
  readonly pieceWidthPx: number;
  readonly pieceHeightPx: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
};

function layoutOf(page: TiffDirectory, isLittleEndian: boolean): Result<Layout, PictureProblem> {
  const number = (tag: number, absent: number): number => page.value(tag) ?? absent;
  const [widthPx, heightPx] = [number(TAG.width, 0), number(TAG.height, 0)];
  const [bits, format, perPixel] = [number(TAG.bits, 1), number(TAG.sampleFormat, 1), number(TAG.samples, 1)];
  const form: SampleForm = { bits, format, perPixel, isLittleEndian };
  const photometric = number(TAG.photometric, 1);
  const compression = number(TAG.compression, 1);
  const problem =
    sizeProblem("TIFF", widthPx, heightPx) ??
    colourProblem(photometric, perPixel) ??
    planesProblem(page, form) ??
    formProblem(form, photometric) ??
    packingProblem(compression);
  if (problem) return err(problem);
  const isTiled = page.value(TAG.tileWidth) !== undefined;
  const pieceWidthPx = isTiled ? number(TAG.tileWidth, 0) : widthPx;
  // The largest number means that one strip holds all rows.
  const pieceHeightPx = isTiled ? number(TAG.tileHeight, 0) : Math.min(number(TAG.rowsPerStrip, heightPx), heightPx);
  const pieceBytes = rowBytes(pieceWidthPx, form) * pieceHeightPx;
  if (pieceBytes === 0) return damaged("TIFF");
  if (pieceBytes > PIECE_BYTES_MAX) return err({ kind: "too-many-bytes", megabytesMax: PIECE_BYTES_MAX / 1024 / 1024 });
  const [offsetsTag, bytesTag] = isTiled ? [TAG.tileOffsets, TAG.tileBytes] : [TAG.stripOffsets, TAG.stripBytes];
  return ok({
    ...{ widthPx, heightPx, form, photometric, pieceWidthPx, pieceHeightPx },
    palette: page.values(TAG.palette),
    unpack: UNPACKERS[compression] ?? unpacked,
    predictor: number(TAG.predictor, 1),
    offsets: page.values(offsetsTag),
    byteCounts: page.values(bytesTag),
  });
}

function planesProblem(page: TiffDirectory, { bits, perPixel }: SampleForm): PictureProblem | undefined {
  if (page.values(TAG.bits).some((other) => other !== bits)) return formNotRead("samples of several sizes");
  return perPixel > 1 && page.value(TAG.planar) === 2 ? formNotRead("separate colour planes") : undefined;
}

function colourProblem(photometric: number, perPixel: number): PictureProblem | undefined {
  if (photometric === RGB && perPixel < 3) return { kind: "damaged", format: "TIFF" };
  return photometric <= PALETTE ? undefined : formNotRead(COLOURS[photometric] ?? `photometric ${photometric}`);
}

/** Bits a sample that can be read, by photometric kind. */
const GREY_BITS = [1, 2, 4, 8, 16, 32];
const FLOATING_BITS = [32, 64];
const BITS_OF: Readonly<Record<number, readonly number[]>> = { [RGB]: [8, 16], [PALETTE]: [1, 2, 4, 8] };
const SAMPLES_MAX = 16;

function formProblem({ bits, format, perPixel }: SampleForm, photometric: number): PictureProblem | undefined {
  const ofColour = BITS_OF[photometric];
  const ofGrey = format === 3 ? FLOATING_BITS : format <= 2 ? GREY_BITS : [];
  const isRead = ofColour ? format === 1 && ofColour.includes(bits) : ofGrey.includes(bits);
  if (isRead && perPixel <= SAMPLES_MAX && (bits >= 8 || perPixel === 1)) return undefined;
  return formNotRead(`${bits} bits a sample${format === 3 ? ", floating" : ""}${ofColour ? ", in colour" : ""}`);
}

const packingProblem = (compression: number): PictureProblem | undefined =>
  compression in UNPACKERS ? undefined : formNotRead(PACKINGS[compression] ?? `compression ${compression}`);

const rowBytes = (widthPx: number, { bits, perPixel }: SampleForm): number =>
  Math.ceil((widthPx * perPixel * bits) / 8);

/** Bytes for display levels; wider types for counts and degrees as they were measured. */
function makeSamples({ widthPx, heightPx, form, photometric }: Layout): SampledPicture["samples"] {
  const count = widthPx * heightPx;
  if (form.bits <= 8 && form.format === 1) return new Uint8Array(count);
  if (photometric === RGB) return new Uint8Array(count);
  return form.bits === 16 && form.format === 1 ? new Uint16Array(count) : new Float32Array(count);
}

/** The problem of the first strip or tile that is incomplete. */
function readPieces(bytes: Uint8Array, layout: Layout, samples: SampledPicture["samples"]): PictureProblem | undefined {
  const { widthPx, heightPx, form, pieceWidthPx, pieceHeightPx, offsets, byteCounts } = layout;
  const across = Math.ceil(widthPx / pieceWidthPx);
  const countOfPieces = across * Math.ceil(heightPx / pieceHeightPx);
  const isTiled = pieceWidthPx !== widthPx;
  if (offsets.length < countOfPieces) return { kind: "damaged", format: "TIFF" };
  const stride = rowBytes(pieceWidthPx, form);
  for (let piece = 0; piece < countOfPieces; piece++) {
    const topPx = Math.floor(piece / across) * pieceHeightPx;
    const rows = isTiled ? pieceHeightPx : Math.min(pieceHeightPx, heightPx - topPx);
    const from = offsets[piece] ?? 0;
    // Without byte counts only an uncompressed file can be read: the length of its strips follows from their size.
    const length = byteCounts[piece] ?? stride * rows;
    if (from + length > bytes.byteLength && from + stride * rows > bytes.byteLength)
      return { kind: "cut-off", format: "TIFF" };
    const raw = layout.unpack(bytes.subarray(from, from + length), stride * rows);
    if (!raw) return { kind: "damaged", format: "TIFF" };
    const rowsThere = Math.min(rows, heightPx - topPx);
    if (raw.byteLength < stride * rowsThere) return { kind: "cut-off", format: "TIFF" };
    const whole = undoPrediction(raw, { ...form, stride, predictor: layout.predictor, widthPx: pieceWidthPx });
    if (!whole) return formNotRead(`predictor ${layout.predictor}`);
    placePiece(whole, layout, { leftPx: (piece % across) * pieceWidthPx, topPx, rows: rowsThere, stride }, samples);
  }
  return undefined;
}

type Place = { readonly leftPx: number; readonly topPx: number; readonly rows: number; readonly stride: number };

function placePiece(raw: Uint8Array, layout: Layout, place: Place, samples: SampledPicture["samples"]): void {
  const { widthPx, form, pieceWidthPx, photometric } = layout;
  const read = sampleReader(raw, form);
  const grey = greyOf(layout);
  const columns = Math.min(pieceWidthPx, widthPx - place.leftPx);
  const perPixel = form.perPixel;
  for (let y = 0; y < place.rows; y++) {
    const to = (place.topPx + y) * widthPx + place.leftPx;
    for (let x = 0; x < columns; x++) {
      const first = read(y * place.stride, x * perPixel);
      samples[to + x] =
        photometric === RGB
          ? lumaOf(first, read(y * place.stride, x * perPixel + 1), read(y * place.stride, x * perPixel + 2)) /
            (form.bits === 16 ? 257 : 1)
          : grey(first);
    }
  }
}

/** Converts a stored value to grey: by the palette, inverted, or scaled to a byte. */
function greyOf({ form, photometric, palette }: Layout): (value: number) => number {
  const { bits, format } = form;
  if (photometric === PALETTE) {
    const count = palette.length / 3;
    const greys = Uint8Array.from({ length: count }, (_, i) =>
      // A TIFF palette has 16 bits a colour: all reds, then all greens, then all blues.
      lumaOf((palette[i] ?? 0) >> 8, (palette[count + i] ?? 0) >> 8, (palette[2 * count + i] ?? 0) >> 8),
    );
    return (value) => greys[value] ?? 0;
  }
  const top = 2 ** bits - 1;
  const scale = bits < 8 ? 255 / top : 1;
  if (photometric === WHITE_IS_ZERO && format === 1) return (value) => (top - value) * scale;
  return scale === 1 ? (value) => value : (value) => value * scale;
}

/** Replaces the value that means "not measured", which GDAL stores as text, by NaN. */
function forgetNoData(samples: Float32Array, noData: string | undefined): void {
  const value = noData === undefined ? Number.NaN : Number.parseFloat(noData);
  if (Number.isNaN(value)) return;
  const stored = Math.fround(value);
  for (let i = 0; i < samples.length; i++) if (samples[i] === stored) samples[i] = Number.NaN;
}
