import { describe, expect, it } from "vitest";
import type { GreyImage } from "./detection.js";
import { outlineShape, spotShape, type Shape } from "./shape.js";
import { areaOf, planeOf } from "./testing/cells.js";

describe("the outline of an area", () => {
  const outline = (rows: readonly string[], cellPx = 2): Shape => {
    const plane = planeOf(rows, {}, cellPx);
    const { component, components } = areaOf(rows, plane);
    return outlineShape(component, components, plane);
  };
  it("of one cell is that cell", () => {
    expect(outline(["....", "..#."])).toEqual({
      ...{ x: 4, y: 2, w: 2, h: 2, centroidX: 5, centroidY: 3, majorPx: 2, minorPx: 2, angleRad: 0, areaPx: 4 },
    });
  });
  it("of a bar has its length, its width and its direction", () => {
    expect(outline([".....", ".###."])).toMatchObject({
      x: 2,
      y: 2,
      w: 6,
      h: 2,
      centroidX: 5,
      centroidY: 3,
      areaPx: 12,
    });
    const shapes = [
      [".....", ".###."],
      ["..", ".#", ".#", ".#"],
      ["#..", ".#.", "..#"],
      ["..#", ".#.", "#.."],
    ].map((rows) => outline(rows));
    const anglesDeg = shapes.map(({ angleRad }) => Math.round((angleRad * 180) / Math.PI));
    expect(anglesDeg).toEqual([0, 90, 45, -45]);
    expect(shapes.slice(0, 2).map(({ majorPx, minorPx }) => [majorPx.toFixed(6), minorPx.toFixed(6)])).toEqual([
      ["6.000000", "2.000000"],
      ["6.000000", "2.000000"],
    ]);
    // Three cells on a diagonal: variance 2 · (8/3) along it and that of a cell, 4/12, which is also all there is across.
    expect(shapes[2]?.majorPx).toBeCloseTo(Math.sqrt(12 * (16 / 3 + 1 / 3)), 6);
    expect(shapes[2]?.minorPx).toBeCloseTo(2, 6);
  });
  it("of a rectangle has its two sides", () => {
    const { majorPx, minorPx, areaPx } = outline(["######", "######", "######"], 4);
    expect([majorPx, minorPx, areaPx].map((value) => Number(value.toFixed(6)))).toEqual([24, 12, 288]);
  });
});

describe("a spot measured in the full picture", () => {
  const [widthPx, heightPx] = [24, 20];
  const GROUND = 60;
  type Pixel = readonly [x: number, y: number, level: number];
  const picture = (pixels: readonly Pixel[]): GreyImage => {
    const luma = new Uint8Array(widthPx * heightPx).fill(GROUND);
    for (const [x, y, level] of pixels) luma[y * widthPx + x] = level;
    return { widthPx, heightPx, luma };
  };
  const box = (x: number, y: number, w = 2, h = 2): Shape => ({
    ...{ x, y, w, h, centroidX: x + w / 2, centroidY: y + h / 2, majorPx: w, minorPx: h, angleRad: 0, areaPx: w * h },
  });
  const measured = (pixels: readonly Pixel[], outline: Shape) => spotShape(picture(pixels), outline, GROUND);

  it("has the place, the size and the contrast of its pixels", () => {
    expect(measured([[10, 12, 160]], box(10, 12))).toEqual({
      ...{ x: 10, y: 12, w: 1, h: 1, centroidX: 10.5, centroidY: 12.5, majorPx: 1, minorPx: 1, angleRad: 0, areaPx: 1 },
      contrast: 100,
    });
  });
  it("is weighted by what exceeds 45 % of its peak", () => {
    // The edge is at 60 + 45: the second pixel weighs half as much as the first.
    const { centroidX, w } = measured(
      [
        [10, 12, 160],
        [11, 12, 132.5],
      ],
      box(10, 12),
    );
    expect(w).toBe(2);
    expect(centroidX).toBeCloseTo((10.5 * 55 + 11.5 * 27) / 82, 6);
    expect(
      measured(
        [
          [10, 12, 160],
          [11, 12, 105],
        ],
        box(10, 12),
      ).w,
    ).toBe(1);
    expect(
      measured(
        [
          [10, 12, 160],
          [11, 12, 106],
        ],
        box(10, 12),
      ).w,
    ).toBe(2);
  });
  it("reaches three pixels beyond its outline and no further", () => {
    const around = (dx: number, dy: number) => {
      const { w, h } = measured(
        [
          [10, 10, 160],
          [10 + dx, 10 + dy, 160],
        ],
        box(10, 10, 1, 1),
      );
      return [w, h];
    };
    expect([around(3, 0), around(-3, 0), around(0, 3), around(0, -3)]).toEqual([
      [4, 1],
      [4, 1],
      [1, 4],
      [1, 4],
    ]);
    expect([around(4, 0), around(-4, 0), around(0, 4), around(0, -4)]).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });
  it("has its peak in its own rows: a hotter neighbour above or below is another's", () => {
    expect(
      measured(
        [
          [10, 10, 100],
          [10, 8, 250],
        ],
        box(10, 10),
      ).contrast,
    ).toBe(40);
    expect(
      measured(
        [
          [10, 10, 100],
          [10, 12, 250],
        ],
        box(10, 10),
      ).contrast,
    ).toBe(40);
  });
  it.each([
    ["top", 10, 0],
    ["bottom", 10, 18],
    ["left", 0, 8],
    ["right", 22, 8],
  ])("is measured as well at the picture's %s", (_name, x, y) => {
    const pixels = [
      [x, y, 160],
      [x + 1, y, 160],
      [x, y + 1, 160],
      [x + 1, y + 1, 160],
    ] as const;
    const { contrast, majorPx, minorPx, ...found } = measured(pixels, box(x, y));
    expect(contrast).toBe(100);
    expect(found).toMatchObject({ x, y, w: 2, h: 2, centroidX: x + 1, centroidY: y + 1 });
    expect([majorPx, minorPx].map((value) => value.toFixed(6))).toEqual(["2.000000", "2.000000"]);
  });
  it("that is not seen in the full picture keeps its outline", () => {
    expect(measured([], box(10, 12))).toEqual({ ...box(10, 12), contrast: 1 });
  });
});
