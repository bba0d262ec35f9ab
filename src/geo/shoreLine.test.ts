import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { createCoast, lineError95M } from "./coast.js";
import type { CoastDocument } from "./coastDocument.js";
import { shoreEdges } from "./coastLine.js";
import { geodesicDistanceM } from "./geodesic.js";
import type { Position } from "./position.js";
import { at, coastOf, rectangle, straightCoast } from "./testing/coasts.js";

type Land = CoastDocument["land"][number];
const area = (...corners: Parameters<typeof rectangle>): Land => ({ outline: rectangle(...corners), holes: [] });
const moles = (...rings: CoastDocument["harbours"][number]["moles"]) => [
  { name: "Test", isApproximate: true as const, moles: rings },
];
const lengthM = (edges: ReturnType<typeof shoreEdges>): number =>
  edges.reduce((sum, { from, to }) => sum + geodesicDistanceM(from, to), 0);
const answerAt = (document: CoastDocument, latitudeDeg: number, longitudeDeg: number) => {
  const answer = createCoast(document).landOrSea(at(latitudeDeg, longitudeDeg));
  if (answer.surface === "unknown") throw new Error("outside the data");
  return answer;
};

describe("the waterline of a document", () => {
  it("is the edge of the land, in pieces of a kilometre at most", () => {
    const edges = shoreEdges(coastOf([area(1.5, 50.7, 1.6, 50.8)]));
    // 7.06 km twice, a little less at the north, and 11.12 km twice.
    for (const { from, to } of edges) expect(geodesicDistanceM(from, to)).toBeLessThanOrEqual(1000.001);
    const aroundM =
      geodesicDistanceM(at(50.7, 1.5), at(50.7, 1.6)) +
      geodesicDistanceM(at(50.8, 1.5), at(50.8, 1.6)) +
      2 * geodesicDistanceM(at(50.7, 1.5), at(50.8, 1.5));
    expect(lengthM(edges)).toBeCloseTo(aroundM, 0);
    // No finer than needed: 8 + 8 + 12 + 12 pieces.
    expect(edges).toHaveLength(40);
    expect(edges.every(({ isApproximate }) => !isApproximate)).toBe(true);
  });

  it("keeps a short edge as one piece", () => {
    const edges = shoreEdges(coastOf([area(1.5, 50.7, 1.501, 50.702)]));
    expect(edges).toHaveLength(4);
    const corners = edges.map(({ from }) => `${from.latitudeDeg.toFixed(3)} ${from.longitudeDeg.toFixed(3)}`).sort();
    expect(corners).toEqual(["50.700 1.500", "50.700 1.501", "50.702 1.500", "50.702 1.501"]);
  });

  it("hangs together: each piece begins where the one before ends", () => {
    const edges = shoreEdges(coastOf([area(1.5, 50.7, 1.6, 50.8)]));
    edges.forEach(({ from }, index) => {
      const before = edges.at(index - 1)!.to;
      expect(from.latitudeDeg).toBeCloseTo(before.latitudeDeg, 9);
      expect(from.longitudeDeg).toBeCloseTo(before.longitudeDeg, 9);
    });
  });

  it.each<readonly [string, Land, readonly (readonly [number, number])[]]>([
    ["east", area(1.7, 50.7, 1.8, 50.71), [[50.705, 1.8]]],
    ["west", area(1.4, 50.7, 1.5, 50.71), [[50.705, 1.4]]],
    ["north", area(1.6, 50.8, 1.61, 50.9), [[50.9, 1.605]]],
    ["south", area(1.6, 50.6, 1.61, 50.7), [[50.6, 1.605]]],
  ])("leaves out what runs along the %s edge of the data", (_, land, [[latitudeDeg, longitudeDeg] = [0, 0]]) => {
    const edges = shoreEdges(coastOf([land]));
    const isOnBox = edges.some(
      ({ from, to }) =>
        Math.abs((from.latitudeDeg + to.latitudeDeg) / 2 - latitudeDeg) < 1e-6 &&
        Math.abs((from.longitudeDeg + to.longitudeDeg) / 2 - longitudeDeg) < 2e-3,
    );
    expect(isOnBox).toBe(false);
    // The three other sides are waterline: 7.05 km twice and 1.1 km, or 11.12 km twice and 0.7 km.
    expect(new Set(edges.map(({ from }) => from.latitudeDeg)).size).toBeGreaterThan(1);
    expect(lengthM(edges)).toBeGreaterThan(15_000);
  });

  it("of two areas that overlap is that of both together, a hole's is its own", () => {
    const together = shoreEdges(coastOf([area(1.5, 50.7, 1.504, 50.702), area(1.502, 50.7, 1.506, 50.702)]));
    const one = shoreEdges(coastOf([area(1.5, 50.7, 1.506, 50.702)]));
    expect(lengthM(together)).toBeCloseTo(lengthM(one), 0);
    const withHole: Land = { ...area(1.5, 50.7, 1.506, 50.702), holes: [rectangle(1.502, 50.7005, 1.503, 50.701)] };
    const hole = shoreEdges(coastOf([area(1.502, 50.7005, 1.503, 50.701)]));
    expect(lengthM(shoreEdges(coastOf([withHole])))).toBeCloseTo(lengthM(one) + lengthM(hole), 0);
  });

  it("does not depend on which way round the rings are drawn", () => {
    const outline = rectangle(1.5, 50.7, 1.506, 50.702);
    const hole = rectangle(1.502, 50.7005, 1.503, 50.701);
    const lengths = [outline, [...outline].reverse()].flatMap((one) =>
      [hole, [...hole].reverse()].map((other) => lengthM(shoreEdges(coastOf([{ outline: one, holes: [other] }])))),
    );
    for (const one of lengths) expect(one).toBeCloseTo(lengths[0]!, 6);
  });

  it("marks what was drawn by hand: the mole's outline in the sea, not the shore beside it", () => {
    // A mole of 700 m to the west of the straight shore at 1.6° E.
    const mole = rectangle(1.59, 50.75, 1.6, 50.7505);
    const edges = shoreEdges(straightCoast({ harbours: moles(mole) }));
    const drawn = edges.filter(({ isApproximate }) => isApproximate);
    const moleM =
      2 * geodesicDistanceM(at(50.75, 1.59), at(50.75, 1.6)) + geodesicDistanceM(at(50.75, 1.59), at(50.7505, 1.59));
    expect(lengthM(drawn)).toBeCloseTo(moleM, 0);
    // The rest of the shore, without the 56 m where the mole joins it.
    const shoreM =
      geodesicDistanceM(at(50.6, 1.6), at(50.9, 1.6)) - geodesicDistanceM(at(50.75, 1.6), at(50.7505, 1.6));
    expect(lengthM(edges.filter(({ isApproximate }) => !isApproximate))).toBeCloseTo(shoreM, 0);
  });

  it("of nothing is nothing", () => {
    expect(shoreEdges(coastOf([]))).toEqual([]);
  });
});

