/**
 * Impostors, floods and junk, and what they must never achieve. On virtual time; real sockets in
 * `hostileLinks.system.test.ts`.
 */
import { afterEach, describe, expect, it } from "vitest";
import { seededRng, type Rng } from "../../core/rng.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields } from "../../mavlink/frame.js";
import { createReader } from "../../mavlink/reader.js";
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
const ARM = 400;
/** An arm command starts with a mode change (176). */
const PARTS_OF_ARMING: readonly unknown[] = [176, ARM];
const HEARTBEAT = { type: 2, autopilot: 3, base_mode: 81, custom_mode: 4, system_status: 3, mavlink_version: 3 };

type Published = { readonly name: string; readonly fields: MavlinkFields };

/** A sender that is not the aircraft, on an address of its own; keeps what the station sends it. */
class UnknownSender {
  readonly received: Published[] = [];
  readonly #wire: FakeWire;
  readonly #from: string;
  #seq = 0;

  constructor(wire: FakeWire, from: string) {
    this.#wire = wire;
    this.#from = from;
    const reader = createReader({ isDatagram: true });
    wire.join(from, (bytes) =>
      reader.push(bytes, ({ name, fields }) => this.received.push({ name: String(name), fields })),
    );
  }

  send(name: string, fields: MavlinkFields, systemId = 1, componentId = 1): void {
    const bytes = encodeFrame({ name, fields, systemId, componentId, seq: this.#seq++ & 255, version: 2 });
    this.#wire.deliver(bytes, this.#from);
  }

  sendHeartbeat(systemId = 1): void {
    this.send("HEARTBEAT", HEARTBEAT, systemId);
  }

  /** Sends the position and boot time that it claims. */
  sendTelemetry(timeBootMs: number, northM: number): void {
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    const place = { lat: 507_745_000 + Math.round((northM / 111_320) * 1e7), lon: 16_075_290 };
    this.send("GLOBAL_POSITION_INT", { time_boot_ms: timeBootMs, ...place });
  }

  countOfArmings(): number {
    return this.received.filter(({ fields }) => PARTS_OF_ARMING.includes(fields["command"])).length;
  }
}

/** One random act of a sender who does not know when the aircraft booted. */
function misbehave(rng: Rng, stranger: UnknownSender, nowMonoMs: number): void {
  const to = { target_system: 255, target_component: 190 };
  const pick = Math.floor(rng.uniform() * 9);
  if (pick <= 2) stranger.sendHeartbeat();
  // An invented boot time, before the aircraft's own: it is neither the aircraft's nor a possible restart.
  if (pick === 3) stranger.sendTelemetry(nowMonoMs + 10_000 + rng.uniform() * 1e6, rng.uniform() * 20);
  if (pick === 4) stranger.send("MISSION_ACK", { ...to, type: 0, mission_type: 0 });
  if (pick === 5) stranger.send("COMMAND_ACK", { ...to, command: ARM, result: 0 });
  if (pick === 6) stranger.send("STATUSTEXT", { severity: 0, text: "CRASH" }, 1, 191);
  if (pick === 7) stranger.sendHeartbeat(2 + Math.floor(rng.uniform() * 250));
  if (pick === 8) stranger.send("HEARTBEAT", { ...HEARTBEAT, type: 18, autopilot: 0 }, 1, 191);
}

async function hostileSky(seed: number) {
  const rng = seededRng(seed);
  const [a, b] = [new FakeWire(A), new FakeWire(B)];
  const station = await stationOn([a, b], { open });
  const vehicle = new FakeVehicle({ wires: rng.uniform() < 0.5 ? [a, b] : [a], from: "10.0.0.1:1" });
  vehicle.isAnsweringMission = false;
  station.fly(3, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
  const strangers = [0, 1, 2].map((i) => new UnknownSender(rng.uniform() < 0.5 ? a : b, `10.0.6.${i}:6`));
  let requestId = 1000;
  const arm = (): void => {
    const request = {
      kind: "command",
      vehicleId: ID,
      command: { kind: "arm" },
      commandId: `c${requestId}`,
      isConfirmed: true,
    };
    station.screen.fromUi({ kind: "request", requestId: requestId++, request });
  };
  return { ...station, rng, vehicle, strangers, arm };
}

describe("property: impostors, losses and silences, at random", () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    "never get a command that was meant for the aircraft, nor its place (seed %i)",
    async (seed) => {
      const { fly, rng, vehicle, strangers, arm, batch } = await hostileSky(seed);
      let silentUntilMonoMs = 0;
      fly(25, (nowMonoMs) => {
        if (rng.uniform() < 0.02) silentUntilMonoMs = nowMonoMs + rng.uniform() * 9000;
        const isReceived = nowMonoMs >= silentUntilMonoMs && rng.uniform() < 0.7;
        if (isReceived) vehicle.sendTelemetry(nowMonoMs, { northM: nowMonoMs / 1000 });
        for (const stranger of strangers) if (rng.uniform() < 0.8) misbehave(rng, stranger, nowMonoMs);
        if (rng.uniform() < 0.05) arm();
      });
      for (const stranger of strangers) expect(stranger.countOfArmings()).toBe(0);
      // Once received from its own address again, the aircraft is identified at once and commands go there.
      fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs, { northM: nowMonoMs / 1000 }));
      const mine = batch().vehicles.find(({ id }) => id === ID);
      expect(batch().stationMonoMs - (mine?.lastReceivedMonoMs ?? 0)).toBeLessThanOrEqual(200);
      fly(12, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs, { northM: nowMonoMs / 1000 }));
      const before = vehicle.received.length;
      arm();
      fly(0.3, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs, { northM: nowMonoMs / 1000 }));

