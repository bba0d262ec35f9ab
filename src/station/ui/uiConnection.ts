import type { Clock } from "../../core/clock.js";
import { err } from "../../core/result.js";
import type { Envelope } from "../../contract/envelope.js";
import type { FromUi, ToUi, VideoFrame } from "../../contract/messages.js";
import type { CameraId } from "../../track/sensorIds.js";
import { validateFromUi } from "../../contract/validate.js";
import type { UiSession } from "../stationTypes.js";

/**
 * A picture whose painting is never reported (the window reloaded, the socket skipped it) blocks the next for no longer
 * than this.
 */
const FRAME_FORGOTTEN_MS = 1000;

export type UiConnection = UiSession & {
  readonly send: (envelope: Envelope) => void;
  /** Sends to this screen alone. */
  readonly publish: (message: ToUi) => void;
  /** Skipped unless that camera's last picture was painted: a slow screen gets fewer pictures, never older ones. */
  readonly offerFrame: (cameraId: CameraId, frame: VideoFrame) => void;
};

type FrameShown = Extract<FromUi, { kind: "frame-shown" }>;

type UiConnectionOptions = {
  readonly clock: Clock;
  readonly toUi: (envelope: Envelope) => void;
  /** Wraps a message for this screen alone, numbered like all messages of the station. */
  readonly wrap: (message: ToUi) => Envelope;
  readonly listener: UiConnectionListener;
};

/** What is received from the screen, and that it has gone. */
type UiConnectionListener = {
  /** Its page answered a ping. */
  readonly onAlive: () => void;
  readonly onRequest: (request: Extract<FromUi, { kind: "request" }>, reply: (message: ToUi) => void) => void;
  readonly onInvalid: (problem: string) => void;
  readonly onClosed: () => void;
};

/** The station's side of one screen's connection. */
export function createUiConnection({ clock, toUi, wrap, listener }: UiConnectionOptions): UiConnection {
  /** By camera: the picture that the screen has not yet reported as painted. */
  const awaited = new Map<CameraId, { readonly frameId: number; readonly sentAtMonoMs: number }>();
  let isClosed = false;

  const send = (envelope: Envelope): void => {
    if (!isClosed) toUi(envelope);
  };
  const publish = (message: ToUi): void => send(wrap(message));
  const onFrameShown = ({ cameraId, frameId }: FrameShown): void => {
    if (awaited.get(cameraId)?.frameId === frameId) awaited.delete(cameraId);
  };
  const fromUi = (message: unknown): void => {
    if (isClosed) return;
    const valid = validateFromUi(message);
    if (!valid.ok) {
      const { requestId, problem } = valid.error;
      listener.onInvalid(problem);
      if (requestId !== undefined) publish({ kind: "reply", requestId, result: err({ kind: "bad-request", problem }) });
      return;
    }
    switch (valid.value.kind) {
      case "ui-alive":
        listener.onAlive();
        break;
      case "frame-shown":
        onFrameShown(valid.value);
        break;
      case "request":
        listener.onRequest(valid.value, publish);
        break;
    }
  };
  return {
    send,
    publish,
    fromUi,
    offerFrame: (cameraId, frame) => {
      const nowMonoMs = clock.monoMs();
      const unpainted = awaited.get(cameraId);
      if (unpainted && nowMonoMs - unpainted.sentAtMonoMs < FRAME_FORGOTTEN_MS) return;
      awaited.set(cameraId, { frameId: frame.frameId, sentAtMonoMs: nowMonoMs });
      publish({ kind: "video-frame", cameraId, frame });
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      listener.onClosed();
    },
  };
}
