import type { Clock } from "../../core/clock.js";
import { err } from "../../core/result.js";
import type { Envelope } from "../../contract/envelope.js";
import type { FromUi, ToUi, VideoFrame } from "../../contract/messages.js";
import { validateFromUi } from "../../contract/validate.js";
import type { UiSession } from "../stationTypes.js";

/** A picture whose painting was never reported (a window reloaded, a socket skipped it) blocks the next no longer than this. */
const FRAME_FORGOTTEN_MS = 1000;

export type UiConnection = UiSession & {
  readonly say: (envelope: Envelope) => void;
  /** To this screen alone. */
  readonly publish: (message: ToUi) => void;
  /** Skipped unless the last picture was painted: a slow screen sees fewer pictures, never older ones. */
  readonly offerFrame: (frame: VideoFrame) => void;
};

type UiConnectionOptions = {
  readonly clock: Clock;
  readonly toUi: (envelope: Envelope) => void;
  /** Puts a message for this screen alone in the station's order. */
  readonly publish: (message: ToUi) => readonly Envelope[];
  readonly onAlive: () => void;
  readonly onRequest: (request: Extract<FromUi, { kind: "request" }>, reply: (message: ToUi) => void) => void;
  readonly onInvalid: (problem: string) => void;
  readonly onClosed: () => void;
};

/** One screen's end of the contract on the station's side. */
export function createUiConnection(options: UiConnectionOptions): UiConnection {
  let awaited: { readonly frameId: number; readonly sentAtMonoMs: number } | undefined;
  let isClosed = false;

  const say = (envelope: Envelope): void => {
    if (!isClosed) options.toUi(envelope);
  };
  const publish = (message: ToUi): void => options.publish(message).forEach(say);
  const fromUi = (message: unknown): void => {
    if (isClosed) return;
    const valid = validateFromUi(message);
    if (!valid.ok) {
      const { requestId, problem } = valid.error;
      options.onInvalid(problem);
      if (requestId !== undefined) publish({ kind: "reply", requestId, result: err({ kind: "bad-request", problem }) });
      return;
    }
    switch (valid.value.kind) {
      case "ui-alive":
        options.onAlive();
        break;
      case "frame-shown":
        if (awaited?.frameId === valid.value.frameId) awaited = undefined;
        break;
      case "request":
        options.onRequest(valid.value, publish);
        break;
    }
  };
  return {
    say,
    publish,
    fromUi,
    offerFrame: (frame) => {
      const nowMonoMs = options.clock.monoMs();
      if (awaited && nowMonoMs - awaited.sentAtMonoMs < FRAME_FORGOTTEN_MS) return;
      awaited = { frameId: frame.frameId, sentAtMonoMs: nowMonoMs };
      publish({ kind: "video-frame", frame });
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      options.onClosed();
    },
  };
}
