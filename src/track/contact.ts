import type { Position } from "../geo/position.js";
import type { ObjectClass } from "../detect/detection.js";

/** Horizontal covariance, m², axes east and north. Every position must have one. */
export type Covariance2 = { readonly eastEastM2: number; readonly eastNorthM2: number; readonly northNorthM2: number };

/** The 95 % error ellipse: semi-axes in metres; direction of the longer one, true, 0 ≤ x < 180. */
export type ErrorEllipse = {
  readonly semiMajorM: number;
  readonly semiMinorM: number;
  readonly orientationDeg: number;
};

/** The surface a contact is on; "waterline" where the error of the coast line does not allow to tell land from sea. */
export type Surface = "sea" | "land" | "waterline" | "unknown";

/** One object, tracked over time from many detections. Object classes only: no identity, ever. */
export type Contact = {
  /** For example "C-14"; does not change within the sortie. */
  readonly id: string;
  readonly class: ObjectClass;
  readonly position: Position;
  readonly covariance: Covariance2;
  readonly ellipse95: ErrorEllipse;
  /** Radius of the circle that contains the true position with 95 % probability. */
  readonly ce95M: number;
  readonly lengthM: number;
  /** Undefined while motion cannot be distinguished from noise. */
  readonly groundSpeedMps: number | undefined;
  readonly courseDeg: number | undefined;
  readonly surface: Surface;
  readonly firstSeenUnixUs: number;
  readonly lastSeenUnixUs: number;
  readonly observationCount: number;
  /** 0 to 1. */
  readonly score: number;
};
