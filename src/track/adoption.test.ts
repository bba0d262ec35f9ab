import { describe, expect, it } from "vitest";
import { frameAt, seenAt, stepFrom, trackAt } from "./testing/tracks.js";
import type { Observation, Track } from "./trackState.js";

const NOW_S = 100;
const ago = (secondsAgo: number): number => Math.round((NOW_S - secondsAgo) * 1e6);
const votes = (person: number, boat: number, vehicle: number, unknown: number) => ({ person, boat, vehicle, unknown });

/** Contact 3, last seen 40 s ago. */
const known = (eastM: number, change: Partial<Track> = {}): Track =>
  trackAt(eastM, 0, NOW_S - 40, { phase: "dormant", key: 1, contactNumber: 3, firstSeenUs: ago(60), ...change });
/** Not a contact yet, in view since `ageS`, seen in every frame. */
const sighting = (key: number, eastM: number, ageS: number, change: Partial<Track> = {}): Track =>
  trackAt(eastM, 0, NOW_S - 0.1, {
    ...{ key, phase: "tentative", contactNumber: undefined, startedUs: ago(ageS), firstSeenUs: ago(ageS) },
    ...change,
  });
const step = (tracks: readonly Track[], ...seen: readonly Observation[]) => stepFrom(tracks, frameAt(NOW_S, seen));

describe("a sighting of a known contact", () => {
  it("takes over its number after 0.6 s, so that its group is in the picture by then", () => {
    expect(step([known(0), sighting(2, 1, 0.59)], seenAt(1, 0))).toMatchObject({
      contactOf: [undefined],
      appeared: [],
    });
    expect(step([known(0), sighting(2, 1, 0.6)], seenAt(1, 0))).toMatchObject({ contactOf: [3], appeared: [] });
  });

  it("goes on as that contact: its number, beginning and counts, at the new place", () => {
    const fresh = sighting(2, 1, 0.7, { votes: votes(1, 2, 3, 4), observationCount: 7 });
    const before = known(0, { votes: votes(10, 20, 30, 40), observationCount: 50, lengthM: 0.7 });
    const { state, appeared } = step([before, fresh], seenAt(1, 0, { score: 0.5 }));
    expect(appeared).toEqual([]);
    expect(state.nextContactNumber).toBe(10);
    expect(state.tracks).toHaveLength(1);
    expect(state.tracks[0]).toMatchObject({
      ...{ key: 2, phase: "live", contactNumber: 3, votes: votes(11.5, 22, 33, 44), observationCount: 58 },
      ...{ firstSeenUs: ago(60), startedUs: ago(0.7), lastSeenUs: ago(0), hits: 11, lengthM: 0.6 },
      adoptedFrom: { eastM: 0, northM: 0, lastSeenUs: ago(40), atUs: ago(0) },
    });
    expect(state.tracks[0]?.motion.eastM).toBeCloseTo(1, 6);
  });

  const beside = (change: Partial<NonNullable<Track["adoptedFrom"]>> = {}): Track =>
    trackAt(5, 0, NOW_S - 0.1, {
      ...{ key: 9, contactNumber: 4, startedUs: ago(5), firstSeenUs: ago(60) },
      adoptedFrom: {
        ...{ eastM: 4, northM: 0, lastSeenUs: ago(40), atUs: ago(4), shift: { eastM: 1, northM: 0 } },
        ...change,
      },
    });

  it("does so at once where others of its group were recognised before it: nothing is gained by waiting", () => {
    const seen = [seenAt(1, 0), seenAt(5, 0)];
    expect(step([known(0), sighting(2, 1, 0.5), beside()], ...seen).contactOf).toEqual([3, 4]);
    expect(step([known(0), sighting(2, 1, 0.5), beside({ atUs: ago(21) })], ...seen).contactOf).toEqual([undefined, 4]);
  });

  it("of two sightings beside it the better one; the other is new, after 0.8 s at the earliest", () => {
    const at = (ageS: number) =>
      step([known(0), sighting(2, 1, 0.5), sighting(3, 2.2, ageS)], seenAt(1, 0), seenAt(2.2, 0));
    expect(at(0.79)).toMatchObject({ contactOf: [undefined, undefined], appeared: [] });
    expect(at(0.8)).toMatchObject({ contactOf: [undefined, 10], appeared: [10] });
  });

  it("out of reach of all it is new without waiting", () => {
    expect(step([known(0), sighting(2, 40, 0.5)], seenAt(40, 0))).toMatchObject({ contactOf: [10], appeared: [10] });
  });

  it("several at once are numbered in the order of their tracks", () => {
    const found = step([sighting(2, 20, 0.5), sighting(3, 10, 0.5)], seenAt(10, 0), seenAt(20, 0));
    expect(found).toMatchObject({ contactOf: [11, 10], appeared: [10, 11] });
    expect(found.state.nextContactNumber).toBe(12);
  });
});

