import { describe, expect, it } from "vitest";
import type { MavlinkFields } from "../../frame.js";
import {
  groundHeartbeat,
  requestRates,
  requestVehicleFacts,
  timesyncAnswer,
  timesyncRequest,
  timesyncRoundTripMs,
} from "../../outgoing.js";
import { frameOf, OWN, PEER, TO_OTHERS, TO_US, TO_VEHICLE, VEHICLE } from "../testing/frames.js";
import { commandEventFrom } from "../command/commandMessages.js";
import {
  messagesForMissionEffect,
  missionEventFrom,
  partChangedByOthers,
  partsSentByOthers,
} from "./missionMessages.js";

const receivedOfPart = (name: string, fields: MavlinkFields, from = VEHICLE) =>
  missionEventFrom(frameOf({ name, fields }, from), { vehicle: VEHICLE, own: OWN });
const missionEvent = (name: string, fields: MavlinkFields, from = VEHICLE) => receivedOfPart(name, fields, from)?.event;
const commandEvent = (fields: MavlinkFields, from = VEHICLE) =>
  commandEventFrom(frameOf({ name: "COMMAND_ACK", fields }, from), { vehicle: VEHICLE, own: OWN });

describe("a mission transfer listens", () => {
  it("to both ways of asking for an item, and to acks, counts and items", () => {
    const asked = { kind: "item-requested", seq: 4 };
    expect(missionEvent("MISSION_REQUEST", { ...TO_US, seq: 4 })).toEqual(asked);
    expect(missionEvent("MISSION_REQUEST_INT", { ...TO_US, seq: 4 })).toEqual(asked);
    expect(missionEvent("MISSION_ACK", { ...TO_US, type: 13 })).toEqual({ kind: "ack", mavMissionResult: 13 });
    expect(missionEvent("MISSION_COUNT", { ...TO_US, count: 9 })).toEqual({
      kind: "count",
      countOfItems: 9,
      planId: 0,
    });
    expect(missionEvent("MISSION_ITEM_INT", { ...TO_US, seq: 2, param1: 1.5, x: 7, z: 3 })).toMatchObject({
      kind: "item",
      item: { seq: 2, params: [1.5, 0, 0, 0], x: 7, z: 3 },
    });
  });
  it("and hears which of the three lists is meant", () => {
    const partOf = (mission_type: number) =>
      receivedOfPart("MISSION_COUNT", { ...TO_US, count: 1, mission_type })?.part;
    expect([0, 1, 2, 255].map(partOf)).toEqual(["mission", "fence", "rally", undefined]);
  });
  it("to nobody else: system, component and addressee must fit", () => {
    const ack = { ...TO_US, type: 0 };
    expect(missionEvent("MISSION_ACK", ack, { systemId: 8, componentId: 1 })).toBeUndefined();
    expect(missionEvent("MISSION_ACK", ack, { systemId: 7, componentId: 100 })).toBeUndefined();
    expect(missionEvent("MISSION_ACK", { ...ack, target_system: 254 })).toBeUndefined();
    expect(missionEvent("MISSION_ACK", { ...ack, target_component: 5 })).toBeUndefined();
    expect(missionEvent("MISSION_ACK", { ...ack, target_component: 0 })).toBeDefined();
    expect(missionEvent("HEARTBEAT", {})).toBeUndefined();
  });
  it("and overhears when another station changes a list", () => {
    const overheard = (name: string, fields: MavlinkFields) =>
      partChangedByOthers(frameOf({ name, fields }), { vehicle: VEHICLE, own: OWN });
    const toOther = { target_system: 254, target_component: 190 };
    expect(overheard("MISSION_REQUEST_INT", { ...toOther, seq: 3, mission_type: 1 })).toBe("fence");
    expect(overheard("MISSION_ACK", { ...toOther, type: 0 })).toBe("mission");
    expect(overheard("MISSION_ACK", { ...toOther, type: 13 })).toBeUndefined();
    expect(overheard("MISSION_COUNT", { ...toOther, count: 3 })).toBeUndefined();
    expect(overheard("MISSION_REQUEST", { ...TO_US, seq: 3 })).toBeUndefined();
  });
  it("and speaks to the vehicle", () => {
    const send = (effect: Parameters<typeof messagesForMissionEffect>[0]) =>
      messagesForMissionEffect(effect, VEHICLE, "rally").map((message) => [message.name, frameOf(message).fields]);
    const to = { target_system: 7, target_component: 1, mission_type: 2 };
    expect(send({ kind: "send-count", countOfItems: 3 })).toMatchObject([["MISSION_COUNT", { ...to, count: 3 }]]);
    expect(send({ kind: "send-request-list" })).toMatchObject([["MISSION_REQUEST_LIST", to]]);
    expect(send({ kind: "send-request-item", seq: 2 })).toMatchObject([["MISSION_REQUEST_INT", { ...to, seq: 2 }]]);
    expect(send({ kind: "send-ack", mavMissionResult: 15 })).toMatchObject([["MISSION_ACK", { ...to, type: 15 }]]);
    expect(send({ kind: "arm-timer", afterMs: 1 })).toEqual([]);
  });
});

