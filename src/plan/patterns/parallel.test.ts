import { describe, expect, it } from "vitest";
import { THREE_ARMS, areaOf, anAircraft, aRequest, metres, offset } from "../testing/planBuilders.js";
import { parallel } from "./parallel.js";
import { longAxisHeadingDeg, parallelSweep, widthAcrossM, type SweepShape } from "./parallelSweep.js";
import type { PatternRequest } from "./pattern.js";

const AREA = areaOf([0, 0], [400, 0], [400, 100], [0, 100]);
const shape = (changes: Partial<SweepShape> = {}): SweepShape => ({
  legHeadingDeg: 90,
  trackSpacingM: 20,
  turnaroundM: 0,
  ...changes,
});
function sweepOf(area: typeof AREA, settings: SweepShape, home = metres(0, -50)) {
  const sweep = parallelSweep(area, settings, home);
  if (!sweep.ok) throw new Error(sweep.error.kind);
  return sweep.value;
}

describe("the settings of a parallel sweep", () => {
  /** A camera of 640 px whose picture is as wide as the height: a person is seen up to 64 m. */
  const camera = { ...anAircraft().camera, hfovDeg: (2 * Math.atan(0.5) * 180) / Math.PI };
  const settingsFor = (changes: Partial<PatternRequest> = {}) =>
    parallel.defaults({
      ...aRequest({ aircraft: anAircraft({ camera }), area: AREA, podWanted: 1 - Math.exp(-2) }),
      home: { position: metres(0, 0), altitudeAmslM: 0 },
      ...changes,
    });

  it("follow from the area, the aircraft and what must be seen", () => {
    // At 60 m the sweep width is 54 m and 27 m the widest spacing: 100 m are four strips of 25 m.
    expect(settingsFor()).toEqual({
      legHeadingDeg: expect.closeTo(90, 2),
      trackSpacingM: expect.closeTo(25, 3),
      height: { datum: "home", valueM: 60 },
      groundSpeedMps: 10,
      turnaroundM: 0,
    });
  });

  it("are what a person says instead", () => {
    const override = {
      heightAboveHomeM: 42,
      trackSpacingM: 13,
      legHeadingDeg: 12,
      groundSpeedMps: 6,
      turnaroundM: 30,
    };
    expect(settingsFor({ override })).toEqual({
      legHeadingDeg: 12,
      trackSpacingM: 13,
      height: { datum: "home", valueM: 42 },
      groundSpeedMps: 6,
      turnaroundM: 30,
    });
    // The spacing follows from a height and a heading that were fixed: 400 m across, 18 m at 40 m of height.
    expect(settingsFor({ override: { heightAboveHomeM: 40, legHeadingDeg: 0 } }).trackSpacingM).toBeCloseTo(
      400 / 23,
      2,
    );
  });

  it.each([
    [190, 10],
    [180, 0],
    [-10, 170],
    [359, 179],
    [-370, 170],
  ])("have a heading of %d as %d", (asked, legHeadingDeg) => {
    expect(settingsFor({ override: { legHeadingDeg: asked } }).legHeadingDeg).toBeCloseTo(legHeadingDeg, 9);
  });

  it("are not narrower than half a metre, and the widest spacing where there is no area", () => {
    expect(settingsFor({ area: areaOf([0, 0], [400, 0], [400, 0.3], [0, 0.3]) }).trackSpacingM).toBe(0.5);
    expect(settingsFor({ area: [] }).trackSpacingM).toBeCloseTo(27, 6);
  });

  it("need no more legs where a whole number of the widest spacing fits exactly", () => {
    const width = (acrossM: number) => areaOf([0, 0], [400, 0], [400, acrossM], [0, acrossM]);
    expect(settingsFor({ area: width(80.99) }).trackSpacingM).toBeCloseTo(80.99 / 3, 3);
    expect(settingsFor({ area: width(81.01) }).trackSpacingM).toBeCloseTo(81.01 / 4, 3);
  });
});

