import { RAD_PER_DEG } from "../geo/angles.js";
import type { Position } from "../geo/position.js";
import type { FramePose } from "../video/framePose.js";
import { cameraAxes, type CameraAxes } from "./cameraAxes.js";

/** Where a camera is, which way it looks and how wide: what a point needs to be in the picture. */
export type CameraView = {
  readonly sensor: { readonly position: Position; readonly altitudeAmslM: number };
  /** In the local frame at the sensor. */
  readonly axes: CameraAxes;
  /** Tangents of the angles between the optical axis and the picture's edges. */
  readonly halfRightTan: number;
  readonly halfDownTan: number;
};

export const cameraViewOf = (pose: FramePose): CameraView => ({
  sensor: pose.sensor,
  axes: cameraAxes(pose),
  halfRightTan: Math.tan((pose.hfovDeg / 2) * RAD_PER_DEG),
  halfDownTan: Math.tan((pose.vfovDeg / 2) * RAD_PER_DEG),
});
