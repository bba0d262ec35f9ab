import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM } from "../../src/geo/geodesic.js";
import type { Flavour, Px4Release } from "../flavour.js";
import { QUIET_BEACH, createFlightHarness, type FlightHarness, isArmed } from "../testing/flightHarness.js";
import { px4Mode } from "./modes.js";

const { home } = QUIET_BEACH;
const SET_MODE = 176;
const ARM = 400;
const [HOLD, MISSION, RETURN, LAND, TAKEOFF, ORBIT] = [
  ...[px4Mode(4, 3), px4Mode(4, 4), px4Mode(4, 5), px4Mode(4, 6), px4Mode(4, 2), px4Mode(3, 1)],
];
const [ACCEPTED, TEMPORARILY_REJECTED, DENIED, UNSUPPORTED] = [0, 1, 2, 3];

const modeOf = (flight: FlightHarness) => flight.last("HEARTBEAT")?.customMode;
const heightM = (flight: FlightHarness) => (flight.last("GLOBAL_POSITION_INT")?.relativeAlt ?? 0) / 1000;
const placeOf = (flight: FlightHarness) => flight.aircraft.exposure().estimate;

function booted(airframe: Flavour["airframe"], px4: Px4Release = "1.14"): FlightHarness {
  const flight = createFlightHarness({ vehicle: { flavour: { autopilot: "px4", airframe, px4 } } });
  flight.runS(7);
  return flight;
}

/** In Hold at 40 m (a plane circling there). */
function airborne(airframe: Flavour["airframe"], px4?: Px4Release): FlightHarness {
  const flight = booted(airframe, px4);
  expect(flight.command(22, 0, 0, 0, NaN, NaN, NaN, home.altitudeAmslM + 40)).toBe(ACCEPTED);
  expect(flight.command(ARM, 1)).toBe(ACCEPTED);
  expect(flight.runUntil(() => modeOf(flight) === HOLD && heightM(flight) > 36, 90)).toBe(true);
  flight.runS(4);
  return flight;
}

function setParam(flight: FlightHarness, name: string, value: number): void {
  // Written directly into the table: PX4's encoding of PARAM_SET belongs to the parameter service.
  const { params } = flight.aircraft.autopilot();
  Object.assign(params, { [name]: value });
}

describe("PX4's modes", () => {
  it("are main and sub mode in custom_mode; it boots in Hold", () => {
    const flight = booted("copter");
    expect(flight.last("HEARTBEAT")).toMatchObject({ customMode: 0x03040000, baseMode: 0x1d, autopilot: 12 });
    expect(flight.command(SET_MODE, 1, 4, 4)).toBe(ACCEPTED);
    flight.runS(1);
    expect(modeOf(flight)).toBe(MISSION);
  });

  it("are all taken while disarmed, and armed only those it can fly: sticks and an empty mission are refused", () => {
    const flight = booted("copter");
    expect(flight.command(SET_MODE, 1, 3, 0)).toBe(ACCEPTED);
    expect(flight.command(SET_MODE, 1, 4, 3)).toBe(ACCEPTED);
    const flying = airborne("copter");
    for (const [main, sub] of [
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 4],
    ] as const) {
      expect(flying.command(SET_MODE, 1, main, sub)).toBe(TEMPORARILY_REJECTED);
    }
    expect(flying.texts()).toContain("Switching to POSCTL is currently not available");
    flying.runS(1);
    expect(modeOf(flying)).toBe(HOLD);
  });

  it("that do not exist are temporarily rejected", () => {
    const flight = booted("plane");
    expect(flight.command(SET_MODE, 1, 4, 99)).toBe(TEMPORARILY_REJECTED);
    expect(flight.texts()).toContain("Unsupported auto mode");
    // A plane has no Orbit mode, a copter no VTOL take-off.
    expect(flight.command(SET_MODE, 1, 3, 1)).toBe(TEMPORARILY_REJECTED);
    expect(booted("copter").command(84, 0, 0, 0, NaN, NaN, NaN, 50)).toBe(UNSUPPORTED);
  });
});

