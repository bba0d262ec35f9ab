/** Where what is out of the picture is shown at its edge. Directions by the compass of the screen: up is 0, right is π/2. */
import { describe, expect, it } from "vitest";
import { seededRng } from "../../../src/core/rng.js";
import { type EdgeBox, placeAtEdge } from "./edgePlaces.js";

const VIEW = { leftPx: 280, topPx: 60, rightPx: 910, bottomPx: 612 };
const box = (id: string, turnDeg: number, more: Partial<EdgeBox> = {}): EdgeBox => ({
  id,
  rightward: Math.sin((turnDeg * Math.PI) / 180),
  upward: Math.cos((turnDeg * Math.PI) / 180),
  ...{ widthPx: 120, heightPx: 28, wayM: 100 },
  ...{ xPx: 0, yPx: 0, turnRad: 0, hasRoom: false, countOfHidden: 0, side: "left" },
  ...more,
});
const placed = (boxes: EdgeBox[]): EdgeBox[] => {
  placeAtEdge(boxes, VIEW);
  return boxes.filter(({ hasRoom }) => hasRoom);
};
const overlap = (a: EdgeBox, b: EdgeBox): boolean =>
  a.xPx < b.xPx + b.widthPx && b.xPx < a.xPx + a.widthPx && a.yPx < b.yPx + b.heightPx && b.yPx < a.yPx + a.heightPx;

describe("a mark at the edge", () => {
  it.each([
    [0, [535, 60]],
    [90, [790, 322]],
    [180, [535, 584]],
    [270, [280, 322]],
  ] as const)("%d° clockwise from up stands in the middle of that side, its arrow that way", (turnDeg, spot) => {
    const [one] = placed([box("a", turnDeg)]);
    expect([one?.xPx, one?.yPx]).toEqual(spot);
    const turn = one?.turnRad ?? 9;
    expect(Math.cos(turn)).toBeCloseTo(Math.cos((turnDeg * Math.PI) / 180), 6);
    expect(Math.sin(turn)).toBeCloseTo(Math.sin((turnDeg * Math.PI) / 180), 6);
  });

  it("stands on the line from the middle in its direction", () => {
    const [one] = placed([box("a", 60)]);
    const [dx, dy] = [(one?.xPx ?? 0) + 60 - 595, 336 - ((one?.yPx ?? 0) + 14)];
    expect(Math.atan2(dx, dy)).toBeCloseTo(Math.PI / 3, 2);
  });

  it("of what is straight behind the camera stands below", () => {
    const [one] = placed([box("a", 0, { rightward: 0, upward: 0 })]);
    expect([one?.xPx, one?.yPx]).toEqual([535, 584]);
  });
});

describe("many marks", () => {
  it.each([1, 2, 3, 4, 5, 6])("never overlap and stay in the picture, wherever the fleet is (seed %i)", (seed) => {
    const rng = seededRng(seed);
    const towardDeg = rng.uniform() * 360;
    const spreadDeg = [3, 40, 360][seed % 3] ?? 0;
    const boxes = Array.from({ length: 20 }, (_, i) =>
      box(`V-${i}`, towardDeg + rng.uniform() * spreadDeg, {
        wayM: rng.uniform() * 5000,
        widthPx: 90 + Math.round(rng.uniform() * 70),
      }),
    );
    const shown = placed(boxes);
    shown.forEach((a, i) =>
      shown.slice(i + 1).forEach((b) => expect([a.id, b.id, overlap(a, b)]).toEqual([a.id, b.id, false])),
    );
    for (const { xPx, yPx, widthPx, heightPx } of shown) {
      expect(xPx).toBeGreaterThanOrEqual(VIEW.leftPx);
      expect(yPx).toBeGreaterThanOrEqual(VIEW.topPx);
      expect(xPx + widthPx).toBeLessThanOrEqual(VIEW.rightPx);
      expect(yPx + heightPx).toBeLessThanOrEqual(VIEW.bottomPx);
    }
    // None is lost: those without room are counted.
    expect(shown.length + shown.reduce((sum, { countOfHidden }) => sum + countOfHidden, 0)).toBe(20);
  });

  it("on one side keep their order along it", () => {
    const boxes = [85, 88, 90, 92, 95].map((turnDeg, i) => box(`V-${i}`, turnDeg));
    placed(boxes);
    const ys = boxes.map(({ yPx }) => yPx);
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
    expect(new Set(ys).size).toBe(5);
  });

  it("without room for all: the nearest are shown, the last of them counts the others", () => {
    const boxes = Array.from({ length: 9 }, (_, i) => box(`V-${i}`, 0, { wayM: 1000 - 100 * i }));
    const shown = placed(boxes);
    // 630 pixels hold five of 120 with gaps of 4.
    expect(shown.map(({ id }) => id).sort()).toEqual(["V-4", "V-5", "V-6", "V-7", "V-8"]);
    expect(shown.map(({ id, countOfHidden }) => [id, countOfHidden]).find(([, count]) => count !== 0)).toEqual([
      "V-4",
      4,
    ]);
  });

  it("leave the lower left corner to what stands there", () => {
    const corner = { width: 176, height: 132 };
    const boxes = Array.from({ length: 12 }, (_, i) => box(`V-${i}`, 200 + 7 * i));
    placeAtEdge(boxes, VIEW, corner);
    for (const { xPx, yPx, heightPx } of boxes.filter(({ hasRoom }) => hasRoom))
      expect(xPx >= VIEW.leftPx + corner.width || yPx + heightPx <= VIEW.bottomPx - corner.height).toBe(true);
  });

  it("do not depend on the order in which they came", () => {
    const make = () => Array.from({ length: 12 }, (_, i) => box(`V-${i}`, 80 + i, { wayM: 100 * (i % 4) }));
    const here = make();
    const there = make().reverse();
    placed(here);
    placed(there);
    expect(there.reverse()).toEqual(here);
  });
});
