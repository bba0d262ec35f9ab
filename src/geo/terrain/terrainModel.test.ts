import { describe, expect, it } from "vitest";
import { geodesicDistanceM } from "../geodesic.js";
import { geoidHeightM } from "../geoid.js";
import { createTerrainModel } from "./terrainModel.js";
import { terrainProfile } from "./terrainProfile.js";
import { aSource, CORNER, placeAt, STEP_DEG } from "./testing/rasters.js";
import { graticule } from "./rasterGrid.js";

const eastStepM = geodesicDistanceM(placeAt(0, 50), placeAt(1, 50));
const southStepM = geodesicDistanceM(placeAt(0, 50), placeAt(0, 51));
const model = (...sources: ReturnType<typeof aSource>[]) => createTerrainModel(sources);

describe("heights between those of a file", () => {
  it("are interpolated from the four around the place", () => {
    // 10 m at one corner of a cell, 0 at the others: a quarter of it in the middle.
    const one = aSource((column, row) => (column === 3 && row === 2 ? 10 : 0));
    const heights = [placeAt(3, 2), placeAt(3.5, 2), placeAt(3.5, 2.5), placeAt(2.25, 2), placeAt(5, 5)];
    expect(heights.map((at) => model(one).heightAt(at)?.heightAmslM)).toEqual(
      [10, 5, 2.5, 2.5, 0].map((heightM): unknown => expect.closeTo(heightM, 4)),
    );
  });

  it("are known up to the last column and row, and nowhere beyond", () => {
    const plain = model(aSource(() => 7));
    for (const [column, row] of [
      [0, 0],
      [100, 0],
      [0, 100],
      [100, 100],
    ] as const)
      expect(plain.heightAt(placeAt(column, row))?.heightAmslM).toBe(7);
    for (const [column, row] of [
      [-0.01, 50],
      [100.01, 50],
      [50, -0.01],
      [50, 100.01],
      [Number.NaN, 50],
    ] as const)
      expect(plain.heightAt(placeAt(column, row))).toBeUndefined();
  });

  it("are unknown beside a void, not 0 and not made up", () => {
    const holed = model(aSource((column, row) => (column === 10 && row === 10 ? Number.NaN : 5)));
    expect(holed.heightAt(placeAt(10, 10))).toBeUndefined();
    expect(holed.heightAt(placeAt(9.5, 10.5))).toBeUndefined();
    expect(holed.heightAt(placeAt(8.9, 10))?.heightAmslM).toBe(5);
  });
});

describe("slope", () => {
  it("is metres per metre to the east and to the north", () => {
    const ramp = model(aSource((column, row) => 2 * column - 3 * row));
    const slope = ramp.heightAt(placeAt(50.3, 50.6))?.slope;
    expect(slope?.eastRatio).toBeCloseTo(2 / eastStepM, 2);
    // The rows run south: heights that fall with them rise to the north.
    expect(slope?.northRatio).toBeCloseTo(3 / southStepM, 2);
  });

  it("makes a file's error to the side an error of height", () => {
    const flat = model(aSource(() => 0)).heightAt(placeAt(5, 5));
    expect(flat?.sigmaM).toBe(3);
    const steep = model(aSource((column) => column * eastStepM)).heightAt(placeAt(5.5, 5.5));
    // Forty-five degrees and 4 m to the side: 4 m, with the file's own 3 m.
    expect(steep?.sigmaM).toBeCloseTo(5, 1);
  });

  it("is never above the bound that a search along a ray goes by", () => {
    const rough = aSource((column, row) => 40 * Math.sin(column * 1.7) * Math.cos(row * 2.3));
    for (let i = 0; i < 2000; i++) {
      const slope = rough.slopeAt(placeAt((i * 0.61803) % 100, (i * 0.32471) % 100));
      expect(Math.hypot(slope?.eastRatio ?? 0, slope?.northRatio ?? 0)).toBeLessThanOrEqual(
        rough.steepestRatio * 1.001,
      );
    }
  });
});

describe("several files", () => {
  it("answer the finest first; a coarse one fills its voids and what it does not cover", () => {
    const fine = aSource((column) => (column === 20 ? Number.NaN : 100), { name: "fine" });
    const coarse = aSource(() => 50, { name: "coarse", placement: graticule(CORNER, 10 * STEP_DEG, 10 * STEP_DEG) });
    const both = model(coarse, fine);
    const names = [placeAt(5, 5), placeAt(20, 5), placeAt(300, 5), placeAt(2000, 5)].map(
      (at) => both.heightAt(at)?.source.name,
    );
    expect(names).toEqual(["fine", "coarse", "coarse", undefined]);
    expect(both.sources.map(({ name }) => name)).toEqual(["fine", "coarse"]);
  });

  it("are never mixed in their datums: what counts from the ellipsoid is answered above mean sea level", () => {
    const at = placeAt(50, 50);
    const above = model(aSource(() => 150, { datum: "ellipsoid" })).heightAt(at);
    expect(above?.heightAmslM).toBeCloseTo(150 - geoidHeightM(at), 6);
    // 44.6 m here: a height that was mixed up would be far off.
    expect(above?.heightAmslM).toBeCloseTo(105.4, 1);
  });

  it("are found over a border of degrees, and south and west of zero", () => {
    const northWest = { latitudeDeg: 0.005, longitudeDeg: -0.005 };
    const around = model(aSource(() => 1, { placement: graticule(northWest, STEP_DEG, STEP_DEG) }));
    for (const [latitudeDeg, longitudeDeg] of [
      [0.004, -0.004],
      [-0.004, -0.004],
      [0.004, 0.004],
      [-0.004, 0.004],
    ] as const)
      expect(around.heightAt({ latitudeDeg, longitudeDeg })?.heightAmslM).toBe(1);
  });

  it("none: nothing is known, and nothing is 0", () => {
    expect(model().heightAt(CORNER)).toBeUndefined();
    expect(model().resolutionM).toBeUndefined();
  });
});

describe("a profile", () => {
  it("has both ends, equal steps, and gaps where the ground is not known", () => {
    const known = model(aSource((column) => column));
    const points = terrainProfile(known, placeAt(90, 50), placeAt(110, 50), 20);
    expect(points[0]).toMatchObject({ distanceM: 0, position: placeAt(90, 50) });
    expect(points.at(-1)?.position).toEqual(placeAt(110, 50));
    const steps = points.slice(1).map(({ distanceM }, i) => distanceM - (points[i]?.distanceM ?? 0));
    expect(Math.max(...steps)).toBeLessThanOrEqual(20);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-6);
    const half = points.length >> 1;
    expect(points.slice(0, half).every(({ ground }) => ground !== undefined)).toBe(true);
    expect(points.slice(half + 1).every(({ ground }) => ground === undefined)).toBe(true);
    expect(points[3]?.ground?.heightAmslM).toBeCloseTo(90 + (20 * 3) / (points.length - 1), 3);
  });

  it("of one point is that point", () => {
    expect(terrainProfile(model(), CORNER, CORNER, 10)).toHaveLength(2);
  });
});
