import { RAD_PER_DEG } from "../../src/geo/angles.js";
import type { LocalFrame } from "../../src/geo/localFrame.js";
import type { EnuPoint } from "../../src/geo/position.js";
import type { Scenario } from "../scenario.js";
import type { CameraPose } from "./cameraPort.js";

type Vector = { readonly eastM: number; readonly northM: number; readonly upM: number };
type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** A pinhole camera with square pixels, placed in home's local frame (`upM` is AMSL). */
export type View = {
  readonly at: EnuPoint;
  /** Unit vectors: along the optical axis, to the picture's right, to its bottom. */
  readonly forward: Vector;
  readonly right: Vector;
  readonly down: Vector;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly focalPx: number;
};

/** Full vertical field of view that follows from square pixels. */
export function vfovDegOf(camera: Scenario["camera"]): number {
  const halfTan = (Math.tan((camera.hfovDeg / 2) * RAD_PER_DEG) * camera.heightPx) / camera.widthPx;
  return (2 * Math.atan(halfTan)) / RAD_PER_DEG;
}

/** Rotation from body to parent for yaw, pitch and roll in that order (z, y, x; axes forward, right, down). */
function rotation(yawRad: number, pitchRad: number, rollRad: number): Matrix {
  const [cy, sy] = [Math.cos(yawRad), Math.sin(yawRad)];
  const [cp, sp] = [Math.cos(pitchRad), Math.sin(pitchRad)];
  const [cr, sr] = [Math.cos(rollRad), Math.sin(rollRad)];
  return [
    cy * cp,
    cy * sp * sr - sy * cr,
    cy * sp * cr + sy * sr,
    sy * cp,
    sy * sp * sr + cy * cr,
    sy * sp * cr - cy * sr,
    -sp,
    cp * sr,
    cp * cr,
  ];
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const cell = (row: 0 | 1 | 2, column: 0 | 1 | 2): number => {
    const r = row === 0 ? [a[0], a[1], a[2]] : row === 1 ? [a[3], a[4], a[5]] : [a[6], a[7], a[8]];
    const c = column === 0 ? [b[0], b[3], b[6]] : column === 1 ? [b[1], b[4], b[7]] : [b[2], b[5], b[8]];
    return r.reduce((sum, value, i) => sum + value * (c[i] ?? 0), 0);
  };
  return [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1), cell(2, 2)];
}

/** The view for a pose: platform attitude, then the gimbal's (ST 0601 tags 5, 90, 91, then 18, 19, 20). */
export function viewOf(pose: CameraPose, camera: Scenario["camera"], frame: LocalFrame): View {
  const platform = rotation(pose.headingDeg * RAD_PER_DEG, pose.pitchDeg * RAD_PER_DEG, pose.rollDeg * RAD_PER_DEG);
  const gimbal = rotation(
    pose.gimbalAzimuthDeg * RAD_PER_DEG,
    pose.gimbalElevationDeg * RAD_PER_DEG,
    pose.gimbalRollDeg * RAD_PER_DEG,
  );
  const m = multiply(platform, gimbal);
  // The matrix's columns are the sensor's axes in north-east-down.
  return {
    at: frame.toEnu(pose, pose.altitudeAmslM),
    forward: { eastM: m[3], northM: m[0], upM: -m[6] },
    right: { eastM: m[4], northM: m[1], upM: -m[7] },
    down: { eastM: m[5], northM: m[2], upM: -m[8] },
    widthPx: camera.widthPx,
    heightPx: camera.heightPx,
    focalPx: camera.widthPx / 2 / Math.tan((camera.hfovDeg / 2) * RAD_PER_DEG),
  };
}

/** Direction of a pixel coordinate (not normalised). Pixel i covers [i, i+1): its centre is i + 0.5. */
export function rayOf(view: View, xPx: number, yPx: number): Vector {
  const a = (xPx - view.widthPx / 2) / view.focalPx;
  const b = (yPx - view.heightPx / 2) / view.focalPx;
  return {
    eastM: view.forward.eastM + a * view.right.eastM + b * view.down.eastM,
    northM: view.forward.northM + a * view.right.northM + b * view.down.northM,
    upM: view.forward.upM + a * view.right.upM + b * view.down.upM,
  };
}

export type PixelPoint = { readonly xPx: number; readonly yPx: number; readonly depthM: number };

/** Projection of a point; undefined when it is behind the camera. May lie outside the picture. */
export function project(view: View, point: EnuPoint): PixelPoint | undefined {
  const e = point.eastM - view.at.eastM;
  const n = point.northM - view.at.northM;
  const u = point.upM - view.at.upM;
  const depthM = e * view.forward.eastM + n * view.forward.northM + u * view.forward.upM;
  if (depthM < 0.5) return undefined;
  const rightM = e * view.right.eastM + n * view.right.northM + u * view.right.upM;
  const downM = e * view.down.eastM + n * view.down.northM + u * view.down.upM;
  return {
    xPx: view.widthPx / 2 + (view.focalPx * rightM) / depthM,
    yPx: view.heightPx / 2 + (view.focalPx * downM) / depthM,
    depthM,
  };
}

export const isInside = (view: View, point: PixelPoint | undefined): boolean =>
  point !== undefined && point.xPx >= 0 && point.yPx >= 0 && point.xPx < view.widthPx && point.yPx < view.heightPx;

/** Where a ray meets the ground; undefined when it is (almost) level or points up. Converges fast on gentle slopes. */
export function groundHit(
  view: View,
  ray: Vector,
  heightAmslM: (eastM: number, northM: number) => number,
): EnuPoint | undefined {
  if (ray.upM > -0.005) return undefined;
  let upM = 0;
  let point: EnuPoint | undefined;
  for (let i = 0; i < 4; i++) {
    const along = (upM - view.at.upM) / ray.upM;
    if (along <= 0) return undefined;
    const eastM = view.at.eastM + along * ray.eastM;
    const northM = view.at.northM + along * ray.northM;
    upM = heightAmslM(eastM, northM);
    point = { eastM, northM, upM };
  }
  return point;
}
