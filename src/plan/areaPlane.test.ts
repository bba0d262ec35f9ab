import { describe, expect, it } from "vitest";
import type { Position } from "../geo/position.js";
import { areaPlane, thinnedArea } from "./areaPlane.js";
import { areaOf, metres } from "./testing/planBuilders.js";

const failureOf = (area: readonly Position[]) => {
  const plane = areaPlane(area);
  return plane.ok ? undefined : plane.error;
};
function planeOf(area: readonly Position[]) {
  const plane = areaPlane(area);
  if (!plane.ok) throw new Error(plane.error.kind);
  return plane.value;
}
const around = (corners: number, radiusM = 700): readonly Position[] =>
  Array.from({ length: corners }, (_, i) => {
    const turnRad = (2 * Math.PI * i) / corners;
    return metres(radiusM * Math.cos(turnRad), radiusM * Math.sin(turnRad));
  });

describe("the plane of an area", () => {
  it("has its zero in the middle of the area, x to the east and y to the north", () => {
    const { ring, areaM2, corners, toPlane, toPosition } = planeOf(areaOf([100, 0], [500, 0], [500, 200], [100, 200]));
    expect(ring.map(({ xM, yM }) => [Math.round(xM), Math.round(yM)])).toEqual([
      [-200, -100],
      [200, -100],
      [200, 100],
      [-200, 100],
    ]);
    expect(corners).toEqual([0, 1, 2, 3]);
    expect(areaM2).toBeCloseTo(80_000, 0);
    const east = toPlane(metres(310, 90));
    expect([east.xM, east.yM].map(Math.round)).toEqual([10, -10]);
    const back = toPosition(east);
    expect(back.latitudeDeg).toBeCloseTo(metres(310, 90).latitudeDeg, 8);
    expect(back.longitudeDeg).toBeCloseTo(metres(310, 90).longitudeDeg, 8);
  });

  it("has the same surface whichever way round the area was drawn", () => {
    expect(planeOf(areaOf([0, 0], [0, 200], [400, 200], [400, 0])).areaM2).toBeCloseTo(80_000, 0);
  });

  it("is laid across 180 degrees as anywhere else", () => {
    const at = (longitudeDeg: number, latitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });
    const here = planeOf([at(9.99, 0), at(10.01, 0), at(10.01, 0.01), at(9.99, 0.01)]);
    const there = planeOf([at(179.99, 0), at(-179.99, 0), at(-179.99, 0.01), at(179.99, 0.01)]);
    expect(there.areaM2).toBeCloseTo(here.areaM2, 2);
    expect(there.ring.map(({ xM }) => Math.round(xM))).toEqual(here.ring.map(({ xM }) => Math.round(xM)));
  });

  it("counts repeated corners once and knows their numbers in the area", () => {
    expect(planeOf(areaOf([0, 0], [0, 0], [400, 0], [400, 200])).corners).toEqual([1, 2, 3]);
    expect(planeOf(areaOf([0, 0], [400, 0], [400, 200], [0, 0])).corners).toEqual([0, 1, 2]);
  });

  it("is computed once for the same area", () => {
    const area = areaOf([0, 0], [400, 0], [400, 200]);
    expect(areaPlane(area)).toBe(areaPlane(area));
  });
});

