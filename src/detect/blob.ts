import type { Detection } from "./detection.js";

/** A detection with the shape the tracker and the classifier need. Lengths in pixels of the full picture. */
export type Blob = Detection & {
  /** Axes of the warm (or cold) area: full lengths, and the direction of the longer, radians from +x towards +y. */
  readonly majorPx: number;
  readonly minorPx: number;
  readonly angleRad: number;
  /** Peak above the surroundings, in grey levels; negative for something colder. */
  readonly contrast: number;
  /** The same in sigmas of the surroundings. */
  readonly sigmas: number;
};
