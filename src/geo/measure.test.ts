import { describe, expect, it } from "vitest";
import { legsOf, ringAreaM2 } from "./measure.js";

const places = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([latitudeDeg, longitudeDeg]) => ({ latitudeDeg, longitudeDeg }));
const totalM = (...args: Parameters<typeof legsOf>): number =>
  legsOf(...args).reduce((sum, { lengthM }) => sum + lengthM, 0);

// From GeographicLib's own tests of its planimeter (Planimeter0), and its documentation's Antarctica.
const AROUND_POLE = places([89, 0], [89, 90], [89, 180], [89, 270]);
const DIAMOND = places([0, -1], [-1, 0], [0, 1], [1, 0]);
const OCTANT = places([90, 0], [0, 0], [0, 90]);
const ANTARCTICA = places(
  ...([
    [-63.1, -58],
    [-72.9, -74],
    [-71.9, -102],
    [-74.9, -102],
    [-74.3, -131],
    [-77.5, -163],
    [-77.4, 163],
    [-71.7, 172],
    [-65.9, 140],
    [-65.7, 113],
    [-66.6, 88],
    [-66.9, 59],
    [-69.8, 25],
    [-70, -4],
    [-71, -14],
    [-77.3, -33],
    [-77.9, -46],
    [-74.7, -61],
  ] as const),
);

describe("areas and their outlines agree with GeographicLib's published values", () => {
  it.each([
    ["around the pole", AROUND_POLE, 631_819.8745, 24_952_305_678],
    ["on the equator", DIAMOND, 627_598.2731, 24_619_419_146],
    ["an eighth of the earth", OCTANT, 30_022_685, 63_758_202_715_511],
    ["Antarctica", ANTARCTICA, 16_831_067.893, 13_662_703_680_020.1],
  ] as const)("%s", (_, ring, perimeterM, areaM2) => {
    expect(Math.abs(totalM(ring, true) - perimeterM)).toBeLessThan(1);
    expect(Math.abs(ringAreaM2(ring) - areaM2)).toBeLessThan(1);
    expect(ringAreaM2([...ring].reverse())).toBeCloseTo(ringAreaM2(ring), 0);
  });
});

describe("legs", () => {
  it("of an open line end at its last place", () => {
    // GeographicLib's example: Wellington to Salamanca.
    const legs = legsOf(places([-41.32, 174.81], [40.96, -5.5]));
    expect(legs).toHaveLength(1);
    expect(legs[0]?.lengthM).toBeCloseTo(19_959_679.267, 2);
    expect(legs[0]?.bearingDeg).toBeCloseTo(161.067_669_99, 6);
    expect([legsOf([]), legsOf(places([1, 1])), legsOf([], true)]).toEqual([[], [], []]);
  });

  it("of a closed line lead back to its first", () => {
    const legs = legsOf(DIAMOND, true);
    expect(legs).toHaveLength(4);
    expect(legs[3]?.bearingDeg).toBeGreaterThan(180);
    expect(legs[3]?.lengthM).toBeCloseTo(627_598.2731 / 4, 3);
  });
});
