import type { Position } from "../geo/position.js";
import type { ObjectClass } from "../detect/detection.js";

/** Horizontal covariance in metres squared, east and north. A position without one is a bug. */
export type Covariance2 = { readonly eastEastM2: number; readonly eastNorthM2: number; readonly northNorthM2: number };

/** The stated 95 % error ellipse: semi-axes, and the direction of the longer one, true, 0 ≤ x < 180. */
export type ErrorEllipse = {
  readonly semiMajorM: number;
  readonly semiMinorM: number;
  readonly orientationDeg: number;
};

/** Where a contact is, as far as the waterline's own error lets us say. */
export type Surface = "sea" | "land" | "waterline" | "unknown";

/** One thing in the world, held over time from many detections. Object classes only: no identity, ever. */
export type Contact = {
  /** "C-14": stable for the sortie. */
  readonly id: string;
  readonly class: ObjectClass;
  readonly position: Position;
  readonly covariance: Covariance2;
  readonly ellipse95: ErrorEllipse;
  /** Radius of the circle that holds the true position with 95 %. */
  readonly ce95M: number;
  readonly lengthM: number;
  /** Undefined while motion cannot be told from noise. */
  readonly groundSpeedMps: number | undefined;
  readonly courseDeg: number | undefined;
  readonly surface: Surface;
  readonly firstSeenUnixUs: number;
  readonly lastSeenUnixUs: number;
  readonly observationCount: number;
  /** 0 to 1. */
  readonly score: number;
};
