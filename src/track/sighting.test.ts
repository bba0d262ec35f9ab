import { describe, expect, it } from "vitest";
import { circular } from "./covariance.js";
import { associate, startTrack } from "./sighting.js";
import { frameAt, seenAt, trackAt, viewOf } from "./testing/tracks.js";
import type { Observation, Track } from "./trackState.js";

/** A track that has been seen as these, a tenth of a second apart from 0 s on. */
function trackOf(first: Observation, ...others: readonly Observation[]): Track {
  let track = startTrack(7, first, 0);
  others.forEach((seen, index) => {
    const { tracks, trackOf: assigned } = associate([track], frameAt((index + 1) / 10, [seen]), 0.1);
    if (!tracks[0] || assigned[0] !== 0) throw new Error(`not associated: ${index + 1}`);
    track = tracks[0];
  });
  return track;
}
const variance = (sizeFraction: number, lengthM: number): number => 0.01 + 0.15 ** 2 + (sizeFraction * lengthM) ** 2;

describe("a new track", () => {
  it("is what was seen, once", () => {
    const seen = seenAt(3, 4, { upM: 5, lengthM: 8, widthM: 2, axisRad: 1, class: "boat", score: 0.8, surface: "sea" });
    expect(startTrack(7, seen, 2_000_000)).toEqual({
      ...{ key: 7, phase: "tentative", contactNumber: undefined, upM: 5, bias: circular(1) },
      motion: { eastM: 3, northM: 4, eastMps: 0, northMps: 0, pp: variance(0.04, 8), pv: 0, vv: 6.25 },
      votes: { person: 0, boat: 0.8, vehicle: 0, unknown: 0 },
      ...{ lengthsM: [8], widthsM: [2], lengthM: 8, widthM: 2, axisRad: 1, surface: "sea", meanScore: 0.8 },
      ...{ startedUs: 2_000_000, hits: 1, cutHits: 0, misses: 0 },
      ...{ firstSeenUs: 2_000_000, lastSeenUs: 2_000_000, observationCount: 1, adoptedFrom: undefined },
    });
  });

  it("cut by the picture's edge is placed much less surely, and votes a tenth", () => {
    const track = startTrack(7, seenAt(0, 0, { lengthM: 8, isCut: true, class: "vehicle", score: 0.8 }), 0);
    expect(track.motion.pp).toBeCloseTo(variance(0.35, 8), 12);
    expect(track.votes.vehicle).toBeCloseTo(0.08, 12);
    expect(track).toMatchObject({ hits: 1, cutHits: 1, lengthM: 8 });
  });

  it("takes the mean of the noise east and north as its own", () => {
    const noise = { eastEastM2: 0.02, eastNorthM2: 5, northNorthM2: 0.06 };
    expect(startTrack(7, seenAt(0, 0, { noise, lengthM: 1 }), 0).motion.pp).toBeCloseTo(0.04 + 0.0225 + 0.0016, 12);
  });
});

