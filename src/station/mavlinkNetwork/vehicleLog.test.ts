import { describe, expect, it } from "vitest";
import type { Notice } from "../../contract/messages.js";
import { armStep, disarmStep } from "../../mavlink/dialects/ardupilotSteps.js";
import { emptyVehicle } from "../../vehicle/reduceVehicle.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { StationBus } from "../bus.js";
import { createVehicleLog } from "./vehicleLog.js";

const at = (atMs: number, isArmed: boolean): VehicleState => {
  const vehicle = emptyVehicle({ linkName: "udp:1", systemId: 1, componentId: 1 });
  const stamped = <T>(value: T) => ({ value, receivedAtMonoMs: atMs });
  const position = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
  return {
    ...vehicle,
    airframe: "copter",
    lastReceivedMonoMs: atMs,
    heartbeat: stamped({ customMode: 4, modeName: "GUIDED", isArmed, systemStatus: 4 }),
    position: stamped({ position, altitudeAmslM: 50, altitudeAboveHomeM: 40 }),
  };
};

it("issue 6: a disarm in the air is a red notice with the aircraft's id, and a line of the event log", () => {
  const notices: Omit<Notice, "unixTimeUs">[] = [];
  const events: unknown[] = [];
  const bus = new StationBus();
  bus.on("record", ({ what, facts }) => events.push([what, facts]));
  bus.on("notice", ({ notice }) => notices.push(notice));
  const updates = createVehicleLog(at(0, true).id, bus);
  updates.onState(at(0, true), at(0, true));
  updates.onState(at(1000, false), at(0, true));
  expect(notices).toMatchObject([
    { severity: "danger", key: "flight-disarmed-in-air", facts: { vehicleId: "udp:1/1", heightM: 40 } },
  ]);
  expect(events).toContainEqual([
    "flight-alarm",
    { vehicleId: "udp:1/1", alarm: { kind: "disarmed-in-air", altitudeAboveHomeM: 40, wasAsked: false } },
  ]);
});

function aLog() {
  const notices: Omit<Notice, "unixTimeUs">[] = [];
  const records: unknown[] = [];
  const bus = new StationBus();
  bus.on("notice", ({ notice }) => notices.push(notice));
  bus.on("record", ({ what, facts }) => records.push([what, facts]));
  const updates = createVehicleLog(at(0, true).id, bus);
  return { updates, published: () => notices.map(({ severity, key }) => `${severity} ${key}`), notices, records };
}

it("attack: an arming of this station's is no news, one of somebody else's is; a late one is told as late alone", () => {
  const order = { commandId: "c1", command: { kind: "arm" }, isConfirmed: true } as const;
  const own = aLog();
  own.updates.onState(at(1000, false), at(0, false));
  own.updates.onCommand(order, { phase: "done" });
  own.updates.onState(at(60_000, true), at(59_000, false));
  expect(own.published()).toEqual([]);
  const others = aLog();
  others.updates.onState(at(1000, false), at(0, false));
  others.updates.onCommand(order, { phase: "failed", failure: { kind: "busy", with: "arm" } });
  others.updates.onState(at(60_000, true), at(59_000, false));
  expect(others.published()).toEqual(["caution flight-armed-elsewhere"]);
  const late = aLog();
  late.updates.onState(at(59_500, false), at(59_000, false));
  late.updates.onLateEffect(at(60_000, true), { order, step: armStep });
  late.updates.onState(at(60_000, true), at(59_000, false));
  expect(late.published()).toEqual(["danger late-effect"]);
});

it("attack: a breach of the fence without a text is red, and its end takes its place", () => {
  const { updates, notices, published } = aLog();
  const fence = (isBreached: boolean, atMs: number) => ({
    ...at(atMs, true),
    fence: { value: { isBreached, countOfBreaches: 1 }, receivedAtMonoMs: atMs },
  });
  updates.onState(fence(true, 1000), fence(false, 0));
  updates.onState(fence(false, 2000), fence(true, 1000));
  expect(published()).toEqual(["danger flight-fence-breach", "info flight-fence-breach-over"]);
  expect(notices[1]?.id).toBe(notices[0]?.id);
});

