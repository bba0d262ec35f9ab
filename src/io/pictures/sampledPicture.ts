import { err, type Result } from "../../core/result.js";
import type { PictureProblem } from "../../core/mediaProblem.js";

/** More than any drone camera has (48 and 61 million); bounds the memory that a file can make us allocate. */
export const MEGAPIXELS_MAX = 64;
/** A longer side would exceed a format's 16-bit fields or our row buffers. */
const SIDE_MAX_PX = 65_535;

/** One grey value a pixel, row by row from the top left of the picture as it is shown. */
export type SampledPicture = {
  readonly widthPx: number;
  readonly heightPx: number;
  /**
   * Bytes are display levels. Wider samples are the sensor's values (counts, centikelvin, degrees) and must be scaled
   * before they are shown. NaN: no measurement.
   */
  readonly samples: Uint8Array | Uint16Array | Float32Array;
  /** Number of pictures in the file; this is the first. */
  readonly countOfPages: number;
};

export type ReadSamples = Result<SampledPicture, PictureProblem>;

/** The problem of a picture that is too large, found from its header before anything is allocated. */
export function sizeProblem(format: string, widthPx: number, heightPx: number): PictureProblem | undefined {
  if (widthPx === 0 || heightPx === 0) return { kind: "damaged", format };
  const isTooLarge = widthPx * heightPx > MEGAPIXELS_MAX * 1_000_000 || widthPx > SIDE_MAX_PX || heightPx > SIDE_MAX_PX;
  return isTooLarge ? { kind: "too-many-pixels", widthPx, heightPx, megapixelsMax: MEGAPIXELS_MAX } : undefined;
}

export const damaged = (format: string): { readonly ok: false; readonly error: PictureProblem } =>
  err({ kind: "damaged", format });
export const cutOff = (format: string): { readonly ok: false; readonly error: PictureProblem } =>
  err({ kind: "cut-off", format });

/** Luma by the weights of ITU-R BT.601, as cameras use. */
export const lumaOf = (red: number, green: number, blue: number): number =>
  (299 * red + 587 * green + 114 * blue + 500) / 1000;
