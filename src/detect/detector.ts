import type { Detection, GreyImage } from "./detection.js";

type DetectorFrame = {
  readonly image: GreyImage;
  /** On the ground across the line of sight, in the middle of the picture; undefined when nothing is known of it. */
  readonly metresPerPixel: number | undefined;
};

/**
 * The port for everything that finds objects in a picture. An answer may take longer than a frame (a network on another
 * processor takes some 40 ms): the caller gives one frame at a time, in order, and leaves out those that came too late. The
 * class and the score are the detector's. A rejected promise is a bug of the detector, not "nothing found".
 */
export type Detector = {
  readonly detect: (frame: DetectorFrame) => Promise<readonly Detection[]>;
};
