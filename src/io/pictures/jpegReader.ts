/**
 * The grey values of a JPEG, sequential or progressive, in any colours: decoded by jpeg-js within a memory limit. A
 * truncated or damaged picture is a failure and is not shown in part: a grey area would look searched and empty.
 */
import { decode } from "jpeg-js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { joinBytes } from "../../core/joinBytes.js";
import { err, ok } from "../../core/result.js";
import { blocksOf, type JpegFrame } from "./jpegFrame.js";
import { readJpegSegments, type JpegSegments } from "./jpegSegments.js";
import { oriented } from "./orientation.js";
import { cutOff, lumaOf, MEGAPIXELS_MAX, type ReadSamples } from "./sampledPicture.js";

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
  const tooLarge = memoryProblem(frame);
  if (tooLarge) return err(tooLarge);
  // A block takes at least one bit: a small file cannot make the decoder allocate a large frame.
  if (blocksOf(frame) > 8 * bytes.byteLength) return cutOff("JPEG");
  // The last scans of a progressive picture hold its fine detail, which people are found by: without them it is not
  // complete.
  if (!isEachScanned(segments.value, colours.value) || (frame.isProgressive && !hasEnd)) return cutOff("JPEG");
  const pixels = decoded(segments.value, colours.value);
  if (!pixels) return err({ kind: hasEnd ? "damaged" : "cut-off", format: "JPEG" });
  const { widthPx, heightPx } = frame;
  const samples = greyFrom(pixels, widthPx * heightPx, colours.value);
  return ok(oriented({ widthPx, heightPx, samples, countOfPages: 1 }, orientation));
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

/** Three bytes a pixel; undefined when the encoded pixels are damaged or incomplete. */
function decoded(segments: JpegSegments, colours: Colours): Uint8Array | undefined {
  try {
    const { data } = decode(plainFile(segments, colours), {
      useTArray: true,
      formatAsRGBA: false,
      // Components as they are stored: the first is the grey, unchanged by a conversion to RGB and back.
      colorTransform: false,
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
