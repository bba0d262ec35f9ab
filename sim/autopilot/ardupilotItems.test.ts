import { describe, expect, it } from "vitest";
import { destination } from "../../src/geo/geodesic.js";
import { createFlightHarness, QUIET_BEACH, type HarnessItem } from "../testing/flightHarness.js";
import { acceptItem } from "./missionItem.js";

const { home } = QUIET_BEACH;
const TO = { targetSystem: 1, targetComponent: 1 } as const;
const wire = (command: number, frame: number, change: { readonly p1?: number; readonly p4?: number } = {}) => ({
  seq: 1,
  frame,
  command,
  params: [change.p1 ?? 0, 0, 0, change.p4 ?? 0] as const,
  xDegE7: 507_700_000,
  yDegE7: 16_045_000,
  zM: 40,
});

describe("what an ArduPilot takes into its mission", () => {
  it.each([
    [16, 3, 0],
    [189, 2, 0],
    [195, 3, 0],
    [203, 2, 0],
    [93, 2, 0],
    [16, 10, 2],
    [16, 1, 2],
    [4501, 3, 3],
    [80, 3, 3],
  ])("command %i in frame %i: result %i", (command, frame, result) => {
    const accepted = acceptItem(wire(command, frame));
    expect("refusal" in accepted ? accepted.refusal : 0).toBe(result);
  });

  it("no number that is none, but for the yaw of a place", () => {
    expect(acceptItem(wire(16, 3, { p4: NaN }))).toHaveProperty("item");
    expect(acceptItem(wire(178, 2, { p1: NaN }))).toEqual({ refusal: 6 });
  });
});

describe("a landing as QGroundControl writes it, on an ArduPlane", () => {
  it("is taken with its DO_LAND_START, flown, and begun without a stop", () => {
    const flight = createFlightHarness({ vehicle: { flavour: { autopilot: "ardupilot", airframe: "plane" } } });
    flight.runS(7);
    const items: readonly HarnessItem[] = [
      { command: 22, ...destination(home, 240, 250), zM: 50, params: [12] },
      { command: 16, ...destination(home, 240, 600), zM: 50 },
      { command: 189, frame: 2 },
      { command: 31, ...destination(home, 60, 750), zM: 45, params: [0, 60] },
      { command: 21, ...home, zM: 0 },
    ];
    expect(flight.upload(items)).toBe(0);
    flight.send({ name: "MISSION_REQUEST_INT", fields: { ...TO, seq: 3 } });
    expect(flight.last("MISSION_ITEM_INT")).toMatchObject({ command: 189, frame: 0, param1: 0 });
    expect(flight.command(176, 1, 10)).toBe(0);
    expect(flight.command(400, 1)).toBe(0);
    const isDown = () => flight.aircraft.nowMs() > 30_000 && ((flight.last("HEARTBEAT")?.baseMode ?? 0) & 128) === 0;
    expect(flight.runUntil(isDown, 400), flight.texts().join("\n")).toBe(true);
  });

  it("waits in the air as long as a NAV_DELAY says, at its height", () => {
    const flight = createFlightHarness();
    flight.runS(7);
    flight.upload([
      { command: 22, ...home, zM: 30 },
      { command: 93, frame: 2, params: [20] },
      { command: 20, frame: 2 },
    ]);
    flight.command(176, 1, 4);
    flight.command(400, 1);
    flight.command(300);
    const isAt = (seq: number) => flight.runUntil(() => flight.last("MISSION_CURRENT")?.seq === seq, 60);
    expect(isAt(2)).toBe(true);
    const sinceMs = flight.aircraft.nowMs();
    expect(isAt(3)).toBe(true);
    expect((flight.aircraft.nowMs() - sinceMs) / 1000).toBeGreaterThan(19);
    expect((flight.last("GLOBAL_POSITION_INT")?.relativeAlt ?? 0) / 1000).toBeGreaterThan(27);
  });
});
