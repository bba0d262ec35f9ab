/**
 * The worker thread that lists, reads and shows recordings: a log of hundreds of megabytes must not delay the station's
 * own thread, which sends the heartbeats. Large answers are transferred, not copied: a recording as the JSON text that
 * the screens parse. See `recordingMessages.ts`.
 */
import { parentPort, workerData } from "node:worker_threads";
import { ok } from "../../core/result.js";
import { answerRecordingCall } from "./recordingCalls.js";
import type {
  FromRecordings,
  RecordingAnswer,
  RecordingCall,
  RecordingWorkerData,
  ToRecordings,
} from "./recordingMessages.js";
import { createRecordingStore } from "./recordings.js";
import { openReplayDecoder } from "./replayDecoder.js";
import { createDecoderRelay } from "../sensors/decoderRelay.js";

const port = parentPort;
if (!port) throw new Error("Invariant: the recording worker runs as a worker thread");
const data = workerData as RecordingWorkerData;

const publish = (message: FromRecordings, transfer: readonly ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

const relay = createDecoderRelay(publish);

let openFolder: string | undefined;
let coastJson: string | undefined;
const store = createRecordingStore({
  sortiesFolder: data.sortiesFolder,
  openFolder: () => openFolder,
  openDecoder: () => openReplayDecoder(data.decoder === "relay" ? relay.port : undefined),
  coastJson: () => coastJson,
});

/** Calls that are decoding a picture: the thread must not exit before they end, see `endWorker`. */
const decoding = new Set<Promise<void>>();

function onCall(callId: number, call: RecordingCall): void {
  const answered = answerRecordingCall(store, call).then((answer) => {
    const packed = pack(answer);
    publish({ kind: "answer", callId, answer: packed.answer }, packed.transfer);
  });
  if (call.kind !== "frame") return;
  decoding.add(answered);
  void answered.finally(() => decoding.delete(answered));
}

port.on("message", (message: ToRecordings) => {
  switch (message.kind) {
    case "call":
      openFolder = message.openFolder;
      onCall(message.callId, message.call);
      break;
    case "close":
      store.close(message.recordingId);
      break;
    case "coast":
      coastJson = message.coastJson;
      break;
    case "from-decoder":
    case "decoder-lost":
      relay.onMessage(message);
      break;
    case "end":
      void Promise.all(decoding).then(() => process.exit());
      break;
  }
});

function pack(answer: RecordingAnswer): {
  readonly answer: RecordingAnswer;
  readonly transfer: readonly ArrayBuffer[];
} {
  if (!answer.ok) return { answer, transfer: [] };
  const { value } = answer;
  if (value.kind === "recording") {
    const json = new TextEncoder().encode(JSON.stringify(value.document));
    return { answer: ok({ kind: "recording-json", json }), transfer: [json.buffer] };
  }
  const luma = value.kind === "frame" ? value.frame?.luma.buffer : undefined;
  return { answer, transfer: luma instanceof ArrayBuffer ? [luma] : [] };
}
