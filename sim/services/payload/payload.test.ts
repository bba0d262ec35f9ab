/* eslint-disable id-denylist -- MAVLink's own field names are read and written here */
import { describe, expect, it } from "vitest";
import type { Flavour } from "../../flavour.js";
import { createServiceHarness, only } from "../../testing/serviceHarness.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { createCameraService } from "./cameraService.js";
import { createGimbalManager } from "./gimbalManager.js";

const command = (number: number, params: readonly number[] = [], targetComponent = 1): WireMessage => {
  const [_param1 = 0, _param2 = 0, _param3 = 0, _param4 = 0, _param5 = 0, _param6 = 0, _param7 = 0] = params;
  return {
    name: "COMMAND_LONG",
    fields: {
      targetSystem: 1,
      targetComponent,
      command: number,
      _param1,
      _param2,
      _param3,
      _param4,
      _param5,
      _param6,
      _param7,
    },
  };
};

function aircraft(autopilot: Flavour["autopilot"]) {
  const harness = createServiceHarness({ autopilot, airframe: "copter" }, (view, controls) => [
    createGimbalManager(view, controls),
    createCameraService(view),
  ]);
  const result = (message: WireMessage) => only(harness.ask(message), "COMMAND_ACK")[0]?.result;
  return { ...harness, result };
}

const TO = { targetSystem: 1, targetComponent: 1, gimbalDeviceId: 0 } as const;
const rad = (deg: number): number => (deg * Math.PI) / 180;

