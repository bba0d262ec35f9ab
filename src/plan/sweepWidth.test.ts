import { describe, expect, it } from "vitest";
import { coverageFactorFor, pixelsOn, probabilityOfDetection, swathM } from "./sweepWidth.js";

// FIELD D.2: C, exponential, inverse cube, Danish fit, definite range.
const TABLE = [
  [0.25, 0.221, 0.246, 0.205, 0.25],
  [0.5, 0.393, 0.469, 0.455, 0.5],
  [0.75, 0.528, 0.653, 0.657, 0.75],
  [1, 0.632, 0.79, 0.798, 1],
  [1.25, 0.713, 0.883, 0.888, 1],
  [1.5, 0.777, 0.94, 0.941, 1],
  [2, 0.865, 0.988, 0.985, 1],
] as const;

describe("detection", () => {
  it.each(TABLE)("at coverage %d follows the published curves", (...row) => {
    const [c, exponential, inverseCube, danish, definite] = row;
    expect(probabilityOfDetection(c)).toBeCloseTo(exponential, 3);
    expect(Math.abs(probabilityOfDetection(c, "inverse-cube") - inverseCube)).toBeLessThan(0.0011);
    expect(Math.abs(probabilityOfDetection(c, "danish-fit") - danish)).toBeLessThan(0.0011);
    expect(probabilityOfDetection(c, "definite-range")).toBe(definite);
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
