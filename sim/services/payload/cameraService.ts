import { RESULT } from "../../commandNumbers.js";
import type { AircraftView } from "../../aircraftView.js";
import type { WireMessage } from "../../wire/mavlinkCodec.js";
import { replyToMessageRequest, commandAck, commandIn, type ReceivedCommand, type Requestable } from "../commands.js";
import type { Service } from "../service.js";
import { CAMERA_COMPONENT, cameraMessages, imageCaptured, type TakenImage } from "./cameraMessages.js";
import { STREAM_IDS, firstCameraState, movedTo, withImage, withRecording, type CameraState } from "./cameraState.js";

const SECOND_MS = 1000;
/** Deprecated request commands, and the id of the message that each requests. */
const OLD_REQUESTS: Readonly<Record<number, number>> = { 521: 259, 522: 260, 525: 261, 527: 262, 2504: 269, 2505: 270 };
const SET_MESSAGE_INTERVAL = 511;
const THERMAL_RANGE = 277;
const IMAGE_CAPTURED = 263;

type Bench = {
  state: CameraState;
  readonly images: TakenImage[];
  thermalEveryMs: number | undefined;
  thermalDueMs: number;
  heartbeatDueMs: number;
};
type Messages = ReturnType<typeof cameraMessages>;
type Answer = { readonly result: number; readonly sent?: readonly WireMessage[] };
type Act = (bench: Bench, params: ReceivedCommand["params"], messages: Messages, nowMs: number) => Answer;

const done = (sent: readonly WireMessage[] = []): Answer => ({ result: RESULT.accepted, sent });
const denied: Answer = { result: RESULT.denied };

function startShooting(bench: Bench, [, everyS, total]: ReceivedCommand["params"], nowMs: number): Answer {
  if (total < 0 || everyS < 0) return denied;
  if (bench.state.shooting) return { result: RESULT.temporarilyRejected };
  const everyMs = Math.max(200, everyS * SECOND_MS);
  const left = total === 0 ? Infinity : total;
  bench.state = { ...bench.state, shooting: { everyMs, left, nextAtMs: nowMs } };
  return done();
}

function moved(
  bench: Bench,
  key: "zoomPercent" | "focusPercent",
  [kind, value]: ReceivedCommand["params"],
  messages: Messages,
) {
  const next = movedTo(bench.state[key], kind, value);
  if (next === undefined) return denied;
  bench.state = { ...bench.state, [key]: next };
  return done([messages.settings()]);
}

function setStream(bench: Bench, streamId: number, isOn: boolean, messages: Messages): Answer {
  const ids = streamId === 0 ? STREAM_IDS : STREAM_IDS.filter((id) => id === streamId);
  if (ids.length === 0) return denied;
  const running = new Set(bench.state.running);
  for (const id of ids) {
    if (isOn) running.add(id);
    else running.delete(id);
  }
  bench.state = { ...bench.state, running };
  return done(messages.streamStatus(streamId));
}

const ACTS: Readonly<Record<number, Act>> = {
  526: (bench, [, isFormat], messages) => {
    if (isFormat !== 1) return denied;
    bench.state = { ...bench.state, usedMib: 0 };
    return done([messages.storage()]);
  },
  529: (bench, [isReset], messages) => {
    if (isReset !== 1) return denied;
    const { modeId, zoomPercent, focusPercent } = firstCameraState;
    bench.state = { ...bench.state, modeId, zoomPercent, focusPercent };
    return done([messages.settings()]);
  },
  530: (bench, [, modeId], messages) => {
    if (![0, 1].includes(modeId)) return denied;
    bench.state = { ...bench.state, modeId };
    return done([messages.settings()]);
  },
  531: (bench, params, messages) => moved(bench, "zoomPercent", params, messages),
  532: (bench, params, messages) => moved(bench, "focusPercent", params, messages),
  2000: (bench, params, _messages, nowMs) => startShooting(bench, params, nowMs),
  2001: (bench, _params, messages) => {
    bench.state = { ...bench.state, shooting: undefined };
    return done([messages.captureStatus()]);
  },
  2500: (bench, _params, messages, nowMs) => {
    if (bench.state.recordingSinceMs !== undefined) return { result: RESULT.temporarilyRejected };
    bench.state = withRecording(bench.state, true, nowMs);
    return done([messages.captureStatus()]);
  },
  2501: (bench, _params, messages, nowMs) => {
    bench.state = withRecording(bench.state, false, nowMs);
    return done([messages.captureStatus()]);
  },
  2502: (bench, [streamId], messages) => setStream(bench, streamId, true, messages),
  2503: (bench, [streamId], messages) => setStream(bench, streamId, false, messages),
  [SET_MESSAGE_INTERVAL]: (bench, [, intervalUs], _messages, nowMs) => {
    bench.thermalEveryMs = intervalUs > 0 ? Math.max(100, intervalUs / 1000) : undefined;
    bench.thermalDueMs = nowMs;
    return done();
  },
};

