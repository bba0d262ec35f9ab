import type { Detection, GreyImage } from "./detection.js";

type DetectorFrame = {
  readonly image: GreyImage;
  /** On the ground, across the line of sight, at the picture's centre; undefined when unknown. */
  readonly metresPerPixel: number | undefined;
};

/**
 * Interface of all detectors. A result may take longer than a frame interval (a network on another processor takes about 40 ms):
 * the caller passes one frame at a time, in order, and skips frames that arrive meanwhile. Class and score come from the
 * detector. A rejected promise is a defect of the detector, not "nothing found".
 */
export type Detector = {
  readonly detect: (frame: DetectorFrame) => Promise<readonly Detection[]>;
};
