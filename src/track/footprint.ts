import { DEG_PER_RAD, wrap360 } from "../geo/angles.js";
import type { Position } from "../geo/position.js";
import type { ErrorEllipse } from "./contact.js";
import { addCovariance, ellipse95 } from "./covariance.js";
import type { CameraAxes } from "./cameraAxes.js";
import type { FrameGeometry, Geolocator } from "./geolocate.js";

/** A corner or the centre of the picture, projected to the ground. */
type FootprintPoint = { readonly position: Position; readonly heightAmslM: number };

/** The ground area in a frame; same form as the contract's `FrameGround`. */
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

/** Undefined when any corner looks above the horizon, because the area would be unbounded. */
export function footprint(geometry: FrameGeometry, { axes, locate }: Geolocator): Footprint | undefined {
  const { pose, widthPx, heightPx } = geometry;
  const pointAt = (xPx: number, yPx: number): FootprintPoint | undefined => {
    const fix = locate(xPx, yPx);
    return fix && { position: fix.position, heightAmslM: fix.ground.heightAmslM };
  };
  const upperLeft = pointAt(0, 0);
  const upperRight = pointAt(widthPx, 0);
  const lowerRight = pointAt(widthPx, heightPx);
  const lowerLeft = pointAt(0, heightPx);
  const centre = locate(widthPx / 2, heightPx / 2);
  if (!upperLeft || !upperRight || !lowerRight || !lowerLeft || !centre) return undefined;
  return {
    corners: [upperLeft, upperRight, lowerRight, lowerLeft],
    centre: { position: centre.position, heightAmslM: centre.ground.heightAmslM },
    centreEllipse95: ellipse95(addCovariance(centre.bias, centre.noise)),
    sensor: pose.sensor,
    depressionDeg: Math.asin(Math.min(1, Math.max(-1, -axes.forward.upM))) * DEG_PER_RAD,
    azimuthDeg: azimuthDeg(axes),
    hfovDeg: pose.hfovDeg,
  };
}

/** Azimuth of the optical axis; when it points (almost) straight down, of the picture's top. */
function azimuthDeg({ forward, down }: CameraAxes): number {
  const isDownwards = Math.hypot(forward.eastM, forward.northM) < 0.1;
  const eastM = isDownwards ? -down.eastM : forward.eastM;
  const northM = isDownwards ? -down.northM : forward.northM;
  return wrap360(Math.atan2(eastM, northM) * DEG_PER_RAD);
}
