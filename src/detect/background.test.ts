import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { computeBackground, createBackground } from "./background.js";
import { createPlane, integrate, type Plane } from "./plane.js";
import { planeOf } from "./testing/cells.js";

type BackgroundShape = Parameters<typeof createBackground>[1];

function backgroundOf(plane: Plane, shape: BackgroundShape) {
  const background = createBackground(plane, shape);
  integrate(plane);
  computeBackground(plane, background);
  return background;
}

/** The same by its definition, cell by cell: mean and variance of the box around a cell, in grey levels. */
function boxAround(plane: Plane, x: number, y: number, radius: number) {
  const levels: number[] = [];
  for (let cy = y - radius; cy <= y + radius; cy++) {
    for (let cx = x - radius; cx <= x + radius; cx++) {
      if (cx < 0 || cy < 0 || cx >= plane.width || cy >= plane.height) continue;
      levels.push((plane.data[cy * plane.width + cx] ?? 0) / plane.unit);
    }
  }
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return { mean, variance: levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / levels.length };
}

function byDefinition(plane: Plane, { boxRadius, reach, step }: BackgroundShape) {
  const [width, height] = [Math.ceil(plane.width / step), Math.ceil(plane.height / step)];
  const [straight, diagonal] = [Math.round(reach / step), Math.round((reach * Math.SQRT1_2) / step)];
  const directions = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const));
  const places = directions.filter(([dx, dy]) => dx !== 0 || dy !== 0);
  const at = (gx: number, gy: number) => {
    const boxes = places
      .map(([dx, dy]) => (dx !== 0 && dy !== 0 ? [dx * diagonal, dy * diagonal] : [dx * straight, dy * straight]))
      .map(([dx = 0, dy = 0]) => [gx + dx, gy + dy] as const)
      .filter(([x, y]) => x >= 0 && y >= 0 && x < width && y < height)
      .map(([x, y]) => boxAround(plane, x * step, y * step, boxRadius));
    const means = boxes.map(({ mean }) => mean).sort((a, b) => a - b);
    const calm = boxes.map(({ variance }) => variance).sort((a, b) => a - b);
    const skipped = boxes.length === 8 ? 1 : 0;
    const three = calm.slice(0, 3);
    return {
      warm: means.at(-1 - skipped) ?? Number.NaN,
      cold: means.at(skipped) ?? Number.NaN,
      sigma: Math.sqrt(three.reduce((sum, variance) => sum + variance, 0) / three.length),
    };
  };
  return Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));
}

function noisy(width: number, height: number, cellPx: number): Plane {
  const plane = createPlane(width * cellPx, height * cellPx, cellPx);
  const rng = seededRng(3);
  plane.data.forEach((_, i) => (plane.data[i] = Math.floor(rng.uniform() * 255 * plane.unit)));
  return plane;
}

describe("the background of a place", () => {
  it.each([
    ["single cells", { boxRadius: 0, reach: 2, step: 1 }, 1],
    ["boxes", { boxRadius: 1, reach: 4, step: 1 }, 1],
    ["boxes on a grid", { boxRadius: 2, reach: 6, step: 2 }, 2],
    ["boxes on a coarser grid, with a rest", { boxRadius: 1, reach: 5, step: 3 }, 2],
  ])("is what its definition says, everywhere in the picture: %s", (_name, shape, cellPx) => {
    const plane = noisy(17, 14, cellPx);
    const { warm, cold, sigma } = backgroundOf(plane, shape);
    const expected = byDefinition(plane, shape);
    expect([warm.length, cold.length, sigma.length]).toEqual([expected.length, expected.length, expected.length]);
    expected.forEach((place, i) => {
      expect(warm[i]).toBeCloseTo(place.warm, 3);
      expect(cold[i]).toBeCloseTo(place.cold, 3);
      expect(sigma[i]).toBeCloseTo(place.sigma, 3);
    });
  });
  it("along a waterline is that of the warm side for warm things, of the cold side for cold ones", () => {
    const plane = planeOf(
      Array.from({ length: 16 }, () => "cccccccchhhhhhhh"),
      { c: 60, h: 110 },
    );
    const { warm, cold, sigma, width } = backgroundOf(plane, { boxRadius: 1, reach: 4, step: 1 });
    const beside = 8 * width + 7;
    expect([warm[beside], cold[beside], sigma[beside]]).toEqual([110, 60, 0]);
  });
  it("is not spoilt by a single hot neighbour", () => {
    const rows = Array.from({ length: 16 }, () => "................");
    rows[8] = "............h...";
    const plane = planeOf(rows, { ".": 60, h: 250 });
    const { warm, width } = backgroundOf(plane, { boxRadius: 0, reach: 4, step: 1 });
    expect(warm[8 * width + 8]).toBe(60);
  });
});
