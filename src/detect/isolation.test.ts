import { describe, expect, it } from "vitest";
import { isolationOf } from "./isolation.js";
import { outlineShape } from "./shape.js";
import { areaOf, planeOf } from "./testing/cells.js";

const SIZE = 24;
const ground = () => Array.from({ length: SIZE }, () => ".".repeat(SIZE));
type Cells = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
/** Draws `letter` on these cells. */
function draw(rows: readonly string[], letter: string, { x, y, w, h }: Cells) {
  return rows.map((row, at) => (at >= y && at < y + h ? row.slice(0, x) + letter.repeat(w) + row.slice(x + w) : row));
}

/** How an area of 8 by 4 cells at (8, 10) stands in these surroundings, looked at two cells outside. */
function isolation(surroundings: readonly string[], warmPlacesMax: number, levels: Readonly<Record<string, number>>) {
  const rows = draw(surroundings, "#", { x: 8, y: 10, w: 8, h: 4 });
  const plane = planeOf(rows, levels, 2);
  const isWarm = (levels["#"] ?? 0) > (levels["."] ?? 0);
  const { component, components } = areaOf(rows, plane, { isWarm });
  const shape = outlineShape(component, components, plane);
  return isolationOf(component, components, plane, { shape, marginPx: 4, warmPlacesMax });
}
const LEVELS = { "#": 100, ".": 60, r: 100, h: 81, l: 79 };

describe("a large area", () => {
  it("is isolated on even ground, by its whole contrast", () => {
    expect(isolation(ground(), 0, LEVELS)).toEqual({ isIsland: true, contrast: 40 });
  });
  it("colder than its surroundings too", () => {
    expect(isolation(ground(), 0, { "#": 30, ".": 60 })).toEqual({ isIsland: true, contrast: 30 });
  });
  it("is none where it goes on as a road", () => {
    const road = draw(ground(), "r", { x: 0, y: 10, w: SIZE, h: 4 });
    expect(isolation(road, 3, LEVELS).isIsland).toBe(false);
    expect(isolation(draw(ground(), "r", { x: 8, y: 0, w: 8, h: SIZE }), 3, LEVELS).isIsland).toBe(false);
  });
  it("may have so many warm places beside it, and not one more", () => {
    // A wall of another thing at its right, two cells away: counted by allowing more and more.
    const wall = draw(ground(), "r", { x: 17, y: 8, w: 3, h: 8 });
    const isIsland = Array.from({ length: 33 }, (_, max) => max).map((max) => isolation(wall, max, LEVELS).isIsland);
    const needed = isIsland.indexOf(true);
    expect(needed).toBeGreaterThan(2);
    expect(needed).toBeLessThan(12);
    expect(isIsland.slice(needed, 31).every(Boolean)).toBe(true);
  });
  it("counts what is warmer than half of its contrast", () => {
    const beside = (letter: string) => isolation(draw(ground(), letter, { x: 17, y: 8, w: 3, h: 8 }), 0, LEVELS);
    expect([beside("h").isIsland, beside("l").isIsland]).toEqual([false, true]);
  });
  it("has the median of its surroundings for its contrast", () => {
    const half = draw(ground(), "l", { x: 0, y: 12, w: SIZE, h: 12 });
    expect([21, 40]).toContain(isolation(half, 32, LEVELS).contrast);
    const most = draw(ground(), "l", { x: 0, y: 0, w: SIZE, h: 20 });
    expect(isolation(most, 0, LEVELS).contrast).toBe(21);
  });
  it("is not judged where more than half of its surroundings lie outside the picture", () => {
    const rows = draw(ground(), "#", { x: 0, y: 0, w: 2, h: 2 });
    const plane = planeOf(rows, LEVELS, 2);
    const { component, components } = areaOf(rows, plane);
    const shape = outlineShape(component, components, plane);
    const ring = { shape, marginPx: 4, warmPlacesMax: 0 };
    expect(isolationOf(component, components, plane, ring)).toEqual({ isIsland: false, contrast: 0 });
    const atEdge = draw(ground(), "#", { x: 8, y: 0, w: 8, h: 4 });
    const edgePlane = planeOf(atEdge, LEVELS, 2);
    const edge = areaOf(atEdge, edgePlane);
    const edgeShape = outlineShape(edge.component, edge.components, edgePlane);
    expect(isolationOf(edge.component, edge.components, edgePlane, { ...ring, shape: edgeShape })).toEqual({
      isIsland: true,
      contrast: 40,
    });
  });
  it("is looked at along its own direction", () => {
    const band = ground().map((row, y) => (y > 5 && y < 18 ? `${row.slice(0, y)}##${row.slice(y + 2)}` : row));
    const rows = draw(band, "r", { x: 4, y: 17, w: 5, h: 4 });
    const plane = planeOf(rows, LEVELS, 2);
    const { component, components } = areaOf(rows, plane);
    const shape = outlineShape(component, components, plane);
    const isIsland = (angleRad: number) =>
      isolationOf(component, components, plane, { shape: { ...shape, angleRad }, marginPx: 4, warmPlacesMax: 0 })
        .isIsland;
    // Something as warm lies to its side: only where the area is taken to lie across it is it found.
    expect([isIsland(shape.angleRad), isIsland(-shape.angleRad)]).toEqual([true, false]);
  });
});