describe("the gimbal manager", () => {
  it("tells what it can do, and who controls it", () => {
    const ap = aircraft("ardupilot");
    const [information] = only(ap.ask(command(512, [280])), "GIMBAL_MANAGER_INFORMATION");
    expect(information?.pitchMin).toBeCloseTo(rad(-90), 5);
    expect((information?.capFlags ?? 0) & 131_072).toBe(131_072);
    expect(only(ap.ask(command(1001, [-2, -2, -1, -1])), "GIMBAL_MANAGER_STATUS")).toMatchObject([
      { primaryControlSysid: 255, primaryControlCompid: 190, secondaryControlSysid: 0 },
    ]);
    expect(only(ap.ask(command(1001, [-3, -3, -1, -1])), "GIMBAL_MANAGER_STATUS")).toMatchObject([
      { primaryControlSysid: 0 },
    ]);
    expect(only(ap.run(11_000), "GIMBAL_MANAGER_STATUS")).toHaveLength(3);
  });

  it("obeys anybody on ArduPilot, only who has control on PX4", () => {
    const point = command(1000, [-30, 10, NaN, NaN, 0]);
    const [ap, px4] = [aircraft("ardupilot"), aircraft("px4")];
    expect(ap.result(point)).toBe(0);
    expect(ap.pointed()).toEqual({ pitchDeg: -30, pointing: { from: "nose", angleDeg: 10 } });
    expect(px4.result(point)).toBe(2);
    expect(px4.pointed()).toBeUndefined();
    px4.ask(command(1001, [-2, -2, -1, -1]));
    expect(px4.result(point)).toBe(0);
  });

  it("keeps to its limits, to the frame asked for, and to what is not given", () => {
    const ap = aircraft("ardupilot");
    ap.ask({
      name: "GIMBAL_MANAGER_SET_PITCHYAW",
      fields: { ...TO, flags: 16, pitch: rad(60), yaw: rad(270), pitchRate: NaN, yawRate: NaN },
    });
    expect(ap.pointed()?.pitchDeg).toBe(20);
    expect(ap.pointed()?.pointing.from).toBe("north");
    expect(ap.pointed()?.pointing.angleDeg).toBeCloseTo(270, 3);
    // Yaw lock with an angle relative to the vehicle, whose heading is east.
    ap.ask({
      name: "GIMBAL_MANAGER_SET_PITCHYAW",
      fields: { ...TO, flags: 16 | 32, pitch: NaN, yaw: rad(10), pitchRate: NaN, yawRate: NaN },
    });
    expect(ap.pointed()?.pitchDeg).toBe(-75);
    expect(ap.pointed()?.pointing.angleDeg).toBeCloseTo(100, 3);
    // Yaw 40 degrees to the right, pitch 20 down.
    const [cy, sy, cp, sp] = [Math.cos(rad(20)), Math.sin(rad(20)), Math.cos(rad(-10)), Math.sin(rad(-10))];
    const q = [cy * cp, -sy * sp, cy * sp, sy * cp];
    const still = { angularVelocityX: NaN, angularVelocityY: NaN, angularVelocityZ: NaN };
    ap.ask({ name: "GIMBAL_MANAGER_SET_ATTITUDE", fields: { ...TO, flags: 32, q, ...still } });
    expect(ap.pointed()?.pitchDeg).toBeCloseTo(-20, 3);
    expect(ap.pointed()?.pointing).toMatchObject({ from: "nose" });
    expect(ap.pointed()?.pointing.angleDeg).toBeCloseTo(40, 3);
  });

  it("turns at the rate asked for, no faster than it can, until told otherwise", () => {
    const ap = aircraft("ardupilot");
    ap.ask(command(1000, [NaN, NaN, 10, 600, 0]));
    ap.run(1000);
    expect(ap.pointed()?.pitchDeg).toBeCloseTo(-65, 0);
    expect(ap.pointed()?.pointing.angleDeg).toBeCloseTo(60, -1);
    ap.ask(command(1000, [-45, 0, NaN, NaN, 0]));
    ap.run(1000);
    expect(ap.pointed()).toEqual({ pitchDeg: -45, pointing: { from: "nose", angleDeg: 0 } });
  });

  it("looks at a place: heights above home in ArduPilot's LONG form, above the sea in PX4's", () => {
    const [ap, px4] = [aircraft("ardupilot"), aircraft("px4")];
    for (const vehicle of [ap, px4]) expect(vehicle.result(command(195, [0, 0, 0, 0, 50.771, 1.6045, 12]))).toBe(0);
    expect(ap.watched()).toMatchObject({ upM: 12 });
    expect(px4.watched()).toMatchObject({ upM: 6 });
    expect((ap.watched() as { northM: number }).northM).toBeCloseTo(111.2, 0);
    expect(ap.result(command(197))).toBe(0);
    expect(ap.watched()).toBeUndefined();
    const target = {
      targetSystem: 1,
      targetComponent: 1,
      command: 195,
      frame: 3,
      _param5: 507_710_000,
      _param6: 16_045_000,
      _param7: 5,
    };
    expect(ap.result({ name: "COMMAND_INT", fields: target })).toBe(0);
    expect(ap.watched()).toMatchObject({ upM: 5 });
    expect(ap.result({ name: "COMMAND_INT", fields: { ...target, _param5: 2_000_000_000 } })).toBe(2);
  });

  it("leaves DO_MOUNT_CONTROL to the autopilot and stops watching", () => {
    const ap = aircraft("ardupilot");
    ap.ask(command(195, [0, 0, 0, 0, 50.771, 1.6045, 12]));
    expect(ap.ask(command(205, [-90, 0, 0, 0, 0, 0, 2]))).toEqual([]);
    expect(ap.watched()).toBeUndefined();
  });
});

