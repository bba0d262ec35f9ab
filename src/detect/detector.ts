import type { Detection, GreyImage } from "./detection.js";

/** A detection with the shape the tracker and the classifier need. Lengths in pixels of the full picture. */
export type Blob = Detection & {
  /** Axes of the warm (or cold) area: full lengths, and the direction of the longer, radians from +x towards +y. */
  readonly majorPx: number;
  readonly minorPx: number;
  readonly angleRad: number;
  /** Peak above the surroundings, in grey levels; negative for something colder. */
  readonly contrast: number;
};

export type DetectorOptions = {
  /** Local sigmas a small spot must stand out by. */
  readonly thresholdSigmas?: number;
  /** Grey levels below which nothing is believed, however quiet the surroundings. */
  readonly minContrast?: number;
};

/** Owns its buffers: one detector serves one stream, one frame at a time. */
export type Detector = {
  /** `metresPerPixel` on the ground in the middle of the picture, where known: sizes are then judged in metres. */
  readonly detect: (image: GreyImage, metresPerPixel?: number) => readonly Blob[];
};
