import { describe, expect, it } from "vitest";
import type { MavlinkFields } from "../../frame.js";
import { frameOf, OWN, PEER, TO_OTHERS, TO_US, TO_VEHICLE, VEHICLE } from "../testing/frames.js";
import { commandEventFrom, messagesForCommandEffect } from "./commandMessages.js";
import type { CommandEffect } from "./commandSender.js";
import { type CommandStep, stepWith } from "./commandStep.js";

describe("an acknowledgement", () => {
  const event = (fields: MavlinkFields, from = VEHICLE, version: 1 | 2 = 2) =>
    commandEventFrom(
      frameOf({ name: "COMMAND_ACK", fields: { command: 400, result: 4, ...fields } }, from, version),
      PEER,
    );
  const refused = { kind: "ack", command: 400, mavResult: 4, progress: undefined };

  it("is ours when it names us or nobody", () => {
    expect(event({ ...TO_US, progress: 255 })).toEqual(refused);
    expect(event({ progress: 255 })).toEqual(refused);
    expect(event({ target_system: OWN.systemId, progress: 255 })).toEqual(refused);
    expect(event({ ...TO_OTHERS })).toBeUndefined();
  });
  it("says how far it is, 255 where it does not know", () => {
    expect(event({ ...TO_US, result: 5, progress: 0 })).toMatchObject({ mavResult: 5, progress: 0 });
    expect(event({ ...TO_US, result: 5, progress: 30 })).toMatchObject({ progress: 30 });
    expect(event({ ...TO_US, result: 5, progress: 255 })).toMatchObject({ progress: undefined });
  });
  it("of MAVLink 1 names nobody and no progress", () => {
    expect(event({}, VEHICLE, 1)).toEqual(refused);
  });
  it("comes only from the vehicle's autopilot", () => {
    expect(event(TO_US, { systemId: 8, componentId: 1 })).toBeUndefined();
    expect(event(TO_US, { systemId: 7, componentId: 154 })).toBeUndefined();
    expect(commandEventFrom(frameOf({ name: "HEARTBEAT", fields: {} }), PEER)).toBeUndefined();
  });
});

describe("the message of a command", () => {
  const place = { latitudeDeg: 50.1234567, longitudeDeg: -1.7654321 };
  const step = stepWith({ command: 192, params: [1, 2, 3, 4], place, z: 55, frame: 6 });
  const send = (change: Partial<CommandStep> & { readonly form: "long" | "int" }, confirmation = 0) => {
    const effect: CommandEffect = {
      kind: "send-command",
      step: { ...step, ...change },
      form: change.form,
      confirmation,
    };
    return messagesForCommandEffect(effect, VEHICLE);
  };
  const params = { command: 192, param1: 1, param2: 2, param3: 3, param4: 4 };

  it("as COMMAND_LONG: degrees, and how often it was sent before", () => {
    const fields = { ...TO_VEHICLE, ...params, param5: 50.1234567, param6: -1.7654321, param7: 55, confirmation: 2 };
    expect(send({ form: "long" }, 2)).toEqual([{ name: "COMMAND_LONG", fields }]);
  });
  it("as COMMAND_INT: the frame, and degrees as whole ten-millionths", () => {
    const fields = {
      ...TO_VEHICLE,
      ...params,
      frame: 6,
      current: 0,
      autocontinue: 0,
      x: 501234567,
      y: -17654321,
      z: 55,
    };
    expect(send({ form: "int" }, 2)).toEqual([{ name: "COMMAND_INT", fields }]);
  });
  it("without a place: 0 for ArduPilot, NaN for PX4, which is the largest integer in COMMAND_INT", () => {
    const fieldsOf = (change: Parameters<typeof send>[0]) => send({ place: undefined, ...change })[0]?.fields;
    expect(fieldsOf({ form: "long" })).toMatchObject({ param5: 0, param6: 0 });
    expect(fieldsOf({ form: "long", unused: Number.NaN })).toMatchObject({ param5: Number.NaN, param6: Number.NaN });
    expect(fieldsOf({ form: "int" })).toMatchObject({ x: 0, y: 0 });
    expect(fieldsOf({ form: "int", unused: Number.NaN })).toMatchObject({ x: 2_147_483_647, y: 2_147_483_647 });
  });
  it("in its older form names the item, and a timer is no message", () => {
    const jump = stepWith({ command: 224, params: [4, 0, 0, 0], fallback: "mission-set-current" });
    expect(messagesForCommandEffect({ kind: "send-fallback", step: jump }, VEHICLE)).toEqual([
      { name: "MISSION_SET_CURRENT", fields: { ...TO_VEHICLE, seq: 4 } },
    ]);
    expect(messagesForCommandEffect({ kind: "arm-timer", afterMs: 1 }, VEHICLE)).toEqual([]);
  });
});
