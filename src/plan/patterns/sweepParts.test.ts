/** The steps of a sweep, each by itself, in a plane whose legs run along x. */
import { describe, expect, it } from "vitest";
import type { Point2, Ring } from "../../geo/polygon.js";
import { coveredFraction } from "./coverage.js";
import { countOfStrips, extentOf, linesOfStrip, stripsAcross, withTurnarounds, type SweepLine } from "./sweepLines.js";
import { orderLines } from "./sweepOrder.js";

const ringOf = (...corners: readonly (readonly [number, number])[]): Ring => corners.map(([xM, yM]) => ({ xM, yM }));
const box = (widthM: number, heightM: number, lowM = 0): Ring =>
  ringOf([0, lowM], [widthM, lowM], [widthM, lowM + heightM], [0, lowM + heightM]);
const line = (strip: number, fromM: number, toM: number, yM = 20 * strip): SweepLine => ({ strip, yM, fromM, toM });
/** A notch 100 m wide from y = 60 upwards. */
const NOTCHED = ringOf([0, 0], [300, 0], [300, 200], [200, 200], [200, 60], [100, 60], [100, 200], [0, 200]);

describe("the strips of an area", () => {
  const strips = (heightM: number, lowM = 0) =>
    stripsAcross(box(400, heightM, lowM), 20).map((yM) => Math.round(yM * 100) / 100);

  it("are one spacing wide, the outer ones half a spacing inside", () => {
    expect(strips(100)).toEqual([10, 30, 50, 70, 90]);
    expect(strips(100, -40)).toEqual([-30, -10, 10, 30, 50]);
  });

  it("draw the last one nearer where they do not fit", () => {
    expect(strips(92)).toEqual([10, 30, 50, 70, 82]);
    expect(strips(21)).toEqual([10, 11]);
  });

  it("are not one more for two hundredths of a spacing, which both sides share", () => {
    expect(strips(100.3)).toEqual([10.15, 30.15, 50.15, 70.15, 90.15]);
    expect(strips(100.5)).toEqual([10, 30, 50, 70, 90, 90.5]);
  });

  it("are one in the middle of a narrow area", () => {
    expect(strips(10, 100)).toEqual([105]);
    expect(strips(20.2)).toEqual([10.1]);
  });

  it("are counted without laying them", () => {
    expect([20, 20.1, 100, 100.1].map((heightM) => countOfStrips(box(400, heightM), 20))).toEqual([1, 2, 5, 6]);
    expect(extentOf(box(400, 100, -40))).toEqual({ lowM: -40, highM: 60 });
  });
});

describe("the legs of a strip", () => {
  const legs = (ring: Ring, yM: number) =>
    linesOfStrip(ring, { strip: 7, yM }, 20).map(({ strip, yM: atM, fromM, toM }) => [
      strip,
      atM,
      Math.round(fromM * 100) / 100,
      Math.round(toM * 100) / 100,
    ]);

  it("end half a spacing before a straight side", () => {
    expect(legs(box(400, 100), 10)).toEqual([[7, 10, 10, 390]]);
  });

  it("go on to a slanting side, whose far corner would else be missed", () => {
    expect(legs(ringOf([0, 0], [100, 0], [0, 100]), 10)).toEqual([[7, 10, 10, 90]]);
    expect(legs(ringOf([0, 0], [100, 0], [100, 100]), 10)).toEqual([[7, 10, 10, 90]]);
    // Half as steep: 20 m along over the strip's 20 m across are 40 m, of which half a spacing is seen.
    expect(legs(ringOf([0, 0], [200, 0], [0, 100]), 10)).toEqual([[7, 10, 10, 180]]);
  });

  it("go on to a corner that stands out within the strip, above or below the leg", () => {
    const peaked = (peakM: number) =>
      ringOf([0, 0], [400, 0], [400, peakM - 4], [450, peakM], [400, peakM + 4], [400, 100], [0, 100]);
    expect(legs(peaked(12), 10)).toEqual([[7, 10, 10, 425]]);
    expect(legs(peaked(8), 10)).toEqual([[7, 10, 10, 425]]);
    const left = ringOf([400, 0], [0, 0], [0, 8], [-50, 12], [0, 16], [0, 100], [400, 100]);
    expect(legs(left, 10)).toEqual([[7, 10, -25, 390]]);
  });

  it("are one for each part beside a notch, and reach as far as the strip does at its foot", () => {
    expect(legs(NOTCHED, 75)).toEqual([
      [7, 75, 10, 90],
      [7, 75, 210, 290],
    ]);
    expect(legs(NOTCHED, 65)).toEqual([
      [7, 65, 10, 100],
      [7, 65, 200, 290],
    ]);
    expect(legs(NOTCHED, 30)).toEqual([[7, 30, 10, 290]]);
  });

  it("are a viewpoint in the middle of what is shorter than a spacing", () => {
    expect(legs(box(15, 100), 10)).toEqual([[7, 10, 7.5, 7.5]]);
    expect(legs(box(20, 100), 10)).toEqual([[7, 10, 10, 10]]);
    expect(legs(box(400, 100), 150)).toEqual([]);
  });
});

