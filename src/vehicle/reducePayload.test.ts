import { describe, expect, it } from "vitest";
import type { Gimbal, Payload, RemoteIdOperator } from "./payload.js";
import type { PayloadEvent } from "./payloadEvents.js";
import { EMPTY_PAYLOAD, OLD_MOUNT_ID, withOperator, withTask } from "./reducePayload.js";
import { cameraEvent, gimbalEvent, receivePayload, streamEvent, streamOf } from "./testing/payloadBuilder.js";
import { BEACH, NOW_MS } from "./testing/vehicleBuilder.js";

type AttitudeEvent = Extract<PayloadEvent, { kind: "gimbal-attitude" }>;
const attitude = (change: Partial<AttitudeEvent> = {}): AttitudeEvent => ({
  kind: "gimbal-attitude",
  deviceId: 154,
  pitchDeg: -30,
  yawFromNoseDeg: undefined,
  yawEarthDeg: undefined,
  isOldMount: false,
  receivedAtMonoMs: NOW_MS,
  ...change,
});
const oldMount = (change: Partial<AttitudeEvent> = {}): AttitudeEvent =>
  attitude({ deviceId: 0, isOldMount: true, ...change });
const gimbalOf = (payload: Payload, id: string): Gimbal | undefined => payload.gimbals.find((one) => one.id === id);

describe("a gimbal", () => {
  it("is known from its first message, with what that says and no more", () => {
    expect(receivePayload([gimbalEvent("1:154", { pitchMinDeg: -90 })]).gimbals).toEqual([
      {
        id: "1:154",
        protocol: "gimbal-v2",
        control: "unknown",
        controllerSystemId: undefined,
        pitchMinDeg: -90,
        pitchMaxDeg: undefined,
        yawMinDeg: undefined,
        yawMaxDeg: undefined,
        attitude: undefined,
        task: { kind: "none" },
      },
    ]);
  });
  it("keeps its place among others and what was known, whatever follows", () => {
    const { gimbals } = receivePayload([
      gimbalEvent("1:154", { pitchMinDeg: -90 }),
      gimbalEvent("1:171"),
      gimbalEvent("1:154", { control: "us", controllerSystemId: 255 }),
    ]);
    expect(gimbals.map(({ id }) => id)).toEqual(["1:154", "1:171"]);
    expect(gimbals[0]).toMatchObject({ pitchMinDeg: -90, control: "us", controllerSystemId: 255 });
    expect(gimbals[1]).toMatchObject({ pitchMinDeg: undefined, control: "unknown" });
  });
  it("remembers the last task that this station gave it", () => {
    const known = receivePayload([gimbalEvent("1:154"), gimbalEvent("1:171")]);
    const task = { kind: "contact", contactId: "c1" } as const;
    const after = withTask(known, "1:171", task);
    expect(after.gimbals.map((one) => one.task.kind)).toEqual(["none", "contact"]);
    expect(receivePayload([gimbalEvent("1:171", { control: "us" })], after).gimbals[1]?.task).toBe(task);
  });
});

describe("the attitude of a gimbal", () => {
  const known = receivePayload([gimbalEvent("1:154"), gimbalEvent("1:171"), gimbalEvent("25:154")]);
  it("belongs to every entry of the device that sent it", () => {
    const after = receivePayload([attitude({ yawEarthDeg: 80 })], known);
    const value = { pitchDeg: -30, yawFromNoseDeg: undefined, yawEarthDeg: 80 };
    expect(after.gimbals.map((one) => one.attitude)).toEqual([
      { value, receivedAtMonoMs: NOW_MS },
      undefined,
      { value, receivedAtMonoMs: NOW_MS },
    ]);
    // Device 54 is not device 154.
    expect(receivePayload([attitude({ deviceId: 54 })], known)).toBe(known);
  });
  it.each([
    // yaw from the nose, heading, absolute direction
    [20, 350, 10],
    [-20, 10, 350],
    [20, 90, 110],
    [20, undefined, undefined],
    [undefined, 90, undefined],
  ])("turned %s degrees from a nose at %s looks at %s", (yawFromNoseDeg, headingDeg, yawEarthDeg) => {
    const after = receivePayload([attitude({ yawFromNoseDeg })], known, headingDeg);
    expect(gimbalOf(after, "1:154")?.attitude?.value).toEqual({ pitchDeg: -30, yawFromNoseDeg, yawEarthDeg });
  });
  it("keeps the absolute direction that it reports itself", () => {
    const after = receivePayload([attitude({ yawFromNoseDeg: 20, yawEarthDeg: 5 })], known, 90);
    expect(gimbalOf(after, "1:154")?.attitude?.value.yawEarthDeg).toBe(5);
  });
  it("makes no gimbal of a device that no manager has told of", () => {
    expect(receivePayload([attitude()])).toBe(EMPTY_PAYLOAD);
  });
  it("by the old message makes a gimbal only where there is none by the newer ones", () => {
    const mount = receivePayload([oldMount()]);
    expect(mount.gimbals).toMatchObject([
      { id: OLD_MOUNT_ID, protocol: "mount-v1", attitude: { value: { pitchDeg: -30 } } },
    ]);
    expect(gimbalOf(receivePayload([oldMount({ pitchDeg: -40 })], mount), OLD_MOUNT_ID)?.attitude?.value.pitchDeg).toBe(
      -40,
    );
    expect(receivePayload([oldMount()], known)).toBe(known);
    expect(receivePayload([oldMount({ deviceId: 154 })], known)).toBe(known);
  });
});

