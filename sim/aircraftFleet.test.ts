import { describe, expect, it } from "vitest";
import { openFleet, startPlace, type FleetOptions } from "./aircraftFleet.js";
import { QUIET_BEACH } from "./testing/flightHarness.js";
import type { Link, LinkHandler } from "./wire/link.js";
import { createEncoder, decodeDatagram, type ReceivedMessage, type WireMessage } from "./wire/mavlinkCodec.js";

/** Links in memory: records what each aircraft sends, and can send to it. */
function ether() {
  const received: ReceivedMessage[][] = [];
  const listeners: LinkHandler[] = [];
  const closed: number[] = [];
  const encode = createEncoder({ systemId: 255, componentId: 190 });
  const open = (vehicle: number, onMessage: LinkHandler): Promise<Link> => {
    const ofVehicle: ReceivedMessage[] = [];
    received[vehicle] = ofVehicle;
    listeners[vehicle] = onMessage;
    return Promise.resolve({
      name: `ether:${vehicle}`,
      send: (frame) => ofVehicle.push(...decodeDatagram(frame)),
      close: () => {
        closed.push(vehicle);
        return Promise.resolve();
      },
    });
  };
  const tell = (link: number, message: WireMessage): void => {
    for (const arrived of decodeDatagram(encode(message))) listeners[link]?.(arrived);
  };
  return { received, closed, open, tell };
}

const optionsFor = (links: FleetOptions["links"], count: number): FleetOptions => ({
  site: { scenario: QUIET_BEACH, groundAboveHomeM: () => 0 },
  vehicles: { count, flavour: { autopilot: "px4", airframe: "copter" }, seed: 3 },
  bootUnixUs: 1_795_400_000_000_000,
  speedup: 1,
  services: {},
  links,
});

const idsOf = (messages: readonly ReceivedMessage[]): number[] =>
  [...new Set(messages.map(({ from }) => from.systemId))].sort((a, b) => a - b);

describe("twenty vehicles", () => {
  it("speak over one link with system ids 1 to 20, and only the one a command is for obeys", async () => {
    const { received, open, tell } = ether();
    const fleet = await openFleet(optionsFor({ open, isOneEach: false }, 20));
    fleet.advanceTo(6000);
    expect(idsOf(received[0] ?? [])).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    tell(0, { name: "COMMAND_LONG", fields: { targetSystem: 7, targetComponent: 1, command: 400, _param1: 1 } });
    fleet.advanceTo(6500);
    expect(fleet.aircraft.map((one) => one.autopilot().isArmed).indexOf(true)).toBe(6);
    expect(fleet.aircraft.filter((one) => one.autopilot().isArmed)).toHaveLength(1);
    const acks = (received[0] ?? []).filter(({ name }) => name === "COMMAND_ACK");
    expect(acks.map(({ from }) => from.systemId)).toEqual([7]);
    // A station's heartbeat has no target: every vehicle receives it.
    tell(0, { name: "HEARTBEAT", fields: { type: 6, autopilot: 8 } });
    expect(fleet.aircraft.every((one) => one.autopilot().failsafes.gcsHeartbeatAtMs !== undefined)).toBe(true);
  });

  it("have a link each where asked, and each hears its own", async () => {
    const { received, closed, open, tell } = ether();
    const fleet = await openFleet(optionsFor({ open, isOneEach: true }, 3));
    fleet.advanceTo(6000);
    expect(received.map(idsOf)).toEqual([[1], [2], [3]]);
    tell(1, { name: "HEARTBEAT", fields: { type: 6, autopilot: 8 } });
    expect(fleet.aircraft.map((one) => one.autopilot().failsafes.gcsHeartbeatAtMs !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
    await fleet.close();
    expect(closed).toEqual([0, 1, 2]);
  });

  it("stand apart, the first at home, each with its own errors", async () => {
    const fleet = await openFleet(optionsFor({ open: ether().open, isOneEach: false }, 20));
    fleet.advanceTo(1000);
    const places = fleet.aircraft.map((one) => one.truth());
    for (const [i, a] of places.entries()) {
      for (const b of places.slice(i + 1)) {
        expect(Math.hypot(a.eastM - b.eastM, a.northM - b.northM)).toBeGreaterThanOrEqual(8);
      }
    }
    expect(places[0]).toMatchObject({ eastM: 0, northM: 0 });
    expect(startPlace(6, "plane")).toEqual({ eastM: 15, northM: -15 });
    const errors = fleet.aircraft.map((one, i) => one.autopilot().sensed.motion.upM - (places[i]?.upM ?? 0));
    expect(new Set(errors).size).toBe(20);
  });

  it("leave nothing open when a link cannot be opened", async () => {
    const { closed, open } = ether();
    const failing: FleetOptions["links"]["open"] = (vehicle, onMessage) =>
      vehicle === 2 ? Promise.reject(new Error("port taken")) : open(vehicle, onMessage);
    await expect(openFleet(optionsFor({ open: failing, isOneEach: true }, 3))).rejects.toThrow("port taken");
    expect(closed).toEqual([0, 1]);
  });
});