describe("land or sea beside a straight shore", () => {
  it.each([
    [50.75, 1.61, "land", 706],
    [50.75, 1.59, "sea", 706],
    [50.75, 1.6001, "land", 7.06],
    [50.75, 1.5999, "sea", 7.06],
    [50.899, 1.55, "sea", 3530],
    [50.61, 1.79, "land", 13_460],
  ] as const)("%f, %f is %s, %f m from the waterline", (latitudeDeg, longitudeDeg, surface, expectedM) => {
    const answer = answerAt(straightCoast(), latitudeDeg, longitudeDeg);
    expect(answer.surface).toBe(surface);
    expect(answer.waterlineDistanceM / expectedM).toBeCloseTo(1, 2);
    expect(answer.plusMinusM).toBe(20);
  });

  it("is unknown outside the data, whose edge belongs to it", () => {
    const coast = createCoast(straightCoast());
    for (const [latitudeDeg, longitudeDeg] of [
      [50.5999, 1.6],
      [50.9001, 1.6],
      [50.7, 1.3999],
      [50.7, 1.8001],
    ] as const)
      expect(coast.landOrSea(at(latitudeDeg, longitudeDeg))).toEqual({ surface: "unknown" });
    for (const [latitudeDeg, longitudeDeg] of [
      [50.6, 1.55],
      [50.9, 1.55],
      [50.7, 1.4],
    ] as const)
      expect(coast.landOrSea(at(latitudeDeg, longitudeDeg)).surface).toBe("sea");
    expect(coast.landOrSea(at(50.7, 1.8)).surface).toBe("land");
    expect(coast.document).toEqual(straightCoast());
  });

  it("a hole is sea, an island in another area land, and without any line the shore is infinitely far", () => {
    const lagoon: Land = { ...area(1.5, 50.7, 1.7, 50.8), holes: [rectangle(1.55, 50.72, 1.65, 50.78)] };
    const document = coastOf([lagoon, area(1.59, 50.74, 1.61, 50.76)]);
    expect(answerAt(document, 50.75, 1.52).surface).toBe("land");
    expect(answerAt(document, 50.75, 1.57).surface).toBe("sea");
    expect(answerAt(document, 50.75, 1.6).surface).toBe("land");
    expect(answerAt(coastOf([]), 50.75, 1.6)).toMatchObject({ surface: "sea", waterlineDistanceM: Infinity });
    expect(answerAt(coastOf([area(1.4, 50.6, 1.8, 50.9)]), 50.75, 1.6)).toMatchObject({
      ...{ surface: "land", waterlineDistanceM: Infinity },
    });
  });

  it("a mole is land, and near it the line is only as good as the worst error", () => {
    const document = straightCoast({ harbours: moles(rectangle(1.59, 50.75, 1.6, 50.7505)) });
    expect(answerAt(document, 50.75025, 1.595)).toMatchObject({ surface: "land", plusMinusM: 50 });
    expect(answerAt(document, 50.7515, 1.595)).toMatchObject({ surface: "sea", plusMinusM: 50 });
    expect(answerAt(document, 50.7515, 1.5999)).toMatchObject({ surface: "sea", plusMinusM: 20 });
    // The middle of the data itself lies on a mole here.
    const inTheMiddle = coastOf([], { harbours: moles(rectangle(1.55, 50.7, 1.65, 50.8)) });
    expect(answerAt(inTheMiddle, 50.75, 1.6).surface).toBe("land");
    expect(answerAt(inTheMiddle, 50.65, 1.6).surface).toBe("sea");
  });

  it.each([
    [50.71, 1.52],
    [50.79, 1.68],
    [50.755, 1.61],
  ])("the distance from %f, %f is that of a geodesic to the nearest corner or edge", (latitudeDeg, longitudeDeg) => {
    const answer = answerAt(coastOf([area(1.5, 50.7, 1.7, 50.8)]), latitudeDeg, longitudeDeg);
    const here = at(latitudeDeg, longitudeDeg);
    const sides = [at(latitudeDeg, 1.5), at(latitudeDeg, 1.7), at(50.7, longitudeDeg), at(50.8, longitudeDeg)];
    expect(answer.waterlineDistanceM).toBeCloseTo(Math.min(...sides.map((side) => geodesicDistanceM(here, side))), 0);
  });
});

