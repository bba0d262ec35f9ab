/** What the camera sees of ground with a cliff in it: 134 m over 5 m, rising from 150 to 175 m east of home. */
import { describe, expect, it } from "vitest";
import { seededRng } from "../../src/core/rng.js";
import { geodesicDistanceM } from "../../src/geo/geodesic.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { decodeSt0601 } from "../../src/video/st0601.js";
import type { Actor } from "../scenario.js";
import { aCliff, poseOver } from "../testing/scenarios.js";
import { groundOf } from "../world/ground.js";
import type { CameraPose } from "./cameraPort.js";
import { groundAt } from "./groundRay.js";
import { openPoseKlv } from "./poseKlv.js";
import { project, rayOf, viewOf } from "./projection.js";
import { openRenderer } from "./renderer.js";

const scenario = aCliff([]);
const ground = groundOf(scenario);
const viewFrom = (pose: CameraPose) => viewOf(pose, scenario.camera, localFrameAt(scenario.home));
const exposureOf = (truth: CameraPose) => ({
  ...{ unixTimeUs: 1_795_400_000_000_000, scenarioS: 1, truth, estimate: truth },
});

/** The middle of the picture of a camera that looks east from over the beach, 200 m above the sea. */
const middleHit = (elevationDeg: number, eastM = 0) => {
  const view = viewFrom(poseOver(scenario, { eastM, aboveHomeM: 195, headingDeg: 90, elevationDeg }));
  return groundAt(ground, view, view.widthPx / 2, view.heightPx / 2);
};

describe("a ray", () => {
  it("ends on the beach, on the cliff and on the plateau where trigonometry says", () => {
    // 195 m down at 60 degrees.
    expect(middleHit(-60)?.eastM).toBeCloseTo(195 / Math.tan(Math.PI / 3), 1);
    expect(middleHit(-60)?.upM).toBeCloseTo(5, 1);
    // 45 degrees: 200 - e = 5 + 129 (e - 150) / 25.
    const faceM = (195 + (129 * 150) / 25) / (1 + 129 / 25);
    expect(middleHit(-45)?.eastM).toBeCloseTo(faceM, 1);
    expect(middleHit(-45)?.upM).toBeCloseTo(200 - faceM, 1);
    // 66 m above the plateau.
    expect(middleHit(-10)?.eastM).toBeCloseTo(66 / Math.tan(Math.PI / 18), 0);
    expect(middleHit(-10)?.upM).toBeCloseTo(134, 1);
  });

  it("meets the cliff from under its edge also when it goes up, and the sky above it", () => {
    const from = (elevationDeg: number) => {
      const view = viewFrom(poseOver(scenario, { aboveHomeM: 45, headingDeg: 90, elevationDeg }));
      return groundAt(ground, view, view.widthPx / 2, view.heightPx / 2);
    };
    // From 50 m the edge is 84 m higher and 175 m away: at 25.6 degrees.
    expect(from(20)?.eastM).toBeGreaterThan(150);
    expect(from(20)?.eastM).toBeLessThan(175);
    expect(from(27)).toBeUndefined();
  });

  it("ends where one followed in steps of two centimetres ends, from places and in directions drawn by seed", () => {
    const rng = seededRng(11);
    const between = (low: number, high: number): number => low + (high - low) * rng.uniform();
    for (let turn = 0; turn < 60; turn++) {
      const look = { eastM: between(-200, 400), aboveHomeM: between(140, 250), headingDeg: between(0, 360) };
      const view = viewFrom(poseOver(scenario, { ...look, elevationDeg: between(-90, -25) }));
      const ray = rayOf(view, between(0, 640), between(0, 512));
      const xPx = 320 + view.focalPx * dot(ray, view.right);
      const yPx = 256 + view.focalPx * dot(ray, view.down);
      const hit = groundAt(ground, view, xPx, yPx);
      const norm = Math.hypot(ray.eastM, ray.northM, ray.upM);
      const at = (m: number) => ({
        eastM: view.at.eastM + (ray.eastM / norm) * m,
        northM: view.at.northM + (ray.northM / norm) * m,
        upM: view.at.upM + (ray.upM / norm) * m,
      });
      let m = 0;
      while (at(m).upM > ground.heightAmslM(at(m).eastM, at(m).northM)) m += 0.02;
      expect(Math.hypot(at(m).eastM - hit!.eastM, at(m).northM - hit!.northM, at(m).upM - hit!.upM)).toBeLessThan(0.04);
    }
  });
});

type Vector = { readonly eastM: number; readonly northM: number; readonly upM: number };
const dot = (a: Vector, b: Vector): number => a.eastM * b.eastM + a.northM * b.northM + a.upM * b.upM;

const meanOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe("the picture", () => {
  const person = (id: string, eastM: number): Actor => ({ id, kind: "person", at: { eastM, northM: 0 } });
  const lumaOf = (actors: readonly Actor[], pose: CameraPose): Uint8Array =>
    Uint8Array.from(openRenderer(aCliff(actors), 1).draw(exposureOf(pose)));
  /** Over the plateau, looking west to the sea: of the ground 134 m below, the first 160 m behind the edge are hidden. */
  const seaward = poseOver(scenario, { eastM: 240, aboveHomeM: 180, headingDeg: 270, elevationDeg: -35 });

  it("has an edge as sharp as its pixels between the plateau and the beach behind it", () => {
    const rows: number[] = [];
    for (let raisedDeg = 0; raisedDeg < 1; raisedDeg += 0.5) {
      const pose = poseOver(scenario, { eastM: 300, aboveHomeM: 200, headingDeg: 270, elevationDeg: raisedDeg - 20 });
      const luma = lumaOf([], pose);
      const edgePx = Math.round(project(viewFrom(pose), { eastM: 175, northM: 0, upM: 134 })!.yPx);
      const greyOf = (rowPx: number): number => meanOf(luma.subarray(rowPx * 640, (rowPx + 1) * 640));
      const wide = meanOf([14, 12, 10].map((px) => greyOf(edgePx - px) - greyOf(edgePx + px)));
      rows.push((greyOf(edgePx - 3) - greyOf(edgePx + 2)) / wide);
    }
    expect(Math.min(...rows)).toBeGreaterThan(0.8);
  });

  it("shows who stands on the plateau, on its height", () => {
    const luma = lumaOf([person("a", 188)], seaward);
    const pixel = project(viewFrom(seaward), { eastM: 188, northM: 0, upM: 134 + 1.2 });
    let [best, at] = [0, 0];
    for (const [i, grey] of luma.entries()) if (grey > best) [best, at] = [grey, i];
    expect(Math.abs((at % 640) - pixel!.xPx)).toBeLessThan(6);
    expect(Math.abs(Math.floor(at / 640) - pixel!.yPx)).toBeLessThan(6);
  });

  it("does not show who stands behind the edge, and shows who stands further out", () => {
    const empty = lumaOf([], seaward);
    const lumaWith = (eastM: number): Uint8Array =>
      lumaOf([{ ...person("a", eastM), at: { eastM, northM: 0 } }], seaward);
    const isInPicture = (eastM: number): boolean => {
      const { xPx = 0, yPx = 0 } = project(viewFrom(seaward), { eastM, northM: 0, upM: 5 }) ?? {};
      return xPx > 0 && xPx < 640 && yPx > 0 && yPx < 512;
    };
    expect(isInPicture(60) && isInPicture(-60)).toBe(true);
    // The middle of the scenario's actors decides where the ground is drawn finely: compare near the person only.
    expect(warmest(lumaWith(60), seaward, 60)).toBeLessThan(warmest(empty, seaward, 60) + 25);
    expect(warmest(lumaWith(-60), seaward, -60)).toBeGreaterThan(warmest(empty, seaward, -60) + 25);
  });

  /** The brightest pixel near where a person on the beach projects to. */
  function warmest(luma: Uint8Array, pose: CameraPose, eastM: number): number {
    const pixel = project(viewFrom(pose), { eastM, northM: 0, upM: ground.heightAmslM(eastM, 0) + 1 });
    let best = 0;
    for (let y = Math.floor(pixel!.yPx) - 8; y <= pixel!.yPx + 8; y++)
      for (let x = Math.floor(pixel!.xPx) - 8; x <= pixel!.xPx + 8; x++) best = Math.max(best, luma[y * 640 + x] ?? 0);
    return best;
  }
});

describe("the metadata", () => {
  it("has the range to the plateau, and its height and place", () => {
    const pose = poseOver(scenario, { aboveHomeM: 195, headingDeg: 90, elevationDeg: -15 });
    const record = decodeSt0601(openPoseKlv(scenario)(exposureOf(pose)));
    if (!record.ok) throw new Error(record.error.kind);
    const { slantRangeM, centreElevationAmslM, centreLatitudeDeg = 0, centreLongitudeDeg = 0 } = record.value;
    expect(slantRangeM).toBeCloseTo(66 / Math.sin(Math.PI / 12), 0);
    expect(centreElevationAmslM).toBeCloseTo(134, 0);
    const centre = { latitudeDeg: centreLatitudeDeg, longitudeDeg: centreLongitudeDeg };
    expect(geodesicDistanceM(pose, centre)).toBeCloseTo(66 / Math.tan(Math.PI / 12), 0);
  });
});
