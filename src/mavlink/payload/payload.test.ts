/* eslint-disable id-denylist -- MAVLink's own field names are what a frame is made of */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Payload, PayloadCommand } from "../../vehicle/payload.js";
import { payloadDenialReason } from "../../vehicle/payloadRules.js";
import { EMPTY_PAYLOAD, reducePayload } from "../../vehicle/reducePayload.js";
import { encodeFrame } from "../encode.js";
import type { MavlinkFields, MavlinkFrame } from "../frame.js";
import { messagesForCommandEffect } from "../protocols/command/commandMessages.js";
import { createReader } from "../reader.js";
import { readTlog } from "../tlog.js";
import { ImageGaps } from "./imageGaps.js";
import { cameraSteps, gimbalSteps, type PayloadSteps } from "./payloadCommands.js";
import { payloadEventsFrom } from "./payloadEvents.js";
import { PayloadQuestions } from "./payloadQuestions.js";
import { remoteIdMessages } from "./remoteIdMessages.js";
import { trafficFrom } from "./trafficFrom.js";

const OWN = { systemId: 255, componentId: 190 };
const VEHICLE = { systemId: 1, componentId: 1 };
const RAD = Math.PI / 180;

function frameOf(name: string, fields: MavlinkFields, componentId = 1): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const bytes = encodeFrame({ name, fields, systemId: 1, componentId, seq: 0, version: 2 });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}
const received = (frame: MavlinkFrame) => ({ frame, own: OWN, autopilotComponentId: 1, receivedAtMonoMs: 5 });
const fold = (state: Payload, ...frames: readonly MavlinkFrame[]): Payload =>
  frames
    .flatMap((frame) => payloadEventsFrom(received(frame)))
    .reduce((now, event) => reducePayload(now, event, 90), state);

const INFORMATION = frameOf("GIMBAL_MANAGER_INFORMATION", {
  gimbal_device_id: 1,
  pitch_min: -90 * RAD,
  pitch_max: 20 * RAD,
  yaw_min: -170 * RAD,
  yaw_max: 170 * RAD,
});
const status = (systemId: number, componentId: number) =>
  frameOf("GIMBAL_MANAGER_STATUS", {
    gimbal_device_id: 1,
    primary_control_sysid: systemId,
    primary_control_compid: componentId,
  });

describe("a gimbal", () => {
  it("is known by its manager, with limits in degrees, and says who steers it", () => {
    const known = fold(EMPTY_PAYLOAD, INFORMATION, status(0, 0));
    expect(known.gimbals).toHaveLength(1);
    expect(known.gimbals[0]).toMatchObject({ id: "1:1", protocol: "gimbal-v2", control: "nobody" });
    expect(known.gimbals[0]!.pitchMinDeg).toBeCloseTo(-90, 4);
    expect(fold(known, status(255, 190)).gimbals[0]!.control).toBe("us");
    expect(fold(known, status(254, 190)).gimbals[0]).toMatchObject({
      control: "other-station",
      controllerSystemId: 254,
    });
    expect(fold(known, status(1, 1)).gimbals[0]!.control).toBe("autopilot");
  });

  it("tells where it looks, on the map too", () => {
    // Gimbal 30 degrees right of the heading, 45 down: yaw, then pitch, as a quaternion.
    const [cy, sy, cp, sp] = [Math.cos(15 * RAD), Math.sin(15 * RAD), Math.cos(-22.5 * RAD), Math.sin(-22.5 * RAD)];
    const attitude = frameOf("GIMBAL_DEVICE_ATTITUDE_STATUS", {
      flags: 32,
      q: [cy * cp, -sy * sp, cy * sp, sy * cp],
      gimbal_device_id: 1,
    });
    const [gimbal] = fold(EMPTY_PAYLOAD, INFORMATION, attitude).gimbals;
    expect(gimbal!.attitude!.value.pitchDeg).toBeCloseTo(-45, 3);
    expect(gimbal!.attitude!.value.yawFromNoseDeg).toBeCloseTo(30, 3);
    expect(gimbal!.attitude!.value.yawEarthDeg).toBeCloseTo(120, 3);
  });

  it("is made of old mount messages only where nothing newer is known", () => {
    const mount = frameOf("MOUNT_STATUS", { pointing_a: -4500, pointing_b: 0, pointing_c: 1000 });
    expect(fold(EMPTY_PAYLOAD, mount).gimbals[0]).toMatchObject({ id: "mount", protocol: "mount-v1" });
    expect(fold(EMPTY_PAYLOAD, INFORMATION, mount).gimbals).toHaveLength(1);
  });

  it("is not moved beyond its limits, nor out of another's hands", () => {
    const ours = fold(EMPTY_PAYLOAD, INFORMATION, status(255, 190));
    const theirs = fold(EMPTY_PAYLOAD, INFORMATION, status(254, 190));
    const down = (pitchDeg: number): PayloadCommand => ({
      kind: "gimbal-angles",
      gimbalId: "1:1",
      pitchDeg,
      yawDeg: 0,
      frame: "vehicle",
    });
    expect(payloadDenialReason(ours, down(-90))).toBeUndefined();
    expect(payloadDenialReason(ours, down(40))).toMatchObject({ kind: "beyond-limits" });
    expect(payloadDenialReason(theirs, down(-90))).toEqual({ kind: "not-in-control", controllerSystemId: 254 });
    const acquire = (isTakeover: boolean): PayloadCommand => ({ kind: "gimbal-acquire", gimbalId: "1:1", isTakeover });
    expect(payloadDenialReason(theirs, acquire(false))).toMatchObject({ kind: "not-in-control" });
    expect(payloadDenialReason(theirs, acquire(true))).toBeUndefined();
    expect(payloadDenialReason(EMPTY_PAYLOAD, down(0))).toEqual({ kind: "no-such-device", id: "1:1" });
  });
});