describe("a track seen again", () => {
  it("counts, and is what was seen last: height, surface, time, direction", () => {
    const track = trackOf(seenAt(0, 0), seenAt(0, 0, { upM: 3, surface: "sea", axisRad: 0.5 }), seenAt(0, 0));
    expect(track).toMatchObject({ hits: 3, cutHits: 0, misses: 0, observationCount: 3 });
    expect(track).toMatchObject({ upM: 0, surface: "land", startedUs: 0, firstSeenUs: 0, lastSeenUs: 200_000 });
    expect(trackOf(seenAt(0, 0), seenAt(0, 0, { upM: 3, surface: "sea", axisRad: 0.5 }))).toMatchObject({
      ...{ upM: 3, surface: "sea", axisRad: 0.5 },
    });
  });

  it("averages score and pose error over its detections", () => {
    const track = trackOf(
      seenAt(0, 0, { score: 0.6, bias: circular(2) }),
      seenAt(0, 0, { score: 0.9, bias: circular(5) }),
      seenAt(0, 0, { score: 0.9, bias: { eastEastM2: 8, eastNorthM2: 3, northNorthM2: 2 } }),
    );
    expect(track.meanScore).toBeCloseTo(0.8, 12);
    expect(track.bias.eastEastM2).toBeCloseTo(5, 12);
    expect(track.bias.eastNorthM2).toBeCloseTo(1, 12);
    expect(track.bias.northNorthM2).toBeCloseTo(3, 12);
  });

  it("adds up the votes for each class by their score", () => {
    const { votes } = trackOf(
      seenAt(0, 0, { class: "person", score: 0.5 }),
      seenAt(0, 0, { class: "person", score: 0.75 }),
      seenAt(0, 0, { class: "unknown", score: 0.25 }),
    );
    expect(votes).toEqual({ person: 1.25, boat: 0, vehicle: 0, unknown: 0.25 });
  });

  it("is as long and wide as the middle of its last 25 views, not as the mean", () => {
    const sizes = [1, 1.1, 1.2, 1.3, 1.9];
    const [first, ...others] = sizes.map((lengthM) => seenAt(0, 0, { lengthM, widthM: lengthM / 2 }));
    const track = trackOf(first!, ...others);
    expect(track.lengthM).toBe(1.2);
    expect(track.widthM).toBe(0.6);
    expect(track.lengthsM).toEqual(sizes);
    const many = trackOf(seenAt(0, 0, { lengthM: 0.7 }), ...Array.from({ length: 26 }, () => seenAt(0, 0)));
    expect(many.lengthsM).toHaveLength(25);
    expect(many.widthsM).toHaveLength(25);
    expect(many.lengthsM[0]).toBe(0.6);
  });

  const cut = (eastM: number, lengthM: number, change: Partial<Observation> = {}): Observation =>
    seenAt(eastM, 0, { lengthM, widthM: 1, axisRad: 0.3, isCut: true, ...change });

  it("entering the picture grows: the largest cut view is its size, a smaller one later is not", () => {
    const grown = trackOf(cut(0, 2), cut(0.5, 4));
    expect(grown).toMatchObject({ lengthM: 4, lengthsM: [4], hits: 2, cutHits: 2 });
    const back = trackOf(cut(0, 2), cut(0.5, 4), cut(0, 3, { widthM: 9, axisRad: 1 }));
    expect(back).toMatchObject({ lengthM: 4, widthM: 1, axisRad: 0.3, lengthsM: [4], cutHits: 3 });
    const same = trackOf(cut(0, 2), cut(0, 2, { widthM: 9, axisRad: 1 }));
    expect(same).toMatchObject({ widthM: 1, axisRad: 0.3 });
  });

  it("seen whole for the first time forgets the sizes of its cut views, and starts from that place", () => {
    const whole = trackOf(cut(0, 2), cut(0.5, 4), seenAt(1, 0, { lengthM: 3, widthM: 2, axisRad: 1 }));
    expect(whole).toMatchObject({ lengthsM: [3], widthsM: [2], axisRad: 1, hits: 3, cutHits: 2 });
    expect(whole.motion).toMatchObject({ eastM: 1, northM: 0, eastMps: 0, pv: 0, pp: variance(0.04, 3) });
  });

  it("cut after it was whole keeps size, direction and place, but goes on being seen", () => {
    const before = trackOf(seenAt(0, 0, { lengthM: 4 }), seenAt(0, 0, { lengthM: 4 }));
    const after = trackOf(
      seenAt(0, 0, { lengthM: 4 }),
      seenAt(0, 0, { lengthM: 4 }),
      cut(0.5, 9, { surface: "sea", axisRad: 1 }),
    );
    expect(after).toMatchObject({ lengthsM: before.lengthsM, lengthM: 4, axisRad: 0, hits: 3, cutHits: 1 });
    expect(after).toMatchObject({ surface: "sea", lastSeenUs: 200_000, observationCount: 3 });
    expect(after.motion).toMatchObject({ eastM: before.motion.eastM, eastMps: before.motion.eastMps });
  });

  it("is drawn towards what was seen, by its error and the detection's", () => {
    const before = trackAt(0, 0, 0, { motion: { ...trackAt(0, 0, 0).motion, pp: variance(0.04, 0.6), vv: 0 } });
    const { tracks } = associate([before], frameAt(0, [seenAt(0.2, -0.1)]), 0);
    // Both are equally sure: it ends up halfway.
    expect(tracks[0]?.motion.eastM).toBeCloseTo(0.1, 9);
    expect(tracks[0]?.motion.northM).toBeCloseTo(-0.05, 9);
    expect(tracks[0]?.motion.pp).toBeCloseTo(variance(0.04, 0.6) / 2, 12);
  });
});

