/** The content of one camera frame, placed on the ground: sent by the camera's worker, and the tracker's only input. */
import type { Detection, ObjectClass } from "../detect/detection.js";
import type { Position } from "../geo/position.js";
import type { Covariance2, Surface } from "./contact.js";
import type { CameraView } from "./cameraView.js";
import type { Footprint } from "./footprint.js";

/** A detection on the ground. Its total covariance is `bias` plus `noise`. */
export type GroundObservation = {
  /** Index into the frame's detections. */
  readonly detectionIndex: number;
  readonly position: Position;
  /** Height of the ground at that position. */
  readonly heightAmslM: number;
  /** Error from the pose: common to the whole frame and slow to change, so averaging over frames does not reduce it. */
  readonly bias: Covariance2;
  /** Independent error of this detection in this frame. */
  readonly noise: Covariance2;
  readonly lengthM: number;
  readonly widthM: number;
  /** Direction of the long axis, radians from east towards north. */
  readonly axisRad: number;
  readonly class: ObjectClass;
  readonly score: number;
  readonly surface: Surface;
  /** Cut by the picture's edge: its size and centre are unreliable. */
  readonly isCut: boolean;
};

export type ObservedFrame = {
  readonly unixTimeUs: number;
  /** All detections, in pixels, those without a position on the ground included. */
  readonly detections: readonly Detection[];
  /** Undefined without a usable pose: then no position is known. */
  readonly placed: PlacedFrame | undefined;
};

type PlacedFrame = {
  readonly sensorPosition: Position;
  readonly view: CameraView;
  /** Undefined when any corner looks above the horizon. */
  readonly footprint: Footprint | undefined;
  /** Detections above the horizon are not among them. */
  readonly observations: readonly GroundObservation[];
};
