import type { Worker } from "node:worker_threads";
import { err } from "../../core/result.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import { endWorker, startWorker, workerBeside } from "../workerThread.js";
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

/** Recordings as seen from the station's thread: asynchronous calls, answered by a worker. */
export type RecordingService = {
  readonly call: (call: RecordingCall) => Promise<RecordingAnswer>;
  /** A recording's id; or the path of one being opened, which cancels the opening. */
  readonly close: (recordingId: string) => void;
  readonly dispose: () => Promise<void>;
};

type RecordingServiceOptions = {
  readonly sortiesFolder: string;
  readonly openFolder: () => string | undefined;
  readonly coastJson: () => string | undefined;
  /** The decoder's window; without one the worker decodes itself. */
  readonly decoderPort: MessagePortLike | undefined;
  readonly log: (line: string) => void;
  readonly workerFile?: string | undefined;
};

/** A bundle has its worker beside it. From sources there is none, and the same store runs on this thread. */
export function startRecordingService(options: RecordingServiceOptions): RecordingService {
  const file = options.workerFile ?? workerBeside("recordingWorker.cjs");
  return file === undefined ? onThisThread(options) : new WorkerRecordings(options, file);
}

function onThisThread(options: RecordingServiceOptions): RecordingService {
  const { decoderPort } = options;
  const store = createRecordingStore({
    ...options,
    openDecoder: () => openReplayDecoder(decoderPort),
  });
  return {
    call: (call) => answerRecordingCall(store, call),
    close: store.close,
    dispose: () => Promise.resolve(),
  };
}

class WorkerRecordings implements RecordingService {
  readonly #options: RecordingServiceOptions;
  readonly #file: string;
  readonly #waiting = new Map<number, (answer: RecordingAnswer) => void>();
  #worker: Worker | undefined;
  #publishedCoastJson: string | undefined;
  #nextCallId = 1;

  constructor(options: RecordingServiceOptions, file: string) {
    this.#options = options;
    this.#file = file;
    options.decoderPort?.onMessage((message) => this.#publish({ kind: "from-decoder", message }));
    options.decoderPort?.onClose(() => this.#publish({ kind: "decoder-lost" }));
  }

  readonly call = (call: RecordingCall): Promise<RecordingAnswer> => {
    this.#worker ??= this.#start();
    this.#publishCoast();
    const callId = this.#nextCallId++;
    const openFolder = this.#options.openFolder();
    return new Promise((resolve) => {
      this.#waiting.set(callId, resolve);
      if (call.kind !== "open-bytes" && call.kind !== "open-part") {
        this.#publish({ kind: "call", callId, openFolder, call });
        return;
      }
      const bytes = ownBytes(call.bytes);
      this.#publish({ kind: "call", callId, openFolder, call: { ...call, bytes } }, [bytes.buffer]);
    });
  };

  readonly close = (recordingId: string): void => this.#publish({ kind: "close", recordingId });

  readonly dispose = async (): Promise<void> => {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#end("the station was closed");
    if (worker) await endWorker(worker, { kind: "end" } satisfies ToRecordings);
  };

  #start(): Worker {
    const { sortiesFolder, decoderPort } = this.#options;
    const workerData: RecordingWorkerData = { sortiesFolder, decoder: decoderPort ? "relay" : "napi" };
    this.#publishedCoastJson = undefined;
    const worker = startWorker<FromRecordings>(this.#file, workerData, {
      onMessage: (message) => this.#take(message),
      onExit: (because) => {
        if (this.#worker !== worker) return;
        // Pending calls are answered; the next call starts another worker.
        this.#worker = undefined;
        this.#options.log(`vigie: the recording worker stopped: ${because}`);
        this.#end("recording-worker");
      },
    });
    worker.unref();
    return worker;
  }

  #take(message: FromRecordings): void {
    if (message.kind === "to-decoder") {
      this.#options.decoderPort?.postMessage(message.message);
      return;
    }
    this.#waiting.get(message.callId)?.(message.answer);
    this.#waiting.delete(message.callId);
  }

  /** Megabytes: sent to the worker once, and again when it has changed. */
  #publishCoast(): void {
    const coastJson = this.#options.coastJson();
    if (coastJson === this.#publishedCoastJson) return;
    this.#publishedCoastJson = coastJson;
    this.#publish({ kind: "coast", coastJson });
  }

  #publish(message: ToRecordings, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }

  #end(reference: string): void {
    for (const resolve of this.#waiting.values()) resolve(err({ kind: "internal", reference }));
    this.#waiting.clear();
  }
}

/** Transferred without copying where the buffer is its own; a part of a larger buffer is copied. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