      expect(vehicle.received.slice(before).some(({ fields }) => PARTS_OF_ARMING.includes(fields["command"]))).toBe(
        true,
      );
      for (const stranger of strangers) expect(stranger.countOfArmings()).toBe(0);
    },
  );
});

describe("findings 6.4: invented system ids", () => {
  it("heartbeats of 250 numbers from one address do not shut out an aircraft that comes later, and are told once", async () => {
    const wire = new FakeWire(A);
    const { fly, batch, notices } = await stationOn([wire], { open });
    const flood = new UnknownSender(wire, "10.0.6.6:6");
    const shout = (): void => {
      for (let systemId = 1; systemId <= 250; systemId++) flood.sendHeartbeat(systemId);
    };
    fly(5, (nowMonoMs) => nowMonoMs % 1000 === 0 && shout());
    expect(batch().vehicles.length).toBeLessThanOrEqual(16);
    const vehicle = new FakeVehicle({ wires: [wire], systemId: 251, from: "10.0.0.1:1" });
    fly(3, (nowMonoMs) => {
      if (nowMonoMs % 1000 === 0) shout();
      vehicle.sendTelemetry(nowMonoMs);
    });
    const mine = batch().vehicles.find(({ systemId }) => systemId === 251);
    expect(mine?.position).toBeDefined();
    const refusals = notices().filter(({ key }) => key === "vehicles-refused");
    expect(refusals[0]).toMatchObject({ severity: "caution" });
    expect(refusals.length).toBeLessThan(16);
  });

  it("from many addresses neither: one that says more than heartbeats is let in, and those are let go", async () => {
    const wire = new FakeWire(A);
    const { fly, batch } = await stationOn([wire], { open });
    const floods = Array.from({ length: 250 }, (_, i) => new UnknownSender(wire, `10.0.6.${i}:6`));
    const shout = (): void => floods.forEach((flood, i) => flood.sendHeartbeat(i + 1));
    fly(8, (nowMonoMs) => nowMonoMs % 1000 === 0 && shout());
    expect(batch().vehicles.length).toBe(64);
    const vehicle = new FakeVehicle({ wires: [wire], systemId: 251, from: "10.0.0.1:1" });
    fly(4, (nowMonoMs) => {
      if (nowMonoMs % 1000 === 0) shout();
      vehicle.sendTelemetry(nowMonoMs);
    });
    expect(batch().vehicles.find(({ systemId }) => systemId === 251)?.position).toBeDefined();
    fly(63, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(batch().vehicles.map(({ systemId }) => systemId)).toEqual([251]);
  });

  it("never take the place of a known aircraft, however long it is silent", async () => {
    const wire = new FakeWire(A);
    const { fly, batch, clock } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire], from: "10.0.0.1:1" });
    vehicle.isAnsweringMission = false;
    fly(3, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    const floods = Array.from({ length: 250 }, (_, i) => new UnknownSender(wire, `10.0.6.${i}:6`));
    for (let minute = 0; minute < 5; minute++) {
      floods.forEach((flood, i) => flood.sendHeartbeat(i + 2));
      clock.advance(60_000);
    }
    fly(1, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    expect(batch().vehicles[0]).toMatchObject({ id: ID, systemId: 1 });
    expect(batch().paths[0]?.paths).toMatchObject([{ state: "active" }]);
  });
});

describe("findings 6.11: what a stranger draws from the station", () => {
  it("a single heartbeat draws few packets, however long one waits", async () => {
    const wire = new FakeWire(A);
    const { clock } = await stationOn([wire], { open });
    const stranger = new UnknownSender(wire, "10.0.6.6:6");
    stranger.sendHeartbeat();
    clock.advance(120_000);
    const names = stranger.received
      .map(({ name }) => name)
      .filter((name) => name !== "HEARTBEAT" && name !== "TIMESYNC");
    expect(names.length).toBeLessThanOrEqual(16);
  });

  it("one that claims a known number is asked at most three things a second", async () => {
    const wire = new FakeWire(A);
    const { fly } = await stationOn([wire], { open });
    const vehicle = new FakeVehicle({ wires: [wire], from: "10.0.0.1:1" });
    fly(2, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs));
    const stranger = new UnknownSender(wire, "10.0.6.6:6");
    fly(10, () => stranger.sendHeartbeat());
    const asked = stranger.received.filter(({ name }) => name !== "HEARTBEAT" && name !== "TIMESYNC");
    expect(asked.length).toBeLessThanOrEqual(30);
  });
});
