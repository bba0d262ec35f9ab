import { describe, expect, it } from "vitest";
import type { Ring } from "./polygon.js";
import { cornersThatMatter, thinned } from "./thinRing.js";

const ringOf = (...corners: readonly (readonly [number, number])[]): Ring => corners.map(([xM, yM]) => ({ xM, yM }));
const at = (ring: Ring, corners: readonly number[]) => corners.map((i) => [ring[i]!.xM, ring[i]!.yM]);

/** A square of 100 m with a corner every `stepM`, those in between off the line by `roughM` to either side in turn. */
function square(stepM: number, roughM: number): Ring {
  const steps = 100 / stepM;
  const side = Array.from(
    { length: steps },
    (_, i) => [i * stepM, i === 0 ? 0 : i % 2 === 0 ? roughM : -roughM] as const,
  );
  return ringOf(
    ...side,
    ...side.map(([along, off]) => [100 - off, along] as const),
    ...side.map(([along, off]) => [100 - along, 100 - off] as const),
    ...side.map(([along, off]) => [off, 100 - along] as const),
  );
}

describe("the corners that matter", () => {
  it("of a square with many corners are its four", () => {
    const ring = square(5, 0.3);
    expect(at(ring, cornersThatMatter(ring, 0.5))).toEqual([
      [0, 0],
      [100, 0],
      [100, 100],
      [0, 100],
    ]);
  });

  it("are all that lie further off than the tolerance, none that lie exactly on it", () => {
    const bump = (byM: number) => cornersThatMatter(ringOf([0, 0], [50, -byM], [100, 0], [100, 100], [0, 100]), 0.5);
    expect(bump(0.5)).toEqual([0, 2, 3, 4]);
    expect(bump(0.51)).toEqual([0, 1, 2, 3, 4]);
  });

  it("always hold the first corner, even on a straight line", () => {
    const ring = ringOf([50, 0], [100, 0], [100, 100], [0, 100], [0, 0]);
    expect(cornersThatMatter(ring, 0.5)).toEqual([0, 1, 2, 3, 4]);
  });

  it("also hold every 512th: pieces are simplified on their own", () => {
    const line = Array.from({ length: 1100 }, (_, i) => [i, 0] as const);
    const ring = ringOf(...line, [1100, 0], [1100, 500], [0, 500]);
    expect(cornersThatMatter(ring, 0.5)).toEqual([0, 512, 1024, 1100, 1101, 1102]);
  });

  it("of nothing are none", () => {
    expect(cornersThatMatter([], 0.5)).toEqual([]);
  });
});

describe("an outline made simpler for a sweep", () => {
  it("keeps its shape by half a metre", () => {
    const ring = square(5, 0.3);
    expect(thinned(ring)).toHaveLength(4);
  });

  it("stays whole when hardly anything can be left out", () => {
    const ring = square(50, 3);
    expect(thinned(ring)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // One corner of eleven can go: a tenth is worth it, less is not.
    const eleven = ringOf([0, 0], [9, 0.1], [20, 0], [30, 9], [40, 0], [50, 40], [30, 30], [25, 60], [20, 30], [10, 60], [0, 40]); // prettier-ignore
    expect(thinned(eleven)).toHaveLength(11);
    const ten = [...eleven.slice(0, 9), ...eleven.slice(10)];
    expect(thinned(ten)).toHaveLength(9);
  });

  it("is simplified less where it would cross itself, and not at all where it still would", () => {
    // A slit 0.3 m wide between two lines bent by 0.4 m: without the bend the upper line would cut the lower one.
    const bend = (yM: number, byM: number, count: number) =>
      Array.from(
        { length: count },
        (_, i) => [i * (100 / (count - 1)), yM + byM * Math.sin((Math.PI * i) / (count - 1))] as const,
      );
    const lower = bend(0, 0.4, 21);
    const upper = ringOf([100, 20], [0, 20], [0, 0.35], [50, 0.45], [99, 0.2]);
    const ring = [...ringOf(...lower), ...upper.slice(0, 2), ...upper.slice(2, 4)];
    const kept = thinned(ring);
    expect(kept.length).toBeLessThan(ring.length);
    expect(kept.length).toBeGreaterThan(5);
  });

  it("of a sliver that would vanish keeps every corner", () => {
    const sliver = ringOf([0, 0], [25, 0.1], [50, 0.1], [75, 0.1], [100, 0], [75, -0.1], [50, -0.1], [25, -0.1]);
    const kept = thinned(sliver);
    expect(kept.length).toBeGreaterThanOrEqual(3);
  });
});
