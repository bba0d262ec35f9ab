/** Geolocation on ground that rises and falls: ridges, cliffs and slopes of a terrain file. */
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { composeGround, type GroundModel } from "../geo/ground/ground.js";
import { seaLevelGround } from "../geo/ground/seaLevelGround.js";
import { terrainGround } from "../geo/ground/terrainGround.js";
import { localFrameAt } from "../geo/localFrame.js";
import { gridSource, measuredRaster } from "../geo/terrain/gridSource.js";
import { graticule, rasterGrid } from "../geo/terrain/rasterGrid.js";
import { createTerrainModel } from "../geo/terrain/terrainModel.js";
import { createGeolocator } from "./geolocate.js";
import { fixOf, geometryOf, NO_ERRORS, poseOf, RAD, SENSOR } from "./testing/slantedView.js";

const frame = localFrameAt(SENSOR);
const SIDE = 400;
const STEP_DEG = 5e-5;
const PLACEMENT = graticule(
  { latitudeDeg: SENSOR.latitudeDeg + 0.0195, longitudeDeg: SENSOR.longitudeDeg - 0.01 },
  STEP_DEG,
  STEP_DEG,
);
const GRID = rasterGrid(PLACEMENT);

/** A terrain file with a height every 5.6 m to the north, 3.5 m to the east, given in metres from the camera. */
function terrain(heightM: (eastM: number, northM: number) => number): GroundModel {
  const heightsM = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const { eastM, northM } = frame.toEnu(GRID.positionOf({ column: i % SIDE, row: Math.floor(i / SIDE) }), 0);
    return heightM(eastM, northM);
  });
  const accuracy = { verticalSigmaM: 0, horizontalSigmaM: 0 };
  const source = gridSource(
    measuredRaster({
      ...{
        name: "made",
        datum: "egm96",
        accuracy,
        columns: SIDE,
        rows: SIDE,
        placement: PLACEMENT,
        marginCells: 0,
        heightsM,
      },
    }),
  );
  return composeGround([terrainGround(createTerrainModel([source]), undefined)], seaLevelGround());
}

const northM = (ground: GroundModel, altitudeM: number, depressionDeg: number): number =>
  frame.toEnu(fixOf(geometryOf(poseOf(altitudeM, depressionDeg), { ground })).position, 0).northM;

describe("a ray over terrain", () => {
  it("ends at the ridge in front, not on the ground behind it", () => {
    // 60 m high and 30 m wide, half a kilometre away: 100 m - 500 m * tan(8°) = 29.7 m is under its top.
    const ridge = terrain((_, north) => Math.max(0, 60 - Math.abs(north - 500) * 4));
    expect(northM(ridge, 100, 8)).toBeGreaterThan(485);
    expect(northM(ridge, 100, 8)).toBeLessThan(500);
    // The same ray over its top: 100 m - 500 m * tan(4°) is 65 m.
    expect(northM(ridge, 100, 4)).toBeGreaterThan(1400);
  });

  it("ends on top of a cliff, where level ground would put it a hundred metres behind", () => {
    // Cap Blanc-Nez: 134 m over the sea within one step of the file.
    const cliff = terrain((_, north) => (north > 300 ? 134 : 0));
    // 200 m up, 10° down: 66 m above the cliff top are 374 m away.
    expect(northM(cliff, 200, 10)).toBeCloseTo(66 / Math.tan(10 * RAD), 0);
    expect(northM(seaLevelGround(), 200, 10)).toBeGreaterThan(1100);
  });

  it("ends on an island whose file knows nothing of the sea around it", () => {
    const island = terrain((_, north) => (north > 300 && north < 700 ? 50 + 0.02 * (north - 300) : Number.NaN));
    for (let depressionDeg = 4; depressionDeg <= 13; depressionDeg += 0.25) {
      // Where the ray is as high as the island, within a cell of its near edge or further in.
      const northOfTopM = (120 - 50 + 0.02 * 300) / (Math.tan(depressionDeg * RAD) + 0.02);
      if (northOfTopM > 680) continue;
      const endM = northM(island, 120, depressionDeg);
      expect(Math.abs(endM - Math.max(northOfTopM, 300))).toBeLessThan(9);
    }
  });

  it("ends where one followed in steps of a tenth of a metre ends, on hills drawn by seed", () => {
    const rng = seededRng(5);
    const hills = Array.from({ length: 30 }, () => ({
      ...{ east: (rng.uniform() - 0.5) * 1000, north: rng.uniform() * 1800 },
      ...{ topM: rng.uniform() * 60, halfM: 40 + rng.uniform() * 120 },
    }));
    const ground = terrain((east, north) =>
      hills.reduce((sum, hill) => {
        const away2 = (east - hill.east) ** 2 + (north - hill.north) ** 2;
        return sum + hill.topM * Math.exp(-away2 / (2 * hill.halfM ** 2));
      }, 0),
    );
    for (let turn = 0; turn < 40; turn++) {
      const depressionDeg = 6 + rng.uniform() * 40;
      const altitudeM = 180 + rng.uniform() * 60;
      const fix = fixOf(geometryOf(poseOf(altitudeM, depressionDeg), { ground }));
      let rangeM = 0;
      const clearanceM = (): number => {
        const point = {
          ...{ eastM: 0, northM: rangeM * Math.cos(depressionDeg * RAD) },
          upM: altitudeM - rangeM * Math.sin(depressionDeg * RAD),
        };
        const { position, heightM } = frame.toPosition(point);
        return heightM - ground.heightAt(position).heightAmslM;
      };
      while (clearanceM() > 0) rangeM += 0.1;
      expect(Math.abs(fix.slantRangeM - rangeM)).toBeLessThan(0.11);
    }
  });
});

