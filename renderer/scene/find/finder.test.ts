import { expect, it } from "vitest";
import type { Position } from "../../../src/geo/position.js";
import { CameraRig } from "../camera/cameraRig.js";
import { sceneFrameAt } from "../sceneFrame.js";
import type { CameraMode } from "../sceneTypes.js";
import { Finder } from "./finder.js";
import type { FindMatch } from "./findMatches.js";

const frame = sceneFrameAt({ latitudeDeg: 50.7, longitudeDeg: 1.6 });
const aMatch = (position: Position, squareM?: number): FindMatch => ({
  ...{ kind: "position", position, isTooFar: false, squareM },
});

function open(mode: CameraMode) {
  const rig = new CameraRig(mode);
  const modes: CameraMode[] = [];
  const around = { frame, onModeChange: (next: CameraMode) => modes.push(next) };
  return { rig, modes, around, finder: new Finder(rig) };
}

it("takes the camera off the aircraft, marks the place, and goes back to following", () => {
  const { rig, modes, around, finder } = open("follow");
  rig.followTo(100, 200);
  const { rangeM } = rig.goal;
  finder.goTo(aMatch(frame.positionOf(3000, -2000)), "there", around);
  expect([rig.mode, modes]).toEqual(["free", ["free"]]);
  expect(rig.goal.targetEastM).toBeCloseTo(3000, 3);
  expect(rig.goal.targetNorthM).toBeCloseTo(-2000, 3);
  expect(finder.shown.get()?.label).toBe("there");
  finder.back(around);
  expect([rig.mode, modes]).toEqual(["follow", ["free", "follow"]]);
  expect(rig.goal.rangeM).toBeCloseTo(rangeM, 6);
  expect(finder.shown.get()).toBeUndefined();
});

it("stays a map where it was one, and goes back to the view before the first place", () => {
  const { rig, modes, around, finder } = open("top");
  rig.lookAt(50, 60, 5000);
  finder.goTo(aMatch(frame.positionOf(3000, 0)), "one", around);
  finder.goTo(aMatch(frame.positionOf(0, 9000), 10_000), "two", around);
  expect(rig.goal.rangeM).toBe(20_000);
  finder.back(around);
  expect(modes).toEqual([]);
  expect([rig.goal.targetEastM, rig.goal.targetNorthM, rig.goal.rangeM].map(Math.round)).toEqual([50, 60, 5000]);
  // Once more has nowhere to go.
  rig.lookAt(1, 2, 3000);
  finder.back(around);
  expect(rig.goal.rangeM).toBe(3000);
});
