import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contains, isWayInside, longAxisRad, signedAreaM2, spansAt, type Ring } from "./polygon.js";
import { selfCrossing } from "./selfCrossing.js";

const ringOf = (...corners: readonly (readonly [number, number])[]): Ring => corners.map(([xM, yM]) => ({ xM, yM }));
const square = ringOf([0, 0], [10, 0], [10, 10], [0, 10]);
const notch = ringOf([0, 0], [30, 0], [30, 20], [20, 20], [20, 5], [10, 5], [10, 20], [0, 20]);

describe("polygons in metres", () => {
  it("have a surface with the sign of their direction", () => {
    expect(signedAreaM2(square)).toBe(100);
    expect(signedAreaM2([...square].reverse())).toBe(-100);
    expect(signedAreaM2(ringOf([0, 0], [1, 1]))).toBe(0);
  });

  it("contain what is inside, not what lies in a notch", () => {
    expect(contains(square, { xM: 5, yM: 5 })).toBe(true);
    expect(contains(notch, { xM: 15, yM: 12 })).toBe(false);
    expect(contains(notch, { xM: 15, yM: 2 })).toBe(true);
  });

  it("cross themselves exactly when they do", () => {
    expect(selfCrossing(square)).toBeUndefined();
    expect(selfCrossing(notch)).toBeUndefined();
    expect(selfCrossing(ringOf([0, 0], [10, 10], [10, 0], [0, 10]))).toEqual({ firstEdge: 0, secondEdge: 2 });
    // A spike: the outline goes out and back along the same line.
    expect(selfCrossing(ringOf([0, 0], [10, 0], [10, 5], [10, 20], [10, 5], [0, 5]))).toBeDefined();
    // A corner that lies on another edge.
    expect(selfCrossing(ringOf([0, 0], [10, 0], [5, 5], [10, 10], [0, 10], [5, 5]))).toBeDefined();
    // A corner in the middle of a straight edge is allowed.
    expect(selfCrossing(ringOf([0, 0], [5, 0], [10, 0], [10, 10], [0, 10]))).toBeUndefined();
  });

  it("decide near misses exactly", () => {
    const almost = ringOf([0, 0], [1e6, 1e-9], [1e6, 1], [5e5, 5.000_000_01e-10 + 1e-12], [0, 1]);
    expect(selfCrossing(almost)).toBeUndefined();
  });

  it("are cut into stretches by a line", () => {
    expect(spansAt(notch, 10)).toEqual([
      { fromM: 0, toM: 10 },
      { fromM: 20, toM: 30 },
    ]);
    expect(spansAt(notch, 2)).toEqual([{ fromM: 0, toM: 30 }]);
    expect(spansAt(notch, 25)).toEqual([]);
  });

  it("hold a way or not", () => {
    expect(isWayInside(notch, { xM: 5, yM: 15 }, { xM: 25, yM: 15 })).toBe(false);
    expect(isWayInside(notch, { xM: 5, yM: 2 }, { xM: 25, yM: 2 })).toBe(true);
    expect(isWayInside(notch, { xM: 0, yM: 0 }, { xM: 30, yM: 0 })).toBe(true);
    expect(isWayInside(notch, { xM: 10, yM: 20 }, { xM: 20, yM: 20 })).toBe(false);
  });

  it("have the long axis of the rectangle they were drawn in, however turned (seed 3)", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: Math.PI, noNaN: true }), (rad) => {
        const turned = ringOf([0, 0], [40, 0], [40, 10], [0, 10]).map(({ xM, yM }) => ({
          xM: xM * Math.cos(rad) - yM * Math.sin(rad),
          yM: xM * Math.sin(rad) + yM * Math.cos(rad),
        }));
        expect(Math.abs(Math.sin(longAxisRad(turned) - rad))).toBeLessThan(1e-6);
      }),
      { seed: 3 },
    );
  });
});