describe("PX4's arming", () => {
  it("is temporarily rejected before the position is known, and in Return and Land", () => {
    const early = createFlightHarness({ vehicle: { flavour: { autopilot: "px4", airframe: "copter" } } });
    early.runS(2);
    expect(early.command(ARM, 1)).toBe(TEMPORARILY_REJECTED);
    expect(early.texts()).toContain("Arming denied: Resolve system health failures first");
    const flight = booted("copter");
    flight.command(SET_MODE, 1, 4, 6);
    expect(flight.command(ARM, 1)).toBe(TEMPORARILY_REJECTED);
  });

  it("ends by itself after COM_DISARM_PRFLT, and cannot be ended in the air unless forced", () => {
    const flight = booted("copter");
    expect(flight.command(ARM, 1)).toBe(ACCEPTED);
    flight.runS(9);
    expect(isArmed(flight)).toBe(true);
    flight.runS(3);
    expect(isArmed(flight)).toBe(false);
    const flying = airborne("copter");
    expect(flying.command(ARM, 0)).toBe(TEMPORARILY_REJECTED);
    expect(flying.texts()).toContain("Disarming denied: not landed");
    expect(flying.command(ARM, 0, 21196)).toBe(ACCEPTED);
  });

  it("comes with a mission start, which is denied without a mission", () => {
    const flight = booted("copter");
    expect(flight.command(300)).toBe(DENIED);
    expect(flight.texts()).toContain("Mission start denied! No valid mission");
    expect(flight.upload([{ command: 22, ...home, zM: 30 }])).toBe(0);
    flight.runS(0.1);
    expect(flight.command(300, 5)).toBe(DENIED);
    expect(flight.command(300)).toBe(ACCEPTED);
    flight.runS(2);
    expect([isArmed(flight), modeOf(flight)]).toEqual([true, MISSION]);
  });
});

describe("PX4's take-off", () => {
  it("goes to the height above sea level of param7, or to its own when that is NaN or too low, and ends in Hold", () => {
    const flight = airborne("copter");
    flight.runS(5);
    expect(heightM(flight)).toBeCloseTo(40, 0);
    const low = booted("copter");
    setParam(low, "MIS_TAKEOFF_ALT", 8);
    low.command(22, 0, 0, 0, NaN, NaN, NaN, 1);
    expect(low.texts()).toContain("Using minimum takeoff altitude: 8.00 m");
    low.command(22, 0, 0, 0, NaN, NaN, NaN, NaN);
    low.runS(1);
    expect(modeOf(low)).toBe(TAKEOFF);
    low.command(ARM, 1);
    expect(low.runUntil(() => modeOf(low) === HOLD, 30)).toBe(true);
    low.runS(5);
    expect(heightM(low)).toBeCloseTo(8, 0);
  });
});