describe("the event log", () => {
  const vehicleId = "udp:1/1";

  it("says when the vehicle is lost and when it is back", () => {
    const { updates, records } = aLog();
    updates.onPresence(at(5000, true), true);
    updates.onPresence(at(6000, true), false);
    expect(records).toEqual([
      ["vehicle-lost", { vehicleId }],
      ["vehicle-back", { vehicleId }],
    ]);
  });

  it("says mode and arming when they change, and not with every heartbeat", () => {
    const { updates, records } = aLog();
    updates.onState(at(1000, false), { ...at(0, false), heartbeat: undefined });
    updates.onState(at(2000, false), at(1000, false));
    expect(records).toEqual([
      ["mode", { vehicleId, modeName: "GUIDED", customMode: 4 }],
      ["disarmed", { vehicleId }],
    ]);
  });

  it("has warnings with the component and the event they came from, and nothing milder", () => {
    const { updates, records } = aLog();
    const stamp = { unixTimeUs: 0, receivedAtMonoMs: 1000 };
    const texts = [
      { ...stamp, severity: 4, text: "Low battery" },
      { ...stamp, severity: 5, text: "Only a remark" },
      { ...stamp, severity: 3, text: "Lens is hot", componentId: 100 },
      {
        ...stamp,
        severity: 2,
        text: "Motor failure",
        event: { id: 77, key: "77", name: undefined, detail: undefined, isCheck: false },
      },
    ];
    updates.onState({ ...at(1000, false), texts }, at(0, false));
    expect(records).toEqual([
      ["text", { vehicleId, severity: 4, text: "Low battery" }],
      ["text", { vehicleId, severity: 3, text: "Lens is hot", componentId: 100, component: "Camera" }],
      ["text", { vehicleId, severity: 2, text: "Motor failure", eventId: 77 }],
    ]);
  });

  it("has the end of a transfer with its outcome, and not its progress", () => {
    const { updates, records } = aLog();
    updates.onTransfer({ phase: "uploading", part: "mission", countOfDone: 1, countOfItems: 2 });
    updates.onTransfer({ phase: "verified", countOfItems: 2 });
    expect(records).toEqual([["transfer", { vehicleId, status: { phase: "verified", countOfItems: 2 } }]]);
  });
});

describe("a vehicle is in use", () => {
  it("once somebody sent it a command", () => {
    const { updates } = aLog();
    expect(updates.isEngaged()).toBe(false);
    updates.onCommand({ commandId: "c1", command: { kind: "arm" }, isConfirmed: true }, { phase: "done" });
    expect(updates.isEngaged()).toBe(true);
  });

  it("once somebody sent it a plan", () => {
    const { updates } = aLog();
    updates.onTransfer({ phase: "verified", countOfItems: 2 });
    expect(updates.isEngaged()).toBe(true);
  });
});

it("a late disarm does not make an arming that follows this station's own", () => {
  const order = { commandId: "c1", command: { kind: "disarm" }, isConfirmed: true } as const;
  const { updates, published } = aLog();
  updates.onLateEffect(at(1000, false), { order, step: disarmStep });
  updates.onState(at(60_000, true), at(59_000, false));
  expect(published()).toEqual(["danger late-effect", "caution flight-armed-elsewhere"]);
});

it("late effects and alarms of different kinds do not take each other's place among the notices", () => {
  const { updates, notices } = aLog();
  const disarm = { commandId: "c1", command: { kind: "disarm" }, isConfirmed: true } as const;
  const arm = { ...disarm, command: { kind: "arm" } } as const;
  updates.onLateEffect(at(0, false), { order: disarm, step: disarmStep });
  updates.onLateEffect(at(0, true), { order: arm, step: armStep });
  const breached = { value: { isBreached: true, countOfBreaches: 1 }, receivedAtMonoMs: 1000 };
  updates.onState({ ...at(1000, true), fence: breached }, at(0, true));
  updates.onState(at(2000, false), { ...at(1500, true), fence: breached });
  expect(notices.map(({ id }) => id)).toEqual([
    "late:udp:1/1:disarm",
    "late:udp:1/1:arm",
    "flight-alarm:fence-breach:udp:1/1",
    "flight-alarm:disarmed-in-air:udp:1/1",
    "flight-alarm:fence-breach:udp:1/1",
  ]);
});
