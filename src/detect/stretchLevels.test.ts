/** The levels of a stretched picture, worked out by hand: 230 levels for the scene, at most 3 of them noise. */
import { describe, expect, it } from "vitest";
import { greyFromSamples } from "./stretch.js";

const [WIDTH, HEIGHT] = [40, 25];
/** A left and a right half, so that most neighbours are equal. */
const halves = (left: number, right: number): number[] =>
  Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH < WIDTH / 2 ? left : right));
const levels = (samples: Uint16Array | Float32Array, width = WIDTH) => [
  ...greyFromSamples(width, samples.length / width, samples).luma,
];
const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

describe("the scene", () => {
  it("fills 230 levels around the middle", () => {
    expect(distinct(levels(Uint16Array.from(halves(1000, 1100))))).toEqual([13, 243]);
    expect(distinct(levels(Float32Array.from(halves(-5, 5))))).toEqual([13, 243]);
  });
  it("of counts is not stretched so far that their rounding shows: 3 levels for 0.289 of a count", () => {
    expect(distinct(levels(Uint16Array.from(halves(1000, 1010))))).toEqual([76, 179]);
  });
  it("is not stretched so far that its noise exceeds 3 levels", () => {
    // Neighbours differ by 10, so the noise of one pixel is 1.4826 · 10 / √2.
    const restless = Array.from({ length: WIDTH * HEIGHT }, (_, i) => 1000 + 10 * (i % 2));
    expect(distinct(levels(Float32Array.from(restless)))).toEqual([126, 129]);
  });
  it("has no noise between the end of a row and the next", () => {
    const column = Float32Array.from({ length: 400 }, (_, i) => 1000 + 10 * (i % 2));
    expect(distinct(levels(column, 1))).toEqual([13, 243]);
  });
  it("keeps its range when half a percent at either end lies far off, which is clipped", () => {
    const withFar = (count: number) => {
      const values = halves(1000, 1100);
      for (let i = 0; i < count; i++) {
        values[7 + i * WIDTH] = 0;
        values[33 + i * WIDTH] = 9000;
      }
      return levels(Float32Array.from(values));
    };
    const clipped = withFar(4);
    expect([clipped[0], clipped[39], clipped[7], clipped[33]]).toEqual([13, 243, 0, 255]);
    const wider = withFar(6);
    expect(Math.abs((wider[39] ?? 0) - (wider[0] ?? 0))).toBeLessThan(5);
  });
  it("has its median where nothing was measured", () => {
    const values = halves(1000, 1100);
    for (let row = 0; row < HEIGHT; row++) values[row * WIDTH + 20] = 1000;
    const missing = [Number.NaN, Infinity, -Infinity];
    missing.forEach((value, i) => (values[5 + i] = value));
    const seen = levels(Float32Array.from(values));
    expect(seen.slice(4, 9)).toEqual([13, 13, 13, 13, 13]);
    expect(seen[39]).toBe(243);
  });
});

describe("a picture made for a screen", () => {
  it("is one of whole numbers whose range is wider than any scene", () => {
    expect(distinct(levels(Uint16Array.from(halves(257 * 10, 257 * 200))))).toEqual([10, 200]);
    expect(distinct(levels(Uint16Array.from(halves(0, 32_768))))).toEqual([13, 243]);
    expect(distinct(levels(Uint16Array.from(halves(0, 32_769))))).toEqual([0, 128]);
    expect(distinct(levels(Float32Array.from(halves(0, 51_400))))).toEqual([13, 243]);
  });
});
