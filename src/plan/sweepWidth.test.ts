import { describe, expect, it } from "vitest";
import { coverageFactorFor, pixelsOn, probabilityOfDetection, swathM } from "./sweepWidth.js";

// FIELD D.2: coverage factor C, POD by the exponential and by the inverse cube law.
const TABLE = [
  [0.25, 0.221, 0.246],
  [0.5, 0.393, 0.469],
  [0.75, 0.528, 0.653],
  [1, 0.632, 0.79],
  [1.25, 0.713, 0.883],
  [1.5, 0.777, 0.94],
  [2, 0.865, 0.988],
] as const;

describe("detection", () => {
  it.each(TABLE)("at coverage %d follows the published exponential curve, the cautious one", (...row) => {
    const [c, exponential, inverseCube] = row;
    expect(probabilityOfDetection(c)).toBeCloseTo(exponential, 3);
    expect(probabilityOfDetection(c)).toBeLessThan(inverseCube);
  });

  it("inverts the exponential curve", () => {
    for (const pod of [0.1, 0.5, 0.9, 0.99])
      expect(probabilityOfDetection(coverageFactorFor(pod))).toBeCloseTo(pod, 12);
  });

  it("is nothing without coverage", () => {
    expect(probabilityOfDetection(0)).toBe(0);
    expect(probabilityOfDetection(-1)).toBe(0);
  });
});

describe("the swath", () => {
  // FIELD D.2: 120 m, 60° across, straight down: 138.6 m; an 8 m boat is 37 px and a person 2.3 px of 640.
  const camera = { widthPx: 640, heightPx: 512, hfovDeg: 60, vfovDeg: 49, depressionDeg: 90 };
  it("agrees with the worked example", () => {
    expect(swathM(camera, 120)).toBeCloseTo(138.6, 1);
    expect(pixelsOn("boat", camera, 120)).toBeCloseTo(37, 0);
    expect(pixelsOn("person", camera, 120)).toBeCloseTo(2.3, 1);
  });
});
