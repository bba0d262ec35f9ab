/**
 * The grey values of a JPEG, sequential or progressive, in any colours: decoded by jpeg-js within a memory limit. A
 * truncated or damaged picture is a failure and is not shown in part: a grey area would look searched and empty.
 */
import { decode } from "jpeg-js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { joinBytes } from "../../core/joinBytes.js";
import { err, ok, type Result } from "../../core/result.js";
import { blocksOf, type JpegFrame } from "./jpegFrame.js";
import { readJpegSegments, type JpegSegments } from "./jpegSegments.js";
import { oriented } from "./orientation.js";
import { lumaOf, MEGAPIXELS_MAX, type ReadSamples } from "./sampledPicture.js";

/**
 * The limit by jpeg-js's own count: enough for 64 megapixels of grey, 4:2:0 or 4:2:2, and for 51 of 4:4:4. The process
 * needs more than is counted: measured at 64 megapixels of 4:2:0, 0.9 GB counted are 1.2 GB in all.
 */
const MEMORY_BYTES_MAX = 1024 * 1024 * 1024;
const BLOCK_PIXELS = 64;
const COEFFICIENT_BYTES = 4;

type Colours = "grey" | "rgb" | "inks";

export function readJpeg(bytes: Uint8Array): ReadSamples {
  const segments = readJpegSegments(bytes);
  if (!segments.ok) return segments;
  const { frame, hasEnd, orientation } = segments.value;
  const colours = coloursOf(segments.value);
  if (!colours.ok) return colours;
  const unsafe = decodingProblem(segments.value, bytes.byteLength, colours.value);
  if (unsafe) return err(unsafe);
  const pixels = decoded(segments.value, colours.value);
  if (!pixels) return err({ kind: hasEnd ? "damaged" : "cut-off", format: "JPEG" });
  const { widthPx, heightPx } = frame;
  const samples = greyFrom(pixels, widthPx * heightPx, colours.value);
  return ok(oriented({ widthPx, heightPx, samples, countOfPages: 1 }, orientation));
}

/** Why a picture is not decoded: it needs too much memory, or is not all there. */
function decodingProblem(segments: JpegSegments, fileBytes: number, colours: Colours): PictureProblem | undefined {
  const { frame, hasEnd } = segments;
  const tooLarge = memoryProblem(frame);
  if (tooLarge) return tooLarge;
  // A block takes at least one bit: a small file cannot make the decoder allocate a large frame.
  const isTooShort = blocksOf(frame) > 8 * fileBytes;
  // The last scans of a progressive picture hold its fine detail, which people are found by: without them it is not
  // complete.
  const isCutOff = isTooShort || !isEachScanned(segments, colours) || (frame.isProgressive && !hasEnd);
  return isCutOff ? { kind: "cut-off", format: "JPEG" } : undefined;
}

function memoryProblem(frame: JpegFrame): PictureProblem | undefined {
  const { widthPx, heightPx, components } = frame;
  const decodedBytes = blocksOf(frame) * BLOCK_PIXELS * (COEFFICIENT_BYTES + 1);
  const bytes = decodedBytes + widthPx * heightPx * (components.length + 3);
  if (bytes <= MEMORY_BYTES_MAX) return undefined;
  const megapixelsMax = Math.floor((MEMORY_BYTES_MAX / bytes) * widthPx * heightPx * 1e-6);
  return { kind: "too-many-pixels", widthPx, heightPx, megapixelsMax };
}

/** Colour is YCbCr, whose first component is the grey, unless the file declares otherwise. */
function coloursOf({ frame, adobeTransform }: JpegSegments) {
  const count = frame.components.length;
  const isRead = count === 1 || count === 3 || (count === 4 && adobeTransform !== undefined);
  if (!isRead)
    return err({ kind: "form-not-read", format: "JPEG", form: `${count} components of unknown colours` } as const);
  const ids = frame.components.map(({ id }) => String.fromCharCode(id)).join("");
  const isRgb = count === 3 && (adobeTransform === 0 || (adobeTransform === undefined && ids === "RGB"));
  return ok<Colours>(isRgb ? "rgb" : count === 4 ? "inks" : "grey");
}

