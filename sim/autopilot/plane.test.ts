import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM } from "../../src/geo/geodesic.js";
import type { Flavour } from "../flavour.js";
import { QUIET_BEACH, createFlightHarness, type FlightHarness, isArmed } from "../testing/flightHarness.js";

const { home } = QUIET_BEACH;
const SET_MODE = 176;
const ARM = 400;
const [AUTO, RTL, LOITER, TAKEOFF, GUIDED] = [10, 11, 12, 13, 15];
const [QHOVER, QLOITER, QLAND, QRTL] = [18, 19, 20, 21];
const [ACCEPTED, DENIED, UNSUPPORTED, FAILED] = [0, 2, 3, 4];

const modeOf = (flight: FlightHarness) => flight.last("HEARTBEAT")?.customMode;
const heightM = (flight: FlightHarness) => (flight.last("GLOBAL_POSITION_INT")?.relativeAlt ?? 0) / 1000;
const placeOf = (flight: FlightHarness) => flight.aircraft.exposure().estimate;

function booted(airframe: Flavour["airframe"]): FlightHarness {
  const flight = createFlightHarness({ vehicle: { flavour: { autopilot: "ardupilot", airframe } } });
  flight.runS(7);
  return flight;
}

/** A plane circling at TKOFF_ALT, in GUIDED. */
function flyingPlane(): FlightHarness {
  const flight = booted("plane");
  expect(flight.command(SET_MODE, 1, TAKEOFF)).toBe(ACCEPTED);
  expect(flight.command(ARM, 1)).toBe(ACCEPTED);
  expect(flight.runUntil(() => heightM(flight) > 46, 60)).toBe(true);
  expect(flight.command(SET_MODE, 1, GUIDED)).toBe(ACCEPTED);
  flight.runS(2);
  return flight;
}

/** A QuadPlane on its rotors at 30 m, in QLOITER. */
function hoveringQuadPlane(): FlightHarness {
  const flight = booted("vtol");
  flight.command(SET_MODE, 1, GUIDED);
  flight.command(ARM, 1);
  expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(ACCEPTED);
  expect(flight.runUntil(() => heightM(flight) > 26, 60)).toBe(true);
  expect(flight.command(SET_MODE, 1, QLOITER)).toBe(ACCEPTED);
  flight.runS(6);
  return flight;
}

describe("ArduPilot Plane's modes", () => {
  it("have Plane's numbers, the Q ones on a QuadPlane only", () => {
    const plane = booted("plane");
    for (const mode of [0, 1, 2, 5, 6, 7, AUTO, RTL, LOITER, TAKEOFF, GUIDED]) {
      expect(plane.command(SET_MODE, 1, mode)).toBe(ACCEPTED);
    }
    for (const mode of [17, QHOVER, QLOITER, QLAND, QRTL, 99]) expect(plane.command(SET_MODE, 1, mode)).toBe(FAILED);
    expect(plane.texts()).toContain("No such mode 18");
    const quadPlane = booted("vtol");
    for (const mode of [17, QHOVER, QLOITER, QLAND, QRTL]) expect(quadPlane.command(SET_MODE, 1, mode)).toBe(ACCEPTED);
  });

  it("refuse to arm in RTL and QLAND, and arm in AUTO", () => {
    const plane = booted("plane");
    plane.command(SET_MODE, 1, RTL);
    expect(plane.command(ARM, 1)).toBe(FAILED);
    expect(plane.texts()).toContain("Arm: RTL mode not armable");
    plane.command(SET_MODE, 1, AUTO);
    expect(plane.command(ARM, 1)).toBe(ACCEPTED);
  });

  it("circle in LOITER with WP_LOITER_RAD, and in RTL round home at RTL_ALTITUDE", () => {
    const flight = flyingPlane();
    const { params } = flight.aircraft.autopilot();
    Object.assign(params, { WP_LOITER_RAD: 80, RTL_ALTITUDE: 70, RTL_RADIUS: 100 });
    flight.command(SET_MODE, 1, LOITER);
    const centre = placeOf(flight);
    flight.runS(60);
    const ranges = Array.from({ length: 40 }, () => {
      flight.runS(1);
      return geodesicDistanceM(placeOf(flight), centre);
    });
    expect(Math.min(...ranges)).toBeGreaterThan(70);
    expect(Math.max(...ranges)).toBeLessThan(90);
    flight.command(20);
    flight.runS(90);
    expect(modeOf(flight)).toBe(RTL);
    expect(Math.abs(geodesicDistanceM(placeOf(flight), home) - 100)).toBeLessThan(12);
    expect(heightM(flight)).toBeCloseTo(70, -1);
  });
});

