/** Tracking for one camera: observed frames in, in time order; contacts and the frame's boxes out. */
import type { Detection } from "../detect/detection.js";
import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { Contact } from "./contact.js";
import { contactFrom } from "./contactFrom.js";
import type { GroundObservation, ObservedFrame } from "./observedFrame.js";
import { stepTracker, type TrackerStep } from "./tracker.js";
import {
  emptyTracker,
  trackClass,
  type FrameObservations,
  type Observation,
  type Track,
  type TrackerState,
} from "./trackState.js";
import type { VisionBox } from "./visionTypes.js";

export type TrackedFrame = {
  /** One per detection, in the same order. */
  readonly boxes: readonly VisionBox[];
  /**
   * Every contact of this camera so far, oldest first. An unchanged contact is the same object as before; the array is the same
   * as before when `areContactsChanged` is false.
   */
  readonly contacts: readonly Contact[];
  readonly areContactsChanged: boolean;
  /** Ids of contacts that are new with this frame. */
  readonly newIds: readonly string[];
  /** The number for the next new contact of any camera. */
  readonly nextContactNumber: number;
};

export type ContactTracker = {
  /** New contacts are numbered from `nextContactNumber` on. Deterministic. */
  readonly track: (frame: ObservedFrame, nextContactNumber: number) => TrackedFrame;
};

export function createContactTracker(): ContactTracker {
  let state: TrackerState = emptyTracker;
  let plane: LocalFrame | undefined;
  let contacts: readonly Contact[] = [];
  // A dormant track stays the same object from frame to frame, so its contact is created only once.
  const contactOf = new WeakMap<Track, Contact>();

  const track = ({ unixTimeUs, detections, placed }: ObservedFrame, nextContactNumber: number): TrackedFrame => {
    const boxes = detections.map((detection) => boxOf(detection, detection.class, undefined));
    if (!placed) return { boxes, contacts, areContactsChanged: false, newIds: [], nextContactNumber };
    plane ??= localFrameAt(placed.sensorPosition);
    const here = plane;
    const view = placed.footprint?.corners.map((corner) => here.toEnu(corner.position, corner.heightAmslM));
    const frame: FrameObservations = {
      unixTimeUs,
      observations: placed.observations.map((seen) => inPlane(seen, here)),
      view,
    };
    const step = stepTracker({ ...state, origin: here.origin, nextContactNumber }, frame);
    state = step.state;
    nameBoxes(boxes, placed.observations, step);
    const areContactsChanged = step.appeared.length > 0 || step.contactOf.some((number) => number !== undefined);
    if (areContactsChanged) contacts = contactsOf(state.tracks, here, contactOf);
    const newIds = step.appeared.map((number) => `C-${number}`);
    return { boxes, contacts, areContactsChanged, newIds, nextContactNumber: state.nextContactNumber };
  };
  return { track };
}

function inPlane({ position, heightAmslM, ...seen }: GroundObservation, plane: LocalFrame): Observation {
  return { ...seen, ...plane.toEnu(position, heightAmslM) };
}

const boxOf = (
  { x, y, w, h, score }: Detection,
  kind: Detection["class"],
  contactId: string | undefined,
): VisionBox => ({
  ...{ x, y, w, h },
  class: kind,
  ...{ score, contactId },
});

function contactsOf(tracks: readonly Track[], plane: LocalFrame, known: WeakMap<Track, Contact>): readonly Contact[] {
  return [...tracks]
    .sort((a, b) => (a.contactNumber ?? 0) - (b.contactNumber ?? 0))
    .flatMap((track) => {
      const contact = known.get(track) ?? contactFrom(track, plane);
      if (!contact) return [];
      known.set(track, contact);
      return [contact];
    });
}

/** Boxes get the class and id of their contact; a box on the ground without a contact yet keeps its own class. */
function nameBoxes(boxes: VisionBox[], observations: readonly GroundObservation[], step: TrackerStep): void {
  observations.forEach(({ detectionIndex, class: kind }, index) => {
    const box = boxes[detectionIndex];
    const number = step.contactOf[index];
    if (!box) return;
    const contactId = number === undefined ? undefined : `C-${number}`;
    boxes[detectionIndex] = { ...box, class: trackClassOf(step, number) ?? kind, contactId };
  });
}

function trackClassOf(step: TrackerStep, contactNumber: number | undefined): Detection["class"] | undefined {
  if (contactNumber === undefined) return undefined;
  const track = step.state.tracks.find((candidate) => candidate.contactNumber === contactNumber);
  return track && trackClass(track);
}