describe("PX4's commands", () => {
  it("reposition with the change-mode bit only, in both forms, heights above sea level, NaN where not given", () => {
    const flight = airborne("copter");
    const there = destination(home, 90, 60);
    const z = home.altitudeAmslM + 50;
    expect(flight.commandInt(192, { params: [-1, 0, 0, NaN], frame: 5, ...there, zM: z })).toBe(UNSUPPORTED);
    expect(flight.commandInt(192, { params: [-1, 1, 0, NaN], frame: 5, ...there, zM: z })).toBe(ACCEPTED);
    flight.runS(40);
    expect(geodesicDistanceM(placeOf(flight), there)).toBeLessThan(1);
    expect(heightM(flight)).toBeCloseTo(50, 0);
    const [latitudeDeg, longitudeDeg] = [home.latitudeDeg, home.longitudeDeg];
    expect(flight.command(192, -1, 1, 0, NaN, latitudeDeg, longitudeDeg, NaN)).toBe(ACCEPTED);
    flight.runS(40);
    expect(geodesicDistanceM(placeOf(flight), home)).toBeLessThan(3);
    expect(heightM(flight)).toBeCloseTo(50, 0);
  });

  it("change the height in Hold, return and land", () => {
    const flight = airborne("copter");
    expect(flight.command(186, home.altitudeAmslM + 55, 0)).toBe(ACCEPTED);
    flight.runS(20);
    expect(heightM(flight)).toBeCloseTo(55, 0);
    expect(flight.command(20)).toBe(ACCEPTED);
    flight.runS(1);
    expect(modeOf(flight)).toBe(RETURN);
    expect(flight.command(21)).toBe(ACCEPTED);
    flight.runS(1);
    expect(modeOf(flight)).toBe(LAND);
    expect(flight.runUntil(() => !isArmed(flight), 90)).toBe(true);
  });

  it("turn the nose by a reposition that names no place, yaw in radians", () => {
    const flight = airborne("copter");
    const NOWHERE = 0x7fffffff / 1e7;
    const fields = { params: [-1, 1, NaN, -Math.PI / 2], latitudeDeg: NOWHERE, longitudeDeg: NOWHERE, zM: NaN };
    expect(flight.commandInt(192, { frame: 0, ...fields })).toBe(ACCEPTED);
    flight.runS(15);
    expect(placeOf(flight).headingDeg).toBeCloseTo(270, -1);
    expect(geodesicDistanceM(placeOf(flight), home)).toBeLessThan(5);
    expect(heightM(flight)).toBeCloseTo(40, 0);
  });

  it("jump to an item by MISSION_SET_CURRENT; 1.15 says total and ids, 1.14 neither", () => {
    const flight = airborne("copter", "1.15");
    const far = destination(home, 10, 300);
    flight.upload([far, destination(home, 100, 300), far].map((place) => ({ command: 16, ...place, zM: 40 })));
    flight.runS(0.1);
    flight.command(SET_MODE, 1, 4, 4);
    flight.runS(2);
    flight.send({ name: "MISSION_SET_CURRENT", fields: { targetSystem: 1, targetComponent: 1, seq: 1 } });
    expect(flight.last("MISSION_CURRENT")).toMatchObject({ seq: 1, total: 3 });
    expect(flight.last("MISSION_CURRENT")?.missionId).not.toBe(0);
  });

  it("orbit: a copter in its own mode, a plane in Hold; not on the ground", () => {
    const flight = airborne("copter");
    const centre = destination(home, 0, 40);
    expect(flight.commandInt(34, { params: [-30, 4, 0, NaN], frame: 5, ...centre, zM: home.altitudeAmslM + 40 })).toBe(
      0,
    );
    flight.runS(30);
    expect(modeOf(flight)).toBe(ORBIT);
    expect(Math.abs(geodesicDistanceM(placeOf(flight), centre) - 30)).toBeLessThan(3);
    expect(flight.last("VFR_HUD")?.groundspeed).toBeCloseTo(4, 0);
    const plane = airborne("plane");
    expect(plane.commandInt(34, { params: [90, NaN, 0, NaN], frame: 5, ...centre, zM: home.altitudeAmslM + 60 })).toBe(
      0,
    );
    plane.runS(60);
    expect(modeOf(plane)).toBe(HOLD);
    expect(Math.abs(geodesicDistanceM(placeOf(plane), centre) - 90)).toBeLessThan(12);
    expect(booted("copter").command(34, 30, 4, 0, NaN, NaN, NaN, NaN)).toBe(TEMPORARILY_REJECTED);
  });

  it("that ArduPilot has and PX4 has not are unsupported", () => {
    const flight = airborne("copter");
    for (const command of [17, 115, 193, 224, 43000, 43001, 43002]) expect(flight.command(command)).toBe(UNSUPPORTED);
    expect(flight.command(3000, 4)).toBe(UNSUPPORTED);
  });

  it("change a VTOL to its wing and back in the air, not on the ground", () => {
    const ground = booted("vtol");
    ground.command(ARM, 1);
    expect(ground.command(3000, 4)).toBe(TEMPORARILY_REJECTED);
    const flight = airborne("vtol");
    expect(flight.last("EXTENDED_SYS_STATE")).toMatchObject({ vtolState: 3, landedState: 2 });
    expect(flight.command(3000, 7)).toBe(DENIED);
    expect(flight.command(3000, 4)).toBe(ACCEPTED);
    expect(flight.runUntil(() => flight.last("EXTENDED_SYS_STATE")?.vtolState === 4, 30)).toBe(true);
    flight.runS(30);
    expect(flight.last("VFR_HUD")?.airspeed).toBeGreaterThan(13);
    expect(heightM(flight)).toBeCloseTo(40, -1);
    expect(flight.command(3000, 3)).toBe(ACCEPTED);
    expect(flight.runUntil(() => flight.last("EXTENDED_SYS_STATE")?.vtolState === 3, 30)).toBe(true);
    flight.runS(15);
    expect(flight.last("VFR_HUD")?.groundspeed).toBeLessThan(1);
  });
});

describe("PX4's failsafes", () => {
  it("return when the station falls silent for COM_DL_LOSS_T and NAV_DLL_ACT says so", () => {
    const flight = airborne("copter");
    setParam(flight, "NAV_DLL_ACT", 0);
    flight.aircraft.advanceTo(flight.aircraft.nowMs() + 15_000);
    expect(modeOf(flight)).toBe(HOLD);
    flight.runS(2);
    setParam(flight, "NAV_DLL_ACT", 2);
    flight.aircraft.advanceTo(flight.aircraft.nowMs() + 9000);
    expect(modeOf(flight)).toBe(HOLD);
    flight.aircraft.advanceTo(flight.aircraft.nowMs() + 3000);
    expect(modeOf(flight)).toBe(RETURN);
    flight.runS(1);
    expect(flight.texts()).toContain("GCS connection regained");
  });

  it("lower the return inside the cone above home", () => {
    const flight = airborne("copter");
    setParam(flight, "RTL_RETURN_ALT", 90);
    setParam(flight, "RTL_CONE_ANG", 45);
    flight.command(
      192,
      -1,
      1,
      0,
      NaN,
      destination(home, 45, 65).latitudeDeg,
      destination(home, 45, 65).longitudeDeg,
      NaN,
    );
    flight.runS(30);
    flight.command(20);
    let highestM = 0;
    flight.runUntil(() => {
      highestM = Math.max(highestM, heightM(flight));
      return !isArmed(flight);
    }, 200);
    // 65 m away, inside a cone of 45 degrees: return height 65 m, not 90 m.
    expect(highestM).toBeGreaterThan(61);
    expect(highestM).toBeLessThan(69);
    expect(isArmed(flight)).toBe(false);
  });
});
