/** One frame of thermal luminance, row by row from the top left, 0 = coldest after the camera's automatic gain. */
export type GreyImage = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

export type ObjectClass = "person" | "vehicle" | "boat" | "unknown";

/** A box in the picture; x, y is its top left corner in pixels. `score` is 0 to 1, rising with confidence. */
export type Detection = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Intensity-weighted centre in pixels, finer than the box. */
  readonly centroidX: number;
  readonly centroidY: number;
  readonly class: ObjectClass;
  readonly score: number;
};
