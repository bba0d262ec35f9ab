import { describe, expect, it } from "vitest";
import {
  fliesToHeight,
  hasPlace,
  isLanding,
  isLoiter,
  isNavigation,
  isTakeOff,
  needsGlobalFrame,
} from "./missionCommands.js";
import { standIn } from "./standIn.js";
import { anAircraft } from "./testing/planBuilders.js";
import { firmwareOf, isWinged, vehicleClassOf } from "./vehicleClass.js";

describe("what a command is (common.xml)", () => {
  const QUESTIONS = { isNavigation, isTakeOff, isLanding, isLoiter, fliesToHeight, needsGlobalFrame, hasPlace };
  const answers = (command: number): readonly string[] =>
    Object.entries(QUESTIONS).flatMap(([name, ask]) => (ask(command) ? [name] : []));
  const FLOWN_TO = ["fliesToHeight", "needsGlobalFrame", "hasPlace"];

  it.each([
    [16, "NAV_WAYPOINT", ["isNavigation", ...FLOWN_TO]],
    [17, "NAV_LOITER_UNLIM", ["isNavigation", "isLoiter", ...FLOWN_TO]],
    [19, "NAV_LOITER_TIME", ["isNavigation", "isLoiter", ...FLOWN_TO]],
    [20, "NAV_RETURN_TO_LAUNCH", ["isNavigation"]],
    [21, "NAV_LAND", ["isNavigation", "isLanding", "needsGlobalFrame", "hasPlace"]],
    [22, "NAV_TAKEOFF", ["isNavigation", "isTakeOff", ...FLOWN_TO]],
    [30, "NAV_CONTINUE_AND_CHANGE_ALT", ["isNavigation", ...FLOWN_TO]],
    [31, "NAV_LOITER_TO_ALT", ["isNavigation", "isLoiter", ...FLOWN_TO]],
    [80, "NAV_ROI", ["hasPlace"]],
    [82, "NAV_SPLINE_WAYPOINT", ["isNavigation", ...FLOWN_TO]],
    [84, "NAV_VTOL_TAKEOFF", ["isNavigation", "isTakeOff", ...FLOWN_TO]],
    [85, "NAV_VTOL_LAND", ["isNavigation", "isLanding", "needsGlobalFrame", "hasPlace"]],
    [93, "NAV_DELAY", ["isNavigation"]],
    [94, "NAV_PAYLOAD_PLACE", ["isNavigation", "hasPlace"]],
    [95, "NAV_LAST", ["isNavigation"]],
    [96, "the first after NAV_LAST", []],
    [178, "DO_CHANGE_SPEED", []],
    [189, "DO_LAND_START", ["hasPlace"]],
    [195, "DO_SET_ROI_LOCATION", ["hasPlace"]],
    [4999, "before the fence", []],
    [5000, "NAV_FENCE_RETURN_POINT", ["hasPlace"]],
    [5100, "NAV_RALLY_POINT", ["hasPlace"]],
    [5101, "after the rally points", []],
    [30_999, "before the user's waypoints", []],
    [31_000, "WAYPOINT_USER_1", ["hasPlace"]],
    [31_009, "SPATIAL_USER_5", ["hasPlace"]],
    [31_010, "USER_1", []],
  ])("%i, %s", (command, _name, expected) => {
    expect(answers(command)).toEqual(expected);
  });
});

describe("what a vehicle is (MAV_TYPE)", () => {
  it.each([
    ["copter", [2, 3, 4, 13, 14, 15, 29, 35, 43]],
    ["plane", [1]],
    ["vtol", [19, 20, 21, 22, 23, 24, 25]],
    ["ground", [10, 11, 12]],
    ["other", [0, 5, 6, 7, 18, 26, 28]],
  ] as const)("%s", (kind, types) => {
    expect(types.map(vehicleClassOf)).toEqual(types.map(() => kind));
    expect(isWinged(kind)).toBe(kind === "plane" || kind === "vtol");
  });

  it("and which autopilot it has (MAV_AUTOPILOT)", () => {
    expect([3, 12, 0, 4].map(firmwareOf)).toEqual(["ardupilot", "px4", "other", "other"]);
  });
});

describe("the station's aircraft for another vehicle", () => {
  const own = anAircraft();
  it("of its own class has all its figures", () => {
    expect(standIn(own, { mavType: 13, mavAutopilot: 12 })).toEqual({
      aircraft: { ...own, vehicleType: 13, firmwareType: 12 },
      isAssumed: false,
    });
  });

  it("of another class is assumed, with the speeds of a wing where it is one", () => {
    expect(standIn(own, { mavType: 10, mavAutopilot: 3 })).toEqual({
      aircraft: { ...own, vehicleType: 10 },
      isAssumed: true,
    });
    for (const mavType of [1, 22])
      expect(standIn(own, { mavType, mavAutopilot: 3 })).toEqual({
        aircraft: { ...own, vehicleType: mavType, cruiseSpeedMps: 18, maxAirSpeedMps: 25 },
        isAssumed: true,
      });
  });
});
