/**
 * Events about gimbals, cameras and Remote ID from a frame. Sources: https://mavlink.io/en/services/gimbal_v2.html,
 * camera.html, opendroneid.html. Empty names and NaN values become undefined.
 */
import { DEG_PER_RAD } from "../../geo/angles.js";
import type { Camera, CameraStream, GimbalControl } from "../../vehicle/payload.js";
import type { PayloadEvent } from "../../vehicle/payloadEvents.js";
import { gimbalFrom, mountFrom } from "../decodeMotion.js";
import type { MavlinkFrame } from "../frame.js";
import type { MessageFields } from "../messageFields.js";
import type { MavAddress } from "../protocols/mission/missionMessages.js";

type Received = {
  readonly frame: MavlinkFrame;
  readonly own: MavAddress;
  /** The autopilot's component: where it has control of a gimbal it uses it for its mission. */
  readonly autopilotComponentId: number;
  readonly receivedAtMonoMs: number;
};
type Reader<Name extends keyof MessageFields> = (
  fields: MessageFields[Name],
  received: Received,
) => readonly PayloadEvent[];
type Readers = { readonly [Name in keyof MessageFields]?: Reader<Name> };

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
const degOf = (angleRad: number): number | undefined =>
  Number.isFinite(angleRad) ? angleRad * DEG_PER_RAD : undefined;

/** "1:1": the gimbal manager's component id, and the device it manages. */
const gimbalIdOf = (managerComponentId: number, deviceId: number): string => `${managerComponentId}:${deviceId}`;

/** Cameras attached to the autopilot share its component id and are numbered 1 to 6. */
const cameraIdOf = ({ frame }: Received, cameraDeviceId: number | undefined): string =>
  cameraDeviceId === undefined || cameraDeviceId === 0
    ? String(frame.componentId)
    : `${frame.componentId}:${cameraDeviceId}`;

function controlOf(fields: MessageFields["GIMBAL_MANAGER_STATUS"], received: Received): GimbalControl {
  const { primary_control_sysid: systemId, primary_control_compid: componentId } = fields;
  if (systemId === 0) return "nobody";
  if (systemId === received.own.systemId && componentId === received.own.componentId) return "us";
  const isAutopilot = systemId === received.frame.systemId && componentId === received.autopilotComponentId;
  return isAutopilot ? "autopilot" : "other-station";
}

/** CAMERA_CAP_FLAGS */
const CAP = { video: 1, image: 2, modes: 4, zoom: 64, focus: 128, thermalRange: 4096 } as const;
const canFrom = (flags: number): Camera["can"] => ({
  capturesVideo: (flags & CAP.video) !== 0,
  capturesImages: (flags & CAP.image) !== 0,
  hasModes: (flags & CAP.modes) !== 0,
  zooms: (flags & CAP.zoom) !== 0,
  focuses: (flags & CAP.focus) !== 0,
  hasThermalRange: (flags & CAP.thermalRange) !== 0,
});

/** Text in a uint8_t array, up to its first NUL. */
function textOf(bytes: readonly number[]): string | undefined {
  const end = bytes.indexOf(0);
  const text = String.fromCharCode(...bytes.slice(0, end < 0 ? undefined : end)).trim();
  return text === "" ? undefined : text;
}

const MODES: readonly Camera["mode"][] = ["image", "video", "survey"];
/** VIDEO_STREAM_STATUS_FLAGS */
const STREAM_RUNNING = 1;
const STREAM_THERMAL = 2;
/** VIDEO_STREAM_ENCODING */
const ENCODINGS: Readonly<Record<number, string>> = { 1: "H.264", 2: "H.265" };

const streamFrom = (fields: MessageFields["VIDEO_STREAM_INFORMATION"]): CameraStream => ({
  streamId: fields.stream_id,
  name: fields.name,
  uri: fields.uri,
  encoding: ENCODINGS[(fields.encoding as number | undefined) ?? 0] ?? "",
  isRunning: (fields.flags & STREAM_RUNNING) !== 0,
  isThermal: (fields.flags & STREAM_THERMAL) !== 0,
  widthPx: fields.resolution_h,
  heightPx: fields.resolution_v,
  framesPerS: fields.framerate,
  hfovDeg: fields.hfov === 0 ? undefined : fields.hfov,
});

/** A level outside 0 to 100 means that the camera does not know it. */
const percentOf = (level: number): number | undefined => (level >= 0 && level <= 100 ? level : undefined);
/** 0 means that the camera has no storage, or does not report it. */
const mibOf = (capacity: number): number | undefined => (capacity > 0 ? capacity : undefined);

