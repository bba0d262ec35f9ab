/* eslint-disable id-denylist -- MAVLink's own field names are read and written here */
import { describe, expect, it } from "vitest";
import type { AircraftControls, AircraftView } from "../../aircraftView.js";
import type { Flavour } from "../../flavour.js";
import { createServiceHarness, only } from "../../testing/serviceHarness.js";
import { createEncoder, decodeDatagram, type WireMessage } from "../../wire/mavlinkCodec.js";
import { createSigning } from "../../wire/signing.js";
import type { Service } from "../service.js";
import { createFenceService } from "./fenceService.js";
import { createHighLatency } from "./highLatency.js";
import { createLongCommands } from "./longCommands.js";
import { createModesService } from "./modesService.js";
import { createRemoteId } from "./remoteId.js";
import { createSigningService } from "./signingService.js";
import { createTraffic } from "./traffic.js";

const TO = { targetSystem: 1, targetComponent: 1 } as const;
const command = (number: number, _param1 = 0, _param2 = 0): WireMessage => ({
  name: "COMMAND_LONG",
  fields: { ...TO, command: number, _param1, _param2 },
});

function aircraft(
  make: (view: AircraftView, controls: AircraftControls) => Service,
  autopilot: Flavour["autopilot"] = "ardupilot",
) {
  let service: Service | undefined;
  const harness = createServiceHarness({ autopilot, airframe: "copter" }, (view, controls) => {
    service = make(view, controls);
    return [service];
  });
  const results = (message: WireMessage) => only(harness.ask(message), "COMMAND_ACK").map(({ result }) => result);
  return { ...harness, service: service!, results };
}

describe("Remote ID", () => {
  const say = (name: "OPEN_DRONE_ID_OPERATOR_ID" | "OPEN_DRONE_ID_SELF_ID" | "OPEN_DRONE_ID_SYSTEM"): WireMessage => ({
    name,
    fields: TO,
  });

  it("refuses arming until all three messages are there, and says what is missing once a second", () => {
    const ap = aircraft(createRemoteId);
    expect(only(ap.run(3000), "OPEN_DRONE_ID_ARM_STATUS")).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: 1, error: "missing operator_id message" })),
    );
    expect(ap.results(command(400, 1))).toEqual([4]);
    expect(ap.results(command(400, 1, 21_196))).toEqual([]);
    ap.ask(say("OPEN_DRONE_ID_OPERATOR_ID"));
    ap.ask(say("OPEN_DRONE_ID_SELF_ID"));
    expect(only(ap.run(1000), "OPEN_DRONE_ID_ARM_STATUS")).toMatchObject([{ error: "missing system message" }]);
    ap.ask(say("OPEN_DRONE_ID_SYSTEM"));
    expect(only(ap.run(1000), "OPEN_DRONE_ID_ARM_STATUS")).toMatchObject([{ status: 0, error: "" }]);
    expect(ap.results(command(400, 1))).toEqual([]);
  });

  it("does not count an operator's position that is old", () => {
    const ap = aircraft(createRemoteId);
    for (const name of ["OPEN_DRONE_ID_OPERATOR_ID", "OPEN_DRONE_ID_SELF_ID", "OPEN_DRONE_ID_SYSTEM"] as const)
      ap.ask(say(name));
    expect(only(ap.run(12_000), "OPEN_DRONE_ID_ARM_STATUS").at(-1)).toMatchObject({ error: "lost operator location" });
    ap.ask({ name: "OPEN_DRONE_ID_SYSTEM_UPDATE", fields: TO });
    expect(only(ap.run(1000), "OPEN_DRONE_ID_ARM_STATUS")).toMatchObject([{ status: 0 }]);
  });
});

