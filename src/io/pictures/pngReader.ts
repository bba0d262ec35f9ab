/**
 * PNG (https://www.w3.org/TR/png-3/) of every colour type and depth, interlaced or not. Why not fast-png: it inflates
 * without a limit (64 MB of zeros after a header of 8 x 8 pixels take 168 MB) and holds the picture three times. Here
 * the pixels are inflated row by row, and no more of them than the header declares.
 */
import { createInflate } from "node:zlib";
import { err, ok, type Result } from "../../core/result.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { oriented } from "./orientation.js";
import { colourWriter } from "./pngColours.js";
import { greyRows, PngRows, type PngLayout } from "./pngRows.js";
import { cutOff, lumaOf, sizeProblem, type ReadSamples } from "./sampledPicture.js";
import { exifOrientation } from "./tiffTags.js";

const IHDR = 0x49484452;
const PLTE = 0x504c5445;
const TRNS = 0x74524e53;
const IDAT = 0x49444154;
const IEND = 0x49454e44;
const EXIF = 0x65584966;
/** The colour type whose samples are indices into a palette. */
const PALETTE = 3;
/** Samples a pixel, and the depths allowed, by colour type (table 11.1). */
const TYPES: Readonly<Record<number, { readonly perPixel: number; readonly depths: readonly number[] }>> = {
  0: { perPixel: 1, depths: [1, 2, 4, 8, 16] },
  2: { perPixel: 3, depths: [8, 16] },
  3: { perPixel: 1, depths: [1, 2, 4, 8] },
  4: { perPixel: 2, depths: [8, 16] },
  6: { perPixel: 4, depths: [8, 16] },
};

type Chunks = {
  readonly header: Uint8Array | undefined;
  readonly palette: Uint8Array | undefined;
  /** The chunk tRNS: opacities of the palette's colours, or the one colour that is clear. */
  readonly opacities: Uint8Array | undefined;
  readonly orientation: number;
  readonly pixels: readonly Uint8Array[];
  readonly hasEnd: boolean;
};

export async function readPng(bytes: Uint8Array): Promise<ReadSamples> {
  const chunks = chunksOf(bytes);
  if (!chunks.header) return cutOff("PNG");
  const layout = layoutOf(chunks.header, chunks.palette);
  if ("kind" in layout) return err(layout);
  const { rows, samples } = greyRows(layout);
  const problem = await pixelsProblem(chunks, rows);
  if (problem) return err(problem);
  const { widthPx, heightPx } = layout;
  return ok(oriented({ widthPx, heightPx, samples, countOfPages: 1 }, chunks.orientation));
}

/** Red, green, blue and opacity of each pixel; not turned by EXIF, since a world file counts rows as they are stored. */
export async function readPngColours(bytes: Uint8Array): Promise<Result<PngColours, PictureProblem>> {
  const chunks = chunksOf(bytes);
  if (!chunks.header) return cutOff("PNG");
  const layout = layoutOf(chunks.header, chunks.palette);
  if ("kind" in layout) return err(layout);
  const { widthPx, heightPx } = layout;
  const pixels = new Uint8Array(widthPx * heightPx * 4);
  const rows = new PngRows(layout, colourWriter(layout, chunks, pixels));
  const problem = await pixelsProblem(chunks, rows);
  return problem ? err(problem) : ok({ widthPx, heightPx, pixels });
}

type PngColours = { readonly widthPx: number; readonly heightPx: number; readonly pixels: Uint8Array };

async function pixelsProblem({ pixels, hasEnd }: Chunks, rows: PngRows): Promise<PictureProblem | undefined> {
  const isSound = await inflateInto(pixels, rows);
  if (!rows.isComplete && (isSound || !hasEnd)) return { kind: "cut-off", format: "PNG" };
  return isSound ? undefined : { kind: "damaged", format: "PNG" };
}

function chunksOf(bytes: Uint8Array): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<number, Uint8Array>();
  const pixels: Uint8Array[] = [];
  for (let at = 8; at + 8 <= bytes.byteLength && !found.has(IEND);) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === IDAT) pixels.push(body);
    else if (body.byteLength === length && !found.has(type)) found.set(type, body);
    at += 12 + length;
  }
  const header = found.get(IHDR);
  const exif = found.get(EXIF);
  return {
    header: header?.byteLength === 13 ? header : undefined,
    palette: found.get(PLTE),
    opacities: found.get(TRNS),
    orientation: exif ? exifOrientation(exif) : 1,
    pixels,
    hasEnd: found.has(IEND),
  };
}

function layoutOf(header: Uint8Array, palette: Uint8Array | undefined): PngLayout | PictureProblem {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [widthPx, heightPx] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colourType, , , interlace] = header.subarray(8);
  const type = isStandard(header) ? TYPES[colourType ?? 0] : undefined;
  const greys = colourType === PALETTE && palette ? greysOf(palette) : undefined;
  if (depth === undefined || !type || (colourType === PALETTE && !greys)) return { kind: "damaged", format: "PNG" };
  const layout = { widthPx, heightPx, depth, perPixel: type.perPixel, isInterlaced: interlace === 1, greys };
  return sizeProblem("PNG", widthPx, heightPx) ?? layout;
}

function isStandard(header: Uint8Array): boolean {
  const [depth = 0, colourType = 0, compression = 0, filter = 0, interlace = 0] = header.subarray(8);
  return TYPES[colourType]?.depths.includes(depth) === true && compression === 0 && filter === 0 && interlace <= 1;
}

const greysOf = (palette: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: Math.floor(palette.byteLength / 3) }, (_, i) =>
    lumaOf(palette[3 * i] ?? 0, palette[3 * i + 1] ?? 0, palette[3 * i + 2] ?? 0),
  );

/**
 * False when the compressed data are damaged, even if only their final checksum shows it. Data after the last row are
 * not inflated.
 */
function inflateInto(parts: readonly Uint8Array[], rows: PngRows): Promise<boolean> {
  return new Promise((resolve) => {
    const inflate = createInflate();
    const end = (isSound: boolean): void => {
      inflate.destroy();
      resolve(isSound);
    };
    inflate.on("data", (bytes: Uint8Array) => {
      if (rows.isComplete) end(true);
      else rows.push(bytes);
    });
    inflate.on("end", () => end(true));
    inflate.on("error", (cause: NodeJS.ErrnoException) => end(cause.code === "Z_BUF_ERROR"));
    for (const part of parts) inflate.write(part);
    inflate.end();
  });
}