const READERS: Readers = {
  GIMBAL_MANAGER_INFORMATION: (fields, { frame }) => [
    {
      kind: "gimbal",
      gimbalId: gimbalIdOf(frame.componentId, fields.gimbal_device_id),
      change: {
        pitchMinDeg: degOf(fields.pitch_min),
        pitchMaxDeg: degOf(fields.pitch_max),
        yawMinDeg: degOf(fields.yaw_min),
        yawMaxDeg: degOf(fields.yaw_max),
      },
    },
  ],
  GIMBAL_MANAGER_STATUS: (fields, received) => [
    {
      kind: "gimbal",
      gimbalId: gimbalIdOf(received.frame.componentId, fields.gimbal_device_id),
      change: {
        control: controlOf(fields, received),
        controllerSystemId: fields.primary_control_sysid === 0 ? undefined : fields.primary_control_sysid,
      },
    },
  ],
  GIMBAL_DEVICE_ATTITUDE_STATUS: (fields, { frame, receivedAtMonoMs }) => {
    const [event] = gimbalFrom(fields);
    if (event?.kind !== "gimbal") return [];
    const named = (fields.gimbal_device_id as number | undefined) ?? 0;
    const { pitchDeg, yawEarthDeg } = event.gimbal;
    const deviceId = named === 0 ? frame.componentId : named;
    const { yawFromNoseDeg } = event;
    const angles = { pitchDeg, yawFromNoseDeg, yawEarthDeg };
    return [{ kind: "gimbal-attitude", deviceId, ...angles, isOldMount: false, receivedAtMonoMs }];
  },
  MOUNT_STATUS: (fields, { receivedAtMonoMs }) => {
    const [event] = mountFrom(fields);
    if (event?.kind !== "gimbal") return [];
    const { pitchDeg } = event.gimbal;
    const { yawFromNoseDeg } = event;
    const angles = { pitchDeg, yawFromNoseDeg, yawEarthDeg: undefined };
    return [{ kind: "gimbal-attitude", deviceId: 0, ...angles, isOldMount: true, receivedAtMonoMs }];
  },
  CAMERA_INFORMATION: (fields, received) => [
    {
      kind: "camera",
      cameraId: cameraIdOf(received, fields.camera_device_id),
      change: {
        vendorName: textOf(fields.vendor_name),
        modelName: textOf(fields.model_name),
        can: canFrom(fields.flags),
      },
    },
  ],
  CAMERA_SETTINGS: (fields, received) => [
    {
      kind: "camera",
      cameraId: cameraIdOf(received, fields.camera_device_id),
      change: {
        mode: MODES[fields.mode_id],
        zoomPercent: percentOf(fields.zoomLevel),
        focusPercent: percentOf(fields.focusLevel),
      },
    },
  ],
  STORAGE_INFORMATION: (fields, received) => [
    {
      kind: "camera",
      cameraId: cameraIdOf(received, undefined),
      change: { storageFreeMib: mibOf(fields.available_capacity), storageTotalMib: mibOf(fields.total_capacity) },
    },
  ],
  CAMERA_CAPTURE_STATUS: (fields, received) => [
    {
      kind: "camera",
      cameraId: cameraIdOf(received, fields.camera_device_id),
      change: {
        isCapturing: fields.image_status !== 0,
        isRecording: fields.video_status !== 0,
        recordingS: fields.recording_time_ms / 1000,
        countOfImages: fields.image_count,
      },
    },
  ],
  CAMERA_IMAGE_CAPTURED: (fields, received) =>
    fields.capture_result === 1 && fields.image_index >= 0
      ? [
          {
            kind: "camera",
            cameraId: cameraIdOf(received, undefined),
            change: { countOfImages: fields.image_index + 1 },
          },
        ]
      : [],
  VIDEO_STREAM_INFORMATION: (fields, received) => [
    { kind: "camera-stream", cameraId: cameraIdOf(received, fields.camera_device_id), stream: streamFrom(fields) },
  ],
  VIDEO_STREAM_STATUS: (fields, received) => [
    {
      kind: "camera-stream-status",
      cameraId: cameraIdOf(received, fields.camera_device_id),
      streamId: fields.stream_id,
      change: {
        isRunning: (fields.flags & STREAM_RUNNING) !== 0,
        framesPerS: fields.framerate,
        widthPx: fields.resolution_h,
        heightPx: fields.resolution_v,
        hfovDeg: fields.hfov === 0 ? undefined : fields.hfov,
      },
    },
  ],
  CAMERA_THERMAL_RANGE: (fields, received) => {
    const [minC, maxC] = [finite(fields.min), finite(fields.max)];
    if (minC === undefined || maxC === undefined) return [];
    const thermalRange = { value: { minC, maxC }, receivedAtMonoMs: received.receivedAtMonoMs };
    return [{ kind: "camera", cameraId: cameraIdOf(received, fields.camera_device_id), change: { thermalRange } }];
  },
  OPEN_DRONE_ID_ARM_STATUS: (fields, { receivedAtMonoMs }) => [
    {
      kind: "remote-id",
      // MAV_ODID_ARM_STATUS: 0 good to arm, anything else is a failure.
      arm: fields.status === 0 ? "ready" : "not-ready",
      problem: fields.error === "" ? undefined : fields.error,
      receivedAtMonoMs,
    },
  ],
};
// Each reader is only given the fields of its own message, which the compiler cannot follow through the look-up.
const readerOf = new Map(
  Object.entries(READERS) as [string, (fields: unknown, received: Received) => readonly PayloadEvent[]][],
);

/** The events of one frame, in the order to fold them; empty for messages without anything about the payload. */
export function payloadEventsFrom(received: Received): readonly PayloadEvent[] {
  const { name } = received.frame;
  if (name === undefined) return [];
  return readerOf.get(name)?.(received.frame.fields, received) ?? [];
}
