import { describe, expect, it } from "vitest";
import type { Covariance2 } from "./contact.js";
import { addCovariance, ce95, circular, ellipse95, mahalanobis2, scaleCovariance, spread } from "./covariance.js";

const CHI_95 = Math.sqrt(5.991464547);

/** One sigma along a direction, another across it. */
function turned(alongM: number, acrossM: number, towardsDeg: number): Covariance2 {
  const [s, c] = [Math.sin((towardsDeg * Math.PI) / 180), Math.cos((towardsDeg * Math.PI) / 180)];
  return addCovariance(spread(alongM * s, alongM * c), spread(acrossM * c, -acrossM * s));
}

describe("the error ellipse", () => {
  it.each([0, 20, 45, 70, 90, 110, 135, 160, 179])("lies where the error is: %i° true, clockwise from north", (deg) => {
    const ellipse = ellipse95(turned(3, 1, deg));
    // The direction has no sense: just below 180 is next to 0.
    const offDeg = ((((ellipse.orientationDeg - deg) % 180) + 270) % 180) - 90;
    expect(offDeg).toBeCloseTo(0, 9);
    expect(ellipse.orientationDeg).toBeGreaterThanOrEqual(0);
    expect(ellipse.orientationDeg).toBeLessThan(180);
    expect(ellipse.semiMajorM).toBeCloseTo(3 * CHI_95, 9);
    expect(ellipse.semiMinorM).toBeCloseTo(CHI_95, 9);
  });

  it("is not mirrored: an error to the north-east and one to the north-west are told apart", () => {
    expect(ellipse95(spread(2, 1)).orientationDeg).toBeCloseTo(63.434949, 5);
    expect(ellipse95(spread(-2, 1)).orientationDeg).toBeCloseTo(116.565051, 5);
  });

  it("of a single error source is a line, never of negative width", () => {
    const { semiMajorM, semiMinorM } = ellipse95(spread(0.3, 0.7));
    expect(semiMajorM).toBeCloseTo(Math.hypot(0.3, 0.7) * CHI_95, 9);
    expect(semiMinorM).toBeGreaterThanOrEqual(0);
    expect(semiMinorM).toBeLessThan(1e-6);
    // Rounding may leave a slightly negative variance: that is none.
    expect(ellipse95({ eastEastM2: 1, eastNorthM2: 1.1, northNorthM2: 1 }).semiMinorM).toBe(0);
  });
});

describe("covariances", () => {
  const one: Covariance2 = { eastEastM2: 1, eastNorthM2: 2, northNorthM2: 3 };

  it("of independent errors add up, and grow with a factor", () => {
    expect(addCovariance(one, { eastEastM2: 10, eastNorthM2: 20, northNorthM2: 30 })).toEqual({
      ...{ eastEastM2: 11, eastNorthM2: 22, northNorthM2: 33 },
    });
    expect(scaleCovariance(one, 0.5)).toEqual({ eastEastM2: 0.5, eastNorthM2: 1, northNorthM2: 1.5 });
    expect(spread(2, -3)).toEqual({ eastEastM2: 4, eastNorthM2: -6, northNorthM2: 9 });
    expect(circular(7)).toEqual({ eastEastM2: 7, eastNorthM2: 0, northNorthM2: 7 });
  });

  it("say how many sigmas an offset is: along the long axis few, across it many", () => {
    expect(mahalanobis2(3, 4, circular(25))).toBeCloseTo(1, 12);
    expect(mahalanobis2(4, 0, { eastEastM2: 4, eastNorthM2: 0, northNorthM2: 1 })).toBeCloseTo(4, 12);
    expect(mahalanobis2(0, 4, { eastEastM2: 4, eastNorthM2: 0, northNorthM2: 1 })).toBeCloseTo(16, 12);
    const northEast = turned(3, 1, 45);
    expect(mahalanobis2(3 * Math.SQRT1_2, 3 * Math.SQRT1_2, northEast)).toBeCloseTo(1, 12);
    expect(mahalanobis2(3 * Math.SQRT1_2, -3 * Math.SQRT1_2, northEast)).toBeCloseTo(9, 12);
  });

  it("without area make any offset infinitely unlikely", () => {
    expect(mahalanobis2(1, 1, spread(1, 1))).toBe(Infinity);
    expect(mahalanobis2(1, 1, circular(0))).toBe(Infinity);
    expect(mahalanobis2(1, 1, circular(Number.NaN))).toBe(Infinity);
  });
});

describe("the 95 % circle", () => {
  // Harter 1960, "Circular error probabilities", the 95 % column: the ratio of the sigmas, the radius over the larger one.
  it.each([
    [0, 1.95996],
    [0.1, 1.96253],
    [0.2, 1.97041],
    [0.3, 1.9842],
    [0.4, 2.0051],
    [0.5, 2.03586],
    [0.6, 2.0813],
    [0.7, 2.14598],
    [0.8, 2.23029],
    [0.9, 2.3318],
    [1, 2.44775],
  ])("of sigmas 1 and %f is known from a published table", (ratio, radius) => {
    expect(ce95(turned(1, ratio, 30))).toBeCloseTo(radius, 3);
    expect(ce95(turned(10 * ratio, 10, 120)) / 10).toBeCloseTo(radius, 3);
  });

  it("is read between the rows of its own table too", () => {
    // Halfway between two rows: never off by more than the 0.1 % that it promises, and rising with the ratio.
    const radii = Array.from({ length: 200 }, (_, i) => ce95(turned(1, i / 199, 0)));
    expect(radii).toEqual([...radii].sort((a, b) => a - b));
    expect(ce95(turned(1, 0.9875, 0))).toBeCloseTo((ce95(turned(1, 0.975, 0)) + ce95(circular(1))) / 2, 6);
  });

  it("is nothing without an error", () => {
    expect(ce95(circular(0))).toBe(0);
  });
});