describe("a command listens", () => {
  it("to acks for us, and to those that name nobody", () => {
    expect(commandEvent({ command: 400, result: 4, progress: 255, ...TO_US })).toEqual({
      kind: "ack",
      command: 400,
      mavResult: 4,
      progress: undefined,
    });
    expect(commandEvent({ command: 400, result: 5, progress: 30 })).toMatchObject({ progress: 30 });
    expect(commandEvent({ command: 400, target_system: 254 })).toBeUndefined();
    expect(commandEvent({ command: 400 }, { systemId: 9, componentId: 1 })).toBeUndefined();
  });
});

describe("what the station says by itself", () => {
  it("is a heartbeat that no vehicle mistakes for one", () => {
    expect(frameOf(groundHeartbeat, OWN).fields).toMatchObject({ type: 6, autopilot: 8, mavlink_version: 3 });
  });
  it("asks for the messages the screens show, and for version and home", () => {
    const asked = requestRates(VEHICLE).map((message) => [message.fields["param1"], message.fields["param2"]]);
    expect(asked).toContainEqual([33, 100_000]);
    expect(asked.every(([, intervalUs]) => Number(intervalUs) > 0)).toBe(true);
    expect(requestVehicleFacts(VEHICLE).map((m) => [m.fields["command"], m.fields["param1"]])).toEqual([
      [512, 148],
      [512, 242],
    ]);
  });
  it("measures the round trip, and answers the vehicle's own question", () => {
    const question = frameOf(timesyncRequest(5_000_000n), OWN);
    expect(question.fields).toMatchObject({ tc1: 0n, ts1: 5_000_000n });
    const answer = frameOf(timesyncAnswer(question, 99n)!);
    expect(answer.fields).toMatchObject({ tc1: 99n, ts1: 5_000_000n });
    expect(timesyncRoundTripMs(answer, 305_000_000n)).toBe(300);
    expect(timesyncRoundTripMs(answer, 4_000_000n)).toBeUndefined();
    expect(timesyncRoundTripMs(question, 1n)).toBeUndefined();
    expect(timesyncAnswer(answer, 1n)).toBeUndefined();
  });
});

