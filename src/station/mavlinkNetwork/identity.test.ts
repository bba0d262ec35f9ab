/**
 * Which source is the aircraft: sources that use its system id from other addresses, and components taken for its
 * autopilot.
 */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
import { readTlog } from "../../mavlink/tlog.js";
import type { Station } from "../stationTypes.js";
import { FakeVehicle, FakeWire } from "../testing/fakeVehicle.js";
import { stationOn } from "../testing/wiredStation.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

const A = "udp://:14550";
const B = "udp://:14560";
const ID = "udp:14550/1";
const HOME = "10.0.0.1:1";
const AWAY = "10.0.0.66:6";

/** What the station sent to one address: message names, with the command number where there is one. */
function sentTo(wire: FakeWire, from: string): string[] {
  const received: string[] = [];
  const reader = createReader({ isDatagram: true });
  wire.join(from, (bytes) =>
    reader.push(bytes, ({ name, fields }) => {
      const { command, param1 } = fields;
      received.push(command === undefined ? String(name) : `${String(name)} ${String(command)} ${String(param1)}`);
    }),
  );
  return received;
}

/** 512 requests AUTOPILOT_VERSION (148), 511 GLOBAL_POSITION_INT (33); heartbeat and TIMESYNC are sent to everybody. */
const IDENTITY_QUESTIONS = [
  "HEARTBEAT",
  "TIMESYNC",
  "COMMAND_LONG 512 148",
  "COMMAND_LONG 511 33",
  "REQUEST_DATA_STREAM",
];

