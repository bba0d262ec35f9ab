/**
 * The grey of a JPEG, sequential or progressive, of any colours: its pixels by jpeg-js, within a bound of memory. What is cut
 * off or damaged is said, not shown half: a grey half says "nobody" where nobody looked.
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
 * As jpeg-js counts: enough for 64 megapixels of grey, 4:2:0 or 4:2:2, and for 51 of 4:4:4. The process grows by half as much
 * again: measured at 64 megapixels of 4:2:0, 0.9 GB counted are 1.2 GB in all.
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
  // A block takes at least a bit: a small file cannot make the decoder allocate a large frame.
  if (blocksOf(frame) > 8 * bytes.byteLength) return cutOff("JPEG");
  // The layers that a progressive picture lacks at its end are those in which people show.
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

/** Colour is YCbCr, whose first component is the grey, unless the file says otherwise. */
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

/** Three bytes a pixel; undefined when the coded pixels are broken or end too early. */
function decoded(segments: JpegSegments, colours: Colours): Uint8Array | undefined {
  try {
    const { data } = decode(plainFile(segments, colours), {
      useTArray: true,
      formatAsRGBA: false,
      // Components as they are stored: the first one is the grey, untouched by the way to RGB and back.
      colorTransform: false,
      // Strictly, it refuses a lone component whose last restart interval is not full.
      tolerantDecoding: true,
      maxResolutionInMP: MEGAPIXELS_MAX,
      // Its tables count too.
      maxMemoryUsageInMB: MEMORY_BYTES_MAX / 1024 / 1024 + 8,
    });
    return data;
  } catch {
    // It throws texts for programmers, or stumbles over a table that is not there: the picture is not whole, which is all
    // that a person can use.
    return undefined;
  }
}

const START = Uint8Array.of(0xff, 0xd8);
const END = Uint8Array.of(0xff, 0xd9);
const ADOBE_TEXT = Array.from("Adobe\0", (letter) => letter.charCodeAt(0));

/** The picture without what else the file holds: measurements of a thermal camera, thumbnails, bytes that belong nowhere. */
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
