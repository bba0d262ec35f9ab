import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/**
 * Path of the worker bundle beside the running bundle. Undefined when running from sources: the caller then works on
 * its own thread.
 */
export function workerBeside(name: string): string | undefined {
  const file = join(dirname(fileURLToPath(import.meta.url)), name);
  return existsSync(file) ? file : undefined;
}

type WorkerEvents<Message> = {
  readonly onMessage: (message: Message) => void;
  /** Called however the worker ended, `terminate` included. */
  readonly onExit: (because: string) => void;
};

/** A worker that does not end by itself within this time is terminated. */
const ENDS_WITHIN_MS = 3000;

/**
 * Ends a worker that decodes video. Node's decoder aborts the whole process when its thread is terminated while it
 * works: so the worker is asked to finish its current pictures and exit, and is terminated only if it hangs.
 */
export async function endWorker(worker: Worker, request: unknown): Promise<void> {
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  worker.ref();
  worker.postMessage(request);
  const timer = setTimeout(() => void worker.terminate(), ENDS_WITHIN_MS);
  await exited;
  clearTimeout(timer);
}

/** Starts a worker thread; reports any end of it through one callback, with the reason. */
export function startWorker<Message>(file: string, workerData: unknown, updates: WorkerEvents<Message>): Worker {
  const worker = new Worker(file, { workerData });
  let because = "it ended";
  worker.on("message", updates.onMessage);
  worker.on("error", (cause) => (because = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)));
  worker.on("exit", () => updates.onExit(because));
  return worker;
}