describe("what an error does on a slope", () => {
  // It rises away from the camera by 1 in 5, and to the east by 1 in 10.
  const hillside = terrain((eastM, north) => 0.2 * north + 0.1 * eastM);
  const pose = poseOf(100, 30);

  it("a metre of height moves the point less on ground that rises towards the ray", () => {
    const { perMetreUp } = fixOf(geometryOf(pose, { ground: hillside }));
    // tan(30°) of descent and 0.2 of rise close together.
    expect(perMetreUp.northM).toBeCloseTo(-1 / (Math.tan(30 * RAD) + 0.2), 3);
  });

  it("is what the point moves by, when the pose is turned so", () => {
    const placeOf = (changed: ReturnType<typeof poseOf>) =>
      frame.toEnu(fixOf(geometryOf(changed, { ground: hillside })).position, 0);
    const turned = (headingDeg: number, pitchDeg: number) =>
      poseOf(100, 30, { platform: { headingDeg, pitchDeg, rollDeg: 0 } });
    const [here, right, up] = [placeOf(pose), placeOf(turned(0.5, 0)), placeOf(turned(0, 0.5))];
    const sigmaOf = (errors: object) =>
      fixOf(geometryOf(pose, { ground: hillside, errors: { ...NO_ERRORS, ...errors } })).bias;
    const byHeading = sigmaOf({ headingDeg: 0.5 });
    expect(Math.sqrt(byHeading.eastEastM2)).toBeCloseTo(Math.abs(right.eastM - here.eastM), 1);
    expect(Math.sqrt(byHeading.northNorthM2)).toBeCloseTo(Math.abs(right.northM - here.northM), 1);
    const byAttitude = sigmaOf({ attitudeDeg: 0.5 });
    expect(Math.sqrt(byAttitude.northNorthM2)).toBeGreaterThanOrEqual(Math.abs(up.northM - here.northM) * 0.97);
  });

  it("at a cliff's edge, behind which the ground falls away, is that of level ground", () => {
    const top = terrain((_, north) => (north > 300 ? 100 - 0.2 * (north - 300) : Number.NaN));
    const fix = fixOf(geometryOf(poseOf(110, 5), { ground: top, errors: { ...NO_ERRORS, attitudeDeg: 0.5 } }));
    expect(frame.toEnu(fix.position, 0).northM).toBeLessThan(310);
    expect(fix.perMetreUp.northM).toBeGreaterThan(-15);
    expect(Math.hypot(fix.perPixel.right.eastM, fix.perPixel.down.northM)).toBeLessThan(10);
    expect(Math.sqrt(fix.bias.northNorthM2)).toBeLessThan(60);
  });

  it("has a bound where the ground falls away as steeply as the ray", () => {
    const away = terrain((_, north) => 150 - 0.16 * north);
    const located = createGeolocator(
      geometryOf(poseOf(160, 9.2), { ground: away, errors: { ...NO_ERRORS, attitudeDeg: 1 } }),
    ).locate(320, 256);
    expect(Number.isFinite(located?.bias.northNorthM2 ?? 0)).toBe(true);
  });
});
