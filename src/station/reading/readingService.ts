import type { Worker } from "node:worker_threads";
import { err } from "../../core/result.js";
import { startWorker, workerBeside } from "../workerThread.js";
import { answerReading, type ReadingAnswer, type ReadingCall } from "./readingCalls.js";
import type { FromReading, ToReading } from "./readingMessages.js";

/** Far longer than any file within its limits takes; a thread that still hangs is terminated. */
const LONGEST_MS = 30_000;

type CallOf<Kind extends ReadingCall["kind"]> = Extract<ReadingCall, { readonly kind: Kind }>;

/** The reading of files, as seen from the station's thread: asynchronous calls, answered by a worker. */
export type ReadingService = {
  readonly read: <Kind extends ReadingCall["kind"]>(call: CallOf<Kind>) => Promise<ReadingAnswer<Kind>>;
  readonly dispose: () => Promise<void>;
};

type ReadingServiceOptions = { readonly log: (line: string) => void; readonly workerFile?: string | undefined };

/** A bundle has its worker beside it. From sources there is none, and files are parsed on this thread. */
export function startReadingService(options: ReadingServiceOptions): ReadingService {
  const file = options.workerFile ?? workerBeside("readingWorker.cjs");
  return file === undefined ? onThisThread : new WorkerReading(options.log, file);
}

const onThisThread: ReadingService = {
  // The answer's kind is that of the call, which the compiler cannot follow through the look-up.
  read: <Kind extends ReadingCall["kind"]>(call: CallOf<Kind>) =>
    Promise.resolve(answerReading(call) as ReadingAnswer<Kind>),
  dispose: () => Promise.resolve(),
};

type Waiting = { readonly resolve: (answer: ReadingAnswer<never>) => void; readonly timer: NodeJS.Timeout };

class WorkerReading implements ReadingService {
  readonly #log: (line: string) => void;
  readonly #file: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #nextCallId = 1;

  constructor(log: (line: string) => void, file: string) {
    this.#log = log;
    this.#file = file;
  }

  readonly read = <Kind extends ReadingCall["kind"]>(call: CallOf<Kind>): Promise<ReadingAnswer<Kind>> => {
    const worker = (this.#worker ??= this.#start());
    const callId = this.#nextCallId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => void worker.terminate(), LONGEST_MS);
      this.#waiting.set(callId, { resolve: resolve, timer });
      worker.postMessage({ callId, call } satisfies ToReading);
    });
  };

  readonly dispose = async (): Promise<void> => {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#end();
    await worker?.terminate();
  };

  #start(): Worker {
    const worker = startWorker<FromReading>(this.#file, undefined, {
      onMessage: ({ callId, answer }) => {
        const waiting = this.#waiting.get(callId);
        this.#waiting.delete(callId);
        clearTimeout(waiting?.timer);
        waiting?.resolve(answer as ReadingAnswer<never>);
      },
      onExit: (because) => {
        if (this.#worker !== worker) return;
        // Pending calls are answered; the next call starts another worker.
        this.#worker = undefined;
        this.#log(`vigie: the reading worker stopped: ${because}`);
        this.#end();
      },
    });
    worker.unref();
    return worker;
  }

  #end(): void {
    for (const { resolve, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      resolve(err({ kind: "internal", reference: "reading-worker" }));
    }
    this.#waiting.clear();
  }
}