describe("ArduPilot Plane's commands", () => {
  it("take no NAV_TAKEOFF, no DO_ORBIT, no landing and no turn of the nose", () => {
    const flight = booted("plane");
    flight.command(SET_MODE, 1, GUIDED);
    flight.command(ARM, 1);
    expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(FAILED);
    for (const command of [21, 34, 84, 115, 186, 193]) expect(flight.command(command)).toBe(UNSUPPORTED);
    expect(flight.command(3000, 4)).toBe(FAILED);
    expect(flight.texts()).toContain("VTOL not available");
  });

  it("go to a place by COMMAND_INT and circle it with the radius and sense asked for", () => {
    const flight = flyingPlane();
    const there = destination(home, 45, 400);
    const [latitudeDeg, longitudeDeg] = [there.latitudeDeg, there.longitudeDeg];
    expect(flight.command(192, -1, 1, 0, 0, latitudeDeg, longitudeDeg, 60)).toBe(UNSUPPORTED);
    flight.command(SET_MODE, 1, LOITER);
    expect(flight.commandInt(192, { params: [-1, 0, 0, 0], ...there, zM: 60 })).toBe(FAILED);
    expect(flight.commandInt(192, { params: [-1, 1, 90, 1], ...there, zM: 60 })).toBe(ACCEPTED);
    flight.runS(75);
    expect(modeOf(flight)).toBe(GUIDED);
    expect(Math.abs(geodesicDistanceM(placeOf(flight), there) - 90)).toBeLessThan(12);
    expect(heightM(flight)).toBeCloseTo(60, -1);
    // Anticlockwise: it banks left.
    expect(flight.last("ATTITUDE")?.roll).toBeLessThan(-0.1);
  });

  it("change speed only in GUIDED and AUTO, inside the limits of the air speed", () => {
    const flight = flyingPlane();
    expect(flight.command(178, 0, 22)).toBe(ACCEPTED);
    flight.runS(15);
    expect(flight.last("VFR_HUD")?.airspeed).toBeCloseTo(22, -0.5);
    expect(flight.command(178, 0, 3)).toBe(FAILED);
    flight.command(SET_MODE, 1, LOITER);
    expect(flight.command(178, 0, 20)).toBe(FAILED);
  });

  it("change heading, height and speed in GUIDED by COMMAND_INT", () => {
    const flight = flyingPlane();
    expect(flight.command(43002, 0, 90)).toBe(UNSUPPORTED);
    expect(flight.commandInt(43002, { params: [0, 90, 1] })).toBe(ACCEPTED);
    expect(flight.commandInt(43002, { params: [0, 400, 1] })).toBe(DENIED);
    expect(flight.commandInt(43001, { frame: 3, zM: 75 })).toBe(ACCEPTED);
    expect(flight.commandInt(43001, { frame: 3, zM: 0 })).toBe(DENIED);
    expect(flight.commandInt(43000, { params: [0, 21] })).toBe(ACCEPTED);
    expect(flight.commandInt(43000, { params: [1, 21] })).toBe(DENIED);
    flight.runS(30);
    const { vx = 0, vy = 0 } = flight.last("GLOBAL_POSITION_INT") ?? {};
    expect((Math.atan2(vy, vx) * 180) / Math.PI).toBeCloseTo(90, -1);
    expect(heightM(flight)).toBeCloseTo(75, -1);
    flight.command(SET_MODE, 1, LOITER);
    expect(flight.commandInt(43002, { params: [0, 90, 1] })).toBe(FAILED);
  });

  it("return when the mission is over", () => {
    const flight = flyingPlane();
    flight.upload([{ command: 16, ...destination(home, 20, 300), zM: 60 }]);
    flight.command(SET_MODE, 1, AUTO);
    expect(flight.runUntil(() => modeOf(flight) === RTL, 90)).toBe(true);
    expect(flight.texts()).toContain("Mission complete, changing mode to RTL");
  });

  it("glide with nobody at the sticks in MANUAL", () => {
    const flight = flyingPlane();
    flight.command(SET_MODE, 1, 0);
    flight.runS(15);
    expect(flight.last("VFR_HUD")?.throttle).toBe(0);
    expect(flight.last("VFR_HUD")?.climb).toBeLessThan(-0.7);
  });
});