describe("what other stations do to this vehicle's lists", () => {
  const OTHER = { systemId: 254, componentId: 190 };
  const changed = (name: string, fields: MavlinkFields, from = OTHER, version: 1 | 2 = 2) =>
    partsSentByOthers(frameOf({ name, fields: { ...TO_VEHICLE, ...fields } }, from, version), PEER);

  it.each(["MISSION_COUNT", "MISSION_ITEM_INT", "MISSION_ITEM", "MISSION_CLEAR_ALL", "MISSION_WRITE_PARTIAL_LIST"])(
    "%s changes one list",
    (name) => {
      expect([0, 1, 2, 9].map((mission_type) => changed(name, { mission_type }))).toEqual([
        ["mission"],
        ["fence"],
        ["rally"],
        [],
      ]);
    },
  );
  it("clearing all lists changes each of them", () => {
    expect(changed("MISSION_CLEAR_ALL", { mission_type: 255 })).toEqual(["mission", "fence", "rally"]);
  });
  it("in MAVLink 1 every list is a mission", () => {
    expect(changed("MISSION_COUNT", { count: 3 }, OTHER, 1)).toEqual(["mission"]);
  });
  it("to the whole vehicle or to all vehicles count, to another vehicle or component do not", () => {
    expect(changed("MISSION_COUNT", { target_component: 0 })).toEqual(["mission"]);
    expect(changed("MISSION_COUNT", { target_system: 0, target_component: 44 })).toEqual(["mission"]);
    expect(changed("MISSION_COUNT", { target_component: 154 })).toEqual([]);
    expect(changed("MISSION_COUNT", { target_system: 8 })).toEqual([]);
    expect(changed("MISSION_CLEAR_ALL", { target_system: 8, mission_type: 255 })).toEqual([]);
  });
  it("are not what the vehicle or this station sends, nor what changes nothing", () => {
    expect(changed("MISSION_COUNT", {}, VEHICLE)).toEqual([]);
    expect(changed("MISSION_COUNT", {}, OWN)).toEqual([]);
    expect(changed("MISSION_COUNT", {}, { ...OWN, componentId: 191 })).toEqual(["mission"]);
    expect(changed("MISSION_COUNT", {}, { ...OWN, systemId: 254 })).toEqual(["mission"]);
    expect(changed("MISSION_REQUEST_LIST", {})).toEqual([]);
  });
  it("are overheard in the vehicle's answers to them, not in those to everybody", () => {
    const overheard = (fields: MavlinkFields, from = VEHICLE) =>
      partChangedByOthers(frameOf({ name: "MISSION_ACK", fields: { type: 0, ...fields } }, from), PEER);
    expect(overheard(TO_OTHERS)).toBe("mission");
    expect(overheard({ ...TO_OTHERS, target_system: 0 })).toBeUndefined();
    expect(overheard(TO_OTHERS, { systemId: 8, componentId: 1 })).toBeUndefined();
    expect(partChangedByOthers(frameOf({ name: "HEARTBEAT", fields: {} }), PEER)).toBeUndefined();
  });
});

describe("an item on the wire", () => {
  const item = {
    ...{ seq: 2, frame: 6, command: 16, current: 1, autocontinue: 1, x: 507_000_000, y: -16_000_000, z: 60.5 },
    params: [1, 2.5, 3, -4] as const,
  };
  const fields = {
    ...{ seq: 2, frame: 6, command: 16, current: 1, autocontinue: 1, x: 507_000_000, y: -16_000_000, z: 60.5 },
    ...{ param1: 1, param2: 2.5, param3: 3, param4: -4 },
  };
  it("is sent and read field by field", () => {
    const [message] = messagesForMissionEffect({ kind: "send-item", item }, VEHICLE, "fence");
    expect(message).toEqual({ name: "MISSION_ITEM_INT", fields: { ...TO_VEHICLE, mission_type: 1, ...fields } });
    const received = missionEventFrom(frameOf({ name: "MISSION_ITEM_INT", fields: { ...TO_US, ...fields } }), PEER);
    expect(received).toEqual({ part: "mission", event: { kind: "item", item } });
  });
  it("of a list with an id: the count names it", () => {
    expect(missionEvent("MISSION_COUNT", { ...TO_US, count: 9, opaque_id: 77 })).toMatchObject({ planId: 77 });
    const v1 = frameOf({ name: "MISSION_COUNT", fields: { ...TO_US, count: 9 } }, VEHICLE, 1);
    expect(missionEventFrom(v1, PEER)).toEqual({
      part: "mission",
      event: { kind: "count", countOfItems: 9, planId: 0 },
    });
  });
});
