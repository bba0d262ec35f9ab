import { describe, expect, it } from "vitest";
import type { PatternRequest } from "./patterns/pattern.js";
import { heightFor, seaBelowHomeM, widestSpacingM } from "./searchHeight.js";
import { greatestHeightM, sweepWidthM } from "./sweepWidth.js";
import { anAircraft, aRequest, BEACH } from "./testing/planBuilders.js";

const homeAt = (altitudeAmslM: number): PatternRequest["home"] => ({ position: BEACH, altitudeAmslM });
const requestOf = (changes: Partial<PatternRequest> = {}): PatternRequest =>
  aRequest({ aircraft: anAircraft(), home: homeAt(0), ...changes });
/** A camera of 640 px whose picture is as wide as the height. */
const SQUARE = { ...anAircraft().camera, hfovDeg: (2 * Math.atan(0.5) * 180) / Math.PI };

describe("the sea below home", () => {
  it.each([
    [-3, 0],
    [0, 0],
    [4, 4],
    [150, 150],
    // Above the cliffs home is inland, and the ground below the flight as high as home.
    [150.1, 0],
  ])("home at %d m: %d m", (altitudeAmslM, belowM) => {
    expect(seaBelowHomeM(homeAt(altitudeAmslM))).toBe(belowM);
  });
});

describe("the height of a search", () => {
  const heightAt = (altitudeAmslM: number, see: PatternRequest["see"] = "person", widthPx = 640): number =>
    heightFor(
      requestOf({ see, home: homeAt(altitudeAmslM), aircraft: anAircraft({ camera: { ...SQUARE, widthPx } }) }),
    );

  it("is the greatest at which the object has its pixels, above the sea, in steps of 5 m", () => {
    // 640 px over the height in metres: half a metre has 5 px at 64 m, eight metres have 20 px at 256 m.
    expect(greatestHeightM("person", SQUARE)).toBeCloseTo(64, 9);
    expect(greatestHeightM("boat", SQUARE)).toBeCloseTo(256, 9);
    expect([0, 4, 5, 14].map((amslM) => heightAt(amslM))).toEqual([60, 60, 55, 50]);
    expect(heightAt(0, "person", 650)).toBe(65);
  });

  it("is 110 m above the sea at most, and 20 m above home at least", () => {
    expect([0, 1, 10].map((amslM) => heightAt(amslM, "boat"))).toEqual([110, 105, 100]);
    expect([39, 40, 140].map((amslM) => heightAt(amslM))).toEqual([25, 20, 20]);
  });
});

describe("the sweep width", () => {
  it("is nine tenths of the swath where the object has its pixels, and nothing above", () => {
    expect(sweepWidthM("person", SQUARE, 64)).toBeCloseTo(57.6, 9);
    expect(sweepWidthM("person", SQUARE, 64.01)).toBe(0);
    expect(sweepWidthM("boat", SQUARE, 256)).toBeCloseTo(230.4, 9);
  });

  it("grows with the slant of the camera", () => {
    expect(sweepWidthM("boat", { ...SQUARE, depressionDeg: 30 }, 50)).toBeCloseTo(90, 9);
  });
});

describe("the widest spacing", () => {
  const spacingAt = (heightM: number, changes: Partial<PatternRequest>): number =>
    widestSpacingM(requestOf({ aircraft: anAircraft({ camera: SQUARE }), ...changes }), heightM);

  it("is the sweep width by the coverage factor that the wanted probability needs", () => {
    // POD = 1 - exp(-C): one of 1 - 1/e² needs C = 2.
    expect(spacingAt(60, { podWanted: 1 - Math.exp(-2) })).toBeCloseTo(27, 6);
    // The sea is lower than home: the swath is wider there.
    expect(spacingAt(60, { podWanted: 1 - Math.exp(-2), home: homeAt(4) })).toBeCloseTo((64 * 0.9) / 2, 6);
  });

  it("leaves no gaps for a small probability, and is no endless sweep for a certain one", () => {
    expect(spacingAt(60, { podWanted: 0.2 })).toBeCloseTo(54, 6);
    expect(spacingAt(60, { podWanted: 1 })).toBeCloseTo(54 / Math.log(1000), 6);
    expect(spacingAt(1, { podWanted: 0.9 })).toBe(1);
  });

  it("is that of half the swath where nothing can be claimed", () => {
    expect(spacingAt(100, { podWanted: 1 - Math.exp(-2) })).toBeCloseTo(25, 6);
  });
});
