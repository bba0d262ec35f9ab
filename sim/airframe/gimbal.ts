import { DEG_PER_RAD, RAD_PER_DEG, wrap180 } from "../../src/geo/angles.js";

/** Three-axis stabilised gimbal: pitch and roll relative to the horizon, yaw as an offset from the heading. */
export type GimbalState = { readonly pitchDeg: number; readonly yawOffsetDeg: number };
/** Pitch relative to the horizon (0 level, -90 straight down); yaw relative to the heading or to true north. */
export type GimbalDemand = {
  readonly pitchDeg: number;
  readonly pointing: { readonly from: "nose" | "north"; readonly angleDeg: number };
};

const GIMBAL_LIMITS = { lowestPitchDeg: -90, highestPitchDeg: 20, rateDegps: 60 } as const;

export function stepGimbal(state: GimbalState, demand: GimbalDemand, headingDeg: number, dtS: number): GimbalState {
  const most = GIMBAL_LIMITS.rateDegps * dtS;
  const towards = (error: number): number => Math.min(most, Math.max(-most, error));
  const wantedPitch = Math.min(GIMBAL_LIMITS.highestPitchDeg, Math.max(GIMBAL_LIMITS.lowestPitchDeg, demand.pitchDeg));
  const wantedOffset =
    demand.pointing.from === "nose" ? demand.pointing.angleDeg : demand.pointing.angleDeg - headingDeg;
  return {
    pitchDeg: state.pitchDeg + towards(wantedPitch - state.pitchDeg),
    yawOffsetDeg: wrap180(state.yawOffsetDeg + towards(wrap180(wantedOffset - state.yawOffsetDeg))),
  };
}

type Angles = { readonly yawDeg: number; readonly pitchDeg: number; readonly rollDeg: number };
type Matrix = readonly number[];

/** Yaw, then pitch, then roll: rotation matrix from body to outer frame, by rows. */
function matrixOf({ yawDeg, pitchDeg, rollDeg }: Angles): Matrix {
  const [cy, sy] = [Math.cos(yawDeg * RAD_PER_DEG), Math.sin(yawDeg * RAD_PER_DEG)];
  const [cp, sp] = [Math.cos(pitchDeg * RAD_PER_DEG), Math.sin(pitchDeg * RAD_PER_DEG)];
  const [cr, sr] = [Math.cos(rollDeg * RAD_PER_DEG), Math.sin(rollDeg * RAD_PER_DEG)];
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

/**
 * The gimbal's encoder angles, relative to the airframe (ST 0601 tags 18 to 20): airframe attitude followed by these (yaw, pitch,
 * roll) gives the stabilised camera's attitude.
 */
export function encoderAngles(gimbal: GimbalState, airframe: Angles): Angles {
  const a = matrixOf(airframe);
  const c = matrixOf({ yawDeg: airframe.yawDeg + gimbal.yawOffsetDeg, pitchDeg: gimbal.pitchDeg, rollDeg: 0 });
  const entry = (row: 0 | 1 | 2, column: 0 | 1 | 2): number =>
    (a[row] ?? 0) * (c[column] ?? 0) +
    (a[3 + row] ?? 0) * (c[3 + column] ?? 0) +
    (a[6 + row] ?? 0) * (c[6 + column] ?? 0);
  return {
    yawDeg: Math.atan2(entry(1, 0), entry(0, 0)) * DEG_PER_RAD,
    pitchDeg: -Math.asin(Math.min(1, Math.max(-1, entry(2, 0)))) * DEG_PER_RAD,
    rollDeg: Math.atan2(entry(2, 1), entry(2, 2)) * DEG_PER_RAD,
  };
}
