import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM } from "../src/geo/geodesic.js";
import type { Position } from "../src/geo/position.js";
import type { Flavour } from "./flavour.js";
import {
  QUIET_BEACH,
  createFlightHarness,
  type FlightHarness,
  type HarnessItem,
  isArmed,
} from "./testing/flightHarness.js";

const { home } = QUIET_BEACH;
const DO = 2;
const start = destination(home, 240, 400);
const north = destination(start, 0, 900);
const east = destination(north, 90, 300);
const back = destination(east, 180, 900);

/** The same mission for all: take-off, a slower leg, a box of 900 by 300 m, wait 10 s, and an end suitable for the airframe. */
const patrol = (takeOff: number, end: readonly HarnessItem[]): readonly HarnessItem[] => [
  { command: takeOff, ...home, zM: 60 },
  { command: 16, ...start, zM: 80 },
  { command: 178, frame: DO, params: [0, 17, -1] },
  { command: 16, ...north, zM: 80 },
  { command: 16, ...east, zM: 80 },
  { command: 16, ...back, zM: 80 },
  { command: 19, params: [10, 0, 1], ...back, zM: 80 },
  ...end,
];
const RTL = [{ command: 20, frame: DO }];
const GLIDE = [
  { command: 16, ...destination(home, 60, 700), zM: 50 },
  { command: 21, ...home, zM: 0 },
];
const VTOL_LAND = [{ command: 85, ...home, zM: 0 }];

const FLIGHTS: readonly (readonly [Flavour, readonly HarnessItem[]])[] = [
  [{ autopilot: "ardupilot", airframe: "copter" }, patrol(22, RTL)],
  [{ autopilot: "ardupilot", airframe: "plane" }, patrol(22, GLIDE)],
  [{ autopilot: "ardupilot", airframe: "vtol" }, patrol(84, VTOL_LAND)],
  [{ autopilot: "px4", airframe: "copter" }, patrol(22, RTL)],
  [{ autopilot: "px4", airframe: "plane" }, patrol(22, GLIDE)],
  [{ autopilot: "px4", airframe: "vtol" }, patrol(84, VTOL_LAND)],
];

const IDENTITY = {
  ardupilot: { copter: { type: 2, autopilot: 3 }, plane: { type: 1, autopilot: 3 }, vtol: { type: 20, autopilot: 3 } },
  px4: { copter: { type: 2, autopilot: 12 }, plane: { type: 1, autopilot: 12 }, vtol: { type: 22, autopilot: 12 } },
} as const;

const customModeOf = ({ autopilot, airframe }: Flavour) =>
  autopilot === "px4" ? [4, 4] : [airframe === "copter" ? 3 : 10, 0];

/** Uploads the mission, arms and starts it, in the way this flavour requires. */
function begin(flight: FlightHarness, flavour: Flavour): void {
  const [main = 0, sub = 0] = customModeOf(flavour);
  if (flavour.autopilot === "ardupilot" && flavour.airframe === "copter") {
    expect(flight.command(176, 1, 4)).toBe(0);
    expect(flight.command(400, 1)).toBe(0);
    expect(flight.command(300)).toBe(0);
    return;
  }
  expect(flight.command(176, 1, main, sub)).toBe(0);
  expect(flight.command(400, 1)).toBe(0);
}

/** Least distance of the true track from a position. */
function closestM(track: readonly Position[], place: Position): number {
  return Math.min(...track.map((at) => geodesicDistanceM(at, place)));
}

describe.each(FLIGHTS)("a mission of %o", (flavour, items) => {
  it("is flown from the take-off to the landing, through every waypoint, and tells so", () => {
    const flight = createFlightHarness({ vehicle: { flavour } });
    flight.command(511, 245, 500_000);
    flight.runS(7);
    expect(flight.upload(items)).toBe(0);
    // PX4 checks a mission only after acknowledging it.
    flight.runS(0.1);
    begin(flight, flavour);
    const track: Position[] = [];
    const lifts = new Set<number>();
    const isOver = () => {
      track.push(flight.aircraft.exposure().truth);
      lifts.add(flight.last("EXTENDED_SYS_STATE")?.vtolState ?? -1);
      return flight.aircraft.nowMs() > 12_000 && !isArmed(flight);
    };
    expect(flight.runUntil(isOver, 900), flight.texts().join("\n")).toBe(true);

    const acceptanceM = flavour.airframe === "copter" ? 4 : 92;
    for (const place of [start, north, east, back]) expect(closestM(track, place)).toBeLessThan(acceptanceM);
    expect(geodesicDistanceM(track.at(-1) ?? home, home)).toBeLessThan(flavour.airframe === "plane" ? 60 : 4);
    const first = flavour.autopilot === "px4" ? 0 : 1;
    const reached = flight.all("MISSION_ITEM_REACHED").map(({ fields }) => fields.seq - first);
    // Of several items reached in one tick ArduPilot reports only the last: a waypoint and the speed change after it.
    const expected = flavour.autopilot === "px4" ? [0, 1, 2, 3, 4, 5, 6] : [0, 2, 3, 4, 5, 6];
    expect(reached.slice(0, expected.length)).toEqual(expected);
    const heights = flight.all("GLOBAL_POSITION_INT").map(({ fields }) => fields.relativeAlt / 1000);
    expect(Math.max(...heights)).toBeGreaterThan(77);
    expect(Math.max(...heights)).toBeLessThan(88);
    expect(flight.last("HEARTBEAT")).toMatchObject(IDENTITY[flavour.autopilot][flavour.airframe]);
    // MAV_VTOL_STATE: 3 rotors, 1 to wing, 4 wing, 2 to rotors.
    if (flavour.airframe === "vtol") expect([...lifts].sort()).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    else expect([...lifts].filter((lift) => lift > 0)).toEqual([]);
  });
});

describe("telemetry", () => {
  it("is each autopilot's own: SIMSTATE and EKF_STATUS_REPORT, or SIM_STATE and ESTIMATOR_STATUS", () => {
    const sent = (flavour: Flavour) => {
      const flight = createFlightHarness({ vehicle: { flavour } });
      flight.runS(10);
      return new Set(flight.received.map(({ name }) => name));
    };
    const ardupilot = sent({ autopilot: "ardupilot", airframe: "plane" });
    const px4 = sent({ autopilot: "px4", airframe: "vtol" });
    for (const name of ["SIMSTATE", "EKF_STATUS_REPORT", "WIND"] as const) {
      expect([ardupilot.has(name), px4.has(name)]).toEqual([true, false]);
    }
    for (const name of ["SIM_STATE", "ESTIMATOR_STATUS", "EXTENDED_SYS_STATE", "ALTITUDE", "WIND_COV"] as const) {
      expect([ardupilot.has(name), px4.has(name)]).toEqual([false, true]);
    }
    for (const name of ["HEARTBEAT", "ATTITUDE", "GLOBAL_POSITION_INT", "BATTERY_STATUS", "HOME_POSITION"] as const) {
      expect([ardupilot.has(name), px4.has(name)]).toEqual([true, true]);
    }
  });
});
