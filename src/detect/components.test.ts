import { describe, expect, it } from "vitest";
import { createBackground } from "./background.js";
import { createComponents, findComponents, type Threshold } from "./components.js";
import { planeOf } from "./testing/cells.js";

/** Levels above (or, for cold areas, below) a ground of 100. */
const WARM = { ".": 100, w: 105, m: 109, s: 110, h: 130 };
const COLD = { ".": 100, w: 95, m: 91, s: 90, h: 70 };
/** From 10 levels on a cell is a seed, from 5 on a neighbour of one belongs to it. */
const THRESHOLD: Threshold = { sigmas: 5, minContrast: 10, growFraction: 0.5 };

type Ground = { readonly sigma?: number; readonly warm?: (gx: number, gy: number) => number };

function found(rows: readonly string[], isWarm = true, { sigma = 0, warm = () => 100 }: Ground = {}) {
  const plane = planeOf(rows, isWarm ? WARM : COLD, 2);
  const background = createBackground(plane, { boxRadius: 1, reach: 2, step: 2 });
  background.warm.forEach(
    (_, i) => (background.warm[i] = warm(i % background.width, Math.floor(i / background.width))),
  );
  background.cold.fill(100);
  background.sigma.fill(sigma);
  const components = createComponents(plane);
  findComponents({ plane, background, threshold: THRESHOLD }, isWarm, components);
  const areas = components.found.map((component) => {
    const cells = [...components.cells.subarray(component.from, component.to)].sort((a, b) => a - b);
    return { ...component, cells };
  });
  return { areas, components, search: { plane, background, threshold: THRESHOLD } };
}
const cellsOf = (rows: readonly string[], isWarm = true, ground: Ground = {}) =>
  found(rows, isWarm, ground).areas.map(({ cells }) => cells);

describe("areas that stand out", () => {
  it("begin at a cell of at least the threshold", () => {
    expect(cellsOf([".....", "..m..", "....."])).toEqual([]);
    expect(cellsOf([".....", "..s..", "....."])).toEqual([[7]]);
  });
  it("grow over neighbours on all eight sides that reach half of it, and over theirs", () => {
    expect(cellsOf(["w.w..", ".sw..", "w.w.w"])).toEqual([[0, 2, 6, 7, 10, 12]]);
    expect(cellsOf([".ww..", "....w", "...s."])).toEqual([[9, 13]]);
    expect(cellsOf(["wwwws"])).toEqual([[0, 1, 2, 3, 4]]);
  });
  it("end at the picture's edge: the next row is not the neighbour", () => {
    expect(cellsOf(["....h", "w....", "....."])).toEqual([[4]]);
    expect(cellsOf(["....w", "h....", "....."])).toEqual([[5]]);
    expect(cellsOf(["hw", "ww"])).toEqual([[0, 1, 2, 3]]);
  });
  it("are separate where nothing joins them, in the order of their first cell", () => {
    const { areas } = found(["h...h", ".....", "..h.."]);
    expect(areas.map(({ cells }) => cells)).toEqual([[0], [4], [12]]);
    expect(areas.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
  });
  it("are named by their strongest cell: its background, its noise, its contrast", () => {
    const [area] = found(["..whws...."], true, { warm: (gx) => 100 + gx, sigma: 1.5 }).areas;
    expect(area).toMatchObject({ isWarm: true, background: 101, sigma: 1.5, contrast: 29 });
  });
  it("must exceed the noise: five sigmas where that is more", () => {
    expect(cellsOf(["..s.."], true, { sigma: 2 })).toEqual([[2]]);
    expect(cellsOf(["..s.."], true, { sigma: 2.1 })).toEqual([]);
    expect(cellsOf(["..hw."], true, { sigma: 5 })).toEqual([[2]]);
  });
  it("are looked for against the background of their own place", () => {
    const onWarmGround = { warm: (gx: number, gy: number) => (gx === 1 && gy === 1 ? 100 : 125) };
    expect(cellsOf(["s.s.s", ".....", "s.s.s", ".....", "s.s.s"], true, onWarmGround)).toEqual([[12]]);
  });
  it("may be cold instead, and are then measured against the cold background", () => {
    const { areas } = found([".....", ".whw.", "....."], false);
    expect(areas).toMatchObject([{ cells: [6, 7, 8], isWarm: false, background: 100, contrast: 30 }]);
    expect(cellsOf([".....", "..m..", "....."], false)).toEqual([]);
  });
  it("are counted anew in each picture", () => {
    const { components, search } = found(["h...h"]);
    findComponents(search, true, components);
    expect(components.found).toHaveLength(2);
  });
  it("are at most four hundred: more is no scene", () => {
    const rows = Array.from({ length: 80 }, (_, y) =>
      y % 2 === 0 ? "h.h.h.h.h.h.h.h.h.h.h." : "......................",
    );
    expect(found(rows).areas).toHaveLength(400);
  });
});
