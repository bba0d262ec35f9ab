import { describe, expect, it } from "vitest";
import type { HeightGrid } from "../../../src/geo/terrain/heightGrid.js";
import { contourIntervalM, contourLines, marchContours } from "./contours.js";
import { GDAL_CONTOURS, GDAL_GRID } from "./testing/gdalRelief.js";
import { gridOf } from "./testing/gridOf.js";

type Point = readonly [number, number];

function cornersByHeight(grid: HeightGrid, intervalM: number): Map<number, Point[]> {
  const found = new Map<number, Point[]>();
  marchContours(grid, intervalM, (level, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => {
    const corners = found.get(level * intervalM) ?? [];
    found.set(level * intervalM, corners);
    corners.push([x1, y1], [x2, y2]);
  });
  return found;
}
const isNear = ([x, y]: Point, others: readonly Point[]): boolean =>
  others.some(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) < 0.02);

describe("contour lines", () => {
  it("have the corners that gdal_contour gives them, all of them and no others", () => {
    const ours = cornersByHeight(GDAL_GRID, 20);
    expect([...ours.keys()].sort((a, b) => a - b)).toEqual(Object.keys(GDAL_CONTOURS).map(Number));
    for (const [heightM, corners] of ours) {
      const theirs = GDAL_CONTOURS[heightM] ?? [];
      expect(corners.filter((corner) => !isNear(corner, theirs))).toEqual([]);
      expect(theirs.filter((corner) => !isNear(corner, corners))).toEqual([]);
    }
  });

  it("join what is like the middle where two hills meet two hollows", () => {
    const saddle = (middleUp: number): HeightGrid => ({
      ...{ halfWidthM: 10, countPerSide: 2 },
      heightsM: new Float32Array([14 + middleUp, 6, 6, 14 + middleUp]),
    });
    const lines = (grid: HeightGrid): (readonly number[])[] => {
      const all: (readonly number[])[] = [];
      marchContours(grid, 10, (_, piece) => all.push([...piece].map(Math.round)));
      return all;
    };
    // The middle is above 10 m: each hollow is cut off by a line of its own.
    const [southEast, northWest] = lines(saddle(2));
    expect(southEast!.every((m, i) => (i % 2 === 0 ? m >= 0 : m <= 0))).toBe(true);
    expect(northWest!.every((m, i) => (i % 2 === 0 ? m <= 0 : m >= 0))).toBe(true);
    const [southWest] = lines(saddle(-2));
    expect(southWest!.every((m) => m <= 0)).toBe(true);
  });

  it("do not go where a height is not known, nor along sea level", () => {
    const holed = gridOf(100, 21, (eastM, northM) => (Math.hypot(eastM, northM) < 25 ? Number.NaN : eastM / 5));
    const corners = [...cornersByHeight(holed, 5).values()].flat();
    expect(corners.length).toBeGreaterThan(20);
    expect(corners.every(([x, y]) => Math.hypot(x, y) >= 25)).toBe(true);
    expect(
      cornersByHeight(
        gridOf(100, 5, (eastM) => eastM / 50),
        5,
      ).size,
    ).toBe(0);
  });

  it("are of the fine heights where those know the ground, of the coarse ones around, and on land only", () => {
    const near = gridOf(400, 41, (eastM, northM) => (northM > 200 ? Number.NaN : eastM / 10 + 50));
    const far = gridOf(4000, 41, (eastM) => eastM / 100 + 50);
    const lay = (isLand: (eastM: number) => boolean) => {
      const { light, heavy, spots } = contourLines({ grids: { near, far }, isLand, drawnM: (eastM) => eastM * 2 }, 10);
      const middles = [...Array(light.length / 6).keys()].map((i) => [light[i * 6]!, light[i * 6 + 1]!] as const);
      return { light, heavy, spots, middles };
    };
    const { light, heavy, spots, middles } = lay(() => true);
    // In the fine grid the line of 40 m is at 100 m west, in the coarse one a kilometre west.
    const ofFine = middles.filter(([x]) => Math.abs(x + 100) < 1);
    expect(ofFine.length).toBeGreaterThan(20);
    expect(ofFine.every(([, y]) => y <= 200)).toBe(true);
    expect(middles.some(([x]) => Math.abs(x + 1000) < 1)).toBe(true);
    // The fifth: 50 m, in the middle of both; inside the fine square it is there once.
    expect([...heavy].filter((_, i) => i % 3 === 0).every((x) => Math.abs(x) < 1e-3)).toBe(true);
    expect(new Set(spots.filter(({ isHeavy }) => isHeavy).map(({ heightAmslM }) => heightAmslM))).toEqual(
      new Set([50]),
    );
    // Drawn on the ground as it is drawn.
    expect(light[2]).toBeCloseTo(light[0]! * 2, 3);
    expect(lay((eastM) => eastM > 0).middles.every(([x]) => x > 0)).toBe(true);
  });

  it.each([
    [400, "m", 5],
    [1000, "m", 10],
    [2400, "m", 20],
    [6000, "m", 50],
    [12_000, "m", 100],
    [90_000, "m", 100],
    [400, "ft", 20],
    [1500, "ft", 50],
    [90_000, "ft", 500],
  ] as const)("from %i m in %s are %i apart", (rangeM, unit, step) => {
    expect(contourIntervalM(rangeM, unit)).toBeCloseTo(unit === "m" ? step : step * 0.3048, 6);
  });
});
