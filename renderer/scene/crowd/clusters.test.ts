/** Which marks are drawn as one. Distances are measured here anew, from the marks themselves. */
import { describe, expect, it } from "vitest";
import { seededRng } from "../../../src/core/rng.js";
import { Clusters, JOIN_PX, LEAVE_PX, NOT_SEEN } from "./clusters.js";

type Mark = { xPx: number; yPx: number; isAlone?: boolean; isOff?: boolean };

const marksOf = (all: readonly Mark[], order = all.map((_, i) => i)) => ({
  count: all.length,
  order,
  xPx: all.map(({ xPx }) => xPx),
  yPx: all.map(({ yPx }) => yPx),
  isAlone: all.map(({ isAlone }) => (isAlone === true ? 1 : 0)),
  isSeen: all.map(({ isOff }) => (isOff === true ? 0 : 1)),
});
const opened = (all: readonly Mark[], order?: number[]) => {
  const clusters = new Clusters();
  clusters.reset(all.length, () => -1);
  clusters.update(marksOf(all, order));
  return clusters;
};
const row = (...xs: readonly number[]): Mark[] => xs.map((xPx) => ({ xPx, yPx: 100 }));
const apart = (a: Mark | undefined, b: Mark | undefined): number =>
  Math.hypot((a?.xPx ?? 0) - (b?.xPx ?? 0), (a?.yPx ?? 0) - (b?.yPx ?? 0));
const crowd = (seed: number, count: number): Mark[] => {
  const rng = seededRng(seed);
  return Array.from({ length: count }, () => ({ xPx: rng.uniform() * 900, yPx: rng.uniform() * 500 }));
};

