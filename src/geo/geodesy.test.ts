import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM, initialBearingDeg } from "./geodesic.js";
import { amslFromEllipsoidM, ellipsoidFromAmslM, geoidHeightM } from "./geoid.js";
import { localFrameAt } from "./localFrame.js";

const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });

describe("geodesics", () => {
  it("agree with published values", () => {
    // Example of GeographicLib's documentation: Wellington to Salamanca.
    expect(geodesicDistanceM(at(-41.32, 174.81), at(40.96, -5.5))).toBeCloseTo(19_959_679.267, 2);
    expect(initialBearingDeg(at(-41.32, 174.81), at(40.96, -5.5))).toBeCloseTo(161.067_669_99, 6);
    // GeographicLib's example JFK to LHR.
    expect(geodesicDistanceM(at(40.6, -73.8), at(51.6, -0.5))).toBeCloseTo(5_551_759.4, 0);
    // Geoscience Australia's example for Vincenty's formulae, Flinders Peak to Buninyong (computed on GRS80: same to a millimetre).
    const flinders = at(-(37 + 57 / 60 + 3.7203 / 3600), 144 + 25 / 60 + 29.5244 / 3600);
    const buninyong = at(-(37 + 39 / 60 + 10.1561 / 3600), 143 + 55 / 60 + 35.3839 / 3600);
    expect(geodesicDistanceM(flinders, buninyong)).toBeCloseTo(54_972.271, 2);
    expect(initialBearingDeg(flinders, buninyong)).toBeCloseTo(306 + 52 / 60 + 5.37 / 3600, 5);
  });

  it("lead where they say", () => {
    const start = at(50.77, 1.6);
    const end = destination(start, 305, 1234.5);
    expect(geodesicDistanceM(start, end)).toBeCloseTo(1234.5, 6);
    expect(initialBearingDeg(start, end)).toBeCloseTo(305, 6);
  });

  it("agree with the local frame to a centimetre within 5 km", () => {
    const origin = at(50.77, 1.6);
    const frame = localFrameAt(origin);
    for (const bearingDeg of [0, 45, 123, 251]) {
      const { eastM, northM } = frame.toEnu(destination(origin, bearingDeg, 5000), 0);
      expect(Math.hypot(eastM, northM)).toBeCloseTo(5000, 2);
      expect((Math.atan2(eastM, northM) * 180) / Math.PI).toBeCloseTo(
        bearingDeg > 180 ? bearingDeg - 360 : bearingDeg,
        3,
      );
    }
  });
});

describe("the geoid", () => {
  it("lies 45 m above the ellipsoid at Dieppe", () => {
    expect(geoidHeightM(at(49.93, 1.08))).toBeCloseTo(45.1, 1);
  });

  it("agrees with the test values that come with EGM96 (outintpt.dat), to the grid's interpolation", () => {
    for (const [latitudeDeg, longitudeDeg, heightM] of [
      [38.628155, 269.779155, -31.628],
      [-14.621217, 305.021114, -2.969],
      [46.874319, 102.448729, -43.575],
      [-23.617446, 133.874712, 15.871],
    ] as const)
      expect(
        Math.abs(geoidHeightM(at(latitudeDeg, longitudeDeg > 180 ? longitudeDeg - 360 : longitudeDeg)) - heightM),
      ).toBeLessThan(0.5);
  });

  it("takes heights there and back", () => {
    const dieppe = at(49.93, 1.08);
    expect(ellipsoidFromAmslM(dieppe, 10)).toBeCloseTo(55.1, 1);
    expect(amslFromEllipsoidM(dieppe, ellipsoidFromAmslM(dieppe, 10))).toBeCloseTo(10, 9);
  });
});
