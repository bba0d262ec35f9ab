import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM } from "../../src/geo/geodesic.js";
import type { Position } from "../../src/geo/position.js";
import {
  QUIET_BEACH,
  createFlightHarness,
  type FlightChanges,
  type FlightHarness,
  isArmed,
} from "../testing/flightHarness.js";

const { home } = QUIET_BEACH;
const ARM = 400;
const SET_MODE = 176;
const [AUTO, GUIDED, LOITER, RTL, LAND] = [3, 4, 5, 6, 9];

const modeOf = (flight: FlightHarness) => flight.last("HEARTBEAT")?.customMode;
const heightM = (flight: FlightHarness) => (flight.last("GLOBAL_POSITION_INT")?.relativeAlt ?? 0) / 1000;

/** In the air in GUIDED at 30 m. */
function airborne(changes: FlightChanges = {}): FlightHarness {
  const flight = createFlightHarness(changes);
  flight.runS(7);
  expect(flight.command(SET_MODE, 1, GUIDED)).toBe(0);
  expect(flight.command(ARM, 1)).toBe(0);
  expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(0);
  expect(flight.runUntil(() => heightM(flight) > 29, 60)).toBe(true);
  flight.runS(4);
  return flight;
}

function repositionTo(flight: FlightHarness, place: Position, flags: number, frame = 6): number | undefined {
  flight.send({
    name: "COMMAND_INT",
    fields: {
      targetSystem: 1,
      targetComponent: 1,
      frame,
      command: 192,
      _param1: -1,
      _param2: flags,
      _param5: Math.round(place.latitudeDeg * 1e7),
      _param6: Math.round(place.longitudeDeg * 1e7),
      _param7: 40,
    },
  });
  return flight.last("COMMAND_ACK")?.result;
}

describe("arming", () => {
  it("is refused with the reason until the position is known, then accepted", () => {
    const flight = createFlightHarness();
    flight.runS(3);
    expect(flight.command(ARM, 1)).toBe(4);
    expect(flight.texts()).toContain("PreArm: Need Position Estimate");
    expect(flight.texts()).toContain("Arm: Need Position Estimate");
    expect((flight.last("SYS_STATUS")?.onboardControlSensorsHealth ?? 0) & 0x10000000).toBe(0);
    flight.runS(4);
    expect((flight.last("SYS_STATUS")?.onboardControlSensorsHealth ?? 0) & 0x10000000).not.toBe(0);
    expect(flight.command(ARM, 1)).toBe(0);
    flight.runS(1);
    expect(isArmed(flight)).toBe(true);
    expect(flight.texts()).toContain("Arming motors");
  });

  it("is refused in a mode that cannot arm and with an empty battery", () => {
    const flight = createFlightHarness();
    flight.runS(7);
    expect(flight.upload([{ command: 22, zM: 30 }])).toBe(0);
    expect(flight.command(SET_MODE, 1, AUTO)).toBe(0);
    expect(flight.command(ARM, 1)).toBe(4);
    expect(flight.texts()).toContain("Arm: AUTO mode not armable");
    const flat = createFlightHarness({ boot: { batteryFraction: 0.08 } });
    flat.runS(20);
    expect(flat.command(ARM, 1)).toBe(4);
    expect(flat.texts().some((text) => text.startsWith("Arm: Battery 1"))).toBe(true);
  });

  it("ends by itself when nobody takes off", () => {
    const flight = createFlightHarness();
    flight.runS(7);
    flight.command(ARM, 1);
    expect(flight.runUntil(() => !isArmed(flight) && flight.texts().includes("Disarming motors"), 25)).toBe(true);
  });

  it("cannot be undone in the air unless forced", () => {
    const flight = airborne();
    expect(flight.command(ARM, 0)).toBe(4);
    expect(flight.command(ARM, 0, 21196)).toBe(0);
    flight.runS(5);
    expect(flight.aircraft.truth().isOnGround).toBe(true);
  });
});