describe("a new contact on second thought", () => {
  /** Became contact 8 in this look, within reach of the known contact 3. */
  const recent = (ageS: number, change: Partial<Track> = {}): Track =>
    sighting(2, 1, ageS, { phase: "live", contactNumber: 8, ...change });
  const numberOf = (track: Track, seen: readonly Observation[] = [seenAt(1, 0)]) => {
    const { state } = step([known(0), track], ...seen);
    return state.tracks.find(({ key }) => key === 2)?.contactNumber;
  };

  it("takes the old number within four seconds", () => {
    expect(numberOf(recent(1))).toBe(3);
    expect(numberOf(recent(3.99))).toBe(3);
    expect(numberOf(recent(4))).toBe(8);
  });

  it("not when it was recognised as another already", () => {
    const from = { eastM: 9, northM: 0, lastSeenUs: ago(40), atUs: ago(1), shift: { eastM: 0, northM: 0 } };
    expect(numberOf(recent(2, { adoptedFrom: from }))).toBe(8);
  });

  it("not when it is known for longer than this look, nor when it is not seen now", () => {
    expect(numberOf(recent(2, { firstSeenUs: ago(30) }))).toBe(8);
    expect(numberOf(recent(2), [])).toBe(8);
  });

  it("otherwise it stays what it is, and no number is used up", () => {
    const { state, appeared } = step([recent(2)], seenAt(1, 0));
    expect(state.tracks).toMatchObject([{ phase: "live", contactNumber: 8 }]);
    expect([appeared, state.nextContactNumber]).toEqual([[], 10]);
  });
});

describe("a boat whose engine became a contact before it", () => {
  const hull = (change: Partial<Track> = {}): Track =>
    sighting(2, 0, 0.5, {
      ...{ lengthM: 8, widthM: 2, lengthsM: [8], widthsM: [2], votes: votes(0, 5, 0, 0), observationCount: 6 },
      ...change,
    });
  const engine = (change: Partial<Track> = {}): Track =>
    trackAt(3.6, 0, NOW_S - 0.1, { key: 1, contactNumber: 3, firstSeenUs: ago(2), startedUs: ago(2), ...change });
  const seenHull = seenAt(0, 0, { lengthM: 8, widthM: 2, class: "boat" });
  const result = (part: Track, whole = hull(), seen = seenHull) => step([part, whole], seen);

  it("takes its number, not its class: the part is no contact of its own any more", () => {
    const { state, contactOf, appeared } = result(engine());
    expect([contactOf, appeared, state.nextContactNumber]).toEqual([[3], [], 10]);
    expect(state.tracks).toMatchObject([
      {
        ...{ key: 2, phase: "live", contactNumber: 3, votes: votes(0, 5.9, 0, 0), firstSeenUs: ago(2) },
        ...{ observationCount: 17, adoptedFrom: undefined, lengthM: 8 },
      },
    ]);
  });

  it.each<readonly [string, Track, Track, Observation]>([
    ["is not four seconds old yet", engine({ firstSeenUs: ago(3.99) }), hull(), seenHull],
    ["lies within 0.45 m of its outline", trackLike(engine(), 4.4), hull(), seenHull],
    ["is shorter than 0.6 of it", engine({ lengthM: 4.7 }), hull(), seenHull],
  ])("as long as the part %s", (_, part, whole, seen) => {
    expect(result(part, whole, seen).appeared).toEqual([]);
  });

  it.each<readonly [string, Track, Track, Observation]>([
    ["is older", engine({ firstSeenUs: ago(4) }), hull(), seenHull],
    ["lies further off", trackLike(engine(), 4.5), hull(), seenHull],
    ["is longer", engine({ lengthM: 4.8 }), hull(), seenHull],
    ["is no contact", engine({ phase: "tentative", contactNumber: undefined, hits: 2 }), hull(), seenHull],
  ])("but is a contact of its own where it %s", (_, part, whole, seen) => {
    const { appeared, state } = result(part, whole, seen);
    expect(appeared).toEqual([10]);
    expect(state.tracks).toHaveLength(2);
  });

  it("only things of 2.6 m and more have parts", () => {
    const small = (lengthM: number) =>
      result(trackLike(engine(), 1), hull({ lengthM, lengthsM: [lengthM] }), { ...seenHull, lengthM }).appeared;
    expect(small(2.6)).toEqual([]);
    expect(small(2.59)).toEqual([10]);
  });
});

/** The same track at another place to the east. */
function trackLike(track: Track, eastM: number): Track {
  return { ...track, motion: { ...track.motion, eastM } };
}
