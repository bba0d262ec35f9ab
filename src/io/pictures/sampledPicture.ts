import { err, type Result } from "../../core/result.js";
import type { PictureProblem } from "../../core/mediaProblem.js";

/** More than any camera of a drone has (48 and 61 million), and a bound on what a file can make us allocate. */
export const MEGAPIXELS_MAX = 64;
/** Side beyond which a format's own 16-bit fields, or our row buffers, would be the limit. */
const SIDE_MAX_PX = 65_535;

/** One grey value a pixel, row by row from the top left of the picture as it is shown. */
export type SampledPicture = {
  readonly widthPx: number;
  readonly heightPx: number;
  /**
   * Bytes are levels as a screen shows them. Wider samples are what the sensor gave (counts, centikelvin, degrees): they
   * mean nothing on a screen before they are stretched. Not a number: no measurement.
   */
  readonly samples: Uint8Array | Uint16Array | Float32Array;
  /** Pictures in the file, of which this is the first. */
  readonly countOfPages: number;
};

export type ReadSamples = Result<SampledPicture, PictureProblem>;

/** The problem of a picture that is too large, by its header alone: before anything is allocated. */
export function sizeProblem(format: string, widthPx: number, heightPx: number): PictureProblem | undefined {
  if (widthPx === 0 || heightPx === 0) return { kind: "damaged", format };
  const isTooLarge = widthPx * heightPx > MEGAPIXELS_MAX * 1_000_000 || widthPx > SIDE_MAX_PX || heightPx > SIDE_MAX_PX;
  return isTooLarge ? { kind: "too-many-pixels", widthPx, heightPx, megapixelsMax: MEGAPIXELS_MAX } : undefined;
}

export const damaged = (format: string): { readonly ok: false; readonly error: PictureProblem } =>
  err({ kind: "damaged", format });
export const cutOff = (format: string): { readonly ok: false; readonly error: PictureProblem } =>
  err({ kind: "cut-off", format });

/** The weights of ITU-R BT.601, as in every camera's luma. */
export const lumaOf = (red: number, green: number, blue: number): number =>
  (299 * red + 587 * green + 114 * blue + 500) / 1000;
