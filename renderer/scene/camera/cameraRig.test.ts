import { describe, expect, it } from "vitest";
import { CameraRig } from "./cameraRig.js";

const settleFor = (rig: CameraRig, seconds: number, stepS: number): void => {
  for (let t = 0; t < seconds - 1e-9; t += stepS) rig.settle(stepS);
};

describe("camera rig", () => {
  it("settles the same at 10 and at 100 frames a second", () => {
    const [slow, fast] = [new CameraRig("follow"), new CameraRig("follow")];
    for (const rig of [slow, fast]) rig.followTo(500, -200);
    settleFor(slow, 0.5, 0.1);
    settleFor(fast, 0.5, 0.01);
    expect(slow.view.targetEastM).toBeCloseTo(fast.view.targetEastM, 6);
  });
  it("comes to rest, and says so", () => {
    const rig = new CameraRig("free");
    rig.lookAt(100, 100, 300);
    settleFor(rig, 3, 0.05);
    expect(rig.settle(0.05)).toBe(false);
    expect(rig.view).toEqual(rig.goal);
  });
  it("follows only in follow mode", () => {
    const rig = new CameraRig("free");
    rig.followTo(500, 0);
    expect(rig.goal.targetEastM).toBe(0);
  });
  it("looks straight down with north up as a map, and comes back to the slant it had", () => {
    const rig = new CameraRig("follow");
    rig.turn(100, 20);
    const { azimuthRad, elevationRad, rangeM } = rig.goal;
    rig.setMode("top");
    expect(rig.goal.azimuthRad).toBe(0);
    expect(rig.goal.elevationRad).toBeCloseTo(Math.PI / 2, 2);
    rig.setMode("follow");
    expect(rig.goal).toMatchObject({ azimuthRad, elevationRad, rangeM });
  });
  it("does not turn the map", () => {
    const rig = new CameraRig("top");
    rig.turn(100, 100);
    expect(rig.goal.azimuthRad).toBe(0);
  });
  it("keeps the place under the pointer when it zooms", () => {
    const rig = new CameraRig("top");
    const before = (1000 - rig.goal.targetEastM) / rig.goal.rangeM;
    rig.zoom(0.5, { eastM: 1000, northM: 0 });
    expect((1000 - rig.goal.targetEastM) / rig.goal.rangeM).toBeCloseTo(before, 9);
  });
  it("stays between 25 m and 60 km", () => {
    const rig = new CameraRig("top");
    rig.zoom(1e-9, undefined);
    expect(rig.goal.rangeM).toBe(25);
    rig.zoom(1e9, undefined);
    expect(rig.goal.rangeM).toBe(60_000);
  });
  it("moves the ground with the pointer, to the right and away from the eye", () => {
    const rig = new CameraRig("top");
    rig.pan(10, 20, 2);
    expect(rig.goal.targetEastM).toBeCloseTo(-20, 6);
    expect(rig.goal.targetNorthM).toBeCloseTo(40, 1);
  });
});
