import { describe, expect, it } from "vitest";
import { seededRng } from "../../../src/core/rng.js";
import { type LabelBox, placeLabels } from "./placeLabels.js";

const VIEW = { leftPx: 0, topPx: 0, rightPx: 1280, bottomPx: 720 };
const box = (id: string, anchorXPx: number, anchorYPx: number, priority = 0): LabelBox => ({
  id,
  anchorXPx,
  anchorYPx,
  priority,
  widthPx: 140,
  heightPx: 20,
  slot: -1,
  xPx: 0,
  yPx: 0,
});
const crowd = (seed: number, count: number): LabelBox[] => {
  const rng = seededRng(seed);
  return Array.from({ length: count }, (_, i) => box(`C-${i}`, rng.uniform() * 1280, rng.uniform() * 720, i % 3));
};
const overlap = (a: LabelBox, b: LabelBox): boolean =>
  a.xPx < b.xPx + b.widthPx && b.xPx < a.xPx + a.widthPx && a.yPx < b.yPx + b.heightPx && b.yPx < a.yPx + a.heightPx;

describe("labels", () => {
  it.each([1, 2, 3, 4, 5])("never cover one another, whatever the crowd (seed %i)", (seed) => {
    const labels = crowd(seed, 120);
    placeLabels(labels, VIEW);
    const shown = labels.filter(({ slot }) => slot >= 0);
    expect(shown.length).toBeGreaterThan(20);
    shown.forEach((a, i) => shown.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
  });
  it("stay inside the part of the picture that panels leave free", () => {
    const labels = crowd(9, 60);
    placeLabels(labels, { leftPx: 300, topPx: 60, rightPx: 900, bottomPx: 600 });
    for (const { slot, xPx, yPx, widthPx, heightPx } of labels) {
      if (slot < 0) continue;
      expect(xPx >= 300 && xPx + widthPx <= 900 && yPx >= 60 && yPx + heightPx <= 600).toBe(true);
    }
  });
  it("do not depend on the order in which things arrived", () => {
    const a = crowd(4, 80);
    const b = [...crowd(4, 80)].reverse();
    placeLabels(a, VIEW);
    placeLabels(b, VIEW);
    expect(b).toEqual(a);
  });
  it("keep their side while it stays free, so that nothing jumps", () => {
    const one = box("a", 400, 300);
    const blocker = box("b", 500, 296, 5);
    placeLabels([one, blocker], VIEW);
    const { slot } = one;
    blocker.anchorXPx = 1000;
    placeLabels([one, blocker], VIEW);
    expect(one.slot).toBe(slot);
  });
  it("give room to the most important first", () => {
    const labels = Array.from({ length: 60 }, (_, i) => box(`x${i}`, 640, 360, 0));
    const important = box("me", 640, 360, 100);
    placeLabels([...labels, important], VIEW);
    expect(important.slot).toBeGreaterThanOrEqual(0);
  });
});
