/** What one frame of a camera shows, placed on the ground: what a camera's worker sends, and all that tracking needs. */
import type { Detection, ObjectClass } from "../detect/detection.js";
import type { Position } from "../geo/position.js";
import type { Covariance2, Surface } from "./contact.js";
import type { Footprint } from "./footprint.js";

/** A detection on the ground. Its whole covariance is `bias` plus `noise`. */
export type GroundObservation = {
  /** Which of the frame's detections it is. */
  readonly detectionIndex: number;
  readonly position: Position;
  /** Of the ground there. */
  readonly heightAmslM: number;
  /** From the pose: shared by everything in the frame and slow to change, more frames do not shrink it. */
  readonly bias: Covariance2;
  /** Of this detection in this frame alone. */
  readonly noise: Covariance2;
  readonly lengthM: number;
  readonly widthM: number;
  /** Direction of the long side, radians from east towards north. */
  readonly axisRad: number;
  readonly class: ObjectClass;
  readonly score: number;
  readonly surface: Surface;
  /** Cut by the edge of the picture: its size and centre are not to be believed. */
  readonly isCut: boolean;
};

export type ObservedFrame = {
  readonly unixTimeUs: number;
  /** In pixels, also of what has no place. */
  readonly detections: readonly Detection[];
  /** Undefined without a usable pose: then nothing is known of places. */
  readonly placed: PlacedFrame | undefined;
};

type PlacedFrame = {
  readonly sensorPosition: Position;
  /** Undefined when any corner looks above the horizon. */
  readonly footprint: Footprint | undefined;
  /** Detections above the horizon have none. */
  readonly observations: readonly GroundObservation[];
};