function isEachScanned({ frame, scannedIds }: JpegSegments, colours: Colours): boolean {
  const needed = colours === "grey" ? frame.components.slice(0, 1) : frame.components;
  return needed.every(({ id }) => scannedIds.has(id));
}

/** Red, green and blue of each pixel, as the file is; `isYCbCr` decides where it is part of another that says so. */
export function readJpegColours(bytes: Uint8Array, isYCbCr?: boolean): Result<JpegColours, PictureProblem> {
  const segments = readJpegSegments(bytes);
  if (!segments.ok) return segments;
  const { frame, hasEnd } = segments.value;
  const colours = coloursOf(segments.value);
  if (!colours.ok) return colours;
  const form = frame.components.length === 4 ? "inks" : "rgb";
  if (form === "inks") return err({ kind: "form-not-read", format: "JPEG", form: "CMYK colours" });
  const unsafe = decodingProblem(segments.value, bytes.byteLength, form);
  if (unsafe) return err(unsafe);
  const isTransformed = isYCbCr ?? colours.value === "grey";
  const pixels = decoded(segments.value, form, isTransformed);
  if (!pixels) return err({ kind: hasEnd ? "damaged" : "cut-off", format: "JPEG" });
  return ok({ widthPx: frame.widthPx, heightPx: frame.heightPx, isGrey: frame.components.length === 1, pixels });
}

/** Three bytes a pixel; those of a grey picture are the same. */
type JpegColours = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isGrey: boolean;
  readonly pixels: Uint8Array;
};

/**
 * Three bytes a pixel; undefined when the encoded pixels are damaged or incomplete. Without `isTransformed`, components as they are
 * stored: the first is the grey, unchanged by a conversion to RGB and back.
 */
function decoded(segments: JpegSegments, colours: Colours, isTransformed = false): Uint8Array | undefined {
  try {
    const { data } = decode(plainFile(segments, colours), {
      useTArray: true,
      formatAsRGBA: false,
      colorTransform: isTransformed,
      // In strict mode it refuses a single component whose last restart interval is not full.
      tolerantDecoding: true,
      maxResolutionInMP: MEGAPIXELS_MAX,
      // The decoder counts its tables too, hence 8 MB more.
      maxMemoryUsageInMB: MEMORY_BYTES_MAX / 1024 / 1024 + 8,
    });
    return data;
  } catch {
    // The decoder throws messages for programmers, or fails on a missing table: for the user the picture is incomplete.
    return undefined;
  }
}

const START = Uint8Array.of(0xff, 0xd8);
const END = Uint8Array.of(0xff, 0xd9);
const ADOBE_TEXT = Array.from("Adobe\0", (letter) => letter.charCodeAt(0));

/** The picture without the file's other data: measurements of a thermal camera, thumbnails, stray bytes. */
function plainFile({ pieces, adobeTransform = 0 }: JpegSegments, colours: Colours): Uint8Array {
  const adobe = Uint8Array.of(0xff, 0xee, 0, 14, ...ADOBE_TEXT, 0, 0, 0, 0, 0, adobeTransform);
  return joinBytes([START, ...(colours === "inks" ? [adobe] : []), ...pieces, END]);
}

function greyFrom(pixels: Uint8Array, countOfPixels: number, colours: Colours): Uint8Array {
  const grey = new Uint8Array(countOfPixels);
  for (let i = 0; i < countOfPixels; i++) {
    const first = pixels[3 * i] ?? 0;
    grey[i] = colours === "grey" ? first : lumaOf(first, pixels[3 * i + 1] ?? 0, pixels[3 * i + 2] ?? 0);
  }
  return grey;
}