describe("a QuadPlane", () => {
  it("takes off on its rotors in GUIDED, by metres above where it stands, and goes on as a plane", () => {
    const flight = booted("vtol");
    expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(FAILED);
    expect(flight.texts()).toContain("User Takeoff only in GUIDED mode");
    flight.command(SET_MODE, 1, GUIDED);
    expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(FAILED);
    expect(flight.texts()).toContain("Must be armed for takeoff");
    flight.command(ARM, 1);
    expect(flight.commandInt(22, { frame: 3, zM: 30 })).toBe(DENIED);
    expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(ACCEPTED);
    expect(flight.runUntil(() => flight.texts().includes("Transition done"), 90)).toBe(true);
    flight.runS(20);
    expect(flight.last("VFR_HUD")?.airspeed).toBeGreaterThan(13);
    expect(heightM(flight)).toBeCloseTo(30, -1);
  });

  it("holds still in QLOITER, lands in QLAND, comes home and lands in QRTL", () => {
    const flight = hoveringQuadPlane();
    expect(flight.last("VFR_HUD")?.groundspeed).toBeLessThan(1);
    expect(flight.command(3000, 4)).toBe(FAILED);
    expect(flight.texts()).toContain("VTOL transition only in AUTO");
    flight.commandInt(192, { params: [-1, 1, 0, 0], ...destination(home, 10, 500), zM: 50 });
    expect(flight.runUntil(() => flight.texts().includes("Transition done"), 30)).toBe(true);
    flight.runS(25);
    expect(flight.command(SET_MODE, 1, QRTL)).toBe(ACCEPTED);
    expect(flight.runUntil(() => !isArmed(flight), 240)).toBe(true);
    expect(geodesicDistanceM(placeOf(flight), home)).toBeLessThan(4);
    const landing = hoveringQuadPlane();
    landing.command(SET_MODE, 1, QLAND);
    expect(landing.runUntil(() => !isArmed(landing), 120)).toBe(true);
  });

  it("circles in RTL on its wing: it does not land by itself", () => {
    const flight = hoveringQuadPlane();
    flight.command(SET_MODE, 1, RTL);
    flight.runS(80);
    expect(flight.last("VFR_HUD")?.airspeed).toBeGreaterThan(13);
    expect(isArmed(flight)).toBe(true);
  });
});

describe("failsafes of a plane", () => {
  it("return when the station falls silent, if FS_GCS_ENABL and FS_LONG_ACTN say so", () => {
    const flight = flyingPlane();
    const { params } = flight.aircraft.autopilot();
    Object.assign(params, { FS_GCS_ENABL: 1, FS_LONG_ACTN: 0, FS_LONG_TIMEOUT: 5 });
    flight.aircraft.advanceTo(flight.aircraft.nowMs() + 8000);
    expect(modeOf(flight)).toBe(GUIDED);
    flight.runS(2);
    Object.assign(flight.aircraft.autopilot().params, { FS_LONG_ACTN: 1 });
    flight.aircraft.advanceTo(flight.aircraft.nowMs() + 8000);
    expect(modeOf(flight)).toBe(RTL);
  });
});
