import { expect, it } from "vitest";
import type { Notice } from "../../contract/messages.js";
import { armStep } from "../../mavlink/dialects/ardupilotSteps.js";
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
  const bus = new StationBus();
  bus.on("notice", ({ notice }) => notices.push(notice));
  const updates = createVehicleLog(at(0, true).id, bus);
  return { updates, published: () => notices.map(({ severity, key }) => `${severity} ${key}`), notices };
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
