/** Frame-to-frame association within one unbroken sighting, and how a track is updated with its detection. */
import { medianOf } from "../core/median.js";
import { assign } from "./assignment.js";
import { addCovariance, scaleCovariance } from "./covariance.js";
import { correct, predict, startMotion } from "./kalman.js";
import {
  isInView,
  wasNeverWhole,
  type ClassVotes,
  type FrameObservations,
  type Observation,
  type Track,
} from "./trackState.js";
import { TRACKER } from "./trackerNumbers.js";

const varianceOf = (seen: Observation): number => {
  const ownM2 = (seen.noise.eastEastM2 + seen.noise.northNorthM2) / 2;
  // The centre of a large object is measured less accurately than that of a spot, of a cut one very inaccurately.
  const sizeM = (seen.isCut ? TRACKER.centreNoiseFractionCut : TRACKER.centreNoiseFraction) * seen.lengthM;
  return ownM2 + TRACKER.frameJitterM ** 2 + sizeM ** 2;
};

const NO_VOTES: ClassVotes = { person: 0, boat: 0, vehicle: 0, unknown: 0 };

export function startTrack(key: number, seen: Observation, unixTimeUs: number): Track {
  const empty: Track = {
    key,
    phase: "tentative",
    contactNumber: undefined,
    motion: startMotion(seen.eastM, seen.northM, varianceOf(seen)),
    upM: seen.upM,
    bias: seen.bias,
    votes: NO_VOTES,
    lengthsM: [],
    widthsM: [],
    lengthM: 0,
    widthM: 0,
    axisRad: seen.axisRad,
    surface: seen.surface,
    meanScore: seen.score,
    startedUs: unixTimeUs,
    hits: 0,
    cutHits: 0,
    misses: 0,
    firstSeenUs: unixTimeUs,
    lastSeenUs: unixTimeUs,
    observationCount: 0,
    adoptedFrom: undefined,
  };
  return learn(empty, seen, unixTimeUs);
}

/** Updates hit counts, class votes and sizes, not the motion. */
function learn(track: Track, seen: Observation, unixTimeUs: number): Track {
  const hits = track.hits + 1;
  const share = 1 / hits;
  // An object entering the picture grows: until it was seen whole, its largest cut view gives the size.
  const startsSize = wasNeverWhole(track) && (!seen.isCut || seen.lengthM > track.lengthM);
  const keepsSize = startsSize || !seen.isCut;
  // Two or three cut views at first must not outvote the later whole ones.
  const vote = seen.isCut ? TRACKER.cutVoteFraction * seen.score : seen.score;
  const kept = (before: readonly number[], next: number): readonly number[] => {
    if (!keepsSize) return before;
    return startsSize ? [next] : [...before, next].slice(-TRACKER.sizesKept);
  };
  const lengthsM = kept(track.lengthsM, seen.lengthM);
  const widthsM = kept(track.widthsM, seen.widthM);
  return {
    ...track,
    hits,
    cutHits: track.cutHits + (seen.isCut ? 1 : 0),
    upM: seen.upM,
    bias: addCovariance(scaleCovariance(track.bias, 1 - share), scaleCovariance(seen.bias, share)),
    votes: { ...track.votes, [seen.class]: track.votes[seen.class] + vote },
    lengthsM,
    widthsM,
    lengthM: medianOf(lengthsM) ?? 0,
    widthM: medianOf(widthsM) ?? 0,
    axisRad: keepsSize ? seen.axisRad : track.axisRad,
    surface: seen.surface,
    meanScore: track.meanScore + share * (seen.score - track.meanScore),
    lastSeenUs: unixTimeUs,
    observationCount: track.observationCount + 1,
  };
}

type Associated = {
  readonly tracks: readonly Track[];
  /** For each observation the index of its track in `tracks`; undefined for those without a track. */
  readonly trackOf: readonly (number | undefined)[];
};

/** Predicts the visible tracks to the frame's time and assigns detections to all of them together. */
export function associate(tracks: readonly Track[], frame: FrameObservations, dtS: number): Associated {
  const moved = tracks.map((track) =>
    track.phase === "dormant" ? track : { ...track, motion: predict(track.motion, dtS, TRACKER.accelerationMps2) },
  );
  const inSight = moved.flatMap((track, index) => (track.phase === "dormant" ? [] : [index]));
  const costs = inSight.map((index) => frame.observations.map((seen) => costOf(moved[index], seen)));
  const chosen = assign(costs, TRACKER.frameGate);
  const trackOf: (number | undefined)[] = frame.observations.map(() => undefined);
  inSight.forEach((trackIndex, row) => {
    const track = moved[trackIndex];
    const column = chosen[row];
    const seen = column === undefined ? undefined : frame.observations[column];
    if (!track) return;
    if (!seen || column === undefined) {
      moved[trackIndex] = missed(track, frame);
      return;
    }
    trackOf[column] = trackIndex;
    const motion = motionAfter(track, seen);
    moved[trackIndex] = learn({ ...track, motion }, seen, frame.unixTimeUs);
  });
  return { tracks: moved, trackOf };
}

function motionAfter(track: Track, seen: Observation): Track["motion"] {
  // The visible centre of an object cut by the picture's edge moves as it enters or leaves; that is not real motion.
  if (seen.isCut && !wasNeverWhole(track)) return track.motion;
  const varianceM2 = varianceOf(seen);
  if (!seen.isCut && wasNeverWhole(track)) return startMotion(seen.eastM, seen.northM, varianceM2);
  return correct(track.motion, seen.eastM, seen.northM, varianceM2);
}

function costOf(track: Track | undefined, seen: Observation): number {
  if (!track) return Infinity;
  const dE = seen.eastM - track.motion.eastM;
  const dN = seen.northM - track.motion.northM;
  const apart2 = dE * dE + dN * dN;
  const variance =
    track.motion.pp +
    varianceOf(seen) +
    (seen.isCut || wasNeverWhole(track) ? (TRACKER.cutGateFraction * track.lengthM) ** 2 : 0);
  const floor = (TRACKER.frameGateMinM * TRACKER.frameGateMinM) / TRACKER.frameGate;
  // Prevents a boat's track from being updated with a person beside it.
  const lengthM = Math.max(TRACKER.sizeFloorM, track.lengthM);
  const ratio = Math.log(Math.max(TRACKER.sizeFloorM, seen.lengthM) / lengthM);
  const unlike = seen.isCut || wasNeverWhole(track) ? 0 : TRACKER.unlikeSizePrice * ratio * ratio;
  return apart2 / Math.max(variance, floor) + unlike;
}

function missed(track: Track, frame: FrameObservations): Track {
  // An object outside the picture does not count as missed.
  const isExpected = frame.view === undefined || isInView(track.motion, frame.view);
  const misses = isExpected ? track.misses + 1 : track.misses;
  return { ...track, misses };
}
