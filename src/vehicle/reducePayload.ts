/** The payload's state as a fold of its events, live or from a recording. */
import { assertNever } from "../core/result.js";
import { wrap360 } from "../geo/angles.js";
import type { Camera, CameraStream, Gimbal, GimbalTask, Payload, RemoteIdOperator } from "./payload.js";
import type { PayloadEvent } from "./payloadEvents.js";

export const EMPTY_PAYLOAD: Payload = { gimbals: [], cameras: [], remoteId: undefined };

/** The id of the only gimbal of a vehicle that uses the old mount messages. */
export const OLD_MOUNT_ID = "mount";

const emptyGimbal = (id: string): Gimbal => ({
  id,
  protocol: id === OLD_MOUNT_ID ? "mount-v1" : "gimbal-v2",
  control: "unknown",
  controllerSystemId: undefined,
  pitchMinDeg: undefined,
  pitchMaxDeg: undefined,
  yawMinDeg: undefined,
  yawMaxDeg: undefined,
  attitude: undefined,
  task: { kind: "none" },
});

const CAN_NOTHING: Camera["can"] = {
  capturesImages: false,
  capturesVideo: false,
  hasModes: false,
  zooms: false,
  focuses: false,
  hasThermalRange: false,
};

const emptyCamera = (id: string): Camera => ({
  id,
  vendorName: undefined,
  modelName: undefined,
  can: CAN_NOTHING,
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
});

/** Changes the entry with that id, adding it when absent; the order of entries never changes. */
function withEntry<T extends { readonly id: string }>(
  list: readonly T[],
  fresh: T,
  change: (entry: T) => T,
): readonly T[] {
  const isKnown = list.some(({ id }) => id === fresh.id);
  return isKnown ? list.map((entry) => (entry.id === fresh.id ? change(entry) : entry)) : [...list, change(fresh)];
}

const withGimbal = (state: Payload, id: string, change: (gimbal: Gimbal) => Gimbal): Payload => ({
  ...state,
  gimbals: withEntry(state.gimbals, emptyGimbal(id), change),
});
const withCamera = (state: Payload, id: string, change: (camera: Camera) => Camera): Payload => ({
  ...state,
  cameras: withEntry(state.cameras, emptyCamera(id), change),
});

/**
 * `headingDeg` is the vehicle's heading, degrees true, for the gimbal's absolute direction; undefined leaves that
 * unknown.
 */
export function reducePayload(state: Payload, event: PayloadEvent, headingDeg: number | undefined): Payload {
  switch (event.kind) {
    case "gimbal":
      return withGimbal(state, event.gimbalId, (gimbal) => ({ ...gimbal, ...event.change }));
    case "gimbal-attitude":
      return foldAttitude(state, event, headingDeg);
    case "camera":
      return withCamera(state, event.cameraId, (camera) => ({ ...camera, ...event.change }));
    case "camera-stream":
      return withCamera(state, event.cameraId, (camera) => ({ ...camera, streams: withStream(camera, event.stream) }));
    case "camera-stream-status": {
      const { streamId, change } = event;
      const changed = (stream: CameraStream) => (stream.streamId === streamId ? { ...stream, ...change } : stream);
      return withCamera(state, event.cameraId, (camera) => ({ ...camera, streams: camera.streams.map(changed) }));
    }
    case "remote-id": {
      const { arm, problem, receivedAtMonoMs } = event;
      const operator = state.remoteId?.operator;
      return { ...state, remoteId: { arm, problem, lastReceivedMonoMs: receivedAtMonoMs, operator } };
    }
    default:
      return assertNever(event);
  }
}

const withStream = (camera: Camera, stream: CameraStream): readonly CameraStream[] =>
  [...camera.streams.filter(({ streamId }) => streamId !== stream.streamId), stream].sort(
    (a, b) => a.streamId - b.streamId,
  );

type AttitudeEvent = Extract<PayloadEvent, { kind: "gimbal-attitude" }>;

function foldAttitude(state: Payload, event: AttitudeEvent, headingDeg: number | undefined): Payload {
  const { pitchDeg, yawFromNoseDeg, receivedAtMonoMs } = event;
  const turned = yawFromNoseDeg === undefined || headingDeg === undefined ? undefined : headingDeg + yawFromNoseDeg;
  const yawEarthDeg = event.yawEarthDeg ?? (turned === undefined ? undefined : wrap360(turned));
  const attitude = { value: { pitchDeg, yawFromNoseDeg, yawEarthDeg }, receivedAtMonoMs };
  const isMeant = ({ id }: Gimbal): boolean =>
    event.isOldMount ? id === OLD_MOUNT_ID : id.endsWith(`:${event.deviceId}`);
  if (state.gimbals.some(isMeant)) {
    const gimbals = state.gimbals.map((gimbal) => (isMeant(gimbal) ? { ...gimbal, attitude } : gimbal));
    return { ...state, gimbals };
  }
  // The old message adds a gimbal only when there is none by the newer messages.
  const isFirst = event.isOldMount && state.gimbals.length === 0;
  return isFirst ? withGimbal(state, OLD_MOUNT_ID, (gimbal) => ({ ...gimbal, attitude })) : state;
}

export const withTask = (state: Payload, gimbalId: string, task: GimbalTask): Payload =>
  withGimbal(state, gimbalId, (gimbal) => ({ ...gimbal, task }));

export const withOperator = (state: Payload, operator: RemoteIdOperator | undefined): Payload => ({
  ...state,
  remoteId: { arm: undefined, problem: undefined, lastReceivedMonoMs: undefined, ...state.remoteId, operator },
});