describe("which detection is which track", () => {
  const still = (eastM: number, change: Partial<Track> = {}): Track => trackAt(eastM, 0, 0, change);
  const assigned = (tracks: readonly Track[], seen: readonly Observation[], dtS = 0): readonly (number | undefined)[] =>
    associate(tracks, frameAt(0.1, seen), dtS).trackOf;

  it("each has its own, by distance of all together", () => {
    // The middle detection is nearest to the first track, but then the second would have none.
    expect(assigned([still(0), still(1)], [seenAt(0.45, 0), seenAt(-0.2, 0)])).toEqual([1, 0]);
    expect(assigned([still(0), still(5), still(10)], [seenAt(10, 0), seenAt(0, 0)])).toEqual([2, 0]);
  });

  it("a moving one is looked for where it has got to", () => {
    const walking = still(0, { motion: { ...still(0).motion, eastMps: 2, northMps: -1 } });
    const { tracks, trackOf: found } = associate([walking], frameAt(1, [seenAt(2, -1)]), 1);
    expect(found).toEqual([0]);
    expect(tracks[0]?.motion).toMatchObject({ eastM: 2, northM: -1 });
  });

  it("a dormant one is left where it was, and takes no detection", () => {
    const dormant = still(0, { phase: "dormant", motion: { ...still(0).motion, eastMps: 2 } });
    const { tracks, trackOf: found } = associate([dormant], frameAt(1, [seenAt(0, 0)]), 1);
    expect(found).toEqual([undefined]);
    expect(tracks[0]).toBe(dormant);
  });

  it("within 0.6 m it is the same however small the errors, beyond that not", () => {
    const sure = { motion: { ...still(0).motion, pp: 0, vv: 0 } };
    expect(assigned([still(0, sure)], [seenAt(0.59, 0, { noise: circular(0) })])).toEqual([0]);
    expect(assigned([still(0, sure)], [seenAt(0.61, 0, { noise: circular(0) })])).toEqual([undefined]);
    expect(assigned([still(0, sure)], [seenAt(0, -0.61, { noise: circular(0) })])).toEqual([undefined]);
  });

  it("with larger errors it is the same within 99.7 % of them: 3.4 sigma", () => {
    // 1 m² altogether: of the track, of the detection's noise, of the pose's jitter and of the centre's.
    const noise = circular(1 - 0.5 - 0.15 ** 2 - (0.04 * 0.6) ** 2);
    const unsure = { motion: { ...still(0).motion, pp: 0.5, vv: 0 } };
    expect(assigned([still(0, unsure)], [seenAt(2, 2.7, { noise })])).toEqual([0]);
    expect(assigned([still(0, unsure)], [seenAt(2, 2.8, { noise })])).toEqual([undefined]);
  });

  it("a hull does not turn into one of the people beside it: unlike sizes count against a pair", () => {
    const hull = { lengthM: 8, widthM: 2 };
    // ln(8 / 0.6)² = 6.7, twice that is more than the gate; a hull of 5 m is like one of 8.
    expect(assigned([still(0, hull)], [seenAt(0, 0)])).toEqual([undefined]);
    expect(assigned([still(0, hull)], [seenAt(0, 0, { lengthM: 5 })])).toEqual([0]);
    // Of two detections at the same distance the one of its size is taken.
    expect(assigned([still(0, hull)], [seenAt(0.3, 0, { lengthM: 2 }), seenAt(-0.3, 0, { lengthM: 7 })])).toEqual([
      ...[undefined, 0],
    ]);
    // Below half a metre sizes are blur.
    expect(assigned([still(0, { lengthM: 0.05 })], [seenAt(0, 0, { lengthM: 0.5 })])).toEqual([0]);
    expect(assigned([still(0, { lengthM: 0.5 })], [seenAt(0, 0, { lengthM: 0.01 })])).toEqual([0]);
  });

  it("one cut by the edge, or never seen whole, may be off by a third of its length, and of any size", () => {
    const hull = { lengthM: 9, widthM: 2 };
    const away = seenAt(4, 0, { lengthM: 9 });
    expect(assigned([still(0, hull)], [away])).toEqual([undefined]);
    expect(assigned([still(0, { ...hull, cutHits: 10 })], [away])).toEqual([0]);
    expect(assigned([still(0, hull)], [seenAt(4, 0, { lengthM: 0.6, isCut: true })])).toEqual([0]);
    expect(assigned([still(0, { ...hull, cutHits: 10 })], [seenAt(0, 0, { lengthM: 0.6 })])).toEqual([0]);
  });

  it("one that is not found counts as missed, but only where the camera looks", () => {
    const missedIn = (view?: ReturnType<typeof viewOf>) =>
      associate([still(5, { misses: 1 })], frameAt(0.1, [], view), 0.1).tracks[0];
    expect(missedIn()).toMatchObject({ misses: 2, hits: 10, lastSeenUs: 0 });
    expect(missedIn(viewOf(0, -5, 10, 5))).toMatchObject({ misses: 2 });
    expect(missedIn(viewOf(6, -5, 10, 5))).toMatchObject({ misses: 1 });
  });
});
