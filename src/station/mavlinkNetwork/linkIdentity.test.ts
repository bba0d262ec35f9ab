/** What identifies a vehicle on one path, and whether two paths show the same one. */
import { describe, expect, it } from "vitest";
import type { MavlinkFields } from "../../mavlink/frame.js";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { BootClock } from "./bootClock.js";
import { compareIdentity, compareToSilent, LinkIdentity, type VehicleIdentity } from "./linkIdentity.js";
import { conflictValues, SysIdConflictDetector } from "./sysIdConflict.js";

function received(...messages: readonly (readonly [name: string, fields: MavlinkFields])[]): LinkIdentity {
  const identity = new LinkIdentity();
  for (const [name, fields] of messages) identity.onFrame(frameOf({ name, fields }), 10_000);
  return identity;
}
const placeAt = (latitudeE7: number, longitudeE7: number): LinkIdentity =>
  // eslint-disable-next-line id-denylist -- MAVLink's own names
  received(["GLOBAL_POSITION_INT", { time_boot_ms: 1, lat: latitudeE7, lon: longitudeE7 }]);

describe("what a path shows of its vehicle", () => {
  it("is no boot time while the vehicle's clock is not set", () => {
    expect(received(["ATTITUDE", { time_boot_ms: 0, roll: 0.1 }]).boot).toBeUndefined();
    expect(received(["ATTITUDE", { time_boot_ms: 4000 }]).boot).toEqual({ value: 6000, atMonoMs: 10_000 });
  });

  it("is no position near (0, 0), but one on the equator or on the meridian of Greenwich", () => {
    expect(placeAt(99_999, -99_999).position).toBeUndefined();
    expect(placeAt(0, 1_000_000).position?.value).toEqual({ latitudeDeg: 0, longitudeDeg: 0.1 });
    expect(placeAt(1_000_000, 0).position?.value).toEqual({ latitudeDeg: 0.1, longitudeDeg: 0 });
    expect(placeAt(0, 100_000).position?.value).toEqual({ latitudeDeg: 0, longitudeDeg: 0.01 });
    expect(placeAt(100_000, 0).position?.value).toEqual({ latitudeDeg: 0.01, longitudeDeg: 0 });
  });

  it("are two kinds of vehicle, when the heartbeats of one system id tell of two in turns", () => {
    const identity = new LinkIdentity();
    for (let i = 0; i < 10; i++) {
      const type = i % 2 === 0 ? 2 : 1;
      identity.onFrame(frameOf({ name: "HEARTBEAT", fields: { type, autopilot: 3 } }), i * 500);
    }
    expect(identity.conflicts.areTwo(4500)).toBe(true);
    expect(conflictValues(identity.conflicts, 4500)).toEqual(["3/1", "3/2"]);
  });
});

describe("two paths", () => {
  const known: VehicleIdentity = {
    uid: "1f",
    kind: { autopilot: 3, type: 2 },
    boot: { value: 0, atMonoMs: 10_000 },
    pace: "real",
    position: undefined,
    mode: undefined,
  };

  it("lead to the same vehicle when serial number, boot time and kind are the same", () => {
    expect(compareIdentity(known, { ...known }, 10_000)).toEqual({ kind: "same" });
  });

  it.each([
    ["type of vehicle", { autopilot: 3, type: 1 }],
    ["autopilot", { autopilot: 12, type: 2 }],
  ])("lead to two vehicles when only the %s differs", (_, kind) => {
    const comparison = compareIdentity(known, { ...known, kind }, 10_000);
    expect(comparison).toEqual({ kind: "different", because: "kind", mayBeDelay: false });
  });

  it("after a restart lead to the same armed vehicle only where the serial number says so", () => {
    const armed = { value: { baseMode: 209, customMode: 4 }, atMonoMs: 10_000 };
    const position = { value: { latitudeDeg: 50, longitudeDeg: 1 }, atMonoMs: 10_000 };
    const silent = { ...known, mode: armed, position };
    const restarted = { ...known, boot: { value: 20_000, atMonoMs: 30_000 }, position };
    expect(compareToSilent(restarted, silent, 30_000)).toEqual({ kind: "same" });
    expect(compareToSilent({ ...restarted, uid: undefined }, silent, 30_000)).toEqual({ kind: "unknown" });
    const disarmed = { ...silent, mode: { ...armed, value: { baseMode: 81, customMode: 4 } } };
    expect(compareToSilent({ ...restarted, uid: undefined }, disarmed, 30_000)).toEqual({ kind: "same" });
  });
});

describe("a value that alternates between two", () => {
  const here = { latitudeDeg: 50, longitudeDeg: 1 };
  const there = { latitudeDeg: 50.01, longitudeDeg: 1 };
  /** The first four changes back and forth, evenly spread over that time, long after the station began. */
  function alternatingFor(lastingMs: number): SysIdConflictDetector {
    const conflicts = new SysIdConflictDetector();
    conflicts.position.sample(here, 99_000);
    conflicts.position.sample(there, 99_500);
    for (let turn = 0; turn < 4; turn++)
      conflicts.position.sample(turn % 2 === 0 ? here : there, 100_000 + (turn * lastingMs) / 3);
    return conflicts;
  }

  it("for two seconds is that of two vehicles; for a shorter time it may be that of one", () => {
    expect(alternatingFor(1999).areTwo(102_000)).toBe(false);
    expect(alternatingFor(2000).areTwo(102_000)).toBe(true);
  });

  it("within fifty metres is the position of one vehicle", () => {
    const conflicts = new SysIdConflictDetector();
    const near = { latitudeDeg: 50.0004, longitudeDeg: 1 };
    for (let i = 0; i < 20; i++) conflicts.position.sample(i % 2 === 0 ? here : near, i * 500);
    expect(conflicts.areTwo(9500)).toBe(false);
  });
});

describe("a vehicle's clock", () => {
  it("is known to keep pace with ours after exactly five seconds", () => {
    const clock = new BootClock();
    clock.onBoot(0, 100_000);
    clock.onBoot(0, 104_999);
    expect(clock.pace).toBe("unknown");
    clock.onBoot(0, 105_000);
    expect(clock.pace).toBe("real");
  });

  it("is not taken for a simulator's when a stalled link catches up, and is real again after that", () => {
    const clock = new BootClock();
    clock.onBoot(19_000, 100_000);
    clock.onBoot(0, 105_000);
    expect(clock.pace).toBe("unknown");
    clock.onBoot(0, 110_000);
    expect(clock.pace).toBe("real");
  });

  it("proves nothing while it falls behind ours, as a fast simulator's does that is short of processor time", () => {
    const clock = new BootClock();
    clock.onBoot(0, 100_000);
    clock.onBoot(500, 105_000);
    expect(clock.pace).toBe("unknown");
    clock.onBoot(500, 110_000);
    expect(clock.pace).toBe("real");
  });

  it("is a simulator's, for good, once it has gained more than any delay", () => {
    const clock = new BootClock();
    for (let second = 0; second < 5; second++) clock.onBoot(-5000 * second, 100_000 + 1000 * second);
    expect(clock.pace).toBe("unknown");
    clock.onBoot(-25_000, 105_000);
    expect(clock.pace).toBe("fast");
    clock.onBoot(-25_000, 111_000);
    expect(clock.pace).toBe("fast");
  });
});
