/** Observed frames as a camera's worker sends them, for tests of the code that receives them. */
import { localFrameAt } from "../../geo/localFrame.js";
import type { Position } from "../../geo/position.js";
import { circular } from "../covariance.js";
import type { Detection, ObjectClass } from "../../detect/detection.js";
import { cameraViewOf } from "../cameraView.js";
import type { GroundObservation, ObservedFrame } from "../observedFrame.js";

const HERE: Position = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const frame = localFrameAt(HERE);

export type SeenThing = {
  readonly eastM: number;
  readonly northM: number;
  readonly class?: ObjectClass;
  readonly lengthM?: number;
  readonly widthM?: number;
};

function detectionOf(index: number, kind: ObjectClass): Detection {
  const [x, y] = [100 + 40 * index, 200];
  const place = { x, y, w: 6, h: 6, centroidX: x + 3, centroidY: y + 3 };
  const shape = { majorPx: 6, minorPx: 6, angleRad: 0, contrast: 90 };
  return { ...place, class: kind, classBasis: "size", score: 0.9, shape };
}

function observationOf(thing: SeenThing, detectionIndex: number): GroundObservation {
  const { class: kind = "person", lengthM = 0.6, widthM = 0.5 } = thing;
  return {
    detectionIndex,
    position: frame.toPosition({ eastM: thing.eastM, northM: thing.northM, upM: 0 }).position,
    heightAmslM: 0,
    bias: circular(2),
    noise: circular(0.01),
    ...{ lengthM, widthM, axisRad: 0, class: kind, score: 0.9, surface: "land", isCut: false },
  };
}

const STRAIGHT_DOWN = cameraViewOf({
  unixTimeUs: 0,
  sensor: { position: HERE, altitudeAmslM: 60 },
  platform: { headingDeg: 0, pitchDeg: 0, rollDeg: 0 },
  gimbal: { azimuthDeg: 0, elevationDeg: -90, rollDeg: 0 },
  ...{ hfovDeg: 42, vfovDeg: 34 },
});

/** Seen from straight above at that time. The footprint is unbounded: anything not in `things` counts as missed. */
export const observedFrame = (unixTimeUs: number, things: readonly SeenThing[]): ObservedFrame => ({
  unixTimeUs,
  detections: things.map((thing, index) => detectionOf(index, thing.class ?? "person")),
  placed: { sensorPosition: HERE, view: STRAIGHT_DOWN, footprint: undefined, observations: things.map(observationOf) },
});

/** Ten frames a second over an interval; both ends in seconds. */
export const observedFrames = (fromS: number, toS: number, things: readonly SeenThing[]): readonly ObservedFrame[] =>
  Array.from({ length: Math.round((toS - fromS) * 10) }, (_, i) =>
    observedFrame(Math.round((fromS + i / 10) * 1e6), things),
  );
