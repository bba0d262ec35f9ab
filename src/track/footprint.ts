import type { Position } from "../geo/position.js";
import type { ErrorEllipse } from "./contact.js";

/** A corner or the centre of a picture on the ground. */
export type FootprintPoint = { readonly position: Position; readonly heightAmslM: number };

/** What a frame saw of the ground; the same form as the contract's `FrameGround`. */
export type Footprint = {
  /** Upper left, upper right, lower right, lower left of the picture. */
  readonly corners: readonly [FootprintPoint, FootprintPoint, FootprintPoint, FootprintPoint];
  readonly centre: FootprintPoint;
  readonly centreEllipse95: ErrorEllipse;
  readonly sensor: { readonly position: Position; readonly altitudeAmslM: number };
  readonly depressionDeg: number;
  readonly azimuthDeg: number;
  readonly hfovDeg: number;
};
