import { describe, expect, it } from "vitest";
import { openSensor } from "./sensor.js";

describe("sensor", () => {
  const quiet = { widthPx: 16, heightPx: 8, netdK: 0 };

  it("blurs a point into its neighbours and keeps its warmth", () => {
    const image = new Float32Array(16 * 8);
    image[3 * 16 + 7] = 10;
    openSensor(quiet, 1).expose(image, 0, 0);
    expect(image.reduce((sum, value) => sum + value, 0)).toBeCloseTo(10, 4);
    expect(image[3 * 16 + 7]).toBeGreaterThan(image[3 * 16 + 8]!);
    expect(image[3 * 16 + 8]).toBeCloseTo(image[2 * 16 + 7]!, 5);
  });

  it("lets nothing over the edge of the picture to its other side", () => {
    const image = new Float32Array(16 * 8);
    for (let y = 0; y < 8; y++) image[y * 16] = 10;
    for (let x = 0; x < 16; x++) image[x] = 10;
    openSensor(quiet, 1).expose(image, 0, 0);
    expect(image[4 * 16 + 15]).toBe(0);
    expect(image[7 * 16 + 8]).toBe(0);
  });

  it("adds noise of the strength asked for, another each frame, over a pattern that stays", () => {
    const sensor = openSensor({ widthPx: 640, heightPx: 64, netdK: 0.06 }, 3);
    const draw = (frame: number) => {
      const image = new Float32Array(640 * 64);
      sensor.expose(image, 0.1, frame);
      return image;
    };
    const [a, b] = [draw(1), draw(2)];
    const half = a.map((value, i) => value - (b[i] ?? 0));
    const sigma = Math.sqrt(half.reduce((sum, value) => sum + value * value, 0) / half.length);
    // Difference of two frames: the fixed pattern cancels, the noise is √2 times as strong.
    expect(sigma / Math.SQRT2).toBeCloseTo(0.06, 3);
    expect(draw(1)).toEqual(a);
  });
});
