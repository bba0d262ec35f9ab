import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { detectBinned } from "./binned.js";
import { createThermalDetector } from "./thermalDetector.js";
import type { GreyImage } from "./detection.js";

const [WIDTH, HEIGHT] = [640, 512];

/** Noise of 2 levels around 80, plus `level`. */
function aPicture(level: (x: number, y: number) => number, seed = 5): GreyImage {
  const rng = seededRng(seed);
  const luma = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) luma[y * WIDTH + x] = Math.round(80 + 2 * rng.normal() + level(x, y));
  }
  return { widthPx: WIDTH, heightPx: HEIGHT, luma };
}

/** A car that fills the middle of the picture. */
const car = (x: number, y: number): number => (x >= 170 && x < 470 && y >= 190 && y < 310 ? 60 : 0);

describe("detection from very low", () => {
  it("sees a car of 300 by 120 pixels as one vehicle, in pixels of the full picture", () => {
    const blobs = detectBinned(createThermalDetector(), aPicture(car), 4.5 / 300);
    expect(blobs.map((blob) => blob.class)).toEqual(["vehicle"]);
    expect(blobs[0]?.centroidX).toBeCloseTo(320, -1);
    expect(blobs[0]?.centroidY).toBeCloseTo(250, -1);
    expect(blobs[0]?.majorPx).toBeGreaterThan(270);
    expect(blobs[0]?.majorPx).toBeLessThan(330);
  });

  it("says nothing from so low that the picture is smaller than a person", () => {
    expect(detectBinned(createThermalDetector(), aPicture(car), 0.001)).toEqual([]);
  });
});

describe("a crest of surf", () => {
  const crest = (x: number, y: number): number => {
    const middle = 300 + 25 * Math.sin(y / 60);
    // The brightness varies along the strip, so that it breaks into pieces of a person's size.
    return 45 * Math.exp(-(((x - middle) / 3) ** 2)) * (0.75 + 0.25 * Math.sin(y / 7));
  };

  it("is no row of people", () => {
    const people = createThermalDetector()
      .detect(aPicture(crest), 0.08)
      .filter((blob) => blob.class === "person");
    expect(people).toEqual([]);
  });

  it("does not hide somebody standing beside it", () => {
    const person = (x: number, y: number): number => 70 * Math.exp(-(((x - 360) / 3.5) ** 2 + ((y - 256) / 3.5) ** 2));
    const seen = createThermalDetector().detect(
      aPicture((x, y) => crest(x, y) + person(x, y)),
      0.08,
    );
    expect(seen.some((blob) => Math.hypot(blob.centroidX - 360, blob.centroidY - 256) < 3)).toBe(true);
  });
});