describe("turning outside", () => {
  const lines = [line(0, 10, 90, 75), line(0, 210, 290, 75)];
  it("moves the outer ends past the area, not those at a notch", () => {
    expect(withTurnarounds(lines, NOTCHED, 15)).toEqual([line(0, -15, 90, 75), line(0, 210, 315, 75)]);
    expect(withTurnarounds([line(0, 10, 390, 10)], box(400, 100), 15)).toEqual([line(0, -15, 415, 10)]);
  });

  it("is not done where it is not asked for, and not without a leg", () => {
    expect(withTurnarounds(lines, NOTCHED, 0)).toBe(lines);
    expect(withTurnarounds([], NOTCHED, 15)).toEqual([]);
    const outside = [line(0, 10, 20, 900)];
    expect(withTurnarounds(outside, NOTCHED, 15)).toBe(outside);
  });
});

describe("the order of legs", () => {
  const lengthOf = (a: Point2, b: Point2): number => Math.hypot(b.xM - a.xM, b.yM - a.yM);
  const flown = (lines: readonly SweepLine[], home?: readonly [number, number], cost = lengthOf) =>
    orderLines(lines, home && { xM: home[0], yM: home[1] }, cost).map(({ from, to }) => {
      expect(to.yM).toBe(from.yM);
      return [from.xM, to.xM, from.yM];
    });
  const three = [line(0, 10, 90), line(1, 10, 90), line(2, 10, 90)];

  it("is to and fro, from the corner that makes the way from home and back shortest", () => {
    const northEast = [
      [10, 90, 0],
      [90, 10, 20],
      [10, 90, 40],
    ];
    expect(flown(three, [0, -10])).toEqual(northEast);
    expect(flown(three)).toEqual(northEast);
    expect(flown(three, [100, 50])).toEqual([
      [90, 10, 40],
      [10, 90, 20],
      [90, 10, 0],
    ]);
    expect(flown(three, [100, -10])).toEqual([
      [90, 10, 0],
      [10, 90, 20],
      [90, 10, 40],
    ]);
    expect(flown(three, [0, 50])).toEqual([
      [10, 90, 40],
      [90, 10, 20],
      [10, 90, 0],
    ]);
  });

  it("follows single legs of neighbouring strips although they do not overlap", () => {
    expect(flown([line(0, 0, 10), line(1, 50, 60)], [0, 0])).toEqual([
      [0, 10, 0],
      [60, 50, 20],
    ]);
  });

  it("flies each branch of an area by itself, and the nearest next", () => {
    // One leg below, two branches of two legs each above it.
    const branched = [line(0, 0, 100), line(1, 0, 40), line(1, 60, 100), line(2, 0, 40), line(2, 60, 100)];
    expect(flown(branched, [0, -5])).toEqual([
      [40, 0, 20],
      [0, 40, 40],
      [60, 100, 40],
      [100, 60, 20],
      [100, 0, 0],
    ]);
  });

  it("does not join a leg to two, nor two legs to one", () => {
    const forked = [line(0, 0, 100), line(1, 0, 40), line(1, 60, 100), line(2, 0, 100)];
    const order = flown(forked, [0, -5]);
    expect([...order].sort(([, , a = 0], [, , b = 0]) => a - b).map(([, , yM]) => yM)).toEqual([0, 20, 20, 40]);
    expect(order).toEqual([
      [0, 100, 0],
      [100, 60, 20],
      [40, 0, 20],
      [0, 100, 40],
    ]);
  });

  it("keeps clear of a way that costs more", () => {
    const branches = [line(0, 0, 40), line(0, 60, 100), line(1, 0, 40), line(1, 60, 100)];
    expect(flown(branches, [0, -5])).toEqual([
      [40, 0, 0],
      [0, 40, 20],
      [60, 100, 20],
      [100, 60, 0],
    ]);
    // Across the gap at y = 20 everything costs ten times as much.
    const dear = (a: Point2, b: Point2): number => lengthOf(a, b) * (a.yM === 20 && b.xM > 50 !== a.xM > 50 ? 10 : 1);
    expect(flown(branches, [0, -5], dear)).toEqual([
      [40, 0, 20],
      [0, 40, 0],
      [60, 100, 0],
      [100, 60, 20],
    ]);
  });

  it("begins at the nearest part where there are too many to try", () => {
    const scattered = Array.from({ length: 13 }, (_, i) => [
      line(i, 100 * i, 100 * i + 10),
      line(i, 100 * i + 20, 100 * i + 30),
    ]).flat();
    expect(flown(scattered, [621, 120])[0]).toEqual([620, 630, 120]);
    expect(flown(scattered)[0]).toEqual([0, 10, 0]);
    expect(flown(scattered, [621, 120])).toHaveLength(26);
  });

  it("is none without legs: the caller has refused such an area", () => {
    expect(() => orderLines([], undefined, lengthOf)).toThrow("Invariant");
  });
});

