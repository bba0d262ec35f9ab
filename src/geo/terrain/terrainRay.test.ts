import { describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { geoidHeightM } from "../geoid.js";
import { localFrameAt } from "../localFrame.js";
import { castRay, lineOfSight, type Ray } from "./terrainRay.js";
import { createTerrainModel, type TerrainModel } from "./terrainModel.js";
import { aSource, placeAt, CORNER } from "./testing/rasters.js";
import { graticule } from "./rasterGrid.js";

/** Cap Blanc-Nez: 134 m within one step of the raster, the sea in the west at 0. */
const cliff = createTerrainModel([aSource((column) => (column < 50 ? 0 : 134))]);
const frame = localFrameAt(placeAt(20, 50));

/** Every 2 cm along the ray. */
function bruteForce(model: TerrainModel, { from, fromAmslM, direction, lengthM }: Ray): number | undefined {
  const local = localFrameAt(from);
  const norm = Math.hypot(direction.eastM, direction.northM, direction.upM);
  const fromM = fromAmslM + geoidHeightM(from);
  for (let i = 0; i * 0.02 <= lengthM; i++) {
    const part = (i * 0.02) / norm;
    const { eastM, northM, upM } = direction;
    const at = local.toPosition({ eastM: eastM * part, northM: northM * part, upM: fromM + upM * part });
    const ground = model.heightAt(at.position);
    if (!ground) return undefined;
    if (at.heightM - geoidHeightM(at.position) <= ground.heightAmslM) return i * 0.02;
  }
  return undefined;
}

describe("a ray to the ground", () => {
  it("ends on the face of a cliff, on its top, or on the sea before it", () => {
    const from = placeAt(20, 50);
    const looking = (eastM: number, upM: number, fromAmslM: number) =>
      castRay(cliff, { from, fromAmslM, direction: { eastM, northM: 0, upM }, lengthM: 2000 });
    const at = (end: ReturnType<typeof looking>) => {
      if (end.kind !== "hit") throw new Error(end.kind);
      return { eastM: frame.toEnu(end.position, 0).eastM, heightM: end.ground.heightAmslM };
    };
    // Columns of 7.03 m: the foot is 29 of them from the camera, the edge 30.
    expect(at(looking(1, -1, 100))).toEqual({ eastM: expect.closeTo(100, 1), heightM: expect.closeTo(0, 3) });
    const face = at(looking(1, 0, 67));
    expect([face.eastM, face.heightM]).toEqual([expect.closeTo(207.4, 0), expect.closeTo(67, 0)]);
    expect(at(looking(5, -1, 184)).heightM).toBeCloseTo(134, 2);
    expect(at(looking(5, -1, 184)).eastM).toBeCloseTo(250, 0);
  });

  it("straight down gives the height over ground, and under the ground no distance at all", () => {
    const direction = { eastM: 0, northM: 0, upM: -3 };
    const down = castRay(cliff, { from: placeAt(80, 50), fromAmslM: 200, direction, lengthM: 500 });
    expect(down).toMatchObject({ kind: "hit", distanceM: expect.closeTo(66, 1) });
    const under = castRay(cliff, { from: placeAt(80, 50), fromAmslM: 100, direction, lengthM: 500 });
    expect(under).toMatchObject({ kind: "hit", distanceM: 0 });
  });

  it("says where the ground stops being known, and how close it came where it met none", () => {
    const from = placeAt(20, 50);
    const out = castRay(cliff, { from, fromAmslM: 300, direction: { eastM: -1, northM: 0, upM: 0 }, lengthM: 2000 });
    // The raster begins 20 columns of 7 m to the west.
    expect(out).toEqual({ kind: "unknown", distanceM: expect.closeTo(140, -1) });
    const past = castRay(cliff, { from, fromAmslM: 150, direction: { eastM: 1, northM: 0, upM: 0 }, lengthM: 400 });
    expect(past).toMatchObject({ kind: "clear", clearanceM: expect.closeTo(16, 1) });
  });

  it("meets random ground where brute force does, within 0.1 m", () => {
    const rng = seededRng(31);
    let countOfHits = 0;
    for (let i = 0; i < 60; i++) {
      const bumps = Float32Array.from({ length: 101 * 101 }, () => rng.uniform() * 30);
      const rough = createTerrainModel([aSource((column, row) => bumps[row * 101 + column] ?? 0)]);
      const from = placeAt(30 + rng.uniform() * 40, 30 + rng.uniform() * 40);
      const direction = { eastM: rng.normal(), northM: rng.normal(), upM: -0.05 - rng.uniform() / 3 };
      const ray: Ray = { from, fromAmslM: 32 + rng.uniform() * 10, direction, lengthM: 150 };
      const brute = bruteForce(rough, ray);
      const end = castRay(rough, ray);
      if (brute === undefined) expect(end.kind).not.toBe("hit");
      else {
        countOfHits++;
        expect(end).toMatchObject({ kind: "hit" });
        expect(end.kind === "hit" ? Math.abs(end.distanceM - brute) : undefined).toBeLessThan(0.1);
      }
    }
    expect(countOfHits).toBeGreaterThan(30);
  });

  it("is followed over the seam of two files that do not fit", () => {
    const fine = aSource(() => 10, { columns: 51 });
    const coarse = aSource(() => 30, { columns: 12, rows: 12, placement: graticule(CORNER, 1e-3, 1e-3) });
    const from = placeAt(30, 50);
    const seam = castRay(createTerrainModel([fine, coarse]), {
      ...{ from, fromAmslM: 20, direction: { eastM: 1, northM: 0, upM: 0 }, lengthM: 400 },
    });
    expect(seam).toMatchObject({ kind: "hit", distanceM: expect.closeTo(140.4, 0) });
  });
});

describe("line of sight", () => {
  const onTop = (heightM: number) => ({ position: placeAt(60, 50), altitudeAmslM: 134 + heightM });
  const atSea = (altitudeAmslM: number) => ({ position: placeAt(20, 50), altitudeAmslM });

  it("is cut by the edge of a cliff and free above it, the same both ways", () => {
    // 70 m behind the edge, 2 m up: seen from the sea only from above the line over the edge.
    for (const [from, to] of [
      [atSea(30), onTop(2)],
      [onTop(2), atSea(30)],
    ] as const)
      expect(lineOfSight(cliff, from, to).kind).toBe("hit");
    for (const [from, to] of [
      [atSea(200), onTop(2)],
      [onTop(2), atSea(200)],
    ] as const)
      expect(lineOfSight(cliff, from, to).kind).toBe("clear");
  });

  it("bends with the earth: two points 20 m up do not see each other over 40 km of sea", () => {
    const sea = createTerrainModel([
      aSource(() => 0, { columns: 61, rows: 3, placement: graticule(CORNER, 0.01, 0.01) }),
    ]);
    const at = (longitudeDeg: number, altitudeAmslM: number) => ({
      ...{ position: { latitudeDeg: 50.94, longitudeDeg }, altitudeAmslM },
    });
    // The horizon from 20 m is 16 km away: 32 km for both.
    expect(lineOfSight(sea, at(1.605, 20), at(2.035, 20)).kind).toBe("clear");
    expect(lineOfSight(sea, at(1.605, 20), at(2.175, 20)).kind).toBe("hit");
  });
});
