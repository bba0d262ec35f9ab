/**
 * The tracker's state. Plain data, and folding the same recorded frames again gives the same contacts.
 *
 *   detection ─▶ tentative ──(seen long enough, plausible)──▶ live ──(out of sight)──▶ dormant
 *                    │                                          ▲                        │
 *                    └──(flash, bird, clutter)──▶ forgotten     └──(seen again: adopt)◀──┘
 *
 * A tentative or live track is one unbroken sighting, associated frame by frame: within it the pose errors are common to all
 * positions and cancel out. They matter only when an object is seen again after a while, which `revisit.ts` handles.
 */
import type { ObjectClass } from "../detect/detection.js";
import type { Position } from "../geo/position.js";
import type { Covariance2, Surface } from "./contact.js";
import type { Motion } from "./kalman.js";
import type { GroundObservation } from "./observedFrame.js";
import { TRACKER } from "./trackerNumbers.js";

/** A detection on the ground; metres in the tracker's frame. */
export type Observation = Omit<GroundObservation, "detectionIndex" | "position" | "heightAmslM"> & {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
};

export type PlanePoint = { readonly eastM: number; readonly northM: number };

export type FrameObservations = {
  readonly unixTimeUs: number;
  readonly observations: readonly Observation[];
  /** Corners of the ground area in the frame, in order around it; undefined when it is unbounded. */
  readonly view: readonly PlanePoint[] | undefined;
};

export type ClassVotes = Readonly<Record<ObjectClass, number>>;

export type Track = {
  /** Identifies the track, not the contact. */
  readonly key: number;
  readonly phase: "tentative" | "live" | "dormant";
  /** The contact's number; undefined while tentative. */
  readonly contactNumber: number | undefined;
  readonly motion: Motion;
  readonly upM: number;
  /** Mean pose covariance of the current sighting. */
  readonly bias: Covariance2;
  readonly votes: ClassVotes;
  /** The latest sizes in metres, oldest first. */
  readonly lengthsM: readonly number[];
  readonly widthsM: readonly number[];
  /** Their medians, stored because every pair of track and detection needs them. */
  readonly lengthM: number;
  readonly widthM: number;
  readonly axisRad: number;
  readonly surface: Surface;
  readonly meanScore: number;
  /** Start of the current sighting; `hits` and `misses` count from there. */
  readonly startedUs: number;
  readonly hits: number;
  /** How many of the hits were cut by the picture's edge. */
  readonly cutHits: number;
  readonly misses: number;
  /** Of the contact, over all its sightings. */
  readonly firstSeenUs: number;
  readonly lastSeenUs: number;
  readonly observationCount: number;
  /** Estimated position of the contact when this sighting was matched to it; gives the shift between two passes. */
  readonly adoptedFrom: Adoption | undefined;
};

/** An old contact that was re-identified: its previous position and time, and the shift of this pass. */
export type Adoption = PlanePoint & {
  readonly lastSeenUs: number;
  readonly atUs: number;
  readonly shift: PlanePoint;
};

export type TrackerState = {
  /** Origin of the plane: the camera's position in the first frame. */
  readonly origin: Position | undefined;
  readonly lastTimeUs: number | undefined;
  readonly nextKey: number;
  readonly nextContactNumber: number;
  readonly tracks: readonly Track[];
};

export const emptyTracker: TrackerState = {
  origin: undefined,
  lastTimeUs: undefined,
  nextKey: 1,
  nextContactNumber: 1,
  tracks: [],
};

/** The class with the most votes; a "vehicle" on the sea is a boat. */
export function trackClass(track: Track): ObjectClass {
  const { person, boat, vehicle, unknown } = track.votes;
  const isAfloat = track.surface === "sea";
  const asBoat = boat + (isAfloat ? vehicle : 0);
  const asVehicle = isAfloat ? 0 : vehicle;
  const most = Math.max(person, asBoat, asVehicle, unknown);
  if (most === unknown) return "unknown";
  if (most === asBoat) return "boat";
  return most === person ? "person" : "vehicle";
}

/** Whether a point lies on the object, or within `marginM` of it. */
export function coversPoint(track: Track, point: PlanePoint, marginM: number): boolean {
  const dE = point.eastM - track.motion.eastM;
  const dN = point.northM - track.motion.northM;
  const alongM = dE * Math.cos(track.axisRad) + dN * Math.sin(track.axisRad);
  const acrossM = dN * Math.cos(track.axisRad) - dE * Math.sin(track.axisRad);
  return Math.abs(alongM) <= track.lengthM / 2 + marginM && Math.abs(acrossM) <= track.widthM / 2 + marginM;
}

/** Whether the point is inside a convex outline of either orientation. */
export function isInView(point: PlanePoint, view: readonly PlanePoint[]): boolean {
  let side = 0;
  for (const [index, a] of view.entries()) {
    const b = view[(index + 1) % view.length];
    if (!b) return false;
    const cross = (b.eastM - a.eastM) * (point.northM - a.northM) - (b.northM - a.northM) * (point.eastM - a.eastM);
    if (cross * side < 0) return false;
    if (cross !== 0) side = Math.sign(cross);
  }
  return true;
}

/** True while every view was cut by the picture's edge: centre and size are then unreliable. */
export const wasNeverWhole = (track: Track): boolean => track.hits === track.cutHits;

/** True when the motion is more than noise and drift can explain. */
export function isMoving({ motion }: Track): boolean {
  const speedMps = Math.hypot(motion.eastMps, motion.northMps);
  return speedMps > TRACKER.motionSigmas * Math.sqrt(motion.vv + TRACKER.driftMps ** 2);
}
