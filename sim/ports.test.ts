import { describe, expect, it } from "vitest";
import { openFleet, type Fleet } from "./aircraftFleet.js";
import type { Flavour } from "./flavour.js";
import { QUIET_BEACH } from "./testing/flightHarness.js";
import type { LinkHandler } from "./wire/link.js";
import { createEncoder, decodeDatagram, type ReceivedMessage, type WireMessage } from "./wire/mavlinkCodec.js";

const TO = { targetSystem: 1, targetComponent: 1 } as const;

/** One aircraft with two ports, as in ardupilot-serial0.tlog and -serial1.tlog, and the messages of each port. */
async function twoPorts(flavour: Flavour) {
  const received: ReceivedMessage[][] = [[], []];
  const listeners: LinkHandler[] = [];
  const fleet: Fleet = await openFleet({
    site: { scenario: QUIET_BEACH, groundAboveHomeM: () => 0 },
    vehicles: { count: 1, flavour, seed: 3 },
    bootUnixUs: 1_795_400_000_000_000,
    speedup: 1,
    services: {},
    links: {
      isOneEach: false,
      countOfPorts: 2,
      open: (_vehicle, onMessage, port) => {
        listeners[port] = onMessage;
        const send = (frame: Uint8Array): void => void received[port]?.push(...decodeDatagram(frame));
        return Promise.resolve({ name: `serial${port}`, send, close: () => Promise.resolve() });
      },
    },
  });
  const tell = (port: number, message: WireMessage, systemId = 255): void => {
    const encode = createEncoder({ systemId, componentId: 190 });
    for (const arrived of decodeDatagram(encode(message))) listeners[port]?.(arrived);
  };
  /** Names of the messages that the aircraft itself sent on a port, received since the last call. */
  const taken = (port: number): ReadonlySet<string> =>
    new Set((received[port]?.splice(0) ?? []).filter(({ from }) => from.systemId === 1).map(({ name }) => name));
  return { fleet, received, tell, taken };
}

const ARDUPILOT: Flavour = { autopilot: "ardupilot", airframe: "copter" };

describe("an ArduPilot's second port", () => {
  it("findings 6.5: says heartbeats, texts and what it was asked, until streams are requested there", async () => {
    const { fleet, tell, taken } = await twoPorts(ARDUPILOT);
    fleet.advanceTo(4000);
    expect(taken(0).has("ATTITUDE")).toBe(true);
    expect([...taken(1)].sort()).toEqual(["HEARTBEAT", "STATUSTEXT"]);
    tell(1, { name: "COMMAND_LONG", fields: { ...TO, command: 512, _param1: 148 } });
    fleet.advanceTo(4100);
    expect([...taken(1)].sort()).toEqual(["AUTOPILOT_VERSION", "COMMAND_ACK", "HEARTBEAT"]);
    expect(taken(0).has("COMMAND_ACK")).toBe(false);
    tell(1, { name: "COMMAND_LONG", fields: { ...TO, command: 511, _param1: 30, _param2: 100_000 } });
    fleet.advanceTo(4950);
    expect([...taken(1)].sort()).toEqual(["ATTITUDE", "COMMAND_ACK"]);
  });

  it("tells the same time since boot as the first, and answers TIMESYNC where it was asked", async () => {
    const { fleet, tell, received } = await twoPorts(ARDUPILOT);
    tell(1, { name: "REQUEST_DATA_STREAM", fields: { ...TO, reqStreamId: 6, reqMessageRate: 10, startStop: 1 } });
    tell(1, { name: "TIMESYNC", fields: { tc1: 0n, ts1: 5n } });
    fleet.advanceTo(9000);
    const times = (port: number) =>
      received[port]!.flatMap(({ name, fields }) => (name === "GLOBAL_POSITION_INT" ? [fields.timeBootMs] : []));
    const [one, two] = [times(0).at(-1)!, times(1).at(-1)!];
    expect(Math.abs(one - two)).toBeLessThan(400);
    const answers = received.map((messages) =>
      messages.filter(({ name, fields }) => name === "TIMESYNC" && fields.ts1 === 5n),
    );
    expect(answers.map(({ length }) => length)).toEqual([0, 1]);
  });

  it("sends a transfer's replies to the port it was asked on, also those that come later", async () => {
    const { fleet, tell, taken } = await twoPorts(ARDUPILOT);
    fleet.advanceTo(3000);
    taken(0);
    taken(1);
    tell(1, { name: "PARAM_REQUEST_LIST", fields: TO });
    tell(1, { name: "MISSION_COUNT", fields: { ...TO, count: 2 } });
    fleet.advanceTo(5000);
    const [first, second] = [taken(0), taken(1)];
    // The request for item 0 is repeated a second later on the same port.
    expect([second.has("PARAM_VALUE"), second.has("MISSION_REQUEST")]).toEqual([true, true]);
    expect([first.has("PARAM_VALUE"), first.has("MISSION_REQUEST")]).toEqual([false, false]);
  });
});

describe("traffic between the ports", () => {
  const forwarded = (received: readonly ReceivedMessage[]): readonly string[] =>
    received.filter(({ from }) => from.systemId !== 1).map(({ name, from }) => `${name} of ${from.systemId}`);

  it("is routed by ArduPilot: heartbeats and broadcasts of another station, not what is for the aircraft alone", async () => {
    const { tell, received } = await twoPorts(ARDUPILOT);
    const beat: WireMessage = { name: "HEARTBEAT", fields: { type: 6, autopilot: 8, mavlinkVersion: 3 } };
    tell(0, beat, 255);
    tell(1, beat, 254);
    expect(forwarded(received[0]!)).toEqual(["HEARTBEAT of 254"]);
    expect(forwarded(received[1]!)).toEqual(["HEARTBEAT of 255"]);
    received.forEach((one) => one.splice(0));
    tell(0, { name: "MISSION_COUNT", fields: { ...TO, count: 3 } });
    tell(0, { name: "TIMESYNC", fields: { tc1: 0n, ts1: 7n } });
    tell(0, { name: "MISSION_COUNT", fields: { targetSystem: 254, targetComponent: 190, count: 3 } });
    expect(forwarded(received[1]!)).toEqual(["TIMESYNC of 255", "MISSION_COUNT of 255"]);
  });

  it("is not forwarded by a PX4, whose second port streams like its first", async () => {
    const { fleet, tell, received, taken } = await twoPorts({ autopilot: "px4", airframe: "copter" });
    tell(0, { name: "HEARTBEAT", fields: { type: 6, autopilot: 8, mavlinkVersion: 3 } });
    expect(forwarded(received[1]!)).toEqual([]);
    fleet.advanceTo(3000);
    expect(taken(1).has("ATTITUDE")).toBe(true);
  });
});