describe("the camera", () => {
  it("is a component of its own with a heartbeat a second", () => {
    const ap = aircraft("ardupilot");
    const beats = ap.run(5000).filter(({ name }) => name === "HEARTBEAT");
    expect(beats).toHaveLength(5);
    expect(beats[0]).toMatchObject({ from: { systemId: 1, componentId: 100 }, fields: { type: 30, autopilot: 8 } });
  });

  it.each([
    ["CAMERA_INFORMATION", 259, 521],
    ["CAMERA_SETTINGS", 260, 522],
    ["STORAGE_INFORMATION", 261, 525],
    ["CAMERA_CAPTURE_STATUS", 262, 527],
  ] as const)("gives %s to both ways of asking", (name, id, old) => {
    const ap = aircraft("ardupilot");
    expect(ap.ask(command(512, [id], 100)).map((message) => message.name)).toEqual(["COMMAND_ACK", name]);
    expect(ap.ask(command(old, [1], 100)).map((message) => message.name)).toEqual(["COMMAND_ACK", name]);
  });

  it("has two streams, the thermal one marked, and starts and stops them", () => {
    const ap = aircraft("ardupilot");
    const streams = only(ap.ask(command(512, [269, 0], 100)), "VIDEO_STREAM_INFORMATION");
    expect(streams.map(({ streamId, count, flags, name }) => [streamId, count, flags, name])).toEqual([
      [1, 2, 0, "Visible"],
      [2, 2, 7, "Thermal"],
    ]);
    expect(only(ap.ask(command(2502, [1], 100)), "VIDEO_STREAM_STATUS")).toMatchObject([{ streamId: 1, flags: 1 }]);
    expect(only(ap.ask(command(2503, [2], 100)), "VIDEO_STREAM_STATUS")).toMatchObject([{ streamId: 2, flags: 6 }]);
    expect(ap.result(command(2502, [9], 100))).toBe(2);
  });

  it("takes pictures one by one and at an interval, and tells an old one again", () => {
    const ap = aircraft("ardupilot");
    expect(ap.result(command(2000, [0, 0, 1], 100))).toBe(0);
    expect(only(ap.run(1000), "CAMERA_IMAGE_CAPTURED")).toMatchObject([
      { imageIndex: 0, captureResult: 1, alt: 36_000 },
    ]);
    ap.ask(command(2000, [0, 2, 0], 100));
    expect(ap.result(command(2000, [0, 2, 0], 100))).toBe(1);
    expect(only(ap.run(5000), "CAMERA_IMAGE_CAPTURED").map(({ imageIndex }) => imageIndex)).toEqual([1, 2, 3]);
    expect(only(ap.ask(command(2001, [], 100)), "CAMERA_CAPTURE_STATUS")).toMatchObject([
      { imageStatus: 0, imageCount: 4 },
    ]);
    expect(only(ap.ask(command(512, [263, 2], 100)), "CAMERA_IMAGE_CAPTURED")).toMatchObject([{ imageIndex: 2 }]);
    expect(ap.result(command(512, [263, 99], 100))).toBe(4);
  });

  it("records, zooms, focuses, changes mode and reports the heat it sees", () => {
    const ap = aircraft("ardupilot");
    expect(only(ap.ask(command(2500, [], 100)), "CAMERA_CAPTURE_STATUS")).toMatchObject([{ videoStatus: 1 }]);
    ap.run(10_000);
    expect(only(ap.ask(command(512, [262], 100)), "CAMERA_CAPTURE_STATUS")[0]?.recordingTimeMs).toBe(10_000);
    expect(only(ap.ask(command(2501, [], 100)), "CAMERA_CAPTURE_STATUS")).toMatchObject([{ videoStatus: 0 }]);
    expect(only(ap.ask(command(531, [2, 40], 100)), "CAMERA_SETTINGS")).toMatchObject([{ zoomLevel: 40 }]);
    expect(only(ap.ask(command(531, [0, -1], 100)), "CAMERA_SETTINGS")).toMatchObject([{ zoomLevel: 30 }]);
    expect(only(ap.ask(command(532, [2, 10], 100)), "CAMERA_SETTINGS")).toMatchObject([{ focusLevel: 10 }]);
    expect(ap.result(command(531, [2, 140], 100))).toBe(2);
    expect(only(ap.ask(command(530, [0, 0], 100)), "CAMERA_SETTINGS")).toMatchObject([{ modeId: 0 }]);
    expect(ap.result(command(511, [277, 500_000], 100))).toBe(0);
    expect(only(ap.run(2000), "CAMERA_THERMAL_RANGE").length).toBeGreaterThanOrEqual(4);
    expect(ap.result(command(999, [], 100))).toBe(3);
  });
});