describe("land or sea, whatever lies in the middle of the data", () => {
  /** Even-odd rule: how many of the ring's edges a ray to the east crosses. */
  const isIn = (ring: readonly Position[], { latitudeDeg: y, longitudeDeg: x }: Position): boolean =>
    ring.filter((a, i) => {
      const b = ring[(i + 1) % ring.length]!;
      if (a.latitudeDeg > y === b.latitudeDeg > y) return false;
      const part = (y - a.latitudeDeg) / (b.latitudeDeg - a.latitudeDeg);
      return a.longitudeDeg + part * (b.longitudeDeg - a.longitudeDeg) > x;
    }).length %
      2 ===
    1;

  it.each(Array.from({ length: 40 }, (_, seed) => seed))("agrees with the even-odd rule (seed %i)", (seed) => {
    const rng = seededRng(seed);
    const [middleLatDeg, middleLonDeg] = [50.75 + 0.08 * (rng.uniform() - 0.5), 1.6 + 0.1 * (rng.uniform() - 0.5)];
    // A ragged island somewhere near the middle, every other one with a lake, and a mole beside it.
    const radii = Array.from({ length: 3 + (seed % 5) }, () => 0.2 + 0.8 * rng.uniform());
    const ringOf = (scale: number): readonly Position[] =>
      radii.map((radius, i) => {
        const rad = (2 * Math.PI * i) / radii.length + seed;
        return at(
          middleLatDeg + 0.1 * scale * radius * Math.sin(rad),
          middleLonDeg + 0.14 * scale * radius * Math.cos(rad),
        );
      });
    const [outline, lake] = [ringOf(1), ringOf(0.6)];
    const holes = seed % 2 === 0 ? [lake] : [];
    const mole = rectangle(1.55, 50.72, 1.65, 50.78).map((one) => at(one.latitudeDeg + 0.13, one.longitudeDeg - 0.1));
    const coast = createCoast(coastOf([{ outline, holes }], { harbours: moles(mole) }));
    for (let i = 0; i < 40; i++) {
      const place = at(50.65 + 0.2 * rng.uniform(), 1.45 + 0.3 * rng.uniform());
      const isLand = (isIn(outline, place) && !holes.some((hole) => isIn(hole, place))) || isIn(mole, place);
      expect(coast.landOrSea(place).surface).toBe(isLand ? "land" : "sea");
    }
  });
});

describe("the 95 % error of a line", () => {
  it.each([
    // Log-normal: 43 (118 / 43)^(1.645 / 1.2816).
    [43, 118, 466, 157.1],
    [10, 20, 100, 24.34],
    // Never more than the worst that was measured.
    [43, 118, 140, 140],
    // Without a spread it is what 90 % are within, or the worst.
    [20, 20, 50, 20],
    [20, 20, 15, 15],
    [0, 30, 50, 30],
    [0, 0, 0, 0],
  ])("of median %f, 90 %% %f and worst %f m is %f m", (medianM, p90M, worstM, expectedM) => {
    expect(lineError95M({ medianM, p90M, worstM })).toBeCloseTo(expectedM, 1);
  });
});
