/* eslint-disable id-denylist -- MAVLink's own field names (alt, lat, lon) are written here */
import type { AircraftView } from "../../aircraftView.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { CARD_MIB, STREAM, STREAM_IDS, type CameraState } from "./cameraState.js";

/** https://mavlink.io/en/services/camera.html */
export const CAMERA_COMPONENT = 100;
const FLAGS = 1 | 2 | 4 | 8 | 64 | 128 | 256 | 4096;
const MPEG_TS = 3;
const H264 = 1;

const bytesOf = (text: string, length: number): number[] =>
  Array.from({ length }, (_, i) => (i < text.length ? text.charCodeAt(i) : 0));

type CameraContext = { readonly view: AircraftView; readonly state: () => CameraState };
const componentId = CAMERA_COMPONENT;
const bootMs = ({ view }: CameraContext): number => Math.round(view.nowMs());

const heartbeat = (): WireMessage => ({
  name: "HEARTBEAT",
  componentId,
  fields: { type: 30, autopilot: 8, baseMode: 0, customMode: 0, systemStatus: 4, mavlinkVersion: 3 },
});

const information = (camera: CameraContext): WireMessage => ({
  name: "CAMERA_INFORMATION",
  componentId,
  fields: {
    timeBootMs: bootMs(camera),
    firmwareVersion: 0x0100_0001,
    focalLength: 19,
    sensorSizeH: 14.6,
    sensorSizeV: 11.7,
    resolutionH: 640,
    resolutionV: 512,
    lensId: 0,
    flags: FLAGS,
    camDefinitionVersion: 0,
    vendorName: bytesOf("Vigie", 32),
    modelName: bytesOf("Simulated EO/IR", 32),
    gimbalDeviceId: 1,
  },
});

function settings(camera: CameraContext): WireMessage {
  const { modeId, zoomPercent, focusPercent } = camera.state();
  const fields = { timeBootMs: bootMs(camera), modeId, zoomLevel: zoomPercent, focusLevel: focusPercent };
  return { name: "CAMERA_SETTINGS", componentId, fields };
}

function storage(camera: CameraContext): WireMessage {
  const { usedMib } = camera.state();
  return {
    name: "STORAGE_INFORMATION",
    componentId,
    fields: {
      timeBootMs: bootMs(camera),
      storageId: 1,
      storageCount: 1,
      status: 2,
      totalCapacity: CARD_MIB,
      usedCapacity: usedMib,
      availableCapacity: CARD_MIB - usedMib,
      readSpeed: 90,
      writeSpeed: 60,
      type: 3,
      name: "card",
      storageUsage: 1 | 2 | 4,
    },
  };
}

function captureStatus(camera: CameraContext): WireMessage {
  const { shooting, recordingSinceMs, usedMib, countOfImages } = camera.state();
  return {
    name: "CAMERA_CAPTURE_STATUS",
    componentId,
    fields: {
      timeBootMs: bootMs(camera),
      imageStatus: shooting ? 3 : 0,
      videoStatus: recordingSinceMs === undefined ? 0 : 1,
      imageInterval: shooting ? shooting.everyMs / 1000 : 0,
      recordingTimeMs: recordingSinceMs === undefined ? 0 : Math.round(camera.view.nowMs() - recordingSinceMs),
      availableCapacity: CARD_MIB - usedMib,
      imageCount: countOfImages,
    },
  };
}

function streamFields({ state }: CameraContext, streamId: number) {
  const isThermal = streamId === STREAM.thermal;
  const runs = state().running.has(streamId) ? 1 : 0;
  return {
    streamId,
    flags: runs | (isThermal ? 2 | 4 : 0),
    framerate: isThermal ? 25 : 30,
    resolutionH: isThermal ? 640 : 1920,
    resolutionV: isThermal ? 512 : 1080,
    bitrate: isThermal ? 2_000_000 : 6_000_000,
    rotation: 0,
    hfov: isThermal ? 42 : 63,
  };
}

/** Ids selected by param2; 0 means all. */
const chosen = (param2: number): readonly number[] =>
  param2 === 0 ? STREAM_IDS : STREAM_IDS.filter((id) => id === param2);

function streamInformation(camera: CameraContext, param2: number): readonly WireMessage[] {
  return chosen(param2).map((streamId) => ({
    name: "VIDEO_STREAM_INFORMATION",
    componentId,
    fields: {
      ...streamFields(camera, streamId),
      count: STREAM_IDS.length,
      type: MPEG_TS,
      encoding: H264,
      name: streamId === STREAM.thermal ? "Thermal" : "Visible",
      uri: streamId === STREAM.thermal ? "udp://0.0.0.0:5600" : "udp://0.0.0.0:5610",
    },
  }));
}

/** Temperature range of the ground below, so it changes as the aircraft moves. */
function thermalRange(camera: CameraContext): WireMessage {
  const { eastM, northM } = camera.view.autopilot().sensed.motion;
  const drift = Math.sin((eastM + northM) / 80);
  return {
    name: "CAMERA_THERMAL_RANGE",
    componentId,
    fields: {
      timeBootMs: bootMs(camera),
      streamId: STREAM.thermal,
      max: 14 + 6 * Math.abs(drift),
      maxPointX: 0.5 + 0.4 * drift,
      maxPointY: 0.5,
      min: 4 + drift,
      minPointX: 0.1,
      minPointY: 0.9,
    },
  };
}

/** All the camera's information messages, generated when requested. */
export function cameraMessages(view: AircraftView, state: () => CameraState) {
  const camera: CameraContext = { view, state };
  return {
    heartbeat,
    information: () => information(camera),
    settings: () => settings(camera),
    storage: () => storage(camera),
    captureStatus: () => captureStatus(camera),
    streamInformation: (param2: number) => streamInformation(camera, param2),
    streamStatus: (param2: number): readonly WireMessage[] =>
      chosen(param2).map((id) => ({ name: "VIDEO_STREAM_STATUS", componentId, fields: streamFields(camera, id) })),
    thermalRange: () => thermalRange(camera),
  };
}

export type TakenImage = {
  readonly index: number;
  readonly atMs: number;
  readonly unixTimeUs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly altitudeAmslM: number;
  readonly aboveHomeM: number;
};

export function imageCaptured(image: TakenImage): WireMessage {
  return {
    name: "CAMERA_IMAGE_CAPTURED",
    componentId: CAMERA_COMPONENT,
    fields: {
      timeBootMs: Math.round(image.atMs),
      timeUtc: BigInt(Math.round(image.unixTimeUs)),
      cameraId: 0,
      lat: Math.round(image.latitudeDeg * 1e7),
      lon: Math.round(image.longitudeDeg * 1e7),
      alt: Math.round(image.altitudeAmslM * 1000),
      relativeAlt: Math.round(image.aboveHomeM * 1000),
      q: [1, 0, 0, 0],
      imageIndex: image.index,
      captureResult: 1,
      fileUrl: `DCIM/IMG_${String(image.index).padStart(4, "0")}.JPG`,
    },
  };
}
