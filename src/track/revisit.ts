/**
 * Re-identification: which new sighting is which old contact?
 *
 * Between two passes the pose errors have changed, so a whole group appears shifted by one to three metres, more than the
 * distance between its people. The shift is common to the group, so it is estimated first (the shift that puts most old
 * contacts on new sightings); only then are the two matched one to one.
 */
import { assign } from "./assignment.js";
import { addCovariance, circular, mahalanobis2 } from "./covariance.js";
import type { Covariance2 } from "./contact.js";
import {
  isInView,
  isMoving,
  type Adoption,
  type FrameObservations,
  type PlanePoint,
  type Track,
} from "./trackState.js";
import { TRACKER } from "./trackerNumbers.js";

/** Variance (m², each axis, without the bias) of where a contact not seen for `ageS` may be by now. */
function wanderedM2(track: Track, ageS: number): number {
  // Someone standing moves about a little; a boat afloat drifts; someone walking may stop or turn.
  const idleMps = track.surface === "sea" && isLargeTrack(track) ? TRACKER.idleAfloatMps : TRACKER.idleMps;
  const speedMps = Math.hypot(track.motion.eastMps, track.motion.northMps);
  const sigmaMps = isMoving(track) ? TRACKER.turnFraction * speedMps : idleMps;
  return (
    Math.min(track.motion.pp, 1) + (sigmaMps * Math.min(ageS, TRACKER.wanderMaxS)) ** 2 + TRACKER.wanderFloorM ** 2
  );
}

/** Offset from the nearest point of the old contact's extrapolated path (it may also have stopped) to the sighting. */
function shiftTo(sighting: Track, old: Track, unixTimeUs: number): PlanePoint {
  const ageS = Math.min(TRACKER.walkMaxS, (unixTimeUs - old.lastSeenUs) / 1e6);
  const dE = sighting.motion.eastM - old.motion.eastM;
  const dN = sighting.motion.northM - old.motion.northM;
  if (!isMoving(old)) return { eastM: dE, northM: dN };
  const goneE = old.motion.eastMps * ageS;
  const goneN = old.motion.northMps * ageS;
  const along = (dE * goneE + dN * goneN) / Math.max(1e-6, goneE * goneE + goneN * goneN);
  const share = Math.min(1, Math.max(0, along));
  return { eastM: dE - share * goneE, northM: dN - share * goneN };
}

const isLargeTrack = (track: Track): boolean => track.lengthM >= TRACKER.largeM;

/** Large and small objects are never matched. Small ones are not compared by size: their measured size is mostly blur. */
function isAlike(old: Track, fresh: Track): boolean {
  if (isLargeTrack(old) !== isLargeTrack(fresh)) return false;
  const ratio = old.lengthM / Math.max(0.1, fresh.lengthM);
  return !isLargeTrack(old) || (ratio < TRACKER.alikeRatio && ratio > 1 / TRACKER.alikeRatio);
}

type Pair = {
  readonly fresh: number;
  readonly old: number;
  readonly shift: PlanePoint;
  readonly cost: number;
  /** Further apart than the errors explain: accepted only when a whole group is shifted alike. */
  readonly isFar: boolean;
};

export type Revisit = {
  /** For each matched fresh sighting (by index), the old contact that it is. */
  readonly adopted: ReadonlyMap<number, { readonly old: number; readonly adoption: Adoption }>;
  /** True when contacts of the same group were already matched in this pass: the shift is known, so waiting gains nothing. */
  readonly isShiftKnown: boolean;
  /** Fresh sightings with an old contact within reach: the decision whether they are new is postponed a little. */
  readonly contested: ReadonlySet<number>;
};

/** `fresh`: indices of the sightings old enough to be decided. */
export function matchRevisits(tracks: readonly Track[], fresh: readonly number[], frame: FrameObservations): Revisit {
  const pairs = reachablePairs(tracks, fresh, frame.unixTimeUs);
  const contested = new Set(pairs.filter((pair) => !pair.isFar).map((pair) => pair.fresh));
  if (pairs.length === 0) return { adopted: new Map(), contested, isShiftKnown: false };
  const known = recognisedShifts(tracks, pairs, frame.unixTimeUs);
  const shift = commonShift(pairs, { tracks, known, frame });
  const freshList = [...new Set(pairs.map((pair) => pair.fresh))];
  const oldList = [...new Set(pairs.map((pair) => pair.old))];
  const pairOf = new Map(pairs.map((pair) => [pair.fresh * tracks.length + pair.old, pair]));
  const costs = freshList.map((f) =>
    oldList.map((o) => {
      const pair = pairOf.get(f * tracks.length + o);
      const old = tracks[o];
      if (!pair || !old) return Infinity;
      return residual2(pair, shift, old, frame.unixTimeUs);
    }),
  );
  const adopted = new Map<number, { readonly old: number; readonly adoption: Adoption }>();
  assign(costs, TRACKER.revisitGate).forEach((column, row) => {
    const f = freshList[row];
    const o = column === undefined ? undefined : oldList[column];
    if (f === undefined || o === undefined) return;
    const pair = pairOf.get(f * tracks.length + o);
    const old = tracks[o];
    if (!pair || !old) return;
    const { eastM, northM } = old.motion;
    const adoption = { eastM, northM, lastSeenUs: old.lastSeenUs, atUs: frame.unixTimeUs, shift: pair.shift };
    adopted.set(f, { old: o, adoption });
  });
  return { adopted, contested, isShiftKnown: known.length > 0 };
}

