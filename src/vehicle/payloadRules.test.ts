import { describe, expect, it } from "vitest";
import type { Camera, Gimbal, PayloadCommand } from "./payload.js";
import { payloadDenialReason } from "./payloadRules.js";
import { EMPTY_PAYLOAD } from "./reducePayload.js";
import { cameraEvent, gimbalEvent, receivePayload, streamEvent, streamOf } from "./testing/payloadBuilder.js";

type GimbalChange = Partial<Omit<Gimbal, "id" | "task" | "attitude">>;
const gimbalId = "1:154";
const ask = (command: PayloadCommand, change: GimbalChange = {}) =>
  payloadDenialReason(receivePayload([gimbalEvent("1:171"), gimbalEvent(gimbalId, change)]), command);
const angles = (pitchDeg: number, yawDeg = 0, frame: "vehicle" | "earth" = "vehicle"): PayloadCommand => ({
  ...{ kind: "gimbal-angles", gimbalId, pitchDeg, yawDeg, frame },
});
const acquire = (isTakeover: boolean): PayloadCommand => ({ kind: "gimbal-acquire", gimbalId, isTakeover });

const MOVES: readonly PayloadCommand[] = [
  angles(-10),
  { kind: "gimbal-rate", gimbalId, pitchRateDegPerS: 5, yawRateDegPerS: 0 },
  { kind: "gimbal-place", gimbalId, position: { latitudeDeg: 50, longitudeDeg: 1 }, heightAmslM: 0 },
  { kind: "gimbal-contact", gimbalId, contactId: "c1" },
  { kind: "gimbal-stop", gimbalId },
];

describe("a gimbal that another station controls", () => {
  const taken: GimbalChange = { control: "other-station", controllerSystemId: 254 };
  const denial = { kind: "not-in-control", controllerSystemId: 254 };
  it.each(MOVES)("is not moved by $kind", (command) => {
    expect(ask(command, taken)).toEqual(denial);
  });
  it("is taken over only on purpose, and may always be let go", () => {
    expect(ask(acquire(false), taken)).toEqual(denial);
    expect(ask(acquire(true), taken)).toBeUndefined();
    expect(ask({ kind: "gimbal-release", gimbalId }, taken)).toBeUndefined();
  });
});

describe.each(["us", "nobody", "autopilot", "unknown"] as const)("a gimbal controlled by %s", (control) => {
  it("may be moved and acquired", () => {
    for (const command of [...MOVES, acquire(false), acquire(true)]) expect(ask(command, { control })).toBeUndefined();
  });
});

describe("the limits of a gimbal", () => {
  const limits: GimbalChange = { pitchMinDeg: -90, pitchMaxDeg: 30, yawMinDeg: -120, yawMaxDeg: 100 };
  const beyondPitch = { kind: "beyond-limits", minDeg: -90, maxDeg: 30 };
  const beyondYaw = { kind: "beyond-limits", minDeg: -120, maxDeg: 100 };
  it.each([
    [-91, 0, undefined],
    [-91.1, 0, beyondPitch],
    [31, 0, undefined],
    [31.1, 0, beyondPitch],
    [0, -121, undefined],
    [0, -121.1, beyondYaw],
    [0, 101, undefined],
    [0, 101.1, beyondYaw],
    [40, 110, beyondPitch],
  ])("leave one degree: pitch %f, yaw %f", (pitchDeg, yawDeg, expected) => {
    expect(ask(angles(pitchDeg, yawDeg), limits)).toEqual(expected);
  });
  it("of yaw are relative to the vehicle: an absolute direction has none", () => {
    expect(ask(angles(0, 170, "earth"), limits)).toBeUndefined();
    expect(ask(angles(40, 170, "earth"), limits)).toEqual(beyondPitch);
  });
  it("count only where both are reported and one is above the other", () => {
    expect(ask(angles(80), { pitchMinDeg: -90 })).toBeUndefined();
    expect(ask(angles(-99), { pitchMaxDeg: 30 })).toBeUndefined();
    expect(ask(angles(80), { pitchMinDeg: 0, pitchMaxDeg: 0 })).toBeUndefined();
    expect(ask(angles(80), { pitchMinDeg: 10, pitchMaxDeg: -10 })).toBeUndefined();
  });
  it("do not bound a place or a rate", () => {
    for (const command of MOVES.slice(1)) expect(ask(command, { pitchMinDeg: 0, pitchMaxDeg: 1 })).toBeUndefined();
  });
});

describe("a camera", () => {
  const cameraId = "100";
  const CAN_NOTHING: Camera["can"] = {
    ...{ capturesImages: false, capturesVideo: false, hasModes: false },
    ...{ zooms: false, focuses: false, hasThermalRange: false },
  };
  const rows: readonly (readonly [PayloadCommand, keyof Camera["can"]])[] = [
    [{ kind: "camera-mode", cameraId, mode: "video" }, "hasModes"],
    [{ kind: "camera-image", cameraId }, "capturesImages"],
    [{ kind: "camera-record", cameraId, isOn: true }, "capturesVideo"],
    [{ kind: "camera-zoom", cameraId, percent: 50 }, "zooms"],
    [{ kind: "camera-focus", cameraId, percent: 50 }, "focuses"],
  ];
  const denial = (command: PayloadCommand, can: Camera["can"]) =>
    payloadDenialReason(receivePayload([cameraEvent("101"), cameraEvent(cameraId, { can })]), command);
  it.each(rows)("is given %j only where it %s", (command, ability) => {
    expect(denial(command, { ...CAN_NOTHING, [ability]: true })).toBeUndefined();
    const all = { ...CAN_NOTHING };
    for (const name of Object.keys(all) as (keyof Camera["can"])[]) all[name] = true;
    expect(denial(command, { ...all, [ability]: false })).toEqual({ kind: "not-by-this-device" });
  });
  it("has its streams switched only where it has any", () => {
    const command: PayloadCommand = { kind: "camera-stream", cameraId, streamId: 1, isOn: false };
    expect(payloadDenialReason(receivePayload([cameraEvent(cameraId)]), command)).toEqual({
      kind: "not-by-this-device",
    });
    expect(payloadDenialReason(receivePayload([streamEvent(cameraId, streamOf(1))]), command)).toBeUndefined();
  });
});

describe("a device that is not there", () => {
  it("is named", () => {
    expect(payloadDenialReason(EMPTY_PAYLOAD, angles(0))).toEqual({ kind: "no-such-device", id: gimbalId });
    const image: PayloadCommand = { kind: "camera-image", cameraId: "100" };
    expect(payloadDenialReason(receivePayload([cameraEvent("101")]), image)).toEqual({
      ...{ kind: "no-such-device", id: "100" },
    });
  });
  it("is none for the operator of the Remote ID, who needs none", () => {
    expect(payloadDenialReason(EMPTY_PAYLOAD, { kind: "remote-id-operator", operator: undefined })).toBeUndefined();
  });
});
