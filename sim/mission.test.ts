import { describe, expect, it } from "vitest";
import { destination, geodesicDistanceM } from "../src/geo/geodesic.js";
import { QUIET_BEACH, createFlightHarness } from "./testing/flightHarness.js";

const { home } = QUIET_BEACH;
const north = destination(home, 0, 300);
const east = destination(north, 90, 40);
const back = destination(east, 180, 300);

const MISSION = [
  { command: 22, ...home, zM: 60 },
  { command: 178, frame: 2, params: [1, 12, -1] },
  { command: 16, ...north, zM: 60 },
  { command: 16, ...east, zM: 60 },
  { command: 16, ...back, zM: 60 },
  { command: 19, params: [6], ...back, zM: 60 },
  { command: 20, frame: 2 },
];

describe("a whole mission", () => {
  it("arms, takes off by itself, flies every leg, comes home, lands and disarms", () => {
    const flight = createFlightHarness();
    flight.runS(7);
    expect(flight.upload(MISSION)).toBe(0);
    expect(flight.command(176, 1, 4)).toBe(0);
    expect(flight.command(400, 1)).toBe(0);
    expect(flight.command(300)).toBe(0);
    flight.runS(3);
    expect(flight.last("HEARTBEAT")).toMatchObject({ customMode: 3, baseMode: 0x51 | 8 | 128 });
    const isDown = flight.runUntil(() => (flight.last("HEARTBEAT")?.baseMode ?? 128) < 128, 400);
    expect(isDown, flight.texts().join("\n")).toBe(true);
    expect(flight.all("MISSION_ITEM_REACHED").map(({ fields }) => fields.seq)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(flight.texts()).toContain("Mission: 1 Takeoff");
    expect(flight.texts().at(-1)).toBe("Disarming motors");
    const truth = flight.aircraft.exposure().truth;
    expect(geodesicDistanceM(truth, home)).toBeLessThan(4);
    const heights = flight.all("GLOBAL_POSITION_INT").map(({ fields }) => fields.relativeAlt / 1000);
    expect(Math.max(...heights)).toBeGreaterThan(58.5);
    expect(Math.max(...heights)).toBeLessThan(62);
    const fastest = Math.max(...flight.all("VFR_HUD").map(({ fields }) => fields.groundspeed));
    expect(fastest).toBeGreaterThan(11);
    expect(fastest).toBeLessThan(13);
  });
});
