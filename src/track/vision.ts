/** The station's vision in one call: a frame in; its boxes, its ground and the contacts so far out. */
import { detectBinned } from "../detect/binned.js";
import type { Blob } from "../detect/blob.js";
import { createDetector } from "../detect/detector.js";
import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { FramePose } from "../video/framePose.js";
import type { Contact } from "./contact.js";
import { contactFrom } from "./contactFrom.js";
import { footprint, type Footprint } from "./footprint.js";
import { createGeolocator, type FrameGeometry, type Geolocator, type GroundStep } from "./geolocate.js";
import { observe } from "./observe.js";
import { TYPICAL_POSE_ERRORS } from "./poseErrors.js";
import { stepTracker, type TrackerStep } from "./tracker.js";
import { emptyTracker, trackClass, type FrameObservations, type Observation, type TrackerState } from "./trackState.js";
import type { Vision, VisionBox, VisionFrame, VisionOptions, VisionResult } from "./visionTypes.js";

const STILL: GroundStep = { eastM: 0, northM: 0 };

export function createVision(options: VisionOptions): Vision {
  const detector = options.detector ?? createDetector();
  let state: TrackerState = { ...emptyTracker, nextContactNumber: options.firstContactNumber ?? 1 };
  let plane: LocalFrame | undefined;
  let lastPose: FramePose | undefined;
  let velocity = STILL;
  let contacts: readonly Contact[] = [];

  const process = ({ unixTimeUs, image, pose }: VisionFrame): VisionResult => {
    if (!pose) return unplaced(detector.detect(image), contacts);
    velocity = velocityBetween(lastPose, pose) ?? velocity;
    lastPose = pose;
    const { widthPx, heightPx } = image;
    const errors = options.errors ?? TYPICAL_POSE_ERRORS;
    const geometry: FrameGeometry = { pose, widthPx, heightPx, ground: options.ground, errors, velocity };
    const locator = createGeolocator(geometry);
    const metresPerPixel = centreMetresPerPixel(geometry, locator);
    const blobs = metresPerPixel === undefined ? detector.detect(image) : detectBinned(detector, image, metresPerPixel);
    const frameGround = footprint(geometry, locator);
    plane ??= localFrameAt(pose.sensor.position);
    state = { ...state, origin: plane.origin };
    const placed = place(blobs, { locator, plane, widthPx, heightPx });
    const view = viewOf(frameGround, plane);
    const step = stepTracker(state, { unixTimeUs, observations: placed.map((item) => item.observation), view });
    state = step.state;
    const areContactsChanged = step.appeared.length > 0 || step.contactOf.some((number) => number !== undefined);
    if (areContactsChanged) contacts = contactsOf(state, plane);
    return {
      detections: blobs,
      boxes: boxesOf(blobs, placed, step),
      frameGround,
      contacts,
      areContactsChanged,
      newContacts: step.appeared.map((number) => `C-${number}`),
    };
  };
  const startOver = (): void => {
    state = { ...emptyTracker, nextContactNumber: state.nextContactNumber };
    plane = undefined;
    lastPose = undefined;
    velocity = STILL;
    contacts = [];
  };
  return { process, startOver };
}

function unplaced(blobs: readonly Blob[], contacts: readonly Contact[]): VisionResult {
  return {
    detections: blobs,
    boxes: blobs.map((blob) => boxOf(blob, blob.class, undefined)),
    frameGround: undefined,
    contacts,
    areContactsChanged: false,
    newContacts: [],
  };
}

const boxOf = ({ x, y, w, h, score }: Blob, kind: Blob["class"], contactId: string | undefined): VisionBox => ({
  x,
  y,
  w,
  h,
  class: kind,
  score,
  contactId,
});

/** Undefined for the first frame and across gaps. */
function velocityBetween(from: FramePose | undefined, to: FramePose): GroundStep | undefined {
  const dtS = from ? (to.unixTimeUs - from.unixTimeUs) / 1e6 : 0;
  if (!from || dtS <= 0 || dtS > 1) return undefined;
  const { eastM, northM } = localFrameAt(from.sensor.position).toEnu(to.sensor.position, 0);
  return { eastM: eastM / dtS, northM: northM / dtS };
}

/** Across the line of sight, in the middle of the picture. */
function centreMetresPerPixel({ pose, widthPx, heightPx }: FrameGeometry, locator: Geolocator): number | undefined {
  const centre = locator.locate(widthPx / 2, heightPx / 2);
  return centre && (2 * centre.slantRangeM * Math.tan((pose.hfovDeg * Math.PI) / 360)) / widthPx;
}

type Placed = { readonly blobIndex: number; readonly observation: Observation };
type Placing = {
  readonly locator: Geolocator;
  readonly plane: LocalFrame;
  readonly widthPx: number;
  readonly heightPx: number;
};

/** Blobs above the horizon have no place. */
function place(blobs: readonly Blob[], { locator, plane, widthPx, heightPx }: Placing): readonly Placed[] {
  return blobs.flatMap((blob, blobIndex) => {
    const fix = locator.locate(blob.centroidX, blob.centroidY);
    return fix ? [{ blobIndex, observation: observe(blob, fix, plane, { widthPx, heightPx }) }] : [];
  });
}

function viewOf(ground: Footprint | undefined, plane: LocalFrame): FrameObservations["view"] {
  return ground?.corners.map((corner) => plane.toEnu(corner.position, corner.heightAmslM));
}

function contactsOf(state: TrackerState, plane: LocalFrame): readonly Contact[] {
  return [...state.tracks]
    .sort((a, b) => (a.contactNumber ?? 0) - (b.contactNumber ?? 0))
    .flatMap((track) => contactFrom(track, plane) ?? []);
}

function boxesOf(blobs: readonly Blob[], placed: readonly Placed[], step: TrackerStep): readonly VisionBox[] {
  const boxes = blobs.map((blob) => boxOf(blob, blob.class, undefined));
  placed.forEach(({ blobIndex, observation }, index) => {
    const blob = blobs[blobIndex];
    const number = step.contactOf[index];
    if (!blob) return;
    const kind = trackClassOf(step, number) ?? observation.class;
    boxes[blobIndex] = boxOf(blob, kind, number === undefined ? undefined : `C-${number}`);
  });
  return boxes;
}

function trackClassOf(step: TrackerStep, contactNumber: number | undefined): Blob["class"] | undefined {
  if (contactNumber === undefined) return undefined;
  const track = step.state.tracks.find((candidate) => candidate.contactNumber === contactNumber);
  return track && trackClass(track);
}
