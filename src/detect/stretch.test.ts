import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { createStillDetector } from "./detectFrames.js";
import { greyFromSamples } from "./stretch.js";

const WIDTH = 320;
const HEIGHT = 256;

type Scene = {
  readonly seed: number;
  /** Sensor units per kelvin, and the sensor value of 12 °C. */
  readonly perKelvin: number;
  readonly seaAt: number;
  readonly noiseK: number;
  readonly hasPerson?: boolean;
  /** Sand in the right half, warmer than the sea by this much. */
  readonly sandK?: number;
};

/** Sea at 12 °C as a thermal core outputs it; a person of 6 x 12 pixels, 14 K warmer, at 70, 60. */
function measured({ seed, perKelvin, seaAt, noiseK, hasPerson = false, sandK = 0 }: Scene): number[] {
  const rng = seededRng(seed);
  return Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    const isPerson = hasPerson && x >= 70 && x < 76 && y >= 60 && y < 72;
    const kelvin = (isPerson ? 14 : 0) + (x > WIDTH / 2 ? sandK : 0) + noiseK * rng.normal();
    return seaAt + perKelvin * kelvin;
  });
}

const counts = (values: readonly number[]): Uint16Array => Uint16Array.from(values, Math.round);
const detect = (samples: Uint8Array | Uint16Array | Float32Array) =>
  createStillDetector()
    .detect(greyFromSamples(WIDTH, HEIGHT, samples))
    .map(({ x, y, w, h }) => ({ x, y, w, h }));

const UNITS = {
  centikelvin: { perKelvin: 100, seaAt: 28_515, noiseK: 0.05 },
  "14-bit counts": { perKelvin: 25, seaAt: 6800, noiseK: 0.08 },
  "8-bit-like counts": { perKelvin: 3, seaAt: 900, noiseK: 0.1 },
};

describe("pictures of what a sensor measured", () => {
  it.each(Object.entries(UNITS))("case 03: the person is found in %s", (_, unit) => {
    for (const seed of [1, 2, 3]) {
      const found = detect(counts(measured({ seed, ...unit, hasPerson: true })));
      expect(found).toHaveLength(1);
      const [box] = found;
      expect(Math.abs(box!.x - 70) + Math.abs(box!.y - 60)).toBeLessThanOrEqual(2);
      expect(Math.abs(box!.w - 6) + Math.abs(box!.h - 12)).toBeLessThanOrEqual(2);
    }
  });

  it("case 03: degrees in floating numbers, some of them not measured, are read the same", () => {
    const samples = Float32Array.from(measured({ seed: 4, perKelvin: 1, seaAt: 12, noiseK: 0.05, hasPerson: true }));
    for (let i = 0; i < 40; i++) samples[1000 + 397 * i] = [Number.NaN, Infinity, -Infinity][i % 3]!;
    expect(detect(samples)).toHaveLength(1);
  });

  it.each(Object.entries(UNITS))("a flat sea in %s stays flat: its noise is nobody", (_, unit) => {
    for (const seed of [5, 6, 7, 8]) {
      const samples = counts(measured({ seed, ...unit }));
      const { luma } = greyFromSamples(WIDTH, HEIGHT, samples);
      const mean = luma.reduce((sum, value) => sum + value, 0) / luma.length;
      const sigma = Math.sqrt(luma.reduce((sum, value) => sum + (value - mean) ** 2, 0) / luma.length);
      expect(sigma).toBeLessThan(6);
      expect(detect(samples)).toEqual([]);
    }
  });

  it("dead pixels, rows and columns set no range and are nobody", () => {
    for (const dead of [0, 16_383, 65_535]) {
      const values = measured({ seed: 9, ...UNITS.centikelvin, hasPerson: true, sandK: 8 });
      for (let i = 0; i < 30; i++) values[4111 + i * 2503] = dead;
      const spotted = detect(counts(values));
      expect(spotted, `dead at ${dead}`).toHaveLength(1);
      expect(spotted[0]!.x).toBeGreaterThan(66);
      for (let x = 0; x < WIDTH; x++) values[200 * WIDTH + x] = dead;
      const { luma } = greyFromSamples(WIDTH, HEIGHT, counts(values));
      // The levels of sea and sand are still far apart.
      expect((luma[20 * WIDTH + 300] ?? 0) - (luma[20 * WIDTH + 20] ?? 0)).toBeGreaterThan(100);
    }
  });

  it("a picture of one value is one grey", () => {
    expect(new Set(greyFromSamples(4, 2, new Uint16Array(8).fill(6900)).luma).size).toBe(1);
    expect(new Set(greyFromSamples(4, 2, new Float32Array(8).fill(Number.NaN)).luma).size).toBe(1);
    expect(new Set(greyFromSamples(4, 2, new Float32Array(8).fill(12.5)).luma).size).toBe(1);
  });

  it("levels of 8 bits, and 16 bits made for a screen, stay as they are", () => {
    const levels = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(greyFromSamples(16, 16, levels).luma).toBe(levels);
    const screen = Uint16Array.from(levels, (level) => level * 257);
    expect(greyFromSamples(16, 16, screen).luma).toEqual(levels);
  });
});
