import { describe, expect, it } from "vitest";
import { encodeFrame } from "../../encode.js";
import type { MavlinkFields, MavlinkFrame, OutgoingMessage } from "../../frame.js";
import {
  groundHeartbeat,
  requestRates,
  requestVehicleFacts,
  timesyncAnswer,
  timesyncRequest,
  timesyncRoundTripMs,
} from "../../outgoing.js";
import { createReader } from "../../reader.js";
import { commandEventFrom } from "../command/commandMessages.js";
import { messagesForMissionEffect, missionEventFrom, partChangedByOthers } from "./missionMessages.js";

const VEHICLE = { systemId: 7, componentId: 1 };
const OWN = { systemId: 255, componentId: 190 };
const TO_US = { target_system: 255, target_component: 190 };

function frameOf({ name, fields }: OutgoingMessage, from = VEHICLE): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const bytes = encodeFrame({ name, fields, ...from, seq: 0, version: 2 });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}
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