async function flying() {
  const wire = new FakeWire(A);
  const station = await stationOn([wire], { open });
  const vehicle = new FakeVehicle({ wires: [wire], from: HOME });
  station.fly(5, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
  vehicle.isAnsweringMission = false; // from now on it answers nothing
  const impostor = sentTo(wire, AWAY);
  let seq = 0;
  const heartbeatFrom = (from: string): void => {
    const sendHeartbeat = {
      type: 2,
      autopilot: 3,
      base_mode: 81,
      custom_mode: 4,
      system_status: 3,
      mavlink_version: 3,
    };
    const address = { systemId: 1, componentId: 1, seq: seq++ & 255, version: 2 as const };
    wire.deliver(encodeFrame({ name: "HEARTBEAT", fields: sendHeartbeat, ...address }), from);
  };
  return { ...station, wire, vehicle, impostor, beatFrom: heartbeatFrom };
}

describe("findings 6.8: a silent aircraft that is heard from another address", () => {
  it("is not believed for bare heartbeats: shown apart, asked who it is and sent nothing else", async () => {
    const { fly, clock, keys, batch, impostor, beatFrom: heartbeatFrom, ask } = await flying();
    clock.advance(2500);
    fly(20, (nowMonoMs) => nowMonoMs % 1000 === 0 && heartbeatFrom(AWAY));
    expect(keys()).toContain("danger vehicle-lost");
    expect(keys()).not.toContain("info vehicle-back");
    expect(keys()).toContain("danger unproven-source");
    expect(batch().vehicles.map(({ id }) => id)).toEqual([ID, `udp:14550@${AWAY}/1`]);
    const refused = await ask({ kind: "command", vehicleId: `udp:14550@${AWAY}/1`, command: { kind: "arm" } });
    expect(refused).toMatchObject({ ok: false });
    expect([...new Set(impostor)].filter((name) => !IDENTITY_QUESTIONS.includes(name))).toEqual([]);
  });

  it("does not make a plan verified, and the true one is still itself when it comes back", async () => {
    const { fly, clock, keys, batch, wire, beatFrom: heartbeatFrom, vehicle } = await flying();
    clock.advance(2500);
    fly(8, (nowMonoMs) => {
      heartbeatFrom(AWAY);
      const ack = { type: 0, target_system: 255, target_component: 190, mission_type: 0 };
      const address = { systemId: 1, componentId: 1, seq: nowMonoMs & 255, version: 2 as const };
      wire.deliver(encodeFrame({ name: "MISSION_ACK", fields: ack, ...address }), AWAY);
    });
    fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(keys()).toContain("info vehicle-back");
    expect(batch().paths[0]?.paths.map(({ state }) => state)).toEqual(["active"]);
    const [mine] = batch().vehicles;
    expect([mine?.id, mine?.lastReceivedMonoMs]).toEqual([ID, clock.monoMs() - 100]);
  });

  it.each([
    ["with the same boot and place", 0, 0, []],
    ["restarted, where it was", 9000, 0, ["caution vehicle-restarted"]],
  ])("is believed %s", async (_, bootMonoMs, northM, published) => {
    const { fly, clock, keys, batch, wire } = await flying();
    clock.advance(6000);
    const moved = new FakeVehicle({ wires: [wire], from: AWAY });
    fly(3, (nowMonoMs) => moved.sendTelemetry(nowMonoMs, { bootMonoMs, northM }));
    expect(batch().vehicles.map(({ id }) => id)).toEqual([ID]);
    const last = ["danger vehicle-lost", ...published, "info vehicle-back"];
    expect(keys().slice(-last.length)).toEqual(last);
    expect(moved.received.length).toBeGreaterThan(0);
  });

  it.each([
    ["booted before it was last heard", -60_000, 0],
    ["restarted elsewhere", 9000, 900],
    ["farther than it can have flown", 0, 5000],
  ])("is another one when it %s", async (_, bootMonoMs, northM) => {
    const { fly, clock, keys, batch, wire } = await flying();
    clock.advance(6000);
    const other = new FakeVehicle({ wires: [wire], from: AWAY });
    fly(8, (nowMonoMs) => other.sendTelemetry(nowMonoMs, { bootMonoMs, northM }));
    expect(batch().vehicles.length).toBe(2);
    expect(keys()).not.toContain("info vehicle-back");
  });

  it("shown apart at first, is joined by itself as soon as it shows who it is", async () => {
    const { fly, clock, keys, batch, wire, beatFrom: heartbeatFrom } = await flying();
    clock.advance(2500);
    fly(8, () => heartbeatFrom(AWAY));
    expect(batch().vehicles.length).toBe(2);
    const moved = new FakeVehicle({ wires: [wire], from: AWAY });
    fly(2, (nowMonoMs) => moved.sendTelemetry(nowMonoMs));
    expect(batch().vehicles.map(({ id }) => id)).toEqual([ID]);
    expect(keys()).toContain("info source-proven");
    expect(keys()).toContain("info vehicle-back");
  });

  it("is asked on its new address for what tells who it is", async () => {
    const { clock, impostor, beatFrom: heartbeatFrom } = await flying();
    clock.advance(2500);
    heartbeatFrom(AWAY);
    expect(impostor).toEqual(expect.arrayContaining(["COMMAND_LONG 512 148", "COMMAND_LONG 511 33"]));
  });

  it("is not taken for it on a link that was removed and added again either", async () => {
    const { fly, ask, batch, beatFrom: heartbeatFrom, keys } = await flying();
    await ask({ kind: "remove-link", linkName: "udp:14550" });
    await ask({ kind: "add-link", uri: A, role: "vehicle" });
    fly(8, () => heartbeatFrom(AWAY));
    expect(batch().vehicles.length).toBe(2);
    expect(keys()).not.toContain("info vehicle-back");
  });
});

/** The aircraft's frames of a recording, with the time since its start. */
function recorded(file: string): { readonly atMs: number; readonly frame: MavlinkFrame }[] {
  const bytes = new Uint8Array(readFileSync(new URL(`../../mavlink/fixtures/${file}`, import.meta.url)));
  const frames: { atMs: number; frame: MavlinkFrame }[] = [];
  let startUs: number | undefined;
  readTlog(bytes, ({ frame, unixTimeUs }) => {
    startUs ??= unixTimeUs;
    if (frame.systemId === 1) frames.push({ atMs: (unixTimeUs - startUs) / 1000, frame });
  });
  return frames;
}

describe("findings 6.5: two links to one real ArduPilot", () => {
  it("join by themselves within five seconds of first data, though the second port says nothing until asked", async () => {
    const [a, b] = [new FakeWire(A), new FakeWire(B)];
    const { fly, clock, batch, keys } = await stationOn([a, b], { open });
    const first = recorded("ardupilot-serial0.tlog");
    const second = recorded("ardupilot-serial1.tlog");
    const asked = new Set<number>();
    const reader = createReader({ isDatagram: true });
    b.join("10.0.0.1:2", (bytes) =>
      reader.push(bytes, ({ fields }) => {
        if (fields["command"] === 511 || fields["command"] === 512) asked.add(Number(fields["param1"]));
      }),
    );
    let seq = 100;
    const onB = ({ name, fields }: MavlinkFrame): void => {
      const address = { systemId: 1, componentId: 1, seq: seq++ & 255, version: 2 as const };
      b.deliver(encodeFrame({ name: String(name), fields, ...address }), "10.0.0.1:2");
    };
    const START_MS = 1000;
    const played = { first: 0, second: 0 };
    let joinedAfterMs: number | undefined;
    fly(8, (nowMonoMs) => {
      const atMs = nowMonoMs - START_MS;
      for (; played.first < first.length && first[played.first]!.atMs <= atMs; played.first++) {
        const { frame } = first[played.first]!;
        a.deliver(frame.bytes, HOME);
        // The second port streams its position only once it was requested.
        if (frame.name === "GLOBAL_POSITION_INT" && asked.has(33)) onB(frame);
      }
      for (; played.second < second.length && second[played.second]!.atMs <= atMs; played.second++) {
        const { frame } = second[played.second]!;
        if (frame.name === "HEARTBEAT") onB(frame);
      }
      if (asked.delete(148)) onB(second.find(({ frame }) => frame.name === "AUTOPILOT_VERSION")!.frame);
      if (batch().paths[0]?.paths.length === 2) joinedAfterMs ??= atMs;
    });
    expect(batch().vehicles.map(({ id }) => id)).toEqual([ID]);
    expect(keys()).not.toContain("danger two-vehicles");
    expect(joinedAfterMs).toBeLessThanOrEqual(5000);
    expect(clock.monoMs()).toBe(8000);
  });
});

describe("case 02: what passes for the aircraft, live", () => {
  const heartbeat = (systemId: number, componentId: number, kind: readonly [number, number]): Uint8Array => {
    const [type, autopilot] = kind;
    const fields = { type, autopilot, base_mode: 0, custom_mode: 0, system_status: 4, mavlink_version: 3 };
    return encodeFrame({ name: "HEARTBEAT", fields, systemId, componentId, seq: 0, version: 2 });
  };

  it.each([
    ["an onboard controller", 1, 191, [18, 0]],
    ["a gimbal with the autopilot's number", 1, 154, [26, 3]],
    ["another ground station", 254, 190, [6, 0]],
  ] as const)("%s is heard first and is no vehicle", async (_, systemId, componentId, kind) => {
    const wire = new FakeWire(A);
    const { fly, batch } = await stationOn([wire], { open });
    fly(2, () => wire.deliver(heartbeat(systemId, componentId, kind), "10.0.0.1:9"));
    expect(batch().vehicles).toEqual([]);
    const vehicle = new FakeVehicle({ wires: [wire] });
    fly(2, (nowMonoMs) => {
      wire.deliver(heartbeat(systemId, componentId, kind), "10.0.0.1:9");
      vehicle.sendTelemetry(nowMonoMs);
    });
    expect(batch().vehicles).toMatchObject([{ id: ID, componentId: 1, mavType: 2, mavAutopilot: 3 }]);
  });

  it.each([
    ["through the same address", HOME],
    ["from its own address", "10.0.0.1:9"],
  ])("a computer that says it is a copter %s gives way to the autopilot, which keeps the id", async (_, from) => {
    const wire = new FakeWire(A);
    const { fly, batch, ask, keys } = await stationOn([wire], { open });
    fly(4, () => wire.deliver(heartbeat(1, 25, [2, 0]), from));
    expect(batch().vehicles).toMatchObject([{ id: ID, componentId: 25 }]);
    const vehicle = new FakeVehicle({ wires: [wire], from: HOME });
    fly(3, (nowMonoMs) => {
      wire.deliver(heartbeat(1, 25, [2, 0]), from);
      vehicle.sendTelemetry(nowMonoMs);
    });
    expect(batch().vehicles).toMatchObject([{ id: ID, componentId: 1, mavAutopilot: 3 }]);
    expect(batch().vehicles[0]?.position).toBeDefined();
    expect(keys().filter((key) => /two|unproven/.test(key))).toEqual([]);
    const order = { commandId: "c-1", command: { kind: "arm" }, isConfirmed: true };
    void ask({ kind: "command", vehicleId: ID, ...order }).catch(() => undefined);
    // Preceded by the mode change that arming needs.
    const isModeChange = ({ fields }: MavlinkFrame): boolean =>
      fields["command"] === 176 && fields["target_component"] === 1;
    fly(0.2, () => undefined);
    expect(vehicle.received.some(isModeChange)).toBe(true);
  });
});
