import { describe, expect, it } from "vitest";
import { frameAt, seenAt, stepFrom, stepsThrough, trackAt, viewOf } from "./testing/tracks.js";
import { emptyTracker, type Observation, type PlanePoint, type Track } from "./trackState.js";
import { stepTracker } from "./tracker.js";

/** Ten frames a second from 1000 s on; `seen` says what is detected in each, undefined where the thing is not detected. */
const flight = (seen: readonly (Observation | undefined)[], everyS = 0.1, view?: readonly PlanePoint[]) =>
  stepsThrough(seen.map((one, index) => frameAt(1000 + index * everyS, one ? [one] : [], view)));
/** Time of the frame in which the thing becomes a contact; undefined when it never does. */
const appearedS = (...args: Parameters<typeof flight>): number | undefined => {
  const index = flight(...args).findIndex(({ appeared }) => appeared.length > 0);
  return index < 0 ? undefined : Math.round(index * (args[1] ?? 0.1) * 1000) / 1000;
};
const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
const pattern = (text: string): readonly (Observation | undefined)[] =>
  text.split("").map((sign) => (sign === "." ? undefined : seenAt(0, 0, { isCut: sign === "c" })));

describe("a sighting becomes a contact", () => {
  it.each([
    // Strong from a mean score of 0.85 on: after 0.42 s. Weak ones after 0.8 s, below 0.78 never.
    [0.9, 0.1, 0.5],
    [0.85, 0.105, 0.42],
    [0.84, 0.1, 0.8],
    [0.78, 0.1, 0.8],
    [0.77, 0.1, undefined],
    // Five detections it must have, however old it is.
    [0.9, 0.14, 0.56],
  ])("of score %f, seen every %f s: after %s s", (score, everyS, expectedS) => {
    expect(appearedS(times(20, seenAt(0, 0, { score })), everyS)).toBe(expectedS);
  });

  it("with the number that is next, in the frame's answer and for good", () => {
    const steps = flight(times(8, seenAt(0, 0)));
    expect(steps.map(({ contactOf }) => contactOf)).toEqual([...times(5, [undefined]), [1], [1], [1]]);
    expect(steps.map(({ appeared }) => appeared)).toEqual([...times(5, []), [1], [], []]);
    expect(steps.map(({ state }) => state.nextContactNumber)).toEqual([1, 1, 1, 1, 1, 2, 2, 2]);
    expect(steps.at(-1)?.state.tracks).toMatchObject([{ phase: "live", contactNumber: 1, hits: 8 }]);
  });

  it.each([
    // Nine of twelve frames are three quarters; eight of eleven are less.
    ["x.x.x.xxxxxxx", 1.1],
    // It must be seen in the frame in which it becomes one.
    ["xxxxx.xxx", 0.6],
    ["xxxxxxx", 0.5],
  ])("when it is seen in three of four frames: %s after %f s", (text, expectedS) => {
    expect(appearedS(pattern(text))).toBe(expectedS);
  });

  it("frames that do not show its place do not count against it", () => {
    const elsewhere = viewOf(10, 10, 20, 20);
    expect(appearedS(pattern("x.x.x.xxxxxxx"), 0.1, elsewhere)).toBe(0.7);
  });

  it.each([
    // Three views that are not cut by the edge, and one in five.
    ["ccccxxxx", 0.6],
    ["xxccccccccc", undefined],
    [`${"c".repeat(12)}xxxx`, 1.4],
    [`${"c".repeat(13)}xxxx`, 1.6],
    ["c".repeat(30), undefined],
  ])("once it was seen whole a few times: %s", (text, expectedS) => {
    expect(appearedS(pattern(text))).toBe(expectedS);
  });

  it.each([
    [5, 0.6, 0.5],
    [6.5, 0.6, undefined],
    [6.5, 2.5, 0.5],
  ])("unless it is a bird: at %f m/s, %f m long", (speedMps, lengthM, expectedS) => {
    const passing = Array.from({ length: 12 }, (_, i) => seenAt(0, speedMps * 0.05 * i, { lengthM }));
    // Twenty frames a second: the first half second tells the speed.
    const found = appearedS(passing, 0.05);
    if (expectedS === undefined) expect(found).toBeUndefined();
    else expect(found).toBeLessThanOrEqual(expectedS);
  });
});

