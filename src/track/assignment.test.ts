import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { assign } from "./assignment.js";

/** Tries every way to assign distinct columns, or none, to the rows. */
function bruteForce(
  costs: readonly (readonly number[])[],
  forbidden: number,
  row = 0,
  used: readonly number[] = [],
): number {
  const line = costs[row];
  if (!line) return 0;
  let best = forbidden + bruteForce(costs, forbidden, row + 1, used);
  line.forEach((cost, column) => {
    if (cost >= forbidden || used.includes(column)) return;
    best = Math.min(best, cost + bruteForce(costs, forbidden, row + 1, [...used, column]));
  });
  return best;
}

describe("assignment", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))("is as cheap as trying everything (seed %i)", (seed) => {
    const rng = seededRng(seed);
    const rows = 1 + Math.floor(rng.uniform() * 5);
    const columns = 1 + Math.floor(rng.uniform() * 5);
    const costs = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => (rng.uniform() < 0.2 ? Infinity : 14 * rng.uniform())),
    );
    const chosen = assign(costs, 10);
    const taken = chosen.filter((column) => column !== undefined);
    expect(new Set(taken).size).toBe(taken.length);
    const total = chosen.reduce<number>(
      (sum, column, row) => sum + (column === undefined ? 10 : (costs[row]?.[column] ?? 0)),
      0,
    );
    expect(total).toBeCloseTo(bruteForce(costs, 10), 9);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))("also where few pairs are allowed (seed %i)", (seed) => {
    const rng = seededRng(1000 + seed);
    const costs = Array.from({ length: 6 }, () =>
      Array.from({ length: 6 }, () => (rng.uniform() < 0.75 ? Infinity : 14 * rng.uniform())),
    );
    const chosen = assign(costs, 10);
    const taken = chosen.filter((column) => column !== undefined);
    expect(new Set(taken).size).toBe(taken.length);
    const total = chosen.reduce<number>(
      (sum, column, row) => sum + (column === undefined ? 10 : (costs[row]?.[column] ?? 0)),
      0,
    );
    expect(total).toBeCloseTo(bruteForce(costs, 10), 9);
  });

  it("does a hundred by a hundred", () => {
    const rng = seededRng(1);
    const costs = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => rng.uniform()));
    expect(new Set(assign(costs, 10)).size).toBe(100);
  });

  it("never makes a pair at the forbidden price or above it", () => {
    expect(assign([[9.999]], 10)).toEqual([0]);
    expect(assign([[10]], 10)).toEqual([undefined]);
    expect(assign([[10, 3]], 10)).toEqual([1]);
    expect(assign([[Number.NaN, Infinity]], 10)).toEqual([undefined]);
  });

  it("gives up a pair when two others together cost less", () => {
    // Row 0 would like column 0 most; but then row 1 has none, for 10.
    expect(
      assign(
        [
          [1, 4],
          [2, Infinity],
        ],
        10,
      ),
    ).toEqual([1, 0]);
    // Here leaving row 1 out is cheaper than moving row 0: 1 + 10 against 8 + 5.
    expect(
      assign(
        [
          [1, 8],
          [5, Infinity],
        ],
        10,
      ),
    ).toEqual([0, undefined]);
  });

  it("keeps groups that share no allowed pair apart, whatever their order", () => {
    const no = Infinity;
    expect(
      assign(
        [
          [no, no, no, 2],
          [1, no, 5, no],
          [no, no, no, 1],
          [2, no, no, no],
        ],
        10,
      ),
    ).toEqual([undefined, 2, 3, 0]);
  });

  it("follows a chain of displacements to its end", () => {
    const no = Infinity;
    // Each row prefers the column of the one before; only the last column is free.
    expect(
      assign(
        [
          [1, 2, no, no],
          [1, 3, 2, no],
          [no, 1, 3, 2],
          [1, no, no, no],
        ],
        10,
      ),
    ).toEqual([1, 2, 3, 0]);
  });

  it("leaves everyone alone when there is nobody", () => {
    expect(assign([[], []], 1)).toEqual([undefined, undefined]);
    expect(assign([], 1)).toEqual([]);
  });
});
