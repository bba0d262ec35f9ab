import { describe, expect, it } from "vitest";
import type { Position } from "../../geo/position.js";
import { CMD } from "../../plan/missionCommands.js";
import type { MissionItem } from "../../plan/plan.js";
import { distanceToPlanEndM, endsWithLanding, lastFlownItem } from "./planEnd.js";
import { PLACE, shown } from "./testing/shownVehicle.js";

const item = (command: number, position?: Position): MissionItem => ({
  command,
  params: [0, 0, 0, 0],
  autoContinue: true,
  ...(position && { position }),
});
const north = (minutes: number): Position => ({ ...PLACE, latitudeDeg: PLACE.latitudeDeg + minutes / 60 });
const TAKE_OFF = item(CMD.takeOff);
const POINT = item(CMD.waypoint, north(2));
const CAMERA_OFF = item(CMD.cameraTriggerDistance);
const LAND = item(CMD.land, north(1));
const HOME = item(CMD.returnToLaunch);

describe("the last item that is flown", () => {
  it.each([
    ["a waypoint", [TAKE_OFF, POINT], 1, false],
    ["the one before a camera setting", [TAKE_OFF, POINT, CAMERA_OFF], 1, false],
    ["a landing", [TAKE_OFF, POINT, LAND], 2, true],
    ["a landing before a camera setting", [TAKE_OFF, LAND, CAMERA_OFF], 1, true],
    ["a landing of a VTOL", [TAKE_OFF, item(CMD.vtolLand)], 1, true],
    ["a return", [TAKE_OFF, HOME], 1, true],
    ["the last of a plan without one", [CAMERA_OFF, CAMERA_OFF], 1, false],
    ["none of an empty plan", [], -1, false],
  ])("%s", (_name, items, last, isLanding) => {
    expect(lastFlownItem(items)).toBe(last);
    expect(endsWithLanding(items)).toBe(isLanding);
  });
});

describe("the distance from where the plan ends", () => {
  const vehicle = shown({ isArmed: false });
  // One and two minutes of latitude at 50.7° N on the WGS 84 ellipsoid: 111 236 m a degree.
  const distanceM = (items: readonly MissionItem[]) => Math.round(distanceToPlanEndM(items, vehicle) ?? Number.NaN);
  it("is that from the landing", () => {
    expect(distanceM([TAKE_OFF, POINT, LAND])).toBe(1854);
    expect(distanceM([TAKE_OFF, POINT, LAND, CAMERA_OFF])).toBe(1854);
  });
  it("is that from home where the plan returns, has no end, no items, or lands where it is", () => {
    const nowhere = { latitudeDeg: 0, longitudeDeg: 0 };
    const plans = [[POINT, HOME], [POINT], [], [POINT, item(CMD.land, nowhere)], [POINT, item(CMD.land)]];
    expect(plans.map(distanceM)).toEqual([0, 0, 0, 0, 0]);
    expect(distanceM([item(CMD.returnToLaunch, north(1))])).toBe(0);
  });
  it("is measured also to the equator and the prime meridian", () => {
    const from = (position: Position) => {
      const there = { position, altitudeAmslM: 0, altitudeAboveHomeM: 0 };
      const at = { ...vehicle, position: { value: there, receivedAtMonoMs: 0 } };
      return distanceToPlanEndM([item(CMD.land, position)], at);
    };
    expect(from({ latitudeDeg: 0, longitudeDeg: 9 })).toBeCloseTo(0);
    expect(from({ latitudeDeg: 50, longitudeDeg: 0 })).toBeCloseTo(0);
  });
  it("is not known without a home or a position", () => {
    expect(distanceToPlanEndM([POINT], { ...vehicle, home: undefined })).toBeUndefined();
    expect(distanceToPlanEndM([LAND], { ...vehicle, position: undefined })).toBeUndefined();
  });
});