const messagesOf = ({ steps, address }: PayloadSteps) =>
  steps.flatMap((step) =>
    messagesForCommandEffect({ kind: "send-command", step, form: step.form, confirmation: 0 }, address),
  );

describe("what a gimbal and a camera are told", () => {
  it("acquires, points and releases by the manager's commands", () => {
    const reported = (command: Parameters<typeof gimbalSteps>[0]) => messagesOf(gimbalSteps(command, VEHICLE, OWN))[0]!;
    expect(reported({ kind: "gimbal-acquire", gimbalId: "1:1", isTakeover: false })).toMatchObject({
      name: "COMMAND_LONG",
      fields: { command: 1001, param1: 255, param2: 190, param3: -1, param4: -1, param7: 1, target_component: 1 },
    });
    expect(
      reported({ kind: "gimbal-angles", gimbalId: "1:1", pitchDeg: -30, yawDeg: 10, frame: "vehicle" }),
    ).toMatchObject({
      fields: { command: 1000, param1: -30, param2: 10, param3: Number.NaN, param5: 44, param7: 1 },
    });
    expect(
      reported({ kind: "gimbal-angles", gimbalId: "1:1", pitchDeg: -30, yawDeg: 10, frame: "earth" }),
    ).toMatchObject({
      fields: { param5: 92 },
    });
    expect(reported({ kind: "gimbal-release", gimbalId: "1:1" })).toMatchObject({
      fields: { command: 1001, param1: -3 },
    });
    const position = { latitudeDeg: 50.7, longitudeDeg: 1.6 };
    expect(reported({ kind: "gimbal-place", gimbalId: "1:1", position, heightAmslM: 4 })).toMatchObject({
      name: "COMMAND_INT",
      fields: { command: 195, frame: 0, x: 507000000, y: 16000000, z: 4, param1: 1 },
    });
  });

  it("tells an old mount angles from the nose only", () => {
    const angles = { kind: "gimbal-angles", gimbalId: "mount", pitchDeg: -90, yawDeg: 0 } as const;
    const [message] = messagesOf(gimbalSteps({ ...angles, frame: "vehicle" }, VEHICLE, OWN));
    expect(message).toMatchObject({ fields: { command: 205, param1: -90, param7: 2 } });
    expect(messagesOf(gimbalSteps({ ...angles, frame: "earth" }, VEHICLE, OWN))).toEqual([]);
  });

  it("speaks to a camera's own component, or to the autopilot with the camera's number", () => {
    const record = (cameraId: string) =>
      messagesOf(cameraSteps({ kind: "camera-record", cameraId, isOn: true }, VEHICLE))[0];
    expect(record("100")).toMatchObject({ fields: { command: 2500, target_component: 100, param3: 0 } });
    expect(record("1:2")).toMatchObject({ fields: { command: 2500, target_component: 1, param3: 2 } });
  });
});

