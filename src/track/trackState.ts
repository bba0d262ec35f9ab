/**
 * What the tracker remembers. Plain data, so that a recorded sortie folded again gives the same contacts.
 *
 *   detection ─▶ tentative ──(seen long enough, plausible)──▶ live ──(out of sight)──▶ dormant
 *                    │                                          ▲                        │
 *                    └──(flash, bird, clutter)──▶ forgotten     └──(seen again: adopt)◀──┘
 *
 * A tentative or live track is one unbroken sighting, tied together frame by frame: within it the pose errors are common
 * and cancel. Only when a thing is seen again after a while do they matter, and `revisit.ts` deals with that.
 */
import type { ObjectClass } from "../detect/detection.js";
import type { Position } from "../geo/position.js";
import type { Covariance2, Surface } from "./contact.js";
import type { Motion } from "./kalman.js";
import { TRACKER } from "./trackerNumbers.js";

/** A detection put on the ground, metres in the tracker's frame. */
export type Observation = {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  readonly bias: Covariance2;
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

export type PlanePoint = { readonly eastM: number; readonly northM: number };

export type FrameObservations = {
  readonly unixTimeUs: number;
  readonly observations: readonly Observation[];
  /** Corners of what the frame saw, in order around it; undefined when it has no end. */
  readonly view: readonly PlanePoint[] | undefined;
};

export type ClassVotes = Readonly<Record<ObjectClass, number>>;

export type Track = {
  /** Of the track, not of the contact. */
  readonly key: number;
  readonly phase: "tentative" | "live" | "dormant";
  /** Number of the contact; undefined while tentative. */
  readonly contactNumber: number | undefined;
  readonly motion: Motion;
  readonly upM: number;
  /** Mean pose covariance over the present sighting. */
  readonly bias: Covariance2;
  readonly votes: ClassVotes;
  /** The last sizes in metres, oldest first. */
  readonly lengthsM: readonly number[];
  readonly widthsM: readonly number[];
  /** Their medians, kept because they are asked for with every pair of a track and a detection. */
  readonly lengthM: number;
  readonly widthM: number;
  readonly axisRad: number;
  readonly surface: Surface;
  readonly meanScore: number;
  /** Of this sighting. */
  readonly startedUs: number;
  readonly hits: number;
  /** Of those, how many were cut by the edge of the picture. */
  readonly cutHits: number;
  readonly misses: number;
  readonly missesInARow: number;
  /** Of the contact, over all sightings. */
  readonly firstSeenUs: number;
  readonly lastSeenUs: number;
  readonly observationCount: number;
  /** Where the contact was believed to be when this sighting took it over: the shift between two passes. */
  readonly adoptedFrom: Adoption | undefined;
};

/** An old contact recognised again: its place before, when that was, and by how much this pass sees things shifted. */
export type Adoption = PlanePoint & {
  readonly lastSeenUs: number;
  readonly atUs: number;
  readonly shift: PlanePoint;
};

export type TrackerState = {
  /** Origin of the plane: where the first frame was taken. */
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

/** The class with most votes; a vehicle afloat is a boat. */
export function trackClass(track: Track): ObjectClass {
  const { person, boat, vehicle, unknown } = track.votes;
  const isAfloat = track.surface === "sea";
  const asBoat = boat + (isAfloat ? vehicle : 0);
  const asVehicle = isAfloat ? 0 : vehicle;
  const most = Math.max(person, asBoat, asVehicle, unknown);
  if (most === 0 || most === unknown) return "unknown";
  if (most === asBoat) return "boat";
  return most === person ? "person" : "vehicle";
}

/** True when a point of the plane lies on the thing, or within `marginM` of it. */
export function coversPoint(track: Track, point: PlanePoint, marginM: number): boolean {
  const dE = point.eastM - track.motion.eastM;
  const dN = point.northM - track.motion.northM;
  const alongM = dE * Math.cos(track.axisRad) + dN * Math.sin(track.axisRad);
  const acrossM = dN * Math.cos(track.axisRad) - dE * Math.sin(track.axisRad);
  return Math.abs(alongM) <= track.lengthM / 2 + marginM && Math.abs(acrossM) <= track.widthM / 2 + marginM;
}

/** Inside a convex outline, whichever way round it is given. */
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

/** True while every view of it was cut by the edge of the picture: its middle and size are guesses. */
export const wasNeverWhole = (track: Track): boolean => track.hits === track.cutHits;

/** True when the motion cannot be put down to noise and drift. */
export function isMoving({ motion }: Track): boolean {
  const speedMps = Math.hypot(motion.eastMps, motion.northMps);
  return speedMps > TRACKER.motionSigmas * Math.sqrt(motion.vv + TRACKER.driftMps ** 2);
}
