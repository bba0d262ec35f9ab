import { describe, expect, it } from "vitest";
import type { GeoTiffContent } from "../../core/geoTiffContent.js";
import { geoidHeightM } from "../geoid.js";
import { geoTiffSource } from "./geoTiffSource.js";
import { createTerrainModel } from "./terrainModel.js";

/** Four columns and three rows, a hundredth and two hundredths of a degree wide, heights 0 to 11. */
const content = (keys: Readonly<Record<number, number>>, changes: Partial<GeoTiffContent> = {}): GeoTiffContent => ({
  ...{ columns: 4, rows: 3, samples: Float32Array.from({ length: 12 }, (_, i) => i), isArea: true, unit: undefined },
  toPlane: { x0: 1.5, xPerColumn: 0.01, xPerRow: 0, y0: 50.8, yPerColumn: 0, yPerRow: -0.02 },
  keys: new Map(Object.entries(keys).map(([key, value]) => [Number(key), value])),
  ...changes,
});
const WGS_84 = { 2048: 4326 };

function sourceOf(...given: Parameters<typeof content>) {
  const source = geoTiffSource(content(...given), "heights.tif");
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  return source.value;
}
const problemOf = (...given: Parameters<typeof content>) => {
  const source = geoTiffSource(content(...given), "heights.tif");
  return source.ok ? undefined : source.error;
};
const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });

describe("heights of a GeoTIFF", () => {
  it("stand for squares: in their middles, and outwards to the edge", () => {
    const source = sourceOf(WGS_84);
    expect(source.heightAt(at(50.79, 1.505))).toBeCloseTo(0, 5);
    expect(source.heightAt(at(50.79, 1.515))).toBeCloseTo(1, 5);
    expect(source.heightAt(at(50.79, 1.5))).toBeCloseTo(0, 5);
    expect(source.heightAt(at(50.8, 1.54))).toBeCloseTo(3, 5);
    expect(source.heightAt(at(50.801, 1.505))).toBeUndefined();
    expect(source.bounds).toEqual({
      ...{ southDeg: expect.closeTo(50.74, 9), northDeg: expect.closeTo(50.8, 9) },
      ...{ westDeg: expect.closeTo(1.5, 9), eastDeg: expect.closeTo(1.54, 9) },
    });
  });

  it("or stand at points", () => {
    const source = sourceOf(WGS_84, { isArea: false });
    expect(source.heightAt(at(50.8, 1.5))).toBeCloseTo(0, 5);
    expect(source.heightAt(at(50.76, 1.53))).toBeCloseTo(11, 5);
    // Half a cell further, since tiles of such files do not overlap.
    expect(source.heightAt(at(50.751, 1.53))).toBeCloseTo(11, 5);
    expect(source.heightAt(at(50.749, 1.53))).toBeUndefined();
  });

  it("of two files side by side leave no gap at the seam", () => {
    const east = { x0: 1.54, xPerColumn: 0.01, xPerRow: 0, y0: 50.8, yPerColumn: 0, yPerRow: -0.02 };
    const model = createTerrainModel([sourceOf(WGS_84), sourceOf(WGS_84, { toPlane: east })]);
    for (let longitudeDeg = 1.501; longitudeDeg < 1.58; longitudeDeg += 0.0007)
      expect(model.heightAt(at(50.77, longitudeDeg))?.heightAmslM).toBeGreaterThan(3.99);
  });

  it("may run any way: with rows to the north, and turned", () => {
    const southUp = { x0: 1.5, xPerColumn: 0.01, xPerRow: 0, y0: 50.74, yPerColumn: 0, yPerRow: 0.02 };
    const source = sourceOf(WGS_84, { toPlane: southUp });
    expect(source.heightAt(at(50.75, 1.505))).toBeCloseTo(0, 5);
    expect(source.slopeAt(at(50.77, 1.515))?.northRatio).toBeCloseTo(4 / (0.02 * 111_320), 6);
    // Columns to the south, rows to the east.
    const turned = { x0: 1.5, xPerColumn: 0, xPerRow: 0.01, y0: 50.8, yPerColumn: -0.02, yPerRow: 0 };
    const slope = sourceOf(WGS_84, { toPlane: turned }).slopeAt(at(50.77, 1.515));
    expect(slope?.eastRatio).toBeCloseTo(4 / (0.01 * 111_320 * Math.cos((50.77 * Math.PI) / 180)), 6);
    expect(slope?.northRatio).toBeCloseTo(-1 / (0.02 * 111_320), 6);
  });

  it("beyond any place on earth are none: a void that is not declared", () => {
    const samples = Float32Array.from({ length: 12 }, (_, i) => (i === 3 ? 1e9 : i === 11 ? -32_768 : i));
    const source = sourceOf(WGS_84, { samples });
    expect(source.heightAt(at(50.79, 1.535))).toBeUndefined();
    expect(source.heightAt(at(50.75, 1.535))).toBeUndefined();
    expect(source.heightAt(at(50.79, 1.505))).toBeCloseTo(0, 5);
    const feet = sourceOf({ ...WGS_84, 4099: 9002 }, { samples: samples.map(() => 29_000) });
    expect(feet.heightAt(at(50.79, 1.505))).toBeCloseTo(29_000 * 0.3048, 1);
  });

  it("are never steeper than the source says", () => {
    const source = sourceOf(WGS_84);
    const slope = source.slopeAt(at(50.77, 1.52));
    expect(Math.hypot(slope?.eastRatio ?? 0, slope?.northRatio ?? 0)).toBeLessThanOrEqual(source.steepestRatio);
  });

  it("are metres, or feet, or feet of a surveyor", () => {
    const height = (unit: number) => sourceOf({ ...WGS_84, 4099: unit }).heightAt(at(50.75, 1.535));
    expect(height(9001)).toBeCloseTo(11, 5);
    expect(height(9002)).toBeCloseTo(11 * 0.3048, 5);
    expect(height(9003)).toBeCloseTo((11 * 1200) / 3937, 5);
    expect(problemOf({ ...WGS_84, 4099: 9036 })).toEqual({ kind: "unknown-unit", unit: "EPSG:9036" });
  });

  it("are in the unit that the band itself names, or refused", () => {
    expect(sourceOf(WGS_84, { unit: "ft" }).heightAt(at(50.75, 1.535))).toBeCloseTo(11 * 0.3048, 5);
    expect(sourceOf(WGS_84, { unit: "metre" }).heightAt(at(50.75, 1.535))).toBeCloseTo(11, 5);
    expect(problemOf(WGS_84, { unit: "fathom" })).toEqual({ kind: "unknown-unit", unit: "fathom" });
  });

  it("count from the sea, or from the ellipsoid where the file says so; from an unknown zero they are refused", () => {
    expect(sourceOf(WGS_84).datum).toBe("egm96");
    expect(sourceOf({ ...WGS_84, 4096: 5773 }).datum).toBe("egm96");
    expect(sourceOf({ 2048: 4979 }).datum).toBe("ellipsoid");
    const model = createTerrainModel([sourceOf({ ...WGS_84, 4096: 4979 })]);
    const place = at(50.75, 1.535);
    expect(model.heightAt(place)?.heightAmslM).toBeCloseTo(11 - geoidHeightM(place), 4);
    expect(problemOf({ ...WGS_84, 4096: 9999 })).toEqual({ kind: "unknown-datum", datum: "EPSG:9999" });
  });

  it("are the less sure the coarser they are", () => {
    const sigmaOf = (stepDeg: number) =>
      sourceOf(WGS_84, {
        toPlane: { x0: 1.5, xPerColumn: stepDeg, xPerRow: 0, y0: 50.8, yPerColumn: 0, yPerRow: -stepDeg },
      }).accuracy.verticalSigmaM;
    expect([1e-5, 2.7e-4, 8.3e-4].map(sigmaOf)).toEqual([1, 5, 10]);
  });

  it("in a system that is not known, not on earth, or too few to lie between, are refused", () => {
    expect(problemOf({ 3072: 2193 })).toEqual({ kind: "unknown-projection", epsg: 2193 });
    expect(problemOf({ 3072: 32_767 })).toEqual({ kind: "unknown-projection", epsg: undefined });
    expect(problemOf({})).toEqual({ kind: "unknown-projection", epsg: undefined });
    const away = { x0: 1e9, xPerColumn: 0.01, xPerRow: 0, y0: 50.8, yPerColumn: 0, yPerRow: -0.02 };
    expect(problemOf(WGS_84, { toPlane: away })).toEqual({ kind: "not-on-earth" });
    expect(problemOf(WGS_84, { columns: 1, rows: 12 })).toMatchObject({ kind: "bad-header" });
  });
});