describe("traffic", () => {
  it("moves at the speed it tells, with flags for what is known", () => {
    const ap = aircraft(createTraffic);
    const received = ap.run(60_000);
    const planes = only(received, "ADSB_VEHICLE").filter(({ callsign }) => callsign === "RESCUE1");
    expect(planes.length).toBeGreaterThanOrEqual(59);
    const metres = (planes.at(-1)!.lat - planes[0]!.lat) * 0.0111195;
    const expected = 45 * (planes.length - 1) * Math.cos((planes[0]!.heading / 100 / 180) * Math.PI);
    expect(metres).toBeCloseTo(expected, -2);
    const ships = only(received, "AIS_VESSEL");
    expect(new Set(ships.map(({ MMSI }) => MMSI)).size).toBe(3);
    expect(ships.find(({ name }) => name === "CHANNEL TRADER")).toMatchObject({
      dimensionBow: 511,
      flags: 2 | 4 | 64 | 128 | 2048 | 4096,
    });
    expect(ships.find(({ name }) => name === "PETIT BATEAU")).toMatchObject({ flags: 2 | 4 | 4096 });
  });
});

describe("modes", () => {
  it("of a PX4 are listed with their standard meaning, set by it and streamed", () => {
    const px4 = aircraft((view, controls) => createModesService(view, controls), "px4");
    const modes = only(px4.ask(command(512, 435, 0)), "AVAILABLE_MODES");
    expect(modes).toHaveLength(modes[0]!.numberModes);
    expect(modes.map(({ modeIndex }) => modeIndex)).toEqual(modes.map((_, i) => i + 1));
    expect(modes.find(({ modeName }) => modeName === "Mission")).toMatchObject({
      standardMode: 6,
      customMode: 0x04040000,
    });
    expect(only(px4.ask(command(512, 435, 2)), "AVAILABLE_MODES")).toMatchObject([{ modeIndex: 2 }]);
    expect(px4.results(command(262, 5))).toEqual([0]);
    expect(px4.results(command(262, 77))).toEqual([3]);
    const names = px4.run(7000).map(({ name }) => name);
    expect(names.filter((name) => name === "CURRENT_MODE")).toHaveLength(4);
    expect(names.filter((name) => name === "AVAILABLE_MODES_MONITOR")).toHaveLength(3);
  });

  it("of an ArduPilot have no standard meaning and are not streamed", () => {
    const ap = aircraft((view, controls) => createModesService(view, controls));
    const modes = only(ap.ask(command(512, 435, 0)), "AVAILABLE_MODES");
    expect(modes.every(({ standardMode }) => standardMode === 0)).toBe(true);
    expect(ap.run(5000)).toEqual([]);
  });
});

describe("high latency", () => {
  it("says one message every five seconds and permits nothing else until it is switched off", () => {
    const ap = aircraft(createHighLatency);
    const heartbeat: WireMessage = { name: "HEARTBEAT", fields: {} };
    expect(ap.service.permits?.(heartbeat)).toBe(true);
    expect(ap.results(command(2600, 1))).toEqual([0]);
    const sent = only(ap.run(20_000), "HIGH_LATENCY2");
    expect(sent).toHaveLength(4);
    expect(sent[0]).toMatchObject({ type: 2, autopilot: 3, heading: 45, altitude: 36, battery: 100 });
    expect(ap.service.permits?.(heartbeat)).toBe(false);
    expect(ap.service.permits?.({ name: "COMMAND_ACK", fields: { command: 2600 } })).toBe(true);
    ap.ask(command(2600, 0));
    expect(ap.service.permits?.(heartbeat)).toBe(true);
    expect(ap.run(10_000)).toEqual([]);
  });
});

describe("a command that takes its time", () => {
  it("tells its progress and then its result; a second one meanwhile is put off", () => {
    const ap = aircraft(createLongCommands);
    expect(ap.results(command(241, 1))).toEqual([5]);
    expect(ap.results(command(241, 1))).toEqual([1]);
    const acks = only(ap.run(7000), "COMMAND_ACK");
    expect(acks.map(({ result }) => result)).toEqual([5, 5, 5, 5, 5, 0]);
    expect(acks.map(({ progress }) => progress)).toEqual([17, 33, 50, 67, 83, 100]);
  });

  it("is cancelled on the way, and refused in the air", () => {
    const ap = aircraft(createLongCommands);
    ap.ask(command(241, 1));
    expect(only(ap.ask({ name: "COMMAND_CANCEL", fields: { ...TO, command: 241 } }), "COMMAND_ACK")).toMatchObject([
      { command: 241, result: 6 },
    ]);
    expect(ap.run(8000)).toEqual([]);
    ap.flight.isArmed = true;
    expect(ap.results(command(241, 1))).toEqual([1]);
  });
});