describe("commands", () => {
  it("takes off only in GUIDED and armed", () => {
    const flight = createFlightHarness();
    flight.runS(7);
    expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(4);
    flight.command(ARM, 1);
    expect(flight.command(22, 0, 0, 0, 0, 0, 0, 30)).toBe(4);
  });

  it("goes to a place by COMMAND_INT alone, in GUIDED or with the change-mode flag", () => {
    const flight = airborne();
    const there = destination(home, 45, 150);
    expect(flight.command(192, -1, 1, 0, 0, there.latitudeDeg, there.longitudeDeg, 40)).toBe(3);
    flight.command(SET_MODE, 1, LOITER);
    expect(repositionTo(flight, there, 0)).toBe(2);
    expect(repositionTo(flight, there, 1, 1)).toBe(2);
    expect(repositionTo(flight, there, 1)).toBe(0);
    flight.runS(40);
    expect(modeOf(flight)).toBe(GUIDED);
    expect(geodesicDistanceM(flight.aircraft.exposure().estimate, there)).toBeLessThan(1);
    expect(heightM(flight)).toBeCloseTo(40, 0);
  });

  it("says unsupported to what it does not know, and which mode does not exist", () => {
    const flight = createFlightHarness();
    flight.runS(1);
    expect(flight.command(34)).toBe(3);
    expect(flight.command(SET_MODE, 1, 77)).toBe(4);
    expect(flight.texts()).toContain("No such mode 77");
    expect(flight.command(SET_MODE, 0, 4)).toBe(2);
  });

  it("ignores commands for another system", () => {
    const flight = createFlightHarness();
    flight.runS(7);
    flight.send({ name: "COMMAND_LONG", fields: { targetSystem: 9, targetComponent: 1, command: ARM, _param1: 1 } });
    expect(flight.last("COMMAND_ACK")).toBeUndefined();
  });

  it("turns the nose when told, and the gimbal", () => {
    const flight = airborne();
    expect(flight.command(115, 270, 30, 1, 0)).toBe(0);
    expect(flight.command(205, -30, 0, 0, 0, 0, 0, 2)).toBe(0);
    flight.runS(10);
    const { estimate, truth } = flight.aircraft.exposure();
    expect(Math.abs(estimate.headingDeg - 270)).toBeLessThan(1.5);
    expect(truth.gimbalElevationDeg + truth.pitchDeg).toBeCloseTo(-30, 0);
    expect(flight.command(1000, -80, 0, 0, 0, 0)).toBe(0);
    flight.runS(3);
    const [w = 0, , y = 0] = flight.last("GIMBAL_DEVICE_ATTITUDE_STATUS")?.q ?? [];
    expect((2 * Math.atan2(y, w) * 180) / Math.PI).toBeCloseTo(-80, 1);
  });

  it("acknowledges a message request even when nothing follows, as a real one does", () => {
    const flight = createFlightHarness();
    flight.runS(1);
    expect(flight.command(512, 259)).toBe(0);
    expect(flight.command(512, 148)).toBe(0);
    expect(flight.last("AUTOPILOT_VERSION")).toBeDefined();
    expect(flight.command(511, 265, 200000)).toBe(2);
    expect(flight.texts()).toContain("No ap_message for mavlink id (265)");
  });
});