describe("what is no longer seen", () => {
  const gone = (phase: Track["phase"], unseenS: number) =>
    stepFrom(
      [trackAt(0, 0, 5 - unseenS, { phase, contactNumber: phase === "tentative" ? undefined : 1 })],
      frameAt(5, []),
    ).state.tracks;

  it("is forgotten after a quarter of a second while it is not a contact", () => {
    expect(gone("tentative", 0.25)).toHaveLength(1);
    expect(gone("tentative", 0.26)).toEqual([]);
  });

  it("is kept as a dormant contact after 0.8 s, with all that is known of it", () => {
    expect(gone("live", 0.8)).toMatchObject([{ phase: "live" }]);
    expect(gone("live", 0.81)).toMatchObject([{ phase: "dormant", contactNumber: 1, hits: 10, lengthM: 0.6 }]);
    expect(gone("dormant", 4)).toMatchObject([{ phase: "dormant", contactNumber: 1 }]);
  });
});

describe("time between frames", () => {
  const walking = trackAt(0, 0, 5, { motion: { ...trackAt(0, 0, 5).motion, eastMps: 1 } });
  const placeAfter = (lastTimeUs: number | undefined, timeS: number): number | undefined =>
    stepTracker({ ...emptyTracker, tracks: [walking], lastTimeUs }, frameAt(timeS, [])).state.tracks[0]?.motion.eastM;

  it("moves a walker on by it, by a second at most, never back", () => {
    expect(placeAfter(5_000_000, 5.5)).toBeCloseTo(0.5, 12);
    expect(placeAfter(5_000_000, 6)).toBeCloseTo(1, 12);
    expect(placeAfter(5_000_000, 9)).toBeCloseTo(1, 12);
    expect(placeAfter(5_000_000, 4.9)).toBe(0);
    expect(placeAfter(undefined, 5.5)).toBe(0);
  });

  it("is that of the last frame", () => {
    expect(stepFrom([], frameAt(3, [])).state.lastTimeUs).toBe(3_000_000);
  });
});

describe("a detection without a track", () => {
  it("starts one, each with a key of its own", () => {
    const { state, contactOf } = stepFrom([], frameAt(1, [seenAt(0, 0), seenAt(5, 0)]));
    expect(state.tracks.map(({ key, phase }) => [key, phase])).toEqual([
      ...[
        [100, "tentative"],
        [101, "tentative"],
      ],
    ]);
    expect(state.nextKey).toBe(102);
    expect(contactOf).toEqual([undefined, undefined]);
  });

  const boat = (change: Partial<Track> = {}): Track =>
    trackAt(0, 0, 1, { lengthM: 8, widthM: 2, lengthsM: [8], widthsM: [2], ...change });
  const started = (track: Track, seen: Observation, timeS = 1.1): boolean =>
    stepFrom([track], frameAt(timeS, [seen])).state.tracks.some(({ key }) => key === 100);

  it("does not start one where it is part of a boat in view: an engine, people aboard", () => {
    expect(started(boat(), seenAt(3.6, 0))).toBe(false);
    expect(started(boat(), seenAt(0, 1.2))).toBe(false);
  });

  it.each<readonly [string, Track, Observation, number]>([
    ["beside it: more than 0.45 m outside its outline", boat(), seenAt(0, 1.5), 1.1],
    ["behind it", boat(), seenAt(4.5, 0), 1.1],
    ["too long for a part: 0.6 of its length", boat(), seenAt(0, 1, { lengthM: 4.8, class: "vehicle" }), 1.1],
    ["on something shorter than 2.6 m", boat({ lengthM: 2.5 }), seenAt(0.9, 0.9), 1.1],
    ["on what is no contact yet", boat({ phase: "tentative", contactNumber: undefined }), seenAt(3.6, 0), 1.1],
    ["where a boat was long ago", boat({ phase: "dormant" }), seenAt(3.6, 0), 1.1],
    ["where the boat was 0.9 s ago", boat(), seenAt(3.6, 0), 1.9],
  ])("starts one %s", (_, track, seen, timeS) => {
    expect(started(track, seen, timeS)).toBe(true);
  });

  it("is a part up to those limits", () => {
    expect(started(boat({ lengthM: 2.6 }), seenAt(1.2, 0))).toBe(false);
    expect(started(boat(), seenAt(0, 1, { lengthM: 4.7, class: "vehicle", isCut: false }))).toBe(false);
    expect(started(boat(), seenAt(3.6, 0), 1.8)).toBe(false);
  });
});
