/** Contacts from observations: a pure fold over frames. The phases are drawn in `trackState.ts`. */
import { matchRevisits, type Revisit } from "./revisit.js";
import { associate, startTrack } from "./sighting.js";
import {
  coversPoint,
  type Adoption,
  type FrameObservations,
  type Observation,
  type Track,
  type TrackerState,
} from "./trackState.js";
import { TRACKER } from "./trackerNumbers.js";

export type TrackerStep = {
  readonly state: TrackerState;
  /** For each observation the number of its contact; undefined while there is none. */
  readonly contactOf: readonly (number | undefined)[];
  /** Numbers of contacts that are new with this frame. */
  readonly appeared: readonly number[];
};

export function stepTracker(before: TrackerState, frame: FrameObservations): TrackerStep {
  const sinceS = before.lastTimeUs === undefined ? 0 : (frame.unixTimeUs - before.lastTimeUs) / 1e6;
  const associated = associate(before.tracks, frame, Math.min(TRACKER.stepMaxS, Math.max(0, sinceS)));
  const keys = associated.trackOf.map((index) => (index === undefined ? undefined : associated.tracks[index]?.key));
  const opened = openTracks(associated.tracks, frame, keys, before.nextKey);
  const lasting = opened.tracks.flatMap((track) => retired(track, frame.unixTimeUs));
  const promoted = promote(lasting, frame, before.nextContactNumber);
  const numberOfKey = new Map(promoted.tracks.map((track) => [track.key, track.contactNumber]));
  return {
    state: {
      ...before,
      lastTimeUs: frame.unixTimeUs,
      nextKey: opened.nextKey,
      nextContactNumber: promoted.nextContactNumber,
      tracks: promoted.tracks,
    },
    contactOf: keys.map((key) => (key === undefined ? undefined : numberOfKey.get(key))),
    appeared: promoted.appeared,
  };
}

type Opened = { readonly tracks: readonly Track[]; readonly nextKey: number };

/** Every detection without a track starts one, unless it is part of a larger object in view. */
function openTracks(
  tracks: readonly Track[],
  frame: FrameObservations,
  keys: readonly (number | undefined)[],
  firstKey: number,
): Opened {
  let nextKey = firstKey;
  const fresh: Track[] = [];
  frame.observations.forEach((seen, index) => {
    if (keys[index] !== undefined || isPart(tracks, seen, frame.unixTimeUs)) return;
    fresh.push(startTrack(nextKey++, seen, frame.unixTimeUs));
  });
  return { tracks: [...tracks, ...fresh], nextKey };
}

function isPart(tracks: readonly Track[], seen: Observation, unixTimeUs: number): boolean {
  return tracks.some(
    (track) =>
      track.phase === "live" &&
      track.lastSeenUs >= unixTimeUs - TRACKER.liveGapS * 1e6 &&
      track.lengthM >= TRACKER.partsFromM &&
      seen.lengthM < TRACKER.partFraction * track.lengthM &&
      coversPoint(track, seen, TRACKER.partMarginM),
  );
}

/** Live tracks out of sight become dormant; tentative ones are dropped. */
function retired(track: Track, unixTimeUs: number): readonly Track[] {
  const unseenS = (unixTimeUs - track.lastSeenUs) / 1e6;
  if (track.phase === "tentative") return unseenS > TRACKER.tentativeGapS ? [] : [track];
  if (track.phase === "live" && unseenS > TRACKER.liveGapS) return [{ ...track, phase: "dormant" }];
  return [track];
}

type Promotion = {
  readonly tracks: readonly Track[];
  readonly appeared: readonly number[];
  readonly nextContactNumber: number;
};

