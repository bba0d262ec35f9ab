/** Detects objects in a frame and places them on the ground. Keeps no state but the previous pose, for the camera's velocity. */
import { createBuiltInDetector } from "../detect/builtInDetector.js";
import type { Detection } from "../detect/detection.js";
import type { Detector } from "../detect/detector.js";
import type { GroundModel } from "../geo/ground/ground.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { FramePose } from "../video/framePose.js";
import { cameraViewOf } from "./cameraView.js";
import { footprint } from "./footprint.js";
import { createGeolocator, type FrameGeometry, type Geolocator, type GroundStep } from "./geolocate.js";
import { observe } from "./observe.js";
import type { GroundObservation, ObservedFrame } from "./observedFrame.js";
import { TYPICAL_POSE_ERRORS, type PoseErrors } from "./poseErrors.js";
import type { VisionFrame } from "./visionTypes.js";

export type FrameObserverOptions = {
  readonly ground: GroundModel;
  /** Default: pose errors of a typical multicopter. */
  readonly errors?: PoseErrors;
  /** Default: the built-in detector. */
  readonly detector?: Detector;
};

/** One frame at a time, in order: call again only after the previous promise has resolved. */
export type FrameObserver = { readonly observe: (frame: VisionFrame) => Promise<ObservedFrame> };

const STILL: GroundStep = { eastM: 0, northM: 0 };

export function createFrameObserver(options: FrameObserverOptions): FrameObserver {
  const detector = options.detector ?? createBuiltInDetector();
  const errors = options.errors ?? TYPICAL_POSE_ERRORS;
  let lastPose: FramePose | undefined;
  let velocity = STILL;

  const observeFrame = async ({ unixTimeUs, image, pose }: VisionFrame): Promise<ObservedFrame> => {
    if (!pose) {
      const detections = await detector.detect({ image, metresPerPixel: undefined });
      return { unixTimeUs, detections, placed: undefined };
    }
    velocity = velocityBetween(lastPose, pose) ?? velocity;
    lastPose = pose;
    const { widthPx, heightPx } = image;
    const geometry: FrameGeometry = { pose, widthPx, heightPx, ground: options.ground, errors, velocity };
    const locator = createGeolocator(geometry);
    const detections = await detector.detect({ image, metresPerPixel: centreMetresPerPixel(geometry, locator) });
    return {
      unixTimeUs,
      detections,
      placed: {
        sensorPosition: pose.sensor.position,
        view: cameraViewOf(pose),
        footprint: footprint(geometry, locator),
        observations: observationsOf(detections, geometry, locator),
      },
    };
  };
  return { observe: observeFrame };
}

/** Camera velocity from two poses; undefined for the first frame and across gaps. */
function velocityBetween(from: FramePose | undefined, to: FramePose): GroundStep | undefined {
  const dtS = from ? (to.unixTimeUs - from.unixTimeUs) / 1e6 : 0;
  if (!from || dtS <= 0 || dtS > 1) return undefined;
  const { eastM, northM } = localFrameAt(from.sensor.position).toEnu(to.sensor.position, 0);
  return { eastM: eastM / dtS, northM: northM / dtS };
}

/** Metres per pixel across the line of sight, at the picture's centre. */
function centreMetresPerPixel({ pose, widthPx, heightPx }: FrameGeometry, locator: Geolocator): number | undefined {
  const centre = locator.locate(widthPx / 2, heightPx / 2);
  return centre && (2 * centre.slantRangeM * Math.tan((pose.hfovDeg * Math.PI) / 360)) / widthPx;
}

/** Detections above the horizon have no position and are left out. */
function observationsOf(
  detections: readonly Detection[],
  { pose, widthPx, heightPx }: FrameGeometry,
  locator: Geolocator,
): readonly GroundObservation[] {
  const frame = localFrameAt(pose.sensor.position);
  return detections.flatMap((detection, detectionIndex) => {
    const fix = locator.locate(detection.centroidX, detection.centroidY);
    return fix ? [{ detectionIndex, ...observe(detection, fix, frame, { widthPx, heightPx }) }] : [];
  });
}