describe("the part of the area that is seen", () => {
  // 120 rows of one metre.
  const area = box(100, 120);
  const fraction = (lines: readonly SweepLine[], swathM = 40, beyondM = 0) =>
    coveredFraction(area, lines, { swathM, beyondM });
  const at = (fromM: number, toM: number, yM = 60) => line(0, fromM, toM, yM);

  it("is half a swath to each side of a leg, and as far past its ends as is seen", () => {
    expect(fraction([at(10, 90)])).toBeCloseTo((40 * 80) / 12_000, 9);
    expect(fraction([at(10, 90)], 40, 5)).toBeCloseTo((40 * 90) / 12_000, 9);
    expect(fraction([at(10, 90)], 40, 50)).toBeCloseTo((40 * 100) / 12_000, 9);
    expect(fraction([at(10, 90)], 41, 0)).toBeCloseTo((42 * 80) / 12_000, 9);
    expect(fraction([at(10, 90, 0)])).toBeCloseTo((20 * 80) / 12_000, 9);
  });

  it("counts ground seen from two legs once, whatever their order", () => {
    for (const lines of [
      [at(10, 60), at(40, 90)],
      [at(40, 90), at(10, 60)],
      [at(10, 90), at(30, 50), at(10, 20)],
    ])
      expect(fraction(lines)).toBeCloseTo((40 * 80) / 12_000, 9);
    expect(fraction([at(10, 30), at(60, 90)])).toBeCloseTo((40 * 50) / 12_000, 9);
    expect(fraction([at(10, 90, 20), at(10, 90, 100)])).toBeCloseTo((80 * 80) / 12_000, 9);
  });

  it("is all, nothing, and nothing of a surface that is none", () => {
    expect(fraction([at(0, 100)], 120)).toBe(1);
    expect(fraction([])).toBe(0);
    expect(fraction([at(200, 300)])).toBe(0);
    expect(coveredFraction(ringOf([0, 0], [0, 0], [0, 0]), [at(0, 1)], { swathM: 9, beyondM: 0 })).toBe(0);
  });

  it("counts every part of a row with a notch", () => {
    const lines = [line(0, 0, 100, 130), line(0, 250, 300, 130)];
    // 200 rows' worth of metres: 60 m of 300, 140 m of 200.
    expect(coveredFraction(NOTCHED, lines, { swathM: 140, beyondM: 0 })).toBeCloseTo(
      (140 * 150) / (18_000 + 28_000),
      2,
    );
  });
});
