import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { createShoreTree, type PlaneEdge } from "./shoreTree.js";

type Corner = readonly [x: number, y: number];
const ringEdges = (corners: readonly Corner[]): readonly PlaneEdge[] =>
  corners.map(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!;
    return { ax, ay, bx, by };
  });

/** A ragged island of many corners around (5, 5). */
const island: readonly Corner[] = Array.from({ length: 200 }, (_, i) => {
  const rad = (2 * Math.PI * i) / 200;
  const radius = 3 + 0.4 * Math.sin(9 * rad) + 0.2 * Math.cos(31 * rad);
  return [5 + radius * Math.cos(rad), 5 + radius * Math.sin(rad)];
});
const lake: readonly Corner[] = [
  [4.5, 4.5],
  [5.5, 4.5],
  [5.3, 5.5],
  [4.4, 5.2],
];
const edges = [...ringEdges(island), ...ringEdges(lake)];
const BOX = { x: 5, y: 5, halfX: 5, halfY: 5 };

const metresTo = ({ ax, ay, bx, by }: PlaneEdge, x: number, y: number): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
};
const crossingsToTheRight = (x: number, y: number): number =>
  edges.filter(({ ax, ay, bx, by }) => ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)).length;

describe("a tree of shore edges", () => {
  const cellAt = createShoreTree(edges, BOX, { x: 2.9371, y: 5.0123, isInside: true });

  it("knows inside and outside, and keeps the nearest edge among its few (seed 5)", () => {
    const rng = seededRng(5);
    let countOfCandidates = 0;
    for (let i = 0; i < 3000; i++) {
      const [x, y] = [10 * rng.uniform(), 10 * rng.uniform()];
      const cell = cellAt(x, y);
      expect(cell.isInside).toBe(crossingsToTheRight(x, y) % 2 === 1);
      const nearest = Math.min(...edges.map((edge) => metresTo(edge, x, y)));
      expect(Math.min(...cell.edges.map((index) => metresTo(edges[index]!, x, y)))).toBeCloseTo(nearest, 12);
      countOfCandidates += cell.edges.length;
    }
    // Of 204 edges; in the middle of an island the shore is about equally far on all sides.
    expect(countOfCandidates / 3000).toBeLessThan(12);
  });

  it("answers the same however it was asked before", () => {
    const again = createShoreTree(edges, BOX, { x: 2.9371, y: 5.0123, isInside: true });
    const rng = seededRng(6);
    const places = Array.from({ length: 200 }, () => [10 * rng.uniform(), 10 * rng.uniform()] as const);
    const first = places.map(([x, y]) => cellAt(x, y));
    const backwards = [...places].reverse().map(([x, y]) => again(x, y));
    expect(backwards.reverse()).toEqual(first);
  });

  it("takes the known point's word for what is inside", () => {
    const known = { x: 0.1234, y: 0.2345, isInside: false };
    const fromOutside = createShoreTree(edges, BOX, known);
    expect(fromOutside(5, 3).isInside).toBe(true);
    expect(fromOutside(5, 5).isInside).toBe(false);
    const inverted = createShoreTree(edges, BOX, { ...known, isInside: true });
    expect(inverted(5, 3).isInside).toBe(false);
  });

  it("with few edges keeps all of them, in all of the box", () => {
    const few = createShoreTree(ringEdges(lake), BOX, { x: 1.1, y: 1.2, isInside: false });
    expect(few(9, 9)).toEqual({ edges: [0, 1, 2, 3], isInside: false });
    expect(few(5, 5)).toEqual({ edges: [0, 1, 2, 3], isInside: true });
  });

  it("without edges is the same everywhere", () => {
    const empty = createShoreTree([], BOX, { x: 1, y: 1, isInside: true });
    expect(empty(7, 2)).toEqual({ edges: [], isInside: true });
  });

  it("ends its search where many edges meet in one point", () => {
    const star = ringEdges(
      Array.from({ length: 40 }, (_, i): Corner => {
        const rad = (2 * Math.PI * i) / 40;
        return i % 2 === 0 ? [5.01, 5.02] : [5.01 + 4 * Math.cos(rad), 5.02 + 4 * Math.sin(rad)];
      }),
    );
    const cell = createShoreTree(star, BOX, { x: 0.3, y: 0.4, isInside: false })(5.0101, 5.0201);
    expect(cell.edges.length).toBeGreaterThan(6);
  });
});
