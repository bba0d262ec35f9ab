import { describe, expect, it } from "vitest";
import { destination } from "../../geo/geodesic.js";
import type { Position } from "../../geo/position.js";
import { BEACH } from "../testing/vehicleBuilder.js";
import type { FenceAreas } from "../transfers.js";
import { leavesFence } from "./fenceReach.js";

const [NORTH, EAST, SOUTH, WEST] = [0, 90, 180, 270];
const from = (bearingDeg: number, distanceM: number): Position => destination(BEACH, bearingDeg, distanceM);
const circle = (centre: Position, radiusM: number, isInclusion: boolean) => ({ centre, radiusM, isInclusion });
/** A square with sides along the compass directions. */
const square = (centre: Position, halfM: number, isInclusion: boolean) => ({
  isInclusion,
  corners: [45, 135, 225, 315].map((bearingDeg) => destination(centre, bearingDeg, halfM * Math.SQRT2)),
});
const fence = ({ polygons = [], circles = [] }: Partial<FenceAreas>): FenceAreas => ({ polygons, circles });
type Combination = "union" | "intersection";
const leaves = (areas: FenceAreas, to: Position, radiusM = 0, combination: Combination = "intersection") =>
  leavesFence(areas, combination, { from: BEACH, to, radiusM });

describe("a flight within a fence", () => {
  it("is free where there is no fence", () => {
    expect(leaves(fence({}), from(NORTH, 5000))).toBe(false);
  });
  it.each([NORTH, EAST, SOUTH, WEST])("may go to the edge of an inclusion, bearing %d", (bearingDeg) => {
    const inSquare = fence({ polygons: [square(BEACH, 200, true)] });
    expect(leaves(inSquare, from(bearingDeg, 199))).toBe(false);
    expect(leaves(inSquare, from(bearingDeg, 201))).toBe(true);
    const inCircle = fence({ circles: [circle(from(NORTH, 50), 200, true)] });
    const reachM = { [NORTH]: 250, [SOUTH]: 150 }[bearingDeg] ?? Math.sqrt(200 ** 2 - 50 ** 2);
    expect(leaves(inCircle, from(bearingDeg, reachM - 1))).toBe(false);
    expect(leaves(inCircle, from(bearingDeg, reachM + 1))).toBe(true);
  });
  it("may not pass through an exclusion on its way", () => {
    const barred = (offM: number) => fence({ circles: [circle(destination(from(EAST, 400), NORTH, offM), 50, false)] });
    expect(leaves(barred(0), from(EAST, 800))).toBe(true);
    expect(leaves(barred(49), from(EAST, 800))).toBe(true);
    expect(leaves(barred(51), from(EAST, 800))).toBe(false);
    // It ends before the exclusion, or is behind the aircraft.
    expect(leaves(barred(0), from(EAST, 340))).toBe(false);
    expect(leaves(barred(0), from(WEST, 800))).toBe(false);
  });
  it("is checked at its very end, and not where the aircraft is now", () => {
    const aroundEnd = fence({ circles: [circle(from(NORTH, 1000), 2, false)] });
    expect(leaves(aroundEnd, from(NORTH, 1000))).toBe(true);
    const aroundBegin = fence({ circles: [circle(BEACH, 2, false)] });
    expect(leaves(aroundBegin, from(NORTH, 1000))).toBe(false);
  });
  it("must stay out of every exclusion, with or without inclusions", () => {
    const two = fence({
      polygons: [square(BEACH, 1000, true), square(from(NORTH, 500), 50, false)],
      circles: [circle(from(EAST, 500), 50, false)],
    });
    expect(leaves(two, from(NORTH, 900))).toBe(true);
    expect(leaves(two, from(EAST, 900))).toBe(true);
    expect(leaves(two, from(WEST, 900))).toBe(false);
    expect(leaves(two, from(NORTH, 900), 0, "union")).toBe(true);
  });
});

describe("several inclusions", () => {
  const big = square(BEACH, 300, true);
  const small = circle(BEACH, 100, true);
  const apart = square(from(EAST, 500), 250, true);
  it("are each enough as a union, and all required as an intersection", () => {
    const nested = fence({ polygons: [big], circles: [small] });
    expect(leaves(nested, from(NORTH, 200), 0, "union")).toBe(false);
    expect(leaves(nested, from(NORTH, 200), 0, "intersection")).toBe(true);
    expect(leaves(nested, from(NORTH, 90), 0, "intersection")).toBe(false);
    expect(leaves(nested, from(NORTH, 310), 0, "union")).toBe(true);
  });
  it("that touch may be crossed from one to the other as a union", () => {
    const chain = fence({ polygons: [big, apart] });
    expect(leaves(chain, from(EAST, 700), 0, "union")).toBe(false);
    expect(leaves(chain, from(EAST, 800), 0, "union")).toBe(true);
  });
});

describe("a circle round the position", () => {
  const inside = fence({ polygons: [square(BEACH, 200, true)] });
  it("must stay inside all the way round", () => {
    expect(leaves(inside, BEACH, 199)).toBe(false);
    expect(leaves(inside, BEACH, 201)).toBe(true);
    for (const bearingDeg of [NORTH, EAST, SOUTH, WEST]) {
      expect(leaves(inside, from(bearingDeg, 150), 45)).toBe(false);
      expect(leaves(inside, from(bearingDeg, 150), 55)).toBe(true);
    }
  });
  it("may enclose an exclusion that it does not cross", () => {
    const island = fence({ circles: [circle(from(NORTH, 500), 20, false)] });
    expect(leaves(island, destination(from(NORTH, 500), EAST, 100), 60)).toBe(false);
    expect(leaves(island, destination(from(NORTH, 500), EAST, 100), 100)).toBe(true);
    expect(leaves(island, destination(from(NORTH, 500), EAST, 100), 150)).toBe(false);
  });
});
