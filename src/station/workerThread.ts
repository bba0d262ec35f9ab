import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** The bundle of a worker beside the running one. From sources there is none, and the caller works on its own thread. */
export function workerBeside(name: string): string | undefined {
  const file = join(dirname(fileURLToPath(import.meta.url)), name);
  return existsSync(file) ? file : undefined;
}

type WorkerEvents<Message> = {
  readonly onMessage: (message: Message) => void;
  /** Whatever ended it; also `terminate`. */
  readonly onExit: (because: string) => void;
};

/** A thread that does not end by itself in this time is ended from outside. */
const ENDS_WITHIN_MS = 3000;

/**
 * Ends a worker that decodes pictures. Node's decoder aborts the whole process when its thread is ended from outside while
 * it works: so the thread is asked to finish what it has in hand and to leave, and ended only if it hangs.
 */
export async function endWorker(worker: Worker, request: unknown): Promise<void> {
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.ref();
  worker.postMessage(request);
  const timer = setTimeout(() => void worker.terminate(), ENDS_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}

/** Starts a worker thread and says in one place why it ended. */
export function startWorker<Message>(file: string, workerData: unknown, updates: WorkerEvents<Message>): Worker {
  const worker = new Worker(file, { workerData });
  let because = "it ended";
  worker.on("message", updates.onMessage);
  worker.on("error", (cause) => (because = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)));
  worker.on("exit", () => updates.onExit(because));
  return worker;
}