function promote(tracks: readonly Track[], frame: FrameObservations, firstNumber: number): Promotion {
  const ripe = tracks.flatMap((track, index) =>
    isRipe(track, frame.unixTimeUs) || isSecondThought(track, frame.unixTimeUs) ? [index] : [],
  );
  if (ripe.length === 0) return { tracks, appeared: [], nextContactNumber: firstNumber };
  const revisit = matchRevisits(tracks, ripe, frame);
  let result = [...tracks];
  let nextContactNumber = firstNumber;
  const appeared: number[] = [];
  const gone = new Set<number>();
  for (const index of ripe) {
    const track = tracks[index];
    if (!track) continue;
    const ageS = (frame.unixTimeUs - track.startedUs) / 1e6;
    const match = revisit.adopted.get(index);
    const old = match && tracks[match.old];
    if (match && old) {
      if (ageS < TRACKER.contestedAdoptS && !revisit.isShiftKnown) continue;
      result[index] = adopted(track, old, match.adoption);
      gone.add(old.key);
      continue;
    }
    if (track.phase === "live" || mustWait(revisit, index, ageS)) continue;
    const part = partOf(result, track, frame.unixTimeUs);
    if (part) {
      result[index] = adopted(track, part, undefined);
      gone.add(part.key);
    } else {
      result[index] = { ...track, phase: "live", contactNumber: nextContactNumber };
      appeared.push(nextContactNumber++);
    }
  }
  result = result.filter((track) => !gone.has(track.key));
  return { tracks: result, appeared, nextContactNumber };
}

/** True while the sighting may be a known contact whose group is not fully in the picture yet. */
const mustWait = (revisit: Revisit, index: number, ageS: number): boolean =>
  revisit.contested.has(index) && ageS < TRACKER.contestedNewS && !revisit.isShiftKnown;

function isRipe(track: Track, unixTimeUs: number): boolean {
  if (track.phase !== "tentative" || track.hits < TRACKER.ripeHits || track.lastSeenUs !== unixTimeUs) return false;
  if (track.hits < TRACKER.ripeHitFraction * (track.hits + track.misses)) return false;
  if (isMostlyCut(track) || track.meanScore < TRACKER.scoreBelieved) return false;
  const ageS = (unixTimeUs - track.startedUs) / 1e6;
  if (ageS < (track.meanScore >= TRACKER.scoreStrong ? TRACKER.ripeStrongS : TRACKER.ripeWeakS)) return false;
  const speedMps = Math.hypot(track.motion.eastMps, track.motion.northMps);
  return speedMps < TRACKER.birdSpeedMps || track.lengthM > TRACKER.birdLengthM;
}

/** Hardly ever seen whole: it may be a car's bonnet or the end of a road, and its size is not usable yet. */
function isMostlyCut({ hits, cutHits }: Track): boolean {
  const wholeHits = hits - cutHits;
  return wholeHits < TRACKER.ripeWholeHits || wholeHits < TRACKER.ripeWholeFraction * hits;
}

/**
 * A new contact may still turn out to be an old one, because the shift of its group is known only when more of the group have
 * come into the picture. Within a short time it can still be matched and then takes the old number.
 */
const isSecondThought = (track: Track, unixTimeUs: number): boolean =>
  track.phase === "live" &&
  track.adoptedFrom === undefined &&
  track.firstSeenUs === track.startedUs &&
  track.lastSeenUs === unixTimeUs &&
  unixTimeUs - track.startedUs < TRACKER.secondThoughtS * 1e6;

/** A recent contact that lies on the large object that `track` turned out to be, such as a boat's engine. */
function partOf(tracks: readonly Track[], track: Track, unixTimeUs: number): Track | undefined {
  if (track.lengthM < TRACKER.partsFromM) return undefined;
  return tracks.find(
    (other) =>
      other.contactNumber !== undefined &&
      unixTimeUs - other.firstSeenUs < TRACKER.youngS * 1e6 &&
      other.lengthM < TRACKER.partFraction * track.lengthM &&
      coversPoint(track, other.motion, TRACKER.partMarginM),
  );
}

/** The sighting continues under the old contact's number and history; position, size and class come from the new one. */
function adopted(track: Track, old: Track, adoption: Adoption | undefined): Track {
  const isPart = adoption === undefined;
  return {
    ...track,
    phase: "live",
    contactNumber: old.contactNumber,
    votes: isPart ? track.votes : sumOfVotes(track, old),
    firstSeenUs: old.firstSeenUs,
    observationCount: old.observationCount + track.observationCount,
    adoptedFrom: adoption,
  };
}

const sumOfVotes = ({ votes: a }: Track, { votes: b }: Track): Track["votes"] => ({
  person: a.person + b.person,
  boat: a.boat + b.boat,
  vehicle: a.vehicle + b.vehicle,
  unknown: a.unknown + b.unknown,
});
