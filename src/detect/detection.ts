/** One frame of thermal luminance, row by row from the top left; 0 is the coldest level after the camera's automatic gain. */
export type GreyImage = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

export type ObjectClass = "person" | "vehicle" | "boat" | "unknown";

/** The detected area in the picture. Lengths in pixels of the full picture. */
export type DetectionShape = {
  /** Full lengths of the axes, and the direction of the longer one: radians from +x (right) towards +y (down). */
  readonly majorPx: number;
  readonly minorPx: number;
  readonly angleRad: number;
  /** Peak minus surroundings, grey levels; negative for an object colder than its surroundings. */
  readonly contrast: number;
};

/** A box in the picture; x, y is its top left corner in pixels. */
export type Detection = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Intensity-weighted centre in pixels, with sub-pixel resolution. */
  readonly centroidX: number;
  readonly centroidY: number;
  readonly class: ObjectClass;
  /**
   * Basis of the class. "appearance": a trained network recognised the object, the class is kept. "size": estimated from the size
   * in pixels; where the position on the ground is known, the class is determined again from the size in metres.
   */
  readonly classBasis: "appearance" | "size";
  /** Confidence, 0 to 1. */
  readonly score: number;
  /** Undefined for detectors that output boxes only. */
  readonly shape: DetectionShape | undefined;
};

/** The shape, or one derived from the box. A box says nothing about contrast, so a warm object is assumed. */
export function shapeOf({ shape, w, h }: Detection): DetectionShape {
  return shape ?? { majorPx: Math.max(w, h), minorPx: Math.min(w, h), angleRad: w >= h ? 0 : Math.PI / 2, contrast: 1 };
}
