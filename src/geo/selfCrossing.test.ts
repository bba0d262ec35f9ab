import { describe, expect, it } from "vitest";
import { eachNearPair } from "./edgeGrid.js";
import type { Point2, Ring } from "./polygon.js";
import { selfCrossing } from "./selfCrossing.js";

const ringOf = (...corners: readonly (readonly [number, number])[]): Ring => corners.map(([xM, yM]) => ({ xM, yM }));
/** A circle of many corners, so that the grid is used; `changed` corners are put elsewhere. */
function circle(count: number, changed: Readonly<Record<number, Point2>> = {}): Ring {
  return Array.from({ length: count }, (_, i) => {
    const rad = (2 * Math.PI * i) / count;
    return changed[i] ?? { xM: 100 * Math.cos(rad), yM: 100 * Math.sin(rad) };
  });
}

describe("an outline that meets itself", () => {
  it.each<readonly [string, Ring, readonly [number, number] | undefined]>([
    ["a bow tie crosses", ringOf([0, 0], [10, 10], [10, 0], [0, 10]), [0, 2]],
    ["a triangle does not", ringOf([0, 0], [10, 0], [5, 8]), undefined],
    ["a corner in the middle of a straight edge is none", ringOf([0, 0], [5, 0], [10, 0], [5, 8]), undefined],
    ["a spike out and back: its two edges lie on each other", ringOf([0, 0], [10, 0], [4, 0], [4, 8]), [0, 1]],
    ["a spike along the closing edge", ringOf([0, 0], [10, 0], [10, 8], [20, 0]), [0, 3]],
    ["a corner met again", ringOf([0, 0], [10, 0], [5, 5], [10, 10], [0, 10], [5, 5]), [1, 4]],
    ["a corner that touches an edge", ringOf([0, 0], [10, 0], [10, 10], [5, 0], [0, 10]), [0, 2]],
    ["a corner just short of that edge", ringOf([0, 0], [10, 0], [10, 10], [5, 0.001], [0, 10]), undefined],
    ["two edges of one line that overlap", ringOf([0, 0], [10, 0], [10, 5], [8, 0], [4, 0], [0, 5]), [0, 2]],
    ["two edges of one line apart", ringOf([0, 0], [4, 0], [4, 5], [6, 5], [6, 0], [10, 0], [5, 10]), undefined],
    ["an edge that starts on another", ringOf([0, 0], [6, 0], [3, 0], [3, 4], [0, 4]), [0, 1]],
    ["the same corner twice in a row", ringOf([0, 0], [10, 0], [10, 0], [5, 8]), [0, 1]],
    ["upright edges that overlap", ringOf([0, 0], [0, 10], [5, 10], [0, 8], [0, 4], [5, 0]), [0, 2]],
  ])("%s", (_, ring, expected) => {
    const found = selfCrossing(ring);
    expect(found && [found.firstEdge, found.secondEdge]).toEqual(expected);
  });

  /** The same outline turned and mirrored in all eight ways. */
  const inAllWays = (ring: Ring): readonly Ring[] =>
    [1, -1].flatMap((sx) =>
      [1, -1].flatMap((sy) => [
        ring.map(({ xM, yM }) => ({ xM: sx * xM, yM: sy * yM })),
        ring.map(({ xM, yM }) => ({ xM: sx * yM, yM: sy * xM })),
      ]),
    );

  it.each<readonly [string, Ring, readonly [number, number]]>([
    ["runs back into the first edge", ringOf([0, 0], [10, 0], [10, 5], [15, 5], [15, 0], [5, 0], [0, 3]), [0, 4]],
    [
      "runs back over all of the first edge",
      ringOf([0, 0], [10, 0], [10, 5], [15, 5], [15, 0], [-5, 0], [-5, 3]),
      [0, 4],
    ],
    [
      "comes back from the other side into it",
      ringOf([0, 0], [10, 0], [5, 9], [-5, 5], [-5, 0], [4, 0], [4, 2]),
      [0, 4],
    ],
    ["has a slanted spike", ringOf([0, 0], [6, 8], [3, 4], [-9, 9]), [0, 1]],
    ["has a flat spike", ringOf([0, 0], [8, 2], [4, 1], [-1, 9]), [0, 1]],
  ])("one that %s, however it is turned", (_, ring, [firstEdge, secondEdge]) => {
    for (const one of inAllWays(ring)) expect(selfCrossing(one)).toEqual({ firstEdge, secondEdge });
  });

  it.each<readonly [string, Ring]>([
    [
      "ends short of the first edge's line",
      ringOf([0, 0], [10, 0], [10, 5], [20, 5], [20, 0], [12, 0], [12, -4], [0, -4]),
    ],
    ["goes straight on at a slant", ringOf([0, 0], [3, 4], [6, 8], [-9, 9])],
    ["goes straight on, flat", ringOf([0, 0], [4, 1], [8, 2], [-1, 9])],
  ])("none is found in one that %s, however it is turned", (_, ring) => {
    for (const one of inAllWays(ring)) expect(selfCrossing(one)).toBeUndefined();
  });

  it("the first of several crossings is told", () => {
    const twice = ringOf([0, 0], [30, 0], [30, 10], [20, -5], [10, 10], [5, -5]);
    expect(selfCrossing(twice)).toEqual({ firstEdge: 0, secondEdge: 2 });
  });

  it.each([64, 65, 200])("with %i corners as with few", (count) => {
    expect(selfCrossing(circle(count))).toBeUndefined();
    // One corner pulled across the middle to the other side: both of its edges cross the edges there.
    const half = count / 2;
    const far = { xM: 150 * Math.cos(0.01), yM: 150 * Math.sin(0.01) };
    const found = selfCrossing(circle(count, { [Math.floor(half)]: far }));
    expect(found?.firstEdge).toBe(0);
    expect(found?.secondEdge).toBe(Math.floor(half) - 1);
    // Two edges that lie on each other.
    const before = circle(count)[10]!;
    const tip = { xM: 300, yM: before.yM };
    const middle = { xM: 200, yM: before.yM };
    const spike = circle(count, { 11: tip, 12: middle });
    expect(selfCrossing(spike)).toEqual({ firstEdge: 10, secondEdge: 11 });
  });
});