describe("missions", () => {
  const far = destination(home, 10, 400);

  it("will not enter AUTO on the ground, armed, without a take-off", () => {
    const flight = createFlightHarness();
    flight.runS(7);
    flight.upload([{ command: 16, ...far, zM: 30 }]);
    flight.command(SET_MODE, 1, GUIDED);
    flight.command(ARM, 1);
    expect(flight.command(300)).toBe(4);
    expect(flight.texts()).toContain("Auto: Missing Takeoff Cmd");
  });

  it("will not enter AUTO without a mission, nor clear one that is being flown", () => {
    const flight = airborne();
    expect(flight.command(SET_MODE, 1, AUTO)).toBe(4);
    flight.upload([{ command: 16, ...far, zM: 30 }]);
    expect(flight.command(SET_MODE, 1, AUTO)).toBe(0);
    flight.send({ name: "MISSION_CLEAR_ALL", fields: { targetSystem: 1, targetComponent: 1 } });
    expect(flight.last("MISSION_ACK")?.type).toBe(1);
  });

  it("pauses where it is and goes on, and hovers when the mission ends", () => {
    const flight = airborne();
    flight.upload([{ command: 16, ...far, zM: 30 }]);
    flight.command(SET_MODE, 1, AUTO);
    flight.runS(15);
    expect(flight.command(193, 0)).toBe(0);
    flight.runS(15);
    const held = flight.aircraft.exposure().estimate;
    expect(geodesicDistanceM(held, far)).toBeGreaterThan(100);
    expect(flight.last("VFR_HUD")?.groundspeed).toBeLessThan(1);
    expect(flight.last("MISSION_CURRENT")?.missionState).toBe(4);
    expect(flight.command(193, 1)).toBe(0);
    expect(flight.runUntil(() => flight.last("MISSION_CURRENT")?.missionState === 5, 60)).toBe(true);
    flight.runS(20);
    expect(modeOf(flight)).toBe(AUTO);
    expect(geodesicDistanceM(flight.aircraft.exposure().estimate, far)).toBeLessThan(2);
    expect(isArmed(flight)).toBe(true);
  });

  it("holds, waits, circles and turns as the items say", () => {
    const flight = airborne();
    const near = destination(home, 90, 60);
    flight.upload([
      { command: 16, params: [8], ...near, zM: 30 },
      { command: 115, frame: 2, params: [200, 0, 0, 0] },
      { command: 18, params: [1, 0, 25], ...near, zM: 30 },
      { command: 21, ...near },
    ]);
    flight.command(SET_MODE, 1, AUTO);
    const at = (text: string) => flight.runUntil(() => flight.texts().includes(text), 120);
    expect(at("Reached command #1")).toBe(true);
    expect(at("Mission: 3 LoitTurns")).toBe(true);
    flight.runS(12);
    expect(geodesicDistanceM(flight.aircraft.exposure().estimate, near)).toBeGreaterThan(20);
    expect(geodesicDistanceM(flight.aircraft.exposure().estimate, near)).toBeLessThan(30);
    expect(at("Mission: 4 Land")).toBe(true);
    expect(at("Disarming motors")).toBe(true);
    expect(geodesicDistanceM(flight.aircraft.exposure().estimate, near)).toBeLessThan(3);
  });

  it("jumps to the item it is told", () => {
    const flight = airborne();
    flight.upload([
      { command: 16, ...far, zM: 30 },
      { command: 16, ...destination(home, 200, 80), zM: 30 },
    ]);
    flight.command(SET_MODE, 1, AUTO);
    flight.runS(3);
    expect(flight.command(224, 2)).toBe(0);
    expect(flight.command(224, 9)).toBe(4);
    flight.runS(1);
    expect(flight.last("MISSION_CURRENT")?.seq).toBe(2);
  });
});

describe("coming home", () => {
  it("climbs to RTL_ALT first, returns, lands within a few metres and disarms", () => {
    const flight = airborne();
    flight.send({
      name: "PARAM_SET",
      fields: { targetSystem: 1, targetComponent: 1, paramId: "RTL_ALT", paramValue: 4500, paramType: 6 },
    });
    repositionTo(flight, destination(home, 300, 200), 1);
    flight.runS(40);
    expect(flight.command(20)).toBe(0);
    let highestM = 0;
    const isDown = flight.runUntil(() => {
      highestM = Math.max(highestM, heightM(flight));
      return !isArmed(flight);
    }, 240);
    expect(isDown).toBe(true);
    expect(highestM).toBeGreaterThan(43.5);
    expect(modeOf(flight)).toBe(RTL);
    expect(geodesicDistanceM(flight.aircraft.exposure().truth, home)).toBeLessThan(4);
  });

  it("returns when the station falls silent in flight, and says so; not when none was ever heard", () => {
    const flight = airborne();
    flight.aircraft.advanceTo(flight.aircraft.nowMs() + 8000);
    expect(modeOf(flight)).toBe(RTL);
    expect(flight.texts()).toContain("GCS Failsafe - RTL");
    flight.runS(1);
    expect(flight.texts()).toContain("GCS Failsafe Cleared");
  });

  it("returns with a low battery and lands with a critical one", () => {
    const low = airborne({ boot: { batteryFraction: 0.23 } });
    expect(low.runUntil(() => modeOf(low) === RTL, 400)).toBe(true);
    expect(low.texts().some((text) => text.startsWith("Battery 1 is low"))).toBe(true);
    const flight = airborne({ boot: { batteryFraction: 0.23 } });
    flight.send({
      name: "PARAM_SET",
      fields: { targetSystem: 1, targetComponent: 1, paramId: "BATT_FS_LOW_ACT", paramValue: 0, paramType: 2 },
    });
    expect(flight.runUntil(() => modeOf(flight) === LAND, 900)).toBe(true);
    expect(flight.texts().some((text) => text.startsWith("Battery 1 is critical"))).toBe(true);
  });
});