function reachablePairs(tracks: readonly Track[], fresh: readonly number[], unixTimeUs: number): readonly Pair[] {
  return fresh.flatMap((f) => {
    const sighting = tracks[f];
    if (!sighting) return [];
    return tracks.flatMap((old, o): Pair[] => {
      if (old.phase !== "dormant" || !isAlike(old, sighting)) return [];
      const shift = shiftTo(sighting, old, unixTimeUs);
      const cost = mahalanobis2(shift.eastM, shift.northM, betweenPasses(old, sighting, unixTimeUs));
      const ageS = (unixTimeUs - old.lastSeenUs) / 1e6;
      const isFar = cost >= TRACKER.revisitGate;
      const walkedM = Math.min(TRACKER.farMaxM, TRACKER.farMps * ageS);
      if (isFar && Math.hypot(shift.eastM, shift.northM) > walkedM) return [];
      return [{ fresh: f, old: o, shift, cost, isFar }];
    });
  });
}

function betweenPasses(old: Track, sighting: Track, unixTimeUs: number): Covariance2 {
  const ageS = (unixTimeUs - old.lastSeenUs) / 1e6;
  const own = circular(wanderedM2(old, ageS) + sighting.motion.pp + TRACKER.residualSigmaM ** 2);
  return addCovariance(addCovariance(old.bias, sighting.bias), own);
}

function residual2(pair: Pair, shift: PlanePoint, old: Track, unixTimeUs: number): number {
  const dE = pair.shift.eastM - shift.eastM;
  const dN = pair.shift.northM - shift.northM;
  const ageS = (unixTimeUs - old.lastSeenUs) / 1e6;
  return (dE * dE + dN * dN) / (TRACKER.residualSigmaM ** 2 + wanderedM2(old, ageS));
}

/**
 * The best-supported shift among those suggested by single pairs: each old contact that should be in view votes with its best
 * sighting, those already matched in this pass vote with theirs, and a larger shift needs more votes.
 */
function commonShift(pairs: readonly Pair[], scene: Omit<Evidence, "groups">): PlanePoint {
  const { known } = scene;
  const candidates = [
    ...known,
    ...[...pairs]
      .sort((a, b) => a.cost - b.cost)
      .slice(0, TRACKER.shiftsTriedMax)
      .map((p) => p.shift),
  ];
  const groups = new Map<number, Pair[]>();
  for (const pair of pairs) groups.set(pair.old, [...(groups.get(pair.old) ?? []), pair]);
  let best: PlanePoint = { eastM: 0, northM: 0 };
  let bestValue = -Infinity;
  for (const shift of candidates) {
    const value = support(shift, { ...scene, groups });
    if (value > bestValue) {
      bestValue = value;
      best = shift;
    }
  }
  return best;
}

type Evidence = {
  readonly tracks: readonly Track[];
  readonly groups: ReadonlyMap<number, readonly Pair[]>;
  readonly known: readonly PlanePoint[];
  readonly frame: FrameObservations;
};

function support(shift: PlanePoint, { tracks, groups, known, frame }: Evidence): number {
  let value = 0;
  for (const [index, pairs] of groups) {
    const old = tracks[index];
    if (!old) continue;
    const best = Math.min(...pairs.map((pair) => residual2(pair, shift, old, frame.unixTimeUs)));
    const shifted = { eastM: old.motion.eastM + shift.eastM, northM: old.motion.northM + shift.northM };
    const isExpected = frame.view !== undefined && isInView(shifted, frame.view);
    // An old contact that should be visible under this shift but is not counts against it, a little: people walk away.
    value += best < TRACKER.revisitGate ? Math.exp(-best / 2) : isExpected ? -TRACKER.unseenPrice : 0;
  }
  for (const other of known) {
    const apart2 = (other.eastM - shift.eastM) ** 2 + (other.northM - shift.northM) ** 2;
    value += TRACKER.knownShiftVotes * Math.exp(-apart2 / (2 * TRACKER.residualSigmaM ** 2));
  }
  const from = [...groups.values()].flat().find((pair) => pair.shift === shift);
  if (!from) return value;
  return value - (from.isFar ? TRACKER.farPrice : TRACKER.unlikelyPrice * from.cost);
}

/** Shifts of nearby contacts that were already matched in this pass. */
function recognisedShifts(tracks: readonly Track[], pairs: readonly Pair[], unixTimeUs: number): readonly PlanePoint[] {
  return tracks.flatMap((track) => {
    const from = track.adoptedFrom;
    if (!from || track.phase !== "live" || unixTimeUs - from.atUs > TRACKER.sameLookS * 1e6) return [];
    const isNear = pairs.some((pair) => {
      const old = tracks[pair.old];
      if (!old) return false;
      const samePass = Math.abs(old.lastSeenUs - from.lastSeenUs) < TRACKER.samePassS * 1e6;
      return (
        samePass && Math.hypot(old.motion.eastM - from.eastM, old.motion.northM - from.northM) < TRACKER.neighbourM
      );
    });
    return isNear ? [from.shift] : [];
  });
}
