import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { waterlineShift } from "./waterlineShift.js";

/** Boulogne: mean high water springs 8.755 m above LAT. */
const at = (heightChartDatumM: number) => ({
  ...{ heightChartDatumM, meanHighWaterSpringsM: 8.755 },
  sigma: { chartDatumM: 0.25, amslM: 0.39 },
});

describe("the waterline's shift", () => {
  it("is none at mean high water springs, where the coast's line is drawn", () => {
    expect(waterlineShift(at(8.755), 0.02)?.seawardM).toBe(0);
  });

  it("follows the slope: 5 m below the line's level are 250 m of a beach of 1 in 50, 500 m of 1 in 100", () => {
    expect(waterlineShift(at(3.755), 0.02)?.seawardM).toBeCloseTo(250, 6);
    expect(waterlineShift(at(3.755), 0.01)?.seawardM).toBeCloseTo(500, 6);
  });

  it("goes landward above that level", () => {
    expect(waterlineShift(at(9.155), 0.02)?.seawardM).toBeCloseTo(-20, 6);
  });

  it("times the slope is the height, whatever both are", () => {
    const height = fc.double({ min: -1, max: 12, noNaN: true });
    const slope = fc.double({ min: 0.002, max: 2, noNaN: true });
    fc.assert(
      fc.property(height, slope, (heightM, ratio) => {
        const shift = waterlineShift(at(heightM), ratio);
        expect((shift?.seawardM ?? Number.NaN) * ratio).toBeCloseTo(8.755 - heightM, 9);
      }),
    );
  });

  it("carries the errors of the tide and of the slope", () => {
    // 0.25 m over 1 in 50 are 12.5 m; half of 250 m are 125 m.
    expect(waterlineShift(at(8.755), 0.02)?.sigmaM).toBeCloseTo(12.5, 6);
    expect(waterlineShift(at(3.755), 0.02)?.sigmaM).toBeCloseTo(Math.hypot(12.5, 125), 6);
  });

  it.each([0, -0.02, Number.NaN])("is not known on a beach of slope %d", (slope) => {
    expect(waterlineShift(at(5), slope)).toBeUndefined();
  });
});
