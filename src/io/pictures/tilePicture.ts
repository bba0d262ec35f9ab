import { TRANSPARENT, type ColourPicture } from "../../core/colourPicture.js";
import { MEDIA_HEAD_BYTES, mediaKindOf } from "../../core/mediaKind.js";
import type { PictureProblem } from "../../core/mediaProblem.js";
import { err, ok, type Result } from "../../core/result.js";
import { readPngColours } from "./pngReader.js";
import { cutOff, damaged } from "./sampledPicture.js";
import { plainBytes } from "./tiffCodecs.js";

/** The first bytes of a PNG, and of its first chunk: 25 bytes at 8, width, height and depth in it at 16, 20 and 24. */
const PNG = "\x89PNG";
const IHDR = 0x49484452;
const HEADER_END = 33;

/** Colours of a tile, by its bytes, whatever its file states: only formats that lose nothing hold numbers. */
export async function readTilePicture(
  file: Uint8Array,
  sidePxMax: number,
): Promise<Result<ColourPicture, PictureProblem>> {
  const bytes = plainBytes(file);
  if (bytes.byteLength === 0) return err({ kind: "empty" });
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== PNG) return err(otherProblem(bytes));
  if (bytes.byteLength < HEADER_END) return cutOff("PNG");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(12) !== IHDR) return damaged("PNG");
  const [widthPx, heightPx, depth] = [view.getUint32(16), view.getUint32(20), view.getUint8(24)];
  if (Math.max(widthPx, heightPx) > sidePxMax)
    return err({ kind: "too-many-pixels", widthPx, heightPx, megapixelsMax: sidePxMax ** 2 / 1e6 });
  // Of such a sample the reader keeps half.
  if (depth > 8) return err({ kind: "form-not-read", format: "PNG", form: "colours of 16 bits" });
  const read = await readPngColours(bytes);
  return read.ok ? ok({ widthPx, heightPx, colours: numbersOf(read.value.pixels) }) : read;
}

function otherProblem(bytes: Uint8Array): PictureProblem {
  const media = mediaKindOf(bytes.subarray(0, MEDIA_HEAD_BYTES));
  return media?.kind === "picture" ? { kind: "format-not-read", format: media.format } : { kind: "not-a-picture" };
}

/** From red, green, blue and opacity of each pixel. */
function numbersOf(pixels: Uint8Array): Int32Array {
  const colours = new Int32Array(pixels.byteLength / 4);
  for (let i = 0, at = 0; i < colours.length; i++, at += 4) {
    const colour = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    colours[i] = pixels[at + 3] === 0 ? TRANSPARENT : colour;
  }
  return colours;
}
