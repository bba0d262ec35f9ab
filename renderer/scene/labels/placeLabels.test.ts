import { describe, expect, it } from "vitest";
import { seededRng } from "../../../src/core/rng.js";
import { LabelRoom } from "./labelRoom.js";
import { type LabelBox, placeLabels } from "./placeLabels.js";

const VIEW = { leftPx: 0, topPx: 0, rightPx: 1280, bottomPx: 720 };
const box = (id: string, anchorXPx: number, anchorYPx: number, priority = 0): LabelBox => ({
  id,
  anchorXPx,
  anchorYPx,
  priority,
  isQuiet: false,
  halfPx: 7,
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
  it("that are quiet displace no other, whatever their priority, and stand right at their point or not at all", () => {
    const alone = crowd(6, 40);
    placeLabels(alone, VIEW);
    const names = crowd(7, 60).map((name) => ({ ...name, id: `name ${name.id}`, priority: 1000, isQuiet: true }));
    const beside = crowd(6, 40);
    placeLabels([...names, ...beside], VIEW);
    expect(beside.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(alone.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    const shown = names.filter(({ slot }) => slot >= 0);
    expect(shown.length).toBeGreaterThan(10);
    for (const { slot, anchorXPx, anchorYPx, xPx, yPx, widthPx, heightPx } of shown) {
      expect(slot).toBeLessThan(8);
      const offX = Math.max(xPx - anchorXPx, anchorXPx - xPx - widthPx, 0);
      const offY = Math.max(yPx - anchorYPx, anchorYPx - yPx - heightPx, 0);
      expect(Math.hypot(offX, offY)).toBeLessThan(13);
    }
    [...shown, ...beside.filter(({ slot }) => slot >= 0)].forEach((a, i, all) =>
      all.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(false)),
    );
  });
  it("that are quiet go when another covers their point", () => {
    const contact = box("contact", 400, 300);
    placeLabels([contact], VIEW);
    const name = { ...box("name", contact.xPx + 136, contact.yPx + 10), isQuiet: true };
    placeLabels([name, contact], VIEW);
    expect([contact.slot, name.slot]).toEqual([0, -1]);
  });
  it("are as many as allowed: the most important, and those beyond take no room", () => {
    const labels = [box("a", 200, 200, 1), box("b", 200, 202, 3), box("c", 900, 300, 2)];
    placeLabels(labels, VIEW, new LabelRoom(), 2);
    expect(labels.map(({ id, slot }) => [id, slot >= 0])).toEqual([
      ["b", true],
      ["c", true],
      ["a", false],
    ]);
  });
  it("give room to the most important first", () => {
    const labels = Array.from({ length: 60 }, (_, i) => box(`x${i}`, 640, 360, 0));
    const important = box("me", 640, 360, 100);
    placeLabels([...labels, important], VIEW);
    expect(important.slot).toBeGreaterThanOrEqual(0);
  });
});