describe("a parallel sweep", () => {
  it("names its headings, the way there and the way back", () => {
    const headings = (legHeadingDeg: number) =>
      new Set(sweepOf(AREA, shape({ legHeadingDeg })).legs.map(({ headingDeg }) => Math.round(headingDeg)));
    expect(headings(90)).toEqual(new Set([90, 270]));
    expect(headings(30)).toEqual(new Set([30, 210]));
    expect(headings(0)).toEqual(new Set([0, 180]));
  });

  it("is as long as its legs and the ways between them", () => {
    const { legs, lengthM } = sweepOf(AREA, shape({ legHeadingDeg: 60 }));
    const ends = legs.flatMap(({ from, to }) => [offset(from), offset(to)]);
    const sumM = ends.slice(1).reduce((sum, end, i) => sum + Math.hypot(end.xM - ends[i]!.xM, end.yM - ends[i]!.yM), 0);
    expect(lengthM).toBeCloseTo(sumM, 2);
  });

  it("sees half a spacing past its ends, and not more than its swath", () => {
    // One leg in the middle of 400 m by 20 m, from 10 m to 390 m.
    const strip = areaOf([0, 0], [400, 0], [400, 20], [0, 20]);
    const { coveredFraction } = sweepOf(strip, shape());
    expect(coveredFraction(20)).toBeCloseTo(1, 4);
    expect(coveredFraction(40)).toBeCloseTo(1, 4);
    expect(coveredFraction(10)).toBeCloseTo(0.5 * (390 / 400), 2);
  });

  it("counts the ways that leave the area, unless it turns outside anyway", () => {
    expect(sweepOf(THREE_ARMS, shape({ trackSpacingM: 50 })).transitsOutsideArea).toBe(1);
    expect(sweepOf(THREE_ARMS, shape({ trackSpacingM: 50, turnaroundM: 20 })).transitsOutsideArea).toBe(0);
    expect(sweepOf(AREA, shape()).transitsOutsideArea).toBe(0);
  });

  it("goes round a notch rather than across it", () => {
    const arms = areaOf([0, 0], [400, 0], [400, 50], [40, 50], [40, 60], [400, 60], [400, 110], [0, 110]);
    // Legs of half a kilometre's strip, 20 m apart: the shortest way between the arms is across the gap at the east.
    const { transitsOutsideArea, legs } = sweepOf(arms, shape({ trackSpacingM: 25 }), metres(-20, 0));
    expect(legs).toHaveLength(5);
    expect(transitsOutsideArea).toBe(0);
  });
});

describe("limits of a sweep", () => {
  const failureOf = (settings: Partial<SweepShape>, area = AREA) => {
    const sweep = parallelSweep(area, shape(settings));
    return sweep.ok ? undefined : sweep.error;
  };

  it.each([
    [{ legHeadingDeg: Number.NaN }, "legHeadingDeg"],
    [{ legHeadingDeg: Number.POSITIVE_INFINITY }, "legHeadingDeg"],
    [{ trackSpacingM: 0.49 }, "trackSpacingM"],
    [{ trackSpacingM: 100_001 }, "trackSpacingM"],
    [{ trackSpacingM: Number.NaN }, "trackSpacingM"],
    [{ turnaroundM: -1 }, "turnaroundM"],
    [{ turnaroundM: 1001 }, "turnaroundM"],
    [{ turnaroundM: Number.NaN }, "turnaroundM"],
  ])("refuse %o by its name", (settings, setting) => {
    expect(failureOf(settings)).toEqual({ kind: "bad-setting", setting, value: Object.values(settings)[0] });
  });

  it("take the values at their ends", () => {
    const small = areaOf([0, 0], [40, 0], [40, 10], [0, 10]);
    for (const settings of [
      { trackSpacingM: 0.5 },
      { trackSpacingM: 100_000 },
      { turnaroundM: 1000 },
      { legHeadingDeg: -720 },
    ])
      expect(failureOf(settings, small)).toBeUndefined();
  });

  it("are a thousand legs, by strips and by their pieces", () => {
    const tall = (heightM: number) => areaOf([0, 0], [30, 0], [30, heightM], [0, heightM]);
    expect(failureOf({ trackSpacingM: 0.5 }, tall(499.9))).toBeUndefined();
    expect(failureOf({ trackSpacingM: 0.5 }, tall(500.4))).toEqual({ kind: "too-many-legs", legs: 1001, limit: 1000 });
    // A comb with thirty teeth: sixty strips are 60 legs at its foot and 1,800 pieces in its teeth.
    const teeth = Array.from({ length: 30 }, (_, i): (readonly [number, number])[] => [
      [10 * i + 5, 0],
      [10 * i + 5, 60],
      [10 * i + 10, 60],
      [10 * i + 10, 0],
    ]).flat();
    const comb = areaOf([0, -10], [0, 0], ...teeth, [310, 0], [310, -10]);
    const failure = failureOf({ trackSpacingM: 1 }, comb);
    expect(failure).toMatchObject({ kind: "too-many-legs", limit: 1000 });
    expect(failure?.kind === "too-many-legs" && failure.legs).toBe(60 * 30 + 10);
  });
});

describe("the extent of an area", () => {
  it("across the legs", () => {
    expect(widthAcrossM(AREA, 90)).toBeCloseTo(100, 1);
    expect(widthAcrossM(AREA, 0)).toBeCloseTo(400, 1);
    expect(widthAcrossM(AREA, 45)).toBeCloseTo(500 * Math.SQRT1_2, 1);
    const slanting = areaOf([0, 0], [300, 300], [250, 350], [-50, 50]);
    expect(widthAcrossM(slanting, 45)).toBeCloseTo(50 * Math.SQRT2, 1);
    expect(widthAcrossM([], 90)).toBeUndefined();
  });

  it("along its long axis, from 0 to less than 180 degrees", () => {
    expect(longAxisHeadingDeg(areaOf([0, 0], [100, 0], [100, 400], [0, 400]))).toBeLessThan(180);
    expect(longAxisHeadingDeg(areaOf([0, 0], [-300, 300], [-250, 350], [50, 50]))).toBeCloseTo(135, 1);
    expect(longAxisHeadingDeg(areaOf([0, 0], [300, 300], [250, 350], [-50, 50]))).toBeCloseTo(45, 1);
  });
});
