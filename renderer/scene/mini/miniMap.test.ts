/** The small map: what it holds, where a click on it lies, and what is drawn. */
import { describe, expect, it } from "vitest";
import { paletteFor } from "../scenePalette.js";
import { miniPixel, miniPoint, miniViewOf, viewCorners } from "./miniView.js";
import { type MiniCanvas, miniKey, paintMiniMap } from "./paintMiniMap.js";

const SIZE = { widthPx: 176, heightPx: 132 };
const point = (eastM: number, northM: number) => ({ eastM, northM });

describe("the part of the coast that is shown", () => {
  it.each([
    [1500, [point(0, 0), point(500, -400)]],
    [3000, [point(-2500, 0), point(2500, 100)]],
    [6000, [point(0, 0), point(9000, 9000)]],
  ] as const)("reaches %d m to its nearer sides, with all in it", (halfM, points) => {
    const view = miniViewOf(points, SIZE);
    expect(view.metresPerPx).toBeCloseTo((2 * halfM) / 132, 6);
    for (const one of points) {
      const { xPx, yPx } = miniPixel(view, one);
      expect(xPx > 8 && xPx < 168 && yPx > 8 && yPx < 124).toBe(true);
    }
  });

  it("stands still while an aircraft flies about, and ends at its last step", () => {
    expect(miniViewOf([point(0, 0), point(300, 0)], SIZE)).toEqual(miniViewOf([point(0, 0), point(340, 60)], SIZE));
    expect(miniViewOf([point(0, 0), point(900_000, 0)], SIZE).metresPerPx).toBeCloseTo(96_000 / 132, 6);
    expect(miniViewOf([], SIZE).metresPerPx).toBeCloseTo(3000 / 132, 6);
  });

  it("a click lies at the place that is drawn there, north up", () => {
    const view = miniViewOf([point(0, 0)], SIZE);
    expect(miniPoint(view, 88, 66)).toEqual(point(0, 0));
    const { eastM, northM } = miniPoint(view, 88 + 44, 0);
    expect([Math.round(eastM), Math.round(northM)]).toEqual([1000, 1500]);
    const { xPx, yPx } = miniPixel(view, point(eastM, northM));
    expect([xPx, yPx]).toEqual([132, 0]);
  });
});

describe("what the camera sees", () => {
  const camera = { targetEastM: 100, targetNorthM: 0, rangeM: 1000, azimuthRad: Math.PI / 2, elevationRad: 0.3 };
  it("is a wedge from the eye, the way it looks", () => {
    const [eye, left, right] = viewCorners(camera, 1.6);
    // Looking east: the eye is west of its target, the left corner north.
    expect(eye?.eastM).toBeCloseTo(100 - 1000 * Math.cos(0.3), 3);
    expect(left?.northM).toBeGreaterThan(500);
    expect(right?.northM).toBeCloseTo(-(left?.northM ?? 0), 6);
    expect(left?.eastM).toBeGreaterThan(100);
  });
  it("is the picture's rectangle from above", () => {
    const corners = viewCorners({ ...camera, azimuthRad: 0, elevationRad: Math.PI / 2 }, 2);
    expect(corners.map(({ eastM, northM }) => [Math.round(eastM), Math.round(northM)])).toEqual([
      [-628, 364],
      [828, 364],
      [828, -364],
      [-628, -364],
    ]);
  });
});

const colourOf = (style: MiniCanvas["fillStyle"]): string => (typeof style === "string" ? style : "no colour");

/** Writes down each filled or stroked path, with its colour and its corners. */
function aCanvas() {
  const drawn: { readonly how: string; readonly colour: string; readonly corners: readonly string[] }[] = [];
  let corners: string[] = [];
  const at = (x: number, y: number): number => corners.push(`${Math.round(x)},${Math.round(y)}`);
  const canvas: MiniCanvas = {
    ...{ fillStyle: "", strokeStyle: "", lineWidth: 1, globalAlpha: 1 },
    beginPath: () => (corners = []),
    moveTo: at,
    lineTo: at,
    arc: at,
    closePath: () => undefined,
    fill: (...[rule]: readonly unknown[]) =>
      drawn.push({ how: `fill ${typeof rule === "string" ? rule : ""}`, colour: colourOf(canvas.fillStyle), corners }),
    stroke: () => drawn.push({ how: "stroke", colour: colourOf(canvas.strokeStyle), corners }),
    fillRect: (x, y, width, height) =>
      drawn.push({ how: "all", colour: colourOf(canvas.fillStyle), corners: [`${x},${y},${width},${height}`] }),
  };
  return { canvas, drawn };
}

it("draws sea, land, view, home and every aircraft, the target last and the lost one grey", () => {
  const { canvas, drawn } = aCanvas();
  const palette = paletteFor("night");
  const view = miniViewOf([point(0, 0)], SIZE);
  paintMiniMap(canvas, {
    ...{ view, palette, home: point(0, 0) },
    land: [[point(0, 1500), point(2000, 1500), point(2000, -1500), point(0, -1500)]],
    seen: viewCorners({ targetEastM: 0, targetNorthM: 0, rangeM: 500, azimuthRad: 0, elevationRad: 0.3 }, 1.6),
    aircraft: [
      { ...point(500, 0), headingDeg: 90, isTarget: true, isOld: false },
      { ...point(-500, 0), headingDeg: 0, isTarget: false, isOld: true },
      { ...point(0, 500), headingDeg: 0, isTarget: false, isOld: false },
    ],
  });
  expect(drawn[0]).toEqual({ how: "all", colour: palette.sea, corners: ["0,0,176,132"] });
  expect(drawn[1]).toEqual({
    how: "fill evenodd",
    colour: palette.land,
    corners: ["88,0", "176,0", "176,132", "88,132"],
  });
  const fills = drawn.filter(({ how }) => how.startsWith("fill")).map(({ colour }) => colour);
  expect(fills).toEqual([palette.land, palette.select, "#7d8894", palette.aircraft, palette.select]);
  expect(drawn.find(({ colour, corners }) => colour === palette.home && corners[0] === "88,66")).toBeDefined();
  // Its nose to the east: six pixels right of its place.
  expect(drawn.filter(({ how }) => how.startsWith("fill")).at(-1)?.corners[0]).toBe("116,66");
});

it("is painted anew only when something has moved by what can be seen", () => {
  const view = miniViewOf([{ eastM: 0, northM: 0 }], { widthPx: 160, heightPx: 120 });
  const scene = (eastM: number, headingDeg: number, isOld = false) => ({
    ...{ view, seen: [{ eastM: 0, northM: 0 }], home: { eastM: 0, northM: 0 } },
    aircraft: [{ eastM, northM: 0, headingDeg, isTarget: true, isOld }],
  });
  const pixelM = view.metresPerPx;
  const before = miniKey(scene(0, 90));
  expect(miniKey(scene(0.1 * pixelM, 91))).toBe(before);
  const others = [scene(pixelM, 90), scene(0, 100), scene(0, 90, true), { ...scene(0, 90), home: undefined }];
  for (const other of others) expect(miniKey(other)).not.toBe(before);
  const nearer = { ...scene(0, 90), view: { ...view, metresPerPx: pixelM / 2 } };
  expect(miniKey(nearer)).not.toBe(before);
});
