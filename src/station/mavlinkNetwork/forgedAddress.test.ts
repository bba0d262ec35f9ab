/**
 * An unsigned aircraft falls silent and an attacker sends from its address: his frames must not be taken for the
 * aircraft's.
 */
import { afterEach, describe, expect, it } from "vitest";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields } from "../../mavlink/frame.js";
import type { Station } from "../stationTypes.js";
import { FakeVehicle, FakeWire } from "../testing/fakeVehicle.js";
import { stationOn } from "../testing/wiredStation.js";

const open: Station[] = [];
afterEach(async () => {
  for (const station of open.splice(0)) await station.dispose();
});

const ID = "udp:14550/1";
const FROM = "10.0.0.1:1";
const BOOT_MONO_MS = -600_000;
/** Set mode, arm, take off, start mission, go to, fence, set current item, reboot: never sent by the station itself. */
const ACTS: readonly unknown[] = [176, 400, 22, 300, 192, 207, 224, 246];

/** Received for eight seconds, in which its clock's rate was measured; booted ten minutes before. */
async function flying(isArmed = false) {
  const wire = new FakeWire("udp://:14550");
  const made = await stationOn([wire], { open });
  const vehicle = new FakeVehicle({ wires: [wire], from: FROM });
  vehicle.isAnsweringMission = false;
  const publish = (nowMonoMs: number): void => vehicle.sendTelemetry(nowMonoMs, { bootMonoMs: BOOT_MONO_MS, isArmed });
  made.fly(8, publish);
  let seq = 100;
  const forge = (name: string, fields: MavlinkFields): void =>
    wire.deliver(encodeFrame({ name, fields, systemId: 1, componentId: 1, seq: seq++ & 255, version: 2 }), FROM);
  /** Sends a forged position and heartbeat from the aircraft's own address. */
  const pretend = (timeBootMs: number, northM: number, type = 2): void => {
    // eslint-disable-next-line id-denylist -- MAVLink's own names
    const place = { lat: 507_745_000 + Math.round((northM / 111_320) * 1e7), lon: 16_075_290 };
    forge("GLOBAL_POSITION_INT", { time_boot_ms: timeBootMs, ...place });
    forge("HEARTBEAT", { type, autopilot: 3, base_mode: 209, custom_mode: 4, system_status: 4, mavlink_version: 3 });
  };
  const acts = () => vehicle.received.filter(({ fields }) => ACTS.includes(fields["command"]));
  const mine = () => made.batch().vehicles.find(({ id }) => id === ID);
  const order = (kind: string): Promise<unknown> =>
    made.ask({ kind: "command", vehicleId: ID, commandId: `c-${kind}`, command: { kind }, isConfirmed: true });
  return { ...made, vehicle, publish, forge, pretend, acts, mine, order, wire };
}

describe("findings 6, not tried: words from the true address that cannot be the aircraft's", () => {
  it.each([
    ["a clock that it never had", -3_000_000, 0],
    ["a clock that was started while it was heard", -1500, 0],
    ["its own clock, in a place that it cannot have reached", BOOT_MONO_MS, 20_000],
  ])("%s", async (_, bootMonoMs, northM) => {
    const { fly, clock, keys, mine, pretend, publish, acts, order, vehicle } = await flying();
    clock.advance(6000);
    expect(keys()).toContain("danger vehicle-lost");
    const before = mine()?.position;
    fly(4, (nowMonoMs) => pretend(nowMonoMs - bootMonoMs, northM));
    expect(keys()).toContain("danger contested-address");
    expect(keys()).not.toContain("info vehicle-back");
    expect(mine()?.position).toEqual(before);
    expect(mine()?.heartbeat?.value.isArmed).toBe(false);
    expect(acts()).toEqual([]);
    // Return still goes to the vehicle's last address: the aircraft itself may be there.
    void order("return").catch(() => undefined);
    fly(0.3, () => undefined);
    expect(acts().at(-1)?.fields).toMatchObject({ command: 176, param2: 6 });
    fly(2, publish);
    expect(keys()).toContain("info vehicle-back");
    expect(mine()?.lastReceivedMonoMs).toBeGreaterThan(clock.monoMs() - 200);
    expect(vehicle.received.length).toBeGreaterThan(0);
  });

  it("are not said of words that a stalled link brings late, nor of a clock that runs fast", async () => {
    const late = await flying();
    late.clock.advance(15_000);
    // Sent one after the other while the link was stalled, and all delivered now.
    for (let publishedMonoMs = 8000; publishedMonoMs < 23_000; publishedMonoMs += 1000) late.publish(publishedMonoMs);
    late.fly(2, late.publish);
    expect(late.keys()).toContain("info vehicle-back");
    expect(late.keys()).not.toContain("danger contested-address");
    const fast = await flying();
    const publishFast = (nowMonoMs: number): void =>
      fast.vehicle.sendTelemetry(nowMonoMs, { bootMonoMs: BOOT_MONO_MS - 3 * (nowMonoMs - 8000) });
    fast.fly(12, publishFast);
    fast.clock.advance(6000);
    // A simulator on a busy machine runs unevenly: here it catches up the time it had lost.
    fast.fly(2, (nowMonoMs) => publishFast(nowMonoMs + 8000));
    expect(fast.keys()).toContain("info vehicle-back");
    expect(fast.keys()).not.toContain("danger contested-address");
  });
});

describe("a restart that is claimed", () => {
  it("of an aircraft that was armed is red, ends what was under way, and the station does nothing of itself", async () => {
    const { fly, keys, pretend, acts, ask } = await flying(true);
    const command = { kind: "enable-fence", isEnabled: false };
    void ask({ kind: "command", vehicleId: ID, commandId: "c-1", command, isConfirmed: true }).catch(() => undefined);
    fly(0.2, () => undefined);
    const before = acts().length;
    expect(before).toBe(1);
    fly(10, (nowMonoMs) => pretend(Math.max(1, nowMonoMs - 3000), 0));
    expect(keys()).toContain("danger vehicle-restarted-armed");
    expect(acts().length).toBe(before);
  });

  it("of one that stood disarmed is a battery that was changed", async () => {
    const { fly, keys, vehicle, clock } = await flying();
    clock.advance(6000);
    fly(3, (nowMonoMs) => vehicle.sendTelemetry(nowMonoMs, { bootMonoMs: 7000 }));
    expect(keys().slice(-3)).toEqual(["danger vehicle-lost", "info vehicle-back", "caution vehicle-restarted"]);
  });

  it("from another address, of one that was armed, is not believed for its place alone", async () => {
    const { fly, clock, keys, batch, wire } = await flying(true);
    clock.advance(6000);
    const other = new FakeVehicle({ wires: [wire], from: "10.0.6.6:6" });
    other.isAnsweringMission = false;
    fly(8, (nowMonoMs) => other.sendTelemetry(nowMonoMs, { bootMonoMs: 7000 }));
    expect(keys()).toContain("danger unproven-source");
    expect(keys()).not.toContain("info vehicle-back");
    expect(batch().vehicles.length).toBe(2);
    expect(other.received.filter(({ fields }) => ACTS.includes(fields["command"]))).toEqual([]);
  });
});
