/** One-sigma errors of a frame's pose. All but `pixelPx` are common to all detections of a frame. */
export type PoseErrors = {
  readonly sensorHorizontalM: number;
  readonly sensorVerticalM: number;
  readonly headingDeg: number;
  /** Platform pitch and roll, each. */
  readonly attitudeDeg: number;
  /** Gimbal azimuth, elevation and roll, each. */
  readonly gimbalDeg: number;
  /** Difference between exposure time and pose time; its effect is proportional to the aircraft's speed. */
  readonly clockS: number;
  /** Centre of a detection, in pixels: the only error that averages out over frames. */
  readonly pixelPx: number;
};

/**
 * A multicopter with uncorrected GNSS and a stabilised camera. Chosen by judgement, 2026-11-23, rather too large than too small;
 * not measured on an aircraft of ours. On the simulated sorties nine contacts of ten lie inside the resulting ellipse.
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
