import { describe, expect, it } from "vitest";
import { hillshade, type LightDirection, reliefPicture, riseAt, steepnessDeg, withSea } from "./relief.js";
import { GDAL_GRID, GDAL_SLOPES } from "./testing/gdalRelief.js";

const lightFrom = (azimuthDeg: number, elevationDeg: number): LightDirection => {
  const [azimuth, elevation] = [(azimuthDeg * Math.PI) / 180, (elevationDeg * Math.PI) / 180];
  const level = Math.cos(elevation);
  return { east: level * Math.sin(azimuth), north: level * Math.cos(azimuth), up: Math.sin(elevation) };
};
/** GDAL counts from 1 to 255. */
const gdalOf = (shade: number): number => 1 + 254 * shade;

describe("steepness and hillshade", () => {
  it.each(GDAL_SLOPES)("at column %i, row %i are gdaldem's", (...[column, row, slopeDeg, ...shades]) => {
    const rise = riseAt(GDAL_GRID, column, row)!;
    expect(steepnessDeg(rise)).toBeCloseTo(slopeDeg, 3);
    expect(Math.abs(gdalOf(hillshade(rise, lightFrom(315, 45), 1)) - shades[0])).toBeLessThan(0.6);
    expect(Math.abs(gdalOf(hillshade(rise, lightFrom(120, 20), 2)) - shades[1])).toBeLessThan(0.6);
  });

  it("are not known at the edge, nor beside a height that is not known", () => {
    expect(riseAt(GDAL_GRID, 0, 3)).toBeUndefined();
    expect(riseAt(GDAL_GRID, 3, 13)).toBeUndefined();
    const heightsM = GDAL_GRID.heightsM.slice();
    heightsM[5 * 14 + 5] = Number.NaN;
    const holed = { ...GDAL_GRID, heightsM };
    expect(riseAt(holed, 6, 4)).toBeUndefined();
    expect(riseAt(holed, 5, 5)).toBeUndefined();
    expect(riseAt(holed, 7, 5)).toBeDefined();
  });

  it("fill a picture that says where they are known", () => {
    const picture = reliefPicture(GDAL_GRID, lightFrom(315, 45));
    const at = (column: number, row: number) => [...picture.subarray(4 * (row * 14 + column)).subarray(0, 3)];
    expect(at(0, 3)).toEqual([128, 0, 0]);
    const [shade, slope, known] = at(9, 5);
    expect(slope! * (90 / 255)).toBeCloseTo(31.69, 0);
    // Darker than level ground: it rises to the east.
    expect(shade).toBeLessThan(128);
    expect(known).toBe(255);
  });

  it("have a cliff where known ground meets the sea, whether the file has the sea or not", () => {
    const heightsM = new Float32Array(25).map((_, i) => (i % 5 < 2 ? Number.NaN : 134));
    const grid = { halfWidthM: 60, countPerSide: 5, heightsM };
    expect(riseAt(grid, 2, 2)).toBeUndefined();
    const rise = riseAt(
      withSea(grid, (eastM) => eastM < -10),
      2,
      2,
    )!;
    // 134 m in the 60 m between the neighbours of a corner.
    expect(steepnessDeg(rise)).toBeCloseTo((Math.atan(134 / 60) * 180) / Math.PI, 6);
  });
});
