/** Payloads for tests, made as in flight: from `EMPTY_PAYLOAD` and events, by the fold itself. */
import type { Camera, CameraStream, Gimbal, Payload } from "../payload.js";
import type { PayloadEvent } from "../payloadEvents.js";
import { EMPTY_PAYLOAD, reducePayload } from "../reducePayload.js";

/** The heading is the vehicle's; undefined as long as it was not received. */
export const receivePayload = (
  events: readonly PayloadEvent[],
  from: Payload = EMPTY_PAYLOAD,
  headingDeg?: number,
): Payload => events.reduce((payload, event) => reducePayload(payload, event, headingDeg), from);

export const gimbalEvent = (
  gimbalId: string,
  change: Partial<Omit<Gimbal, "id" | "task" | "attitude">> = {},
): PayloadEvent => ({ kind: "gimbal", gimbalId, change });

export const cameraEvent = (cameraId: string, change: Partial<Omit<Camera, "id" | "streams">> = {}): PayloadEvent => ({
  kind: "camera",
  cameraId,
  change,
});

export const streamOf = (streamId: number, change: Partial<CameraStream> = {}): CameraStream => ({
  streamId,
  name: `stream ${streamId}`,
  uri: `rtsp://192.168.144.25:8554/${streamId}`,
  encoding: "H264",
  isRunning: true,
  isThermal: false,
  widthPx: 1280,
  heightPx: 720,
  framesPerS: 30,
  hfovDeg: 62,
  ...change,
});
export const streamEvent = (cameraId: string, stream: CameraStream): PayloadEvent => ({
  ...{ kind: "camera-stream", cameraId, stream },
});
