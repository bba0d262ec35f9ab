/** One-sigma errors of what a frame claims about itself. Everything but `pixelPx` is shared by all of a frame's detections. */
export type PoseErrors = {
  readonly sensorHorizontalM: number;
  readonly sensorVerticalM: number;
  readonly headingDeg: number;
  /** Platform pitch and roll, each. */
  readonly attitudeDeg: number;
  /** Gimbal azimuth, elevation and roll, each. */
  readonly gimbalDeg: number;
  /** Between the instant of exposure and the pose's time; times the aircraft's speed. */
  readonly clockS: number;
  /** Centre of a detection, in pixels: the only part that averages out over frames. */
  readonly pixelPx: number;
};

/**
 * A multicopter on GNSS without corrections and a stabilised camera: chosen by judgement, 2026-11-23, rather wide than narrow,
 * and not measured on an aircraft of ours. On the simulated sorties nine contacts of ten lie inside the ellipse they give.
 */
export const TYPICAL_POSE_ERRORS: PoseErrors = {
  sensorHorizontalM: 1.2,
  sensorVerticalM: 1.5,
  headingDeg: 1.5,
  attitudeDeg: 0.5,
  gimbalDeg: 0.2,
  clockS: 0.02,
  pixelPx: 1,
};