describe("an area that is none", () => {
  it("says how many corners it has", () => {
    expect(failureOf([])).toEqual({ kind: "too-few-corners", corners: 0 });
    expect(failureOf(areaOf([0, 0]))).toEqual({ kind: "too-few-corners", corners: 1 });
    expect(failureOf(areaOf([0, 0], [100, 0]))).toEqual({ kind: "too-few-corners", corners: 2 });
    expect(failureOf(areaOf([0, 0], [0, 0], [0, 0]))).toEqual({ kind: "too-few-corners", corners: 0 });
  });

  it("names the first corner that is not on the earth, poles excluded", () => {
    const good = areaOf([0, 0], [100, 0]);
    for (const bad of [
      { latitudeDeg: 89.01, longitudeDeg: 0 },
      { latitudeDeg: -89.01, longitudeDeg: 0 },
      { latitudeDeg: 0, longitudeDeg: 180.01 },
      { latitudeDeg: 0, longitudeDeg: -180.01 },
      { latitudeDeg: Number.NaN, longitudeDeg: 0 },
      { latitudeDeg: 0, longitudeDeg: Number.NaN },
    ])
      expect(failureOf([...good, bad, bad])).toEqual({ kind: "bad-corner", corner: 2 });
    const north = (longitudeDeg: number, latitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });
    expect(failureOf([north(180, 89), north(179.9, 89), north(179.9, 88.99)])).toBeUndefined();
  });

  it("may be 50 km from corner to corner, not more", () => {
    const square = (halfM: number) => areaOf([-halfM, -halfM], [halfM, -halfM], [halfM, halfM], [-halfM, halfM]);
    expect(failureOf(square(17_600))).toBeUndefined();
    const failure = failureOf(square(17_750));
    expect(failure).toMatchObject({ kind: "too-large", limitM: 50_000 });
    expect(failure?.kind === "too-large" && failure.extentM / (2 * 17_750 * Math.SQRT2)).toBeCloseTo(1, 2);
  });

  it("names the edges that cross, also where both halves cancel each other", () => {
    expect(failureOf(areaOf([0, 0], [100, 100], [100, 0], [0, 100]))).toEqual({
      kind: "self-crossing",
      firstEdge: 0,
      secondEdge: 2,
    });
    expect(failureOf(areaOf([0, 0], [100, 100], [100, 0], [0, 300]))).toEqual({
      kind: "self-crossing",
      firstEdge: 0,
      secondEdge: 2,
    });
  });

  it("has less than a square metre", () => {
    const triangle = (sideM: number) => areaOf([0, 0], [sideM, 0], [0, sideM]);
    expect(failureOf(triangle(1.43))).toBeUndefined();
    const failure = failureOf(triangle(1.4));
    expect(failure?.kind === "no-surface" && failure.areaM2).toBeCloseTo(0.98, 2);
    // Three corners on one line lie upon each other; that says less than the missing surface.
    expect(failureOf([0, 0.001, 0.002].map((deg) => ({ latitudeDeg: 0, longitudeDeg: deg })))).toEqual({
      kind: "no-surface",
      areaM2: 0,
    });
  });
});

describe("outlines with very many corners", () => {
  it("are simplified from 401 corners on, and each corner that is left knows its number", () => {
    expect(planeOf(around(400)).ring).toHaveLength(400);
    const area = around(401);
    const { ring, corners, toPlane, areaM2 } = planeOf(area);
    expect(ring.length).toBeLessThan(200);
    expect(ring).toEqual(corners.map((corner) => toPlane(area[corner]!)));
    // The surface is that of the area as drawn.
    expect(areaM2 / (Math.PI * 700 * 700)).toBeCloseTo(1, 3);
  });

  it("give an area without the corners that make no difference", () => {
    const area = around(1000);
    expect(thinnedArea(area)).toEqual(planeOf(area).corners.map((corner) => area[corner]));
    expect(thinnedArea(area).length).toBeLessThan(300);
  });

  it("are kept as drawn where every corner counts, where there are few, and where they are no area", () => {
    const few = around(400);
    expect(thinnedArea(few)).toBe(few);
    const closed = [...areaOf([0, 0], [400, 0], [400, 200]), metres(0, 0)];
    expect(thinnedArea(closed)).toBe(closed);
    const none = areaOf([0, 0], [100, 0]);
    expect(thinnedArea(none)).toBe(none);
    const rough = Array.from({ length: 402 }, (_, i) => {
      const turnRad = (2 * Math.PI * i) / 402;
      const radiusM = 700 + 20 * (i % 2);
      return metres(radiusM * Math.cos(turnRad), radiusM * Math.sin(turnRad));
    });
    expect(thinnedArea(rough)).toBe(rough);
  });
});