describe("a camera", () => {
  it("is known from its first message, with what that says and no more", () => {
    expect(receivePayload([cameraEvent("100", { vendorName: "Siyi" })]).cameras).toEqual([
      {
        id: "100",
        vendorName: "Siyi",
        modelName: undefined,
        can: {
          capturesImages: false,
          capturesVideo: false,
          hasModes: false,
          zooms: false,
          focuses: false,
          hasThermalRange: false,
        },
        mode: undefined,
        zoomPercent: undefined,
        focusPercent: undefined,
        isRecording: undefined,
        recordingS: undefined,
        isCapturing: undefined,
        countOfImages: undefined,
        storageFreeMib: undefined,
        storageTotalMib: undefined,
        streams: [],
        thermalRange: undefined,
      },
    ]);
  });
  it("keeps what was known; another camera is another entry", () => {
    const { cameras } = receivePayload([
      cameraEvent("100", { vendorName: "Siyi" }),
      cameraEvent("101", { zoomPercent: 5 }),
      cameraEvent("100", { zoomPercent: 40 }),
    ]);
    expect(cameras).toMatchObject([
      { id: "100", vendorName: "Siyi", zoomPercent: 40 },
      { id: "101", vendorName: undefined, zoomPercent: 5 },
    ]);
  });
});

describe("the streams of a camera", () => {
  const streamsOf = (events: readonly PayloadEvent[]) => receivePayload(events).cameras[0]?.streams;
  const status = (streamId: number, isRunning: boolean): PayloadEvent => ({
    ...{ kind: "camera-stream-status", cameraId: "100", streamId, change: { isRunning } },
  });
  it("are in the order of their numbers; one received again replaces itself", () => {
    const [first, second, third] = [streamOf(1), streamOf(2), streamOf(3)];
    expect(streamsOf([third, first, second].map((one) => streamEvent("100", one)))).toEqual([first, second, third]);
    const changed = streamOf(1, { uri: "udp://@:5600" });
    expect(streamsOf([first, second, changed].map((one) => streamEvent("100", one)))).toEqual([changed, second]);
  });
  it("change by their status, each its own", () => {
    const received = [streamEvent("100", streamOf(1)), streamEvent("100", streamOf(2)), status(2, false)];
    expect(streamsOf(received)).toEqual([streamOf(1), streamOf(2, { isRunning: false })]);
    expect(streamsOf([streamEvent("100", streamOf(1)), status(7, false)])).toEqual([streamOf(1)]);
    expect(streamsOf([status(1, false)])).toEqual([]);
  });
});

describe("the Remote ID device", () => {
  const operator: RemoteIdOperator = { operatorId: "FRA123", description: "", position: BEACH, altitudeAmslM: 4 };
  const report = (arm: "ready" | "not-ready", problem?: string): PayloadEvent => ({
    ...{ kind: "remote-id", arm, problem, receivedAtMonoMs: NOW_MS },
  });
  it("tells whether it is ready, and why not", () => {
    const unready = receivePayload([report("not-ready", "no operator position")]);
    const expected = { lastReceivedMonoMs: NOW_MS, operator: undefined };
    expect(unready.remoteId).toEqual({ arm: "not-ready", problem: "no operator position", ...expected });
    const ready = receivePayload([report("ready")], unready);
    expect(ready.remoteId).toEqual({ arm: "ready", problem: undefined, ...expected });
  });
  it("has the operator that this station sends, before and after its reports", () => {
    const before = withOperator(EMPTY_PAYLOAD, operator);
    expect(before.remoteId).toEqual({
      ...{ arm: undefined, problem: undefined, lastReceivedMonoMs: undefined, operator },
    });
    const after = receivePayload([report("ready")], before);
    expect(after.remoteId).toMatchObject({ arm: "ready", operator });
    expect(withOperator(after, undefined).remoteId).toMatchObject({ arm: "ready", operator: undefined });
  });
});
