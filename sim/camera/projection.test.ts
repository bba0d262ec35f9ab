import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localFrameAt } from "../../src/geo/localFrame.js";
import { aBeach, poseOver } from "../testing/scenarios.js";
import type { CameraPose } from "./cameraPort.js";
import { groundHit, project, rayOf, vfovDegOf, viewOf } from "./projection.js";

const scenario = aBeach([]);
const frame = localFrameAt(scenario.home);
const viewFrom = (pose: CameraPose) => viewOf(pose, scenario.camera, frame);
const focalPx = 320 / Math.tan((21 * Math.PI) / 180);

describe("projection", () => {
  it("puts what is straight below in the middle of a picture that looks down", () => {
    const pixel = project(viewFrom(poseOver(scenario, { eastM: 30, northM: -12 })), { eastM: 30, northM: -12, upM: 4 });
    expect(pixel?.xPx).toBeCloseTo(320, 2);
    expect(pixel?.yPx).toBeCloseTo(256, 2);
    expect(pixel?.depthM).toBeCloseTo(70, 2);
  });

  it.each([
    [0, { eastM: 0, northM: 10 }],
    [90, { eastM: 10, northM: 0 }],
    [180, { eastM: 0, northM: -10 }],
    [270, { eastM: -10, northM: 0 }],
  ])("shows what lies ahead at the top, heading %i", (headingDeg, ahead) => {
    const pixel = project(viewFrom(poseOver(scenario, { headingDeg })), { ...ahead, upM: 4 });
    expect(pixel?.xPx).toBeCloseTo(320, 1);
    expect(pixel?.yPx).toBeCloseTo(256 - (focalPx * 10) / 70, 1);
  });

  it("shows the right at the right", () => {
    const pixel = project(viewFrom(poseOver(scenario, {})), { eastM: 10, northM: 0, upM: 4 });
    expect(pixel?.xPx).toBeCloseTo(320 + (focalPx * 10) / 70, 1);
  });

  it("sees the ground ahead at the angle the gimbal looks down", () => {
    const pose = poseOver(scenario, { headingDeg: 90, elevationDeg: -45 });
    const hit = groundHit(viewFrom(pose), rayOf(viewFrom(pose), 320, 256), () => 4);
    expect(hit?.eastM).toBeCloseTo(70, 1);
    expect(hit?.northM).toBeCloseTo(0, 1);
  });

  it("adds platform and gimbal: pitch with elevation, roll aside, azimuth from the nose", () => {
    const base = poseOver(scenario, {});
    const pitched = viewFrom({ ...base, pitchDeg: -30, gimbalElevationDeg: -60 });
    expect(pitched.forward.upM).toBeCloseTo(-1, 9);
    const aside = viewFrom({ ...base, headingDeg: 10, gimbalAzimuthDeg: 80, gimbalElevationDeg: 0 });
    expect(aside.forward.eastM).toBeCloseTo(1, 9);
    // Right wing down: a camera looking straight down through the floor then looks to the left.
    const rolled = viewFrom({ ...base, rollDeg: 20 });
    expect(rolled.forward.eastM).toBeLessThan(-0.3);
  });

  it("knows no pixel for what is behind, no ground for what looks up", () => {
    const view = viewFrom(poseOver(scenario, { elevationDeg: 10 }));
    expect(project(view, { eastM: 0, northM: -50, upM: 74 })).toBeUndefined();
    expect(groundHit(view, rayOf(view, 320, 256), () => 4)).toBeUndefined();
  });

  it("casts and projects as inverses over a slope, for any pose that sees it", () => {
    const slope = (eastM: number) => Math.max(0, Math.min(4, 2 + eastM / 40));
    fc.assert(
      fc.property(
        fc.record({
          headingDeg: fc.double({ min: 0, max: 359, noNaN: true }),
          pitchDeg: fc.double({ min: -15, max: 15, noNaN: true }),
          rollDeg: fc.double({ min: -15, max: 15, noNaN: true }),
          gimbalElevationDeg: fc.double({ min: -90, max: -55, noNaN: true }),
          x: fc.double({ min: 0, max: 640, noNaN: true }),
          y: fc.double({ min: 0, max: 512, noNaN: true }),
        }),
        ({ x, y, ...attitude }) => {
          const view = viewFrom({ ...poseOver(scenario, {}), ...attitude });
          const hit = groundHit(view, rayOf(view, x, y), slope);
          if (!hit) return;
          const pixel = project(view, hit);
          expect(pixel?.xPx).toBeCloseTo(x, 3);
          expect(pixel?.yPx).toBeCloseTo(y, 3);
          expect(hit.upM).toBeCloseTo(slope(hit.eastM), 9);
        },
      ),
      { seed: 601, numRuns: 300 },
    );
  });

  it("has square pixels", () => {
    expect(vfovDegOf(scenario.camera)).toBeCloseTo((2 * Math.atan(256 / focalPx) * 180) / Math.PI, 9);
  });
});