describe("telemetry", () => {
  it("comes at the default rates, and at the rates asked for", () => {
    const flight = createFlightHarness();
    flight.runS(10);
    const rate = (name: "ATTITUDE" | "GPS_RAW_INT" | "HEARTBEAT") => {
      const before = flight.all(name).length;
      flight.runS(10);
      return (flight.all(name).length - before) / 10;
    };
    expect([rate("HEARTBEAT"), rate("ATTITUDE"), rate("GPS_RAW_INT")]).toEqual([1, 4, 2]);
    flight.command(511, 30, 50_000);
    expect(rate("ATTITUDE")).toBeCloseTo(20, 0);
    flight.command(511, 30, -1);
    expect(rate("ATTITUDE")).toBe(0);
    flight.send({
      name: "REQUEST_DATA_STREAM",
      fields: { targetSystem: 1, targetComponent: 1, reqStreamId: 0, reqMessageRate: 10, startStop: 1 },
    });
    expect(rate("GPS_RAW_INT")).toBeCloseTo(10, 0);
  });

  it("says 0, 0 before it knows where it is, then its belief, near the truth but not the truth", () => {
    const flight = createFlightHarness();
    flight.runS(2);
    const early = flight.last("GLOBAL_POSITION_INT");
    expect([early?.lat, early?.lon]).toEqual([0, 0]);
    flight.runS(6);
    const sent = flight.last("GLOBAL_POSITION_INT");
    const position = { latitudeDeg: (sent?.lat ?? 0) / 1e7, longitudeDeg: (sent?.lon ?? 0) / 1e7 };
    const offM = geodesicDistanceM(position, home);
    expect(offM).toBeLessThan(4);
    expect(offM).toBeGreaterThan(0.02);
    expect(flight.last("SIMSTATE")?.lat).toBeCloseTo(home.latitudeDeg * 1e7, -1);
    expect(flight.last("HOME_POSITION")).toBeDefined();
  });

  it("answers a TIMESYNC question with its own time since boot", () => {
    const flight = createFlightHarness();
    flight.runS(4);
    flight.send({ name: "TIMESYNC", fields: { tc1: 0n, ts1: 123_456n } });
    expect(flight.last("TIMESYNC")).toMatchObject({ tc1: 4_000_000_000n, ts1: 123_456n, targetSystem: 255 });
  });

  it("lists, reads and sets parameters; unknown names and NaN get no reply, read-only ones the old value", () => {
    const flight = createFlightHarness();
    flight.runS(1);
    const to = { targetSystem: 1, targetComponent: 1 };
    flight.send({ name: "PARAM_REQUEST_LIST", fields: to });
    flight.runS(10);
    const listed = flight.all("PARAM_VALUE");
    expect(new Set(listed.map(({ fields }) => fields.paramIndex)).size).toBe(listed[0]?.fields.paramCount);
    const set = (paramId: string, paramValue: number) => {
      const before = flight.all("PARAM_VALUE").length;
      flight.send({ name: "PARAM_SET", fields: { ...to, paramId, paramValue, paramType: 9 } });
      return flight.all("PARAM_VALUE").length > before ? flight.last("PARAM_VALUE")?.paramValue : undefined;
    };
    expect(set("WPNAV_SPEED", 800)).toBe(800);
    expect(set("NO_SUCH_PARAM", 1)).toBeUndefined();
    expect(set("WPNAV_SPEED", NaN)).toBeUndefined();
    expect(set("FORMAT_VERSION", 7)).toBe(120);
    flight.send({ name: "PARAM_REQUEST_READ", fields: { ...to, paramId: "RTL_ALT", paramIndex: -1 } });
    flight.runS(0.5);
    expect(flight.last("PARAM_VALUE")).toMatchObject({ paramId: "RTL_ALT", paramValue: 3000 });
  });
});

describe("determinism", () => {
  it("flies the same flight with the same seed and another with another", () => {
    const flown = (seed: number) => {
      const flight = airborne({ vehicle: { seed } });
      return JSON.stringify(flight.aircraft.exposure());
    };
    expect(flown(7)).toBe(flown(7));
    expect(flown(7)).not.toBe(flown(8));
  });
});
