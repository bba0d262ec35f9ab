/** A scenario that names files of heights: the ground that the simulator makes of them, and what it refuses. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { seededRng } from "../src/core/rng.js";
import { localFrameAt } from "../src/geo/localFrame.js";
import { readTerrainFiles } from "../src/station/terrain/readTerrainFile.js";
import { groundAt } from "./camera/groundRay.js";
import { rayOf, viewOf } from "./camera/projection.js";
import { loadScene } from "./loadScene.js";
import type { Scenario } from "./scenario.js";
import { groundFile } from "./testing/groundFile.js";
import { hillFiles } from "./testing/hillScene.js";
import { poseOver } from "./testing/scenarios.js";
import { groundOf } from "./world/ground.js";
import { halfWidthM } from "./world/heightField.js";

async function loaded(scenarioFile: string): Promise<Scenario> {
  const scene = await loadScene({ scenarioFile, drawn: undefined });
  if (!scene.ok) throw new Error(scene.error);
  return scene.value.scenario;
}
const { scenarioFile, heightsFile } = hillFiles();
const scenario = await loaded(scenarioFile);

describe("the ground of a scenario with files of heights", () => {
  it("is that of the station's own model, to decimetres, and at sea it is the sea", async () => {
    const { heightAmslM, inlandM } = groundOf(scenario);
    const { model } = await readTerrainFiles([heightsFile]);
    const frame = localFrameAt(scenario.home);
    const rng = seededRng(4);
    let countOnLand = 0;
    let highestM = 0;
    for (let i = 0; i < 5000; i++) {
      const [eastM, northM] = [(rng.uniform() - 0.5) * 1300, (rng.uniform() - 0.5) * 1300];
      const height = heightAmslM(eastM, northM);
      const metresInland = inlandM(eastM, northM);
      if (metresInland < -5) expect(height).toBe(0);
      if (metresInland < 5) continue;
      const known = model?.levelAt(frame.toPosition({ eastM, northM, upM: 0 }).position)?.heightAmslM ?? Number.NaN;
      expect(Math.abs(height - known)).toBeLessThan(0.1);
      countOnLand++;
      highestM = Math.max(highestM, known);
    }
    expect(countOnLand).toBeGreaterThan(2000);
    expect(highestM).toBeGreaterThan(170);
  });

  it("is the beach's where the files end, without a step that a ray could fall through", () => {
    const { heightAmslM, relief } = groundOf(scenario);
    const field = scenario.terrain?.heights;
    if (!field || !relief) throw new Error("Invariant: the files have been read");
    const edgeM = halfWidthM(field);
    expect(edgeM).toBeGreaterThan(1000);
    for (const eastM of [edgeM - 1, edgeM - 0.01, edgeM, edgeM + 1, 9000])
      expect(heightAmslM(eastM, -eastM)).toBeCloseTo(scenario.home.altitudeAmslM, 5);
    const rng = seededRng(9);
    for (let i = 0; i < 12_000; i++) {
      // Every other place on the hill.
      const [middleEastM, middleNorthM, widthM] = i % 2 === 0 ? [0, 0, 3500] : [190, -305, 620];
      const eastM = middleEastM + (rng.uniform() - 0.5) * widthM;
      const northM = middleNorthM + (rng.uniform() - 0.5) * widthM;
      const near = relief.around(eastM, northM);
      const turn = rng.uniform() * 2 * Math.PI;
      const awayM = rng.uniform() * Math.min(near.radiusM, 200);
      const other = heightAmslM(eastM + awayM * Math.sin(turn), northM + awayM * Math.cos(turn));
      expect(other).toBeLessThanOrEqual(near.highestAmslM + 1e-3);
      expect(Math.abs(other - heightAmslM(eastM, northM))).toBeLessThanOrEqual(near.steepestRatio * awayM + 1e-3);
      expect(relief.highestAmslM).toBeGreaterThanOrEqual(near.highestAmslM);
      expect(relief.steepestRatio).toBeGreaterThanOrEqual(near.steepestRatio);
    }
  });

  it("is met by a ray where one followed in steps of two centimetres meets it", () => {
    const ground = groundOf(scenario);
    const rng = seededRng(12);
    const between = (low: number, high: number): number => low + (high - low) * rng.uniform();
    for (let turn = 0; turn < 60; turn++) {
      const look = { eastM: between(-300, 600), northM: between(-700, 300), aboveHomeM: between(180, 290) };
      const pose = poseOver(scenario, { ...look, headingDeg: between(0, 360), elevationDeg: between(-90, -20) });
      const view = viewOf(pose, scenario.camera, localFrameAt(scenario.home));
      const [xPx, yPx] = [between(0, 640), between(256, 512)];
      const hit = groundAt(ground, view, xPx, yPx);
      const ray = rayOf(view, xPx, yPx);
      const norm = Math.hypot(ray.eastM, ray.northM, ray.upM);
      const at = (m: number) => ({
        eastM: view.at.eastM + (ray.eastM / norm) * m,
        northM: view.at.northM + (ray.northM / norm) * m,
        upM: view.at.upM + (ray.upM / norm) * m,
      });
      let m = 0;
      while (at(m).upM > ground.heightAmslM(at(m).eastM, at(m).northM)) m += 0.02;
      expect(Math.hypot(at(m).eastM - hit!.eastM, at(m).northM - hit!.northM)).toBeLessThan(0.06);
    }
  });

  it("may have a cliff where the files know nothing", async () => {
    const foot = [-3000, 3000].map((northM) => ({ eastM: 2500, northM }));
    const cliff = { foot, footAmslM: 5, plateauAmslM: 60, slopeWidthM: 20 };
    const file = changed({ terrain: { files: ["hill.tif"], cliff } });
    const { heightAmslM } = groundOf(await loaded(file));
    const { heightAmslM: withoutCliffAmslM } = groundOf(scenario);
    expect(heightAmslM(2600, 0)).toBe(60);
    expect(heightAmslM(200, -260)).toBe(withoutCliffAmslM(200, -260));
    expect(heightAmslM(200, -260)).toBeGreaterThan(50);
  });
});

/** The hill's scenario with other members, beside its file of heights. */
function changed(members: object): string {
  const file = path.join(path.dirname(scenarioFile), `changed-${countOfChanged++}.json`);
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(scenarioFile, "utf8")) as object), ...members }));
  return file;
}
let countOfChanged = 0;