describe("a camera", () => {
  const name = (text: string): number[] =>
    Array.from({ length: 32 }, (_, i) => (i < text.length ? text.charCodeAt(i) : 0));
  it("is folded from its messages; blank names and NaN levels are unknown", () => {
    const { cameras } = fold(
      EMPTY_PAYLOAD,
      frameOf("CAMERA_INFORMATION", { vendor_name: name("FLIR"), model_name: name(""), flags: 1 | 2 | 64 | 4096 }, 100),
      frameOf("CAMERA_SETTINGS", { mode_id: 1, zoomLevel: Number.NaN, focusLevel: 40 }, 100),
      frameOf("CAMERA_CAPTURE_STATUS", { video_status: 1, recording_time_ms: 4500, image_count: 7 }, 100),
      frameOf("STORAGE_INFORMATION", { total_capacity: 1000, available_capacity: 250 }, 100),
      frameOf(
        "VIDEO_STREAM_INFORMATION",
        { stream_id: 2, flags: 3, name: "thermal", uri: "udp://:5600", hfov: 45 },
        100,
      ),
      frameOf("VIDEO_STREAM_INFORMATION", { stream_id: 1, flags: 1, name: "colour", uri: "udp://:5601" }, 100),
      frameOf("CAMERA_THERMAL_RANGE", { min: 4, max: 37.5 }, 100),
    );
    expect(cameras).toHaveLength(1);
    expect(cameras[0]).toMatchObject({
      id: "100",
      vendorName: "FLIR",
      modelName: undefined,
      can: { capturesVideo: true, zooms: true, focuses: false, hasThermalRange: true },
      mode: "video",
      zoomPercent: undefined,
      focusPercent: 40,
      isRecording: true,
      recordingS: 4.5,
      countOfImages: 7,
      storageFreeMib: 250,
      thermalRange: { value: { minC: 4, maxC: 37.5 } },
    });
    expect(cameras[0]!.streams.map(({ streamId, isThermal }) => [streamId, isThermal])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(
      payloadDenialReason({ ...EMPTY_PAYLOAD, cameras }, { kind: "camera-focus", cameraId: "100", percent: 1 }),
    ).toEqual({
      kind: "not-by-this-device",
    });
  });
});

describe("the questions to a payload", () => {
  it("are asked until answered, ever more patiently, and not for ever", () => {
    const questions = new PayloadQuestions(1, 1);
    const asked: unknown[] = [];
    for (let nowMs = 0; nowMs < 600_000; nowMs += 500) asked.push(...questions.due(nowMs));
    expect(asked).toHaveLength(12); // two requests, six times
  });

  it("stop for what was answered and go on for what changes", () => {
    const questions = new PayloadQuestions(1, 1);
    questions.onHeartbeat(100, 30);
    for (const id of [259, 260, 261, 262, 269]) questions.onMessage(100, id, 0);
    for (const id of [259, 280]) questions.onMessage(1, id, 0);
    for (const id of [260, 261, 262, 269]) questions.onMessage(1, id, 0);
    const ids = questions.due(6000).map(({ fields }) => fields["param1"]);
    expect(new Set(ids)).toEqual(new Set([262, 261]));
  });
});

describe("pictures that were not told", () => {
  const image = (image_index: number) => frameOf("CAMERA_IMAGE_CAPTURED", { image_index, capture_result: 1 }, 100);
  const indices = (messages: readonly { readonly fields: MavlinkFields }[]) =>
    messages.map(({ fields }) => fields["param2"]);
  it("are asked for again until they are told, and no more than once at a time", () => {
    const gaps = new ImageGaps();
    expect(gaps.onFrame(image(3))).toEqual([]); // pictures from before the first one received are not requested
    expect(indices(gaps.onFrame(image(6)))).toEqual([4, 5]);
    expect(indices(gaps.onFrame(image(7)))).toEqual([]);
    expect(indices(gaps.stillMissing(1))).toEqual([4, 5]);
    gaps.onFrame(image(4));
    expect(indices(gaps.stillMissing(1))).toEqual([5]);
    expect(gaps.onFrame(image(5))).toEqual([]);
    expect(gaps.stillMissing(1)).toEqual([]);
  });
  it("are not asked for after the camera started over, nor by the thousand", () => {
    const gaps = new ImageGaps();
    gaps.onFrame(image(500));
    expect(gaps.onFrame(image(0))).toEqual([]);
    expect(gaps.onFrame(image(900))).toHaveLength(20);
  });
});

describe("remote id", () => {
  it("tells why it does not allow arming, and who flies", () => {
    const state = fold(EMPTY_PAYLOAD, frameOf("OPEN_DRONE_ID_ARM_STATUS", { status: 1, error: "OPERATOR_ID missing" }));
    expect(state.remoteId).toMatchObject({ arm: "not-ready", problem: "OPERATOR_ID missing" });
    const operator = {
      operatorId: "FRA87astrdge12k8",
      description: "Coastal watch",
      position: { latitudeDeg: 50.73, longitudeDeg: 1.59 },
      altitudeAmslM: 0,
    };
    const [system, id] = remoteIdMessages(operator, 1_795_400_000_000_000);
    expect(system).toMatchObject({
      name: "OPEN_DRONE_ID_SYSTEM",
      // Seconds since 2019-01-01, and metres above the ellipsoid, which is about 45 m below sea level there.
      fields: { operator_latitude: 507300000, operator_longitude: 15900000, timestamp: 249_099_200 },
    });
    expect(system!.fields["operator_altitude_geo"]).toBeCloseTo(45, -1);
    expect(id).toMatchObject({ fields: { operator_id: "FRA87astrdge12k8" } });
  });
});

describe("traffic", () => {
  it("counts only what is flagged valid", () => {
    const aircraft = frameOf("ADSB_VEHICLE", {
      ICAO_address: 0x39ac47,
      lat: 507300000,
      lon: 15900000,
      altitude: 300_000,
      altitude_type: 0,
      hor_velocity: 6000,
      heading: 9000,
      flags: 1 | 2 | 8,
      callsign: "HELI1",
      tslc: 3,
    });
    expect(trafficFrom(aircraft, 10_000)).toMatchObject({
      id: "icao:39AC47",
      kind: "aircraft",
      callsign: undefined,
      altitudeAmslM: 300,
      groundSpeedMps: 60,
      courseDeg: undefined,
      seenAtMonoMs: 7000,
    });
    expect(trafficFrom(frameOf("ADSB_VEHICLE", { ICAO_address: 1, flags: 2 }), 0)).toBeUndefined();
  });

  it("does not take the limit of a ship's dimension for its length", () => {
    const ship = frameOf("AIS_VESSEL", {
      MMSI: 227000001,
      lat: 507500000,
      lon: 16000000,
      COG: 31000,
      velocity: 324,
      dimension_bow: 511,
      dimension_stern: 10,
      flags: 2 | 4 | 64 | 128 | 4096,
      name: "TEST BOAT",
    });
    expect(trafficFrom(ship, 0)).toMatchObject({
      id: "mmsi:227000001",
      callsign: "TEST BOAT",
      courseDeg: 310,
      groundSpeedMps: 3.24,
      lengthM: { valueM: 521, isAtLeast: true },
    });
  });
});

describe("a recording of a real ArduPilot", () => {
  it("tells its gimbal, and no camera's blank name", () => {
    let state = EMPTY_PAYLOAD;
    readTlog(readFileSync("src/mavlink/fixtures/ardupilot-copter.tlog"), ({ frame }) => {
      for (const event of payloadEventsFrom(received(frame))) state = reducePayload(state, event, 0);
    });
    for (const camera of state.cameras) expect(camera.vendorName).not.toBe("");
    for (const gimbal of state.gimbals) expect(gimbal.attitude).toBeDefined();
  });
});
