import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import {
  contains,
  edgeDistanceM,
  edgesWithin,
  isWayInside,
  longAxisRad,
  rotated,
  segmentDistanceM,
  spansAmong,
  spansAt,
  turn,
  type Point2,
  type Ring,
} from "./polygon.js";

const p = (xM: number, yM: number): Point2 => ({ xM, yM });
const ringOf = (...corners: readonly (readonly [number, number])[]): Ring => corners.map(([xM, yM]) => p(xM, yM));
const square = ringOf([0, 0], [10, 0], [10, 10], [0, 10]);
const notch = ringOf([0, 0], [30, 0], [30, 20], [20, 20], [20, 5], [10, 5], [10, 20], [0, 20]);

describe("a turn", () => {
  it("is 1 to the right, -1 to the left, 0 straight on", () => {
    expect(turn(p(0, 0), p(0, 1), p(1, 2))).toBe(1);
    expect(turn(p(0, 0), p(0, 1), p(-1, 2))).toBe(-1);
    expect(turn(p(0, 0), p(0, 1), p(0, 5))).toBe(0);
  });
});

describe("inside or outside", () => {
  it.each([
    [5, 5, true],
    [0.1, 9.9, true],
    [-0.1, 5, false],
    [10.1, 5, false],
    [5, -0.1, false],
    [5, 10.1, false],
  ])("of a square: (%f, %f) %s", (xM, yM, isInside) => {
    expect(contains(square, p(xM, yM))).toBe(isInside);
    expect(contains([...square].reverse(), p(xM, yM))).toBe(isInside);
  });

  it("of slanted edges, left and right of each", () => {
    const diamond = ringOf([0, -10], [10, 0], [0, 10], [-10, 0]);
    for (const [sx, sy] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const) {
      expect(contains(diamond, p(4.9 * sx, 5 * sy))).toBe(true);
      expect(contains(diamond, p(5.1 * sx, 5 * sy))).toBe(false);
    }
  });

  it("on the height of a corner a ray counts it once", () => {
    const arrow = ringOf([0, 0], [10, 5], [0, 10], [4, 5]);
    expect(contains(arrow, p(6, 5))).toBe(true);
    expect(contains(arrow, p(2, 5))).toBe(false);
    expect(contains(arrow, p(-1, 5))).toBe(false);
    expect(contains(arrow, p(11, 5))).toBe(false);
  });

  it("of nothing is outside", () => {
    expect(contains([], p(0, 0))).toBe(false);
  });
});

describe("the spans of a line", () => {
  it("through slanted edges begin and end where the edges are", () => {
    const diamond = ringOf([0, -10], [10, 0], [0, 10], [-10, 0]);
    expect(spansAt(diamond, 4)).toEqual([{ fromM: -6, toM: 6 }]);
    expect(spansAt(diamond, -7)).toEqual([{ fromM: -3, toM: 3 }]);
    expect(spansAt(ringOf([0, 0], [20, 10], [40, 0]), 2.5)).toEqual([{ fromM: 5, toM: 35 }]);
  });

  it("through a corner count as just above it", () => {
    expect(spansAt(square, 0)).toEqual([{ fromM: 0, toM: 10 }]);
    expect(spansAt(square, 10)).toEqual([]);
    expect(spansAt(notch, 5)).toEqual([
      { fromM: 0, toM: 10 },
      { fromM: 20, toM: 30 },
    ]);
    // A line just above the tip of a triangle has no length; one at its base has.
    expect(spansAt(ringOf([0, 0], [10, 10], [-10, 10]), 0)).toEqual([]);
  });

  it("need only the edges that reach into the band", () => {
    const low = edgesWithin(notch, 1, 3);
    expect(low).toHaveLength(2);
    expect(spansAmong(low, 2)).toEqual(spansAt(notch, 2));
    // Both ends belong to the band.
    expect(edgesWithin(square, 10, 20)).toHaveLength(3);
    expect(edgesWithin(square, -5, 0)).toHaveLength(3);
    expect(edgesWithin(square, 10.1, 20)).toEqual([]);
    expect(edgesWithin(square, -5, -0.1)).toEqual([]);
    expect(edgesWithin(square, 4, 5)).toHaveLength(2);
  });
});

describe("distances", () => {
  it.each([
    [5, 3, 3],
    [5, -3, 3],
    [-3, 4, 5],
    [13, 4, 5],
    [0, 0, 0],
    [10, 0, 0],
  ])("from (%f, %f) to the segment from 0 to 10: %f", (xM, yM, expectedM) => {
    expect(segmentDistanceM(p(0, 0), p(10, 0), p(xM, yM))).toBe(expectedM);
    // The same, turned and moved.
    expect(segmentDistanceM(p(7, 2), p(7, 12), p(7 + yM, 2 + xM))).toBe(expectedM);
  });

  it("to a slanted segment are along its normal", () => {
    expect(segmentDistanceM(p(1, 1), p(4, 5), p(1 + 1.5 - 4, 1 + 2 + 3))).toBeCloseTo(5, 12);
  });

  it("to a segment without length are those to its point", () => {
    expect(segmentDistanceM(p(1, 1), p(1, 1), p(4, 5))).toBe(5);
  });

  it("to a ring are those to its nearest edge, from inside too", () => {
    expect(edgeDistanceM(square, p(5, 2))).toBe(2);
    expect(edgeDistanceM(square, p(9, 5))).toBe(1);
    expect(edgeDistanceM(square, p(5, 14))).toBe(4);
    expect(edgeDistanceM(square, p(1, 5))).toBe(1);
    expect(edgeDistanceM([], p(1, 5))).toBe(Infinity);
  });
});

