/** Axes of a pinhole camera on a gimbal on an aircraft, in a local ENU frame (ST 0601 tags 5, 90, 91, 18-20). */
import { RAD_PER_DEG } from "../geo/angles.js";
import type { FramePose } from "../video/framePose.js";

export type Vector3 = { readonly eastM: number; readonly northM: number; readonly upM: number };

/** Unit vectors: along the optical axis, towards the picture's right, towards its bottom. */
export type CameraAxes = { readonly forward: Vector3; readonly right: Vector3; readonly down: Vector3 };

export type Angles = Pick<FramePose, "platform" | "gimbal">;

/** 3x3, row-major: transforms (forward, right, down) coordinates of the inner body to those of the outer one. */
type Matrix = readonly number[];

/** Yaw, then pitch, then roll (z, y, x), intrinsic: each about the axes already turned by the previous ones. */
function turn(yawDeg: number, pitchDeg: number, rollDeg: number): Matrix {
  const [cy, sy] = cosSin(yawDeg);
  const [cp, sp] = cosSin(pitchDeg);
  const [cr, sr] = cosSin(rollDeg);
  // prettier-ignore
  return [
    cy * cp, cy * sp * sr - sy * cr, cy * sp * cr + sy * sr,
    sy * cp, sy * sp * sr + cy * cr, sy * sp * cr - cy * sr,
    -sp, cp * sr, cp * cr,
  ];
}

const cosSin = (angleDeg: number): readonly [number, number] => [
  Math.cos(angleDeg * RAD_PER_DEG),
  Math.sin(angleDeg * RAD_PER_DEG),
];

export function cameraAxes({ platform, gimbal }: Angles): CameraAxes {
  const outer = turn(platform.headingDeg, platform.pitchDeg, platform.rollDeg);
  const inner = turn(gimbal.azimuthDeg, gimbal.elevationDeg, gimbal.rollDeg);
  const column = (index: number): Vector3 => {
    const cell = (row: number): number =>
      (outer[3 * row] ?? 0) * (inner[index] ?? 0) +
      (outer[3 * row + 1] ?? 0) * (inner[3 + index] ?? 0) +
      (outer[3 * row + 2] ?? 0) * (inner[6 + index] ?? 0);
    return { northM: cell(0), eastM: cell(1), upM: -cell(2) };
  };
  return { forward: column(0), right: column(1), down: column(2) };
}

/** Direction of a picture point; `rightTan` and `downTan` are tangents of its angles off the optical axis. Not normalised. */
export const rayAt = ({ forward, right, down }: CameraAxes, rightTan: number, downTan: number): Vector3 => ({
  eastM: forward.eastM + rightTan * right.eastM + downTan * down.eastM,
  northM: forward.northM + rightTan * right.northM + downTan * down.northM,
  upM: forward.upM + rightTan * right.upM + downTan * down.upM,
});
