import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { aBeach, committedScenario, poseOver } from "../testing/scenarios.js";
import { openActors } from "../world/actors.js";
import { groundOf } from "../world/ground.js";
import { isGlintLit } from "./actorLayer.js";
import type { CameraPose, Exposure } from "./cameraPort.js";
import { project, viewOf } from "./projection.js";
import { openRenderer } from "./renderer.js";

const exposureAt = (truth: CameraPose, scenarioS: number): Exposure => ({
  unixTimeUs: 1_795_400_000_000_000 + Math.round(scenarioS * 1e6),
  scenarioS,
  truth,
  estimate: truth,
});

function hashOfFrames(seed: number): string {
  const scenario = committedScenario("boulogne-night-1");
  const renderer = openRenderer(scenario, seed);
  const hash = createHash("sha256");
  for (let i = 0; i < 6; i++) {
    const pose = poseOver(scenario, { eastM: -110 + i * 5, northM: -60, elevationDeg: -80 });
    hash.update(renderer.draw(exposureAt(pose, 20 + i * 0.04)));
  }
  return hash.digest("hex");
}

/** Mean grey level within `reach` pixels of a place, and of the ring around it. */
function greyAt(luma: Uint8Array, xPx: number, yPx: number, reach: number): { inside: number; around: number } {
  let [inside, countInside, around, countAround] = [0, 0, 0, 0];
  for (let y = Math.floor(yPx) - 24; y < yPx + 24; y++) {
    for (let x = Math.floor(xPx) - 24; x < xPx + 24; x++) {
      const away = Math.hypot(x + 0.5 - xPx, y + 0.5 - yPx);
      const grey = luma[y * 640 + x] ?? 0;
      if (away < reach) [inside, countInside] = [inside + grey, countInside + 1];
      else if (away > 14 && away < 22) [around, countAround] = [around + grey, countAround + 1];
    }
  }
  return { inside: inside / countInside, around: around / countAround };
}

describe("thermal picture", () => {
  it("is the same for the same seed and truth, another for another seed", () => {
    const once = hashOfFrames(7);
    expect(hashOfFrames(7)).toBe(once);
    expect(hashOfFrames(8)).not.toBe(once);
  });

  it("does not change where a scenario names no terrain", () => {
    // Drawn before there were terrains.
    expect(hashOfFrames(7)).toBe("3cb27b27bacc5bc4099f4901c602d252e69d116e31d17f0347609c7464ec6080");
  });

  it("shows a person far brighter than sand, and a rock by less than a third of that, each where the projection says", () => {
    const scenario = aBeach([
      { id: "person-1", kind: "person", at: { eastM: -8, northM: 0 } },
      { id: "rock-1", kind: "rock", at: { eastM: 10, northM: 6 } },
    ]);
    const luma = openRenderer(scenario, 1).draw(exposureAt(poseOver(scenario, {}), 1));
    const view = viewOf(poseOver(scenario, {}), scenario.camera, localFrameAt(scenario.home));
    const heightAt = groundOf(scenario).heightAmslM;
    const [person, rock] = openActors(
      scenario,
      1,
    )(1).map((actor) => {
      const pixel = project(view, { ...actor, upM: heightAt(actor.eastM, actor.northM) + 0.5 });
      return greyAt(luma, pixel!.xPx, pixel!.yPx, 2);
    });
    const personGrey = person!.inside - person!.around;
    const rockGrey = rock!.inside - rock!.around;
    expect(personGrey).toBeGreaterThan(80);
    expect(rockGrey).toBeGreaterThan(4);
    expect(rockGrey).toBeLessThan(personGrey / 3);
  });

  it("keeps the ground well below white, so that warm things stand out", () => {
    const scenario = committedScenario("boulogne-night-1");
    const luma = openRenderer(scenario, 1).draw(exposureAt(poseOver(scenario, { eastM: -110, northM: -60 }), 5));
    const sorted = Uint8Array.from(luma).sort();
    expect(sorted[Math.floor(sorted.length / 2)]).toBeGreaterThan(30);
    expect(sorted[Math.floor(sorted.length * 0.99)]).toBeLessThan(190);
  });

  it("flashes glints: a small share of the time, none longer than a second", () => {
    let [lit, run, longest] = [0, 0, 0];
    for (let i = 1; i <= 3000; i++) {
      const isLit = isGlintLit("glint-1", i * 0.04, 1);
      lit += isLit ? 1 : 0;
      run = isLit ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    expect(lit / 3000).toBeGreaterThan(0.05);
    expect(lit / 3000).toBeLessThan(0.3);
    expect(longest * 0.04).toBeLessThan(1);
  });
});
