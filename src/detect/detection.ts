/** One frame of thermal luminance, row by row from the top left, 0 = coldest after the camera's automatic gain. */
export type GreyImage = { readonly widthPx: number; readonly heightPx: number; readonly luma: Uint8Array };

export type ObjectClass = "person" | "vehicle" | "boat" | "unknown";

/** The area in the picture that stands out. Lengths in pixels of the full picture. */
export type DetectionShape = {
  /** Full lengths of its axes, and the direction of the longer one: radians from +x (right) towards +y (down). */
  readonly majorPx: number;
  readonly minorPx: number;
  readonly angleRad: number;
  /** Peak above the surroundings, in grey levels; negative for something colder. */
  readonly contrast: number;
};

/** A box in the picture; x, y is its top left corner in pixels. */
export type Detection = {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Intensity-weighted centre in pixels, finer than the box. */
  readonly centroidX: number;
  readonly centroidY: number;
  readonly class: ObjectClass;
  /**
   * What the class rests on. "appearance": the detector knows what it looks like (a trained network): the class stands.
   * "size": an estimate from the size in pixels; where the place on the ground is known it is judged again in metres.
   */
  readonly classBasis: "appearance" | "size";
  /** 0 to 1, rising with confidence. */
  readonly score: number;
  /** Undefined for detectors that give boxes alone. */
  readonly shape: DetectionShape | undefined;
};

/** The shape, or the box in its place. A box says nothing about contrast: it is taken to be warm. */
export function shapeOf({ shape, w, h }: Detection): DetectionShape {
  return shape ?? { majorPx: Math.max(w, h), minorPx: Math.min(w, h), angleRad: w >= h ? 0 : Math.PI / 2, contrast: 1 };
}