describe("a scenario is refused, with the reason,", () => {
  async function refusal(members: object): Promise<string> {
    const file = changed(members);
    const scene = await loadScene({ scenarioFile: file, drawn: undefined });
    return scene.ok ? "" : scene.error.replaceAll(`${path.dirname(file)}/`, "").replace(/changed-\d+/, "f");
  }
  const home = (altitudeAmslM: number) => ({ latitudeDeg: 50.92559, longitudeDeg: 1.71058, altitudeAmslM });

  it("whose files are not there, or are no heights, or lie elsewhere", async () => {
    expect(await refusal({ terrain: { files: ["none.tif"] } })).toBe("f.json: terrain.files: none.tif: no such file");
    const first = await refusal({ terrain: { files: ["hill.tif", "hill.json"] } });
    expect(first).toMatch(/^f\.json: terrain\.files: hill\.json: is no file of heights: /);
    const elsewhere = groundFile({ latitudeDeg: 49.5, longitudeDeg: 0.1, altitudeAmslM: 0 }, () => 7, "elsewhere.tif");
    expect(await refusal({ terrain: { files: [elsewhere] } })).toBe(
      "f.json: terrain.files: none of them knows the ground around home",
    );
  });

  it("whose home is not on that ground", async () => {
    expect(await refusal({ home: home(40) })).toBe("f.json: home.altitudeAmslM: the terrain is 5.0 m high there");
    expect(await refusal({ home: home(5.9) })).toBe("");
  });

  it("whose terrain names nothing, or more than is read", async () => {
    expect(await refusal({ terrain: {} })).toBe("f.json: terrain: needs a cliff or files");
    expect(await refusal({ terrain: { files: [] } })).toMatch(/^f\.json: terrain\.files: /);
    const many = Array.from({ length: 17 }, () => "hill.tif");
    expect(await refusal({ terrain: { files: many } })).toMatch(/^f\.json: terrain\.files: /);
  });
});