function takeImage(bench: Bench, view: AircraftView): WireMessage {
  bench.state = withImage(bench.state);
  const { motion } = view.autopilot().sensed;
  const { position } = view.frame.toPosition({ eastM: motion.eastM, northM: motion.northM, upM: 0 });
  const image: TakenImage = {
    index: bench.state.countOfImages - 1,
    atMs: view.nowMs(),
    unixTimeUs: view.unixTimeUs(),
    ...position,
    altitudeAmslM: view.originAmslM + motion.upM,
    aboveHomeM: motion.upM - (view.autopilot().home?.upM ?? 0),
  };
  bench.images.push(image);
  return imageCaptured(image);
}

function shoot(bench: Bench, view: AircraftView, nowMs: number): readonly WireMessage[] {
  const { shooting } = bench.state;
  if (!shooting || nowMs < shooting.nextAtMs) return [];
  const left = shooting.left - 1;
  const next = left > 0 ? { ...shooting, left, nextAtMs: shooting.nextAtMs + shooting.everyMs } : undefined;
  bench.state = { ...bench.state, shooting: next };
  return [takeImage(bench, view)];
}

/** The camera as a MAVLink component: heartbeat, information, settings, storage, streams, pictures, video, thermal range. */
export function createCameraService(view: AircraftView): Service {
  const bench: Bench = {
    state: firstCameraState,
    images: [],
    thermalEveryMs: undefined,
    thermalDueMs: 0,
    heartbeatDueMs: 0,
  };
  const messages = cameraMessages(view, () => bench.state);
  const requestable: Requestable = {
    259: () => [messages.information()],
    260: () => [messages.settings()],
    261: () => [messages.storage()],
    262: () => [messages.captureStatus()],
    [IMAGE_CAPTURED]: (index) => bench.images.filter((image) => image.index === index).map(imageCaptured),
    269: messages.streamInformation,
    270: messages.streamStatus,
    [THERMAL_RANGE]: () => [messages.thermalRange()],
  };
  const handleCommand = (command: ReceivedCommand, nowMs: number): readonly WireMessage[] | undefined => {
    const asked = replyToMessageRequest(command, requestable, CAMERA_COMPONENT);
    if (asked) return asked;
    const oldRequest = OLD_REQUESTS[command.command];
    const old = oldRequest === undefined ? undefined : requestable[oldRequest];
    if (old)
      return [commandAck(command, RESULT.accepted, { componentId: CAMERA_COMPONENT }), ...old(command.params[0])];
    if (command.command === SET_MESSAGE_INTERVAL && command.params[0] !== THERMAL_RANGE) return undefined;
    const act = ACTS[command.command];
    if (!act) return undefined;
    const { result, sent = [] } = act(bench, command.params, messages, nowMs);
    return [commandAck(command, result, { componentId: CAMERA_COMPONENT }), ...sent];
  };
  return {
    receive: (message, nowMs) => {
      const command = commandIn(message, view.systemId, CAMERA_COMPONENT);
      const answer = command && handleCommand(command, nowMs);
      if (answer || !command) return answer;
      const isOnlyForCamera =
        "targetComponent" in message.fields && message.fields.targetComponent === CAMERA_COMPONENT;
      return isOnlyForCamera ? [commandAck(command, RESULT.unsupported, { componentId: CAMERA_COMPONENT })] : undefined;
    },
    tick: (nowMs) => {
      const sent = [...shoot(bench, view, nowMs)];
      if (nowMs >= bench.heartbeatDueMs) {
        sent.push(messages.heartbeat());
        bench.heartbeatDueMs = nowMs + SECOND_MS;
      }
      if (bench.thermalEveryMs !== undefined && nowMs >= bench.thermalDueMs) {
        sent.push(messages.thermalRange());
        bench.thermalDueMs = nowMs + bench.thermalEveryMs;
      }
      return sent;
    },
  };
}
