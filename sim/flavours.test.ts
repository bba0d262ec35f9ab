import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM } from "../src/geo/geodesic.js";
import type { Flavour } from "./flavour.js";
import { QUIET_BEACH, createFlightHarness, type FlightHarness, type HarnessItem } from "./testing/flightHarness.js";

const { home } = QUIET_BEACH;
const DO = 2;
const start = destination(home, 240, 400);
const north = destination(start, 0, 900);
const east = destination(north, 90, 300);
const back = destination(east, 180, 900);

/** The same patrol for all: up, a slower leg, a box of 900 by 300 m, wait 10 s, and the end that suits. */
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
const VTOL_LAND = [{ command: 21, ...home, zM: 0 }];

const FLIGHTS: readonly (readonly [Flavour, readonly HarnessItem[]])[] = [
  [{ autopilot: "ardupilot", airframe: "copter" }, patrol(22, RTL)],
  [{ autopilot: "ardupilot", airframe: "plane" }, patrol(22, GLIDE)],
  [{ autopilot: "ardupilot", airframe: "vtol" }, patrol(22, VTOL_LAND)],
  [{ autopilot: "px4", airframe: "copter" }, patrol(22, RTL)],
  [{ autopilot: "px4", airframe: "plane" }, patrol(22, GLIDE)],
  [{ autopilot: "px4", airframe: "vtol" }, patrol(84, RTL)],
];

const isArmed = (flight: FlightHarness) => ((flight.last("HEARTBEAT")?.baseMode ?? 0) & 128) !== 0;
const customModeOf = ({ autopilot, airframe }: Flavour) =>
  autopilot === "px4" ? [4, 4] : [airframe === "copter" ? 3 : 10, 0];

/** Takes the mission, arms and starts it, as this flavour wants it. */
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

describe.each(FLIGHTS)("a mission of %o", (flavour, items) => {
  it("is flown from the take-off to the landing, through every waypoint", () => {
    const flight = createFlightHarness({ flavour });
    flight.runS(7);
    expect(flight.upload(items)).toBe(0);
    begin(flight, flavour);
    const isDown = flight.runUntil(() => flight.aircraft.nowMs() > 12_000 && !isArmed(flight), 900);
    const story = [
      ...flight.texts(),
      JSON.stringify(flight.aircraft.truth()),
      JSON.stringify(flight.aircraft.autopilot().run),
      JSON.stringify(flight.all("MISSION_ITEM_REACHED").map(({ fields }) => fields.seq)),
      JSON.stringify(flight.last("HEARTBEAT")),
      flight.aircraft.nowMs(),
    ].join("\n");
    expect(isDown, story).toBe(true);
    expect(geodesicDistanceM(flight.aircraft.exposure().truth, home)).toBeLessThan(60);
  });
});
