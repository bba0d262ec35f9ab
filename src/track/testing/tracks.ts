/** Tracks, observations and frames in the tracker's plane, metres east and north of its origin; for tests of the room's parts. */
import { circular } from "../covariance.js";
import { startMotion } from "../kalman.js";
import { emptyTracker, type FrameObservations, type Observation, type PlanePoint, type Track } from "../trackState.js";
import { stepTracker, type TrackerStep } from "../tracker.js";

/** A standing person, seen whole. */
export const seenAt = (eastM: number, northM: number, change: Partial<Observation> = {}): Observation => ({
  ...{ eastM, northM, upM: 0, bias: circular(1), noise: circular(0.01) },
  ...{ lengthM: 0.6, widthM: 0.5, axisRad: 0, class: "person", score: 0.9, surface: "land", isCut: false },
  ...change,
});

/** A person's track of ten detections within the second before `lastSeenS`, standing still, position known to 0.1 m. */
export function trackAt(eastM: number, northM: number, lastSeenS: number, change: Partial<Track> = {}): Track {
  const lastSeenUs = Math.round(lastSeenS * 1e6);
  return {
    ...{ key: 1, phase: "live", contactNumber: 1, upM: 0, bias: circular(1) },
    motion: { ...startMotion(eastM, northM, 0.01), vv: 0.01 },
    votes: { person: 9, boat: 0, vehicle: 0, unknown: 0 },
    ...{ lengthsM: [0.6], widthsM: [0.5], lengthM: 0.6, widthM: 0.5, axisRad: 0, surface: "land", meanScore: 0.9 },
    ...{ startedUs: lastSeenUs - 900_000, hits: 10, cutHits: 0, misses: 0 },
    ...{ firstSeenUs: lastSeenUs - 900_000, lastSeenUs, observationCount: 10, adoptedFrom: undefined },
    ...change,
  };
}

/** A frame at that time; without a view everything not in `observations` counts as missed. */
export const frameAt = (
  timeS: number,
  observations: readonly Observation[],
  view?: readonly PlanePoint[],
): FrameObservations => ({ unixTimeUs: Math.round(timeS * 1e6), observations, view });

/** A rectangle of ground in view, anticlockwise. */
export const viewOf = (westM: number, southM: number, eastM: number, northM: number): readonly PlanePoint[] => [
  { eastM: westM, northM: southM },
  { eastM, northM: southM },
  { eastM, northM },
  { eastM: westM, northM },
];

/** One frame on top of these tracks, the last of which was 0.1 s before. New contacts are numbered from 10 on. */
export const stepFrom = (tracks: readonly Track[], frame: FrameObservations): TrackerStep =>
  stepTracker(
    { ...emptyTracker, tracks, lastTimeUs: frame.unixTimeUs - 100_000, nextKey: 100, nextContactNumber: 10 },
    frame,
  );

/** All frames in a row, from nothing. */
export function stepsThrough(frames: readonly FrameObservations[]): readonly TrackerStep[] {
  let state = emptyTracker;
  return frames.map((frame) => {
    const step = stepTracker(state, frame);
    ({ state } = step);
    return step;
  });
}