describe("edges near each other", () => {
  const pairsOf = (ring: Ring): ReadonlySet<string> => {
    const pairs = new Set<string>();
    eachNearPair(ring, (one, other) => {
      expect(one).toBeLessThan(other);
      pairs.add(`${one} ${other}`);
    });
    return pairs;
  };

  it("are neighbours, and those that cross anywhere", () => {
    const ring = circle(100, { 50: { xM: 150, yM: 1 } });
    const pairs = pairsOf(ring);
    for (let edge = 0; edge + 1 < 100; edge++) expect(pairs).toContain(`${edge} ${edge + 1}`);
    expect(pairs).toContain("0 99");
    expect(pairs).toContain("0 49");
    expect(pairs).toContain("0 50");
  });

  it("are not those on the other side", () => {
    const pairs = pairsOf(circle(100));
    expect(pairs).not.toContain("0 50");
    expect(pairs).not.toContain("25 75");
    expect(pairs.size).toBeLessThan(1000);
  });

  it("of a long narrow outline are not all of them", () => {
    const there = Array.from({ length: 100 }, (_, i) => [i * 10, i % 2] as const);
    const back = Array.from({ length: 100 }, (_, i) => [(99 - i) * 10, 5 + (i % 2)] as const);
    const pairs = pairsOf(ringOf(...there, ...back));
    expect(pairs.size).toBeLessThan(1500);
    // Above each other, and neighbours.
    expect(pairs).toContain("50 148");
    expect(pairs).toContain("50 51");
  });

  it("wherever on the map the outline lies", () => {
    const moved = (dx: number, dy: number) => pairsOf(circle(80).map(({ xM, yM }) => ({ xM: xM + dx, yM: yM + dy })));
    expect(moved(-5000, 300).size).toBe(moved(0, 0).size);
    expect(moved(1000, -7000).size).toBe(moved(0, 0).size);
  });

  it("of an outline without any extent are all of them", () => {
    expect(pairsOf(ringOf([3, 3], [3, 3], [3, 3]))).toEqual(new Set(["0 1", "0 2", "1 2"]));
  });
});