describe("marks on the screen", () => {
  it("are one where they stand together, and each its own where they do not", () => {
    const { leaderOf, sizeOf } = opened(row(100, 110, 133, 300));
    expect([...leaderOf]).toEqual([0, 0, 0, 3]);
    expect([...sizeOf]).toEqual([3, 0, 0, 1]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("leave room between those drawn, and lose none (seed %i)", (seed) => {
    const all = crowd(seed, 300);
    const { leaderOf, sizeOf } = opened(all);
    const drawn = all.flatMap((mark, i) => (leaderOf[i] === i ? [mark] : []));
    expect(drawn.length).toBeGreaterThan(50);
    expect(drawn.length).toBeLessThan(300);
    drawn.forEach((a, i) => drawn.slice(i + 1).forEach((b) => expect(apart(a, b)).toBeGreaterThanOrEqual(JOIN_PX)));
    all.forEach((mark, i) => expect(apart(mark, all[leaderOf[i] ?? -1])).toBeLessThan(JOIN_PX));
    expect(sizeOf.reduce((sum, size) => sum + size, 0)).toBe(300);
  });

  it.each([11, 12, 13])("do not depend on the order in which they are listed, only on their rank (seed %i)", (seed) => {
    const all = crowd(seed, 120);
    const back = [...all].reverse();
    const here = opened(all);
    const there = opened(
      back,
      all.map((_, i) => all.length - 1 - i),
    );
    all.forEach((_, i) => expect(there.leaderOf[119 - i]).toBe(119 - (here.leaderOf[i] ?? 0)));
  });

  it("of the most important stand for the others, and join the nearest of those", () => {
    expect([...opened(row(100, 120), [1, 0]).leaderOf]).toEqual([1, 1]);
    // The third is within reach of both others.
    expect([...opened(row(100, 140, 125)).leaderOf]).toEqual([0, 1, 1]);
  });

  it("off the screen stand for nothing", () => {
    const [first, second] = row(100, 105);
    const { leaderOf, sizeOf } = opened([{ xPx: 100, yPx: 100, ...first, isOff: true }, second ?? { xPx: 0, yPx: 0 }]);
    expect([...leaderOf]).toEqual([NOT_SEEN, 1]);
    expect([...sizeOf]).toEqual([0, 1]);
  });
});

describe("a mark that is drawn by itself", () => {
  it("joins none and takes none", () => {
    const all = row(100, 105, 110);
    const { leaderOf, sizeOf } = opened([{ xPx: 95, yPx: 100, isAlone: true }, ...all]);
    expect([...leaderOf]).toEqual([0, 1, 1, 1]);
    expect([...sizeOf]).toEqual([1, 3, 0, 0]);
  });

  it("gives back those it stood for", () => {
    const all = row(100, 105, 110);
    const clusters = opened(all);
    const alone = all.map((mark, i) => ({ ...mark, isAlone: i === 0 }));
    expect(clusters.update(marksOf(alone))).toBe(true);
    expect([...clusters.leaderOf]).toEqual([0, 1, 1]);
  });
});

describe("while the camera moves slowly", () => {
  it("nothing flickers between coming together and coming apart", () => {
    const clusters = opened(row(100, 100 + JOIN_PX - 1));
    const steps = Array.from({ length: 50 }, (_, i) =>
      clusters.update(marksOf(row(100, 100 + (i % 2 === 0 ? JOIN_PX + 1 : LEAVE_PX - 1)))),
    );
    expect(steps).not.toContain(true);
    expect(clusters.update(marksOf(row(100, 100 + LEAVE_PX + 1)))).toBe(true);
    expect([...clusters.leaderOf]).toEqual([0, 1]);
    // Apart, they stay so until they are near again.
    const back = Array.from({ length: 50 }, (_, i) => clusters.update(marksOf(row(100, 100 + JOIN_PX + (i % 10)))));
    expect(back).not.toContain(true);
  });

  it.each([21, 22, 23])("a crowd that trembles by two pixels stays as it is (seed %i)", (seed) => {
    const all = crowd(seed, 200);
    const rng = seededRng(seed);
    const clusters = opened(all);
    // Two that stand just apart may come together once: after that, nothing moves.
    const tremble = () =>
      all.map(({ xPx, yPx }) => ({ xPx: xPx + 2 * rng.uniform() - 1, yPx: yPx + 2 * rng.uniform() - 1 }));
    for (let i = 0; i < 60; i++) clusters.update(marksOf(tremble()));
    const steps = Array.from({ length: 60 }, () => clusters.update(marksOf(tremble())));
    expect(steps.filter((isOther) => isOther).length).toBeLessThanOrEqual(1);
  });

  it("a zoom out and in again changes each mark's company a few times, not at every step", () => {
    const all = crowd(31, 200);
    const clusters = opened(all);
    let changes = 0;
    for (let step = 0; step < 400; step++) {
      const factor = 1 - 0.6 * Math.sin((step / 400) * Math.PI);
      const before = [...clusters.leaderOf];
      clusters.update(marksOf(all.map(({ xPx, yPx }) => ({ xPx: xPx * factor, yPx: yPx * factor }))));
      changes += clusters.leaderOf.reduce((sum, leader, i) => sum + Number(leader !== before[i]), 0);
    }
    expect(changes / all.length).toBeLessThan(8);
  });
});

describe("other marks than before", () => {
  it("stay with the one that stood for them, wherever that is listed now", () => {
    const clusters = opened(row(100, 120, 300));
    clusters.update(marksOf(row(100, 100 + LEAVE_PX - 2, 300)));
    expect([...clusters.leaderOf]).toEqual([0, 0, 2]);
    // The far one is gone, a new one came first.
    const earlier = [-1, 0, 1];
    clusters.reset(3, (i) => earlier[i] ?? -1);
    clusters.update(marksOf([{ xPx: 500, yPx: 100 }, ...row(100, 100 + LEAVE_PX - 2)]));
    expect([...clusters.leaderOf]).toEqual([0, 1, 1]);
  });

  it("stand for themselves where the one that stood for them is gone", () => {
    const clusters = opened(row(100, 105));
    clusters.reset(1, () => 1);
    expect([...clusters.leaderOf]).toEqual([0]);
    expect([...clusters.sizeOf]).toEqual([1]);
  });
});