describe("the fence of an ArduPilot", () => {
  it("is switched by command and told of once a second while it is on", () => {
    const ap = aircraft((view, controls) => createFenceService(view, controls));
    expect(ap.run(3000)).toEqual([]);
    expect(ap.results(command(207, 1))).toEqual([0]);
    expect(ap.flight.params["FENCE_ENABLE"]).toBe(1);
    expect(only(ap.run(3000), "FENCE_STATUS")).toHaveLength(3);
    expect(ap.results(command(207, 0))).toEqual([0]);
    expect(ap.run(3000)).toEqual([]);
    expect(ap.results(command(207, 7))).toEqual([4]);
  });
});

describe("signing", () => {
  const KEY = Array.from({ length: 32 }, (_, i) => i + 1);
  const setup: WireMessage = { name: "SETUP_SIGNING", fields: { ...TO, secretKey: KEY, initialTimestamp: 1000n } };

  function keyed(autopilot: Flavour["autopilot"], key = KEY) {
    const signing = createSigning(0, () => 1_795_400_000_000_000);
    const vehicle = aircraft((view) => createSigningService(view, signing), autopilot);
    const station = createSigning(7, () => 1_795_400_000_000_000);
    station.setKey(Uint8Array.from(key), 0n);
    const encode = createEncoder({ systemId: 255, componentId: 190 }, station);
    // Undefined: not claimed, so the next service gets the message; an empty list: claimed and dropped.
    const receives = (frame: Uint8Array) =>
      decodeDatagram(frame).map((message) => vehicle.service.receive(message, 0) === undefined);
    return {
      ...vehicle,
      signing,
      encode,
      receives,
      unsigned: createEncoder({ systemId: 255, componentId: 190 }),
    };
  }
  const read: WireMessage = { name: "PARAM_REQUEST_LIST", fields: TO };

  it("takes a key while disarmed and hears what is signed with it, each frame once", () => {
    const ap = keyed("ardupilot");
    ap.ask(setup);
    expect(ap.signing.isKeyed()).toBe(true);
    const frame = ap.encode(read);
    expect(ap.receives(frame)).toEqual([true]);
    expect(ap.receives(frame)).toEqual([false]);
    expect(ap.receives(ap.encode(read))).toEqual([true]);
    const changed = Buffer.from(ap.encode(read));
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(ap.receives(changed)).toEqual([false]);
  });

  it("refuses another key's frames; unsigned ones are heard by ArduPilot, only heartbeats by PX4", () => {
    const [ap, px4] = [
      keyed(
        "ardupilot",
        KEY.map((byte) => byte ^ 1),
      ),
      keyed("px4"),
    ];
    ap.ask(setup);
    px4.ask(setup);
    expect(ap.receives(ap.encode(read))).toEqual([false]);
    expect(ap.receives(ap.unsigned(read))).toEqual([true]);
    expect(px4.receives(px4.unsigned(read))).toEqual([false]);
    expect(px4.receives(px4.unsigned({ name: "HEARTBEAT", fields: {} }))).toEqual([true]);
  });

  it("takes no key while armed", () => {
    const ap = keyed("ardupilot");
    ap.flight.isArmed = true;
    expect(only(ap.ask(setup), "STATUSTEXT")).toHaveLength(1);
    expect(ap.signing.isKeyed()).toBe(false);
  });

  it("signs with rising times and a checksum that holds", () => {
    const ap = keyed("ardupilot");
    ap.ask(setup);
    const say = createEncoder({ systemId: 1, componentId: 1 }, ap.signing);
    const checker = createSigning(1, () => 1_795_400_000_000_000);
    checker.setKey(Uint8Array.from(KEY), 0n);
    for (let i = 0; i < 5; i++) {
      const frame = say({ name: "HEARTBEAT", fields: { mavlinkVersion: 3 } });
      expect(decodeDatagram(frame)).toHaveLength(1);
      expect(checker.check(frame)).toBe("good");
    }
  });
});