describe("a way inside an area", () => {
  it.each<readonly [string, Point2, Point2, boolean]>([
    ["across the notch", p(5, 15), p(25, 15), false],
    ["below the notch", p(5, 3), p(25, 3), true],
    ["along the floor of the notch", p(5, 5), p(25, 5), true],
    ["from corner to corner over the notch", p(10, 20), p(20, 20), false],
    ["down the wall of the notch", p(10, 20), p(10, 5), true],
    ["along an outer edge", p(0, 0), p(0, 20), true],
    ["out by half a millimetre", p(5, -0.0005), p(25, -0.0005), true],
    ["out by two millimetres", p(5, -0.002), p(25, -0.002), false],
    ["from inside to outside", p(5, 5), p(5, 25), false],
    ["from outside to inside", p(-5, 3), p(5, 3), false],
    ["all outside", p(-5, -5), p(35, -5), false],
    ["through, from outside to outside", p(-5, 3), p(35, 3), false],
    ["slanted, within", p(2, 18), p(8, 2), true],
    ["slanted, through the notch's corner", p(5, 10), p(15, 0), true],
    ["slanted, cutting the notch's corner", p(5, 12), p(17, 0), false],
    ["to a point on the edge", p(5, 3), p(30, 3), true],
    ["in the picture's other direction", p(25, 3), p(5, 3), true],
  ])("%s", (_, from, to, isInside) => {
    expect(isWayInside(notch, from, to)).toBe(isInside);
    expect(isWayInside(notch, to, from)).toBe(isInside);
    const mirrored = notch.map(({ xM, yM }) => p(yM, xM));
    expect(isWayInside(mirrored, p(from.yM, from.xM), p(to.yM, to.xM))).toBe(isInside);
  });
});

describe("the long axis", () => {
  it("of a rectangle is its longer side's, whichever corner comes first", () => {
    for (const [w, h, rad] of [
      [40, 10, 0],
      [10, 40, Math.PI / 2],
    ] as const) {
      const ring = ringOf([0, 0], [w, 0], [w, h], [0, h]);
      for (let start = 0; start < 4; start++) {
        const turned = [...ring.slice(start), ...ring.slice(0, start)];
        expect(Math.abs(Math.sin(longAxisRad(turned) - rad))).toBeLessThan(1e-9);
      }
    }
  });

  it("is that of the hull: notches and doubled corners do not matter", () => {
    const rough = ringOf([0, 0], [0, 0], [10, 0], [20, 0], [40, 0], [40, 10], [25, 10], [22, 3], [20, 10], [0, 10]);
    expect(Math.abs(Math.sin(longAxisRad(rough)))).toBeLessThan(1e-9);
    expect(Math.abs(Math.sin(longAxisRad(rotated(rough, 0.7)) - 0.7))).toBeLessThan(1e-9);
  });

  it("of a triangle lies along the side with the smallest rectangle", () => {
    const flat = ringOf([0, 0], [100, 0], [50, 10]);
    expect(Math.abs(Math.sin(longAxisRad(flat)))).toBeLessThan(1e-9);
    const steep = ringOf([0, 0], [10, 0], [5, 100]);
    // The rectangles: 10 by 100 on the base; on a slanted side 100.1 by 9.99.
    expect(Math.abs(Math.cos(longAxisRad(steep)))).toBeLessThan(0.06);
  });

  it("is that of the smallest rectangle among all directions of two corners (seed 11)", () => {
    const rng = seededRng(11);
    for (let round = 0; round < 60; round++) {
      const ring = Array.from({ length: 3 + (round % 9) }, () => p(80 * rng.uniform() - 40, 30 * rng.uniform() - 15));
      const sizeAlong = (rad: number): readonly [number, number] => {
        const along = ring.map(({ xM, yM }) => xM * Math.cos(rad) + yM * Math.sin(rad));
        const across = ring.map(({ xM, yM }) => yM * Math.cos(rad) - xM * Math.sin(rad));
        return [Math.max(...along) - Math.min(...along), Math.max(...across) - Math.min(...across)];
      };
      const areas = ring.flatMap((a, i) =>
        ring.slice(i + 1).map((b) => {
          const [lengthM, widthM] = sizeAlong(Math.atan2(b.yM - a.yM, b.xM - a.xM));
          return lengthM * widthM;
        }),
      );
      const drawn = [...ring];
      const [lengthM, widthM] = sizeAlong(longAxisRad(ring));
      expect(ring).toEqual(drawn);
      expect(lengthM * widthM).toBeCloseTo(Math.min(...areas), 6);
      expect(lengthM).toBeGreaterThanOrEqual(widthM);
    }
  });

  it("of nothing is that of the x axis", () => {
    expect(longAxisRad([])).toBe(0);
  });

  it("a ring is turned about the origin, anticlockwise", () => {
    const [first] = rotated(ringOf([2, 1]), Math.PI / 2);
    expect(first?.xM).toBeCloseTo(-1, 12);
    expect(first?.yM).toBeCloseTo(2, 12);
  });
});
