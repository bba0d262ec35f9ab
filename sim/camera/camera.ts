import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { CameraOptions, Exposure, SimCamera } from "./cameraPort.js";

/** Messages from the worker: `ready` once, then one `done` per exposure. */
export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly isSent: boolean }
  | { readonly kind: "failed"; readonly message: string };
export type ToWorker = { readonly kind: "expose"; readonly exposure: Exposure } | { readonly kind: "close" };

const WORKER_FILE = "simCameraWorker.cjs";
/** Exposures that may wait while one is drawn; beyond this the oldest is dropped. */
const WAITING_MAX = 2;

/** The bundled worker script: beside the running script, otherwise in the build folder. */
function workerPath(): string {
  const beside = join(dirname(process.argv[1] ?? "."), WORKER_FILE);
  return existsSync(beside) ? beside : join(process.cwd(), "dist", "node", WORKER_FILE);
}

/**
 * Starts the camera in a worker thread. It never blocks the caller: late exposures are dropped and counted. It takes one or two
 * seconds to start, as cameras do; exposures until then are neither taken nor counted.
 */
export function startCamera(options: CameraOptions): SimCamera {
  const worker = new Worker(workerPath(), { workerData: options });
  const waiting: Exposure[] = [];
  let isReady = false;
  let isBusy = false;
  let isBroken = false;
  let framesSent = 0;
  let framesDropped = 0;

  const post = (message: ToWorker) => worker.postMessage(message);
  const next = () => {
    const exposure = waiting.shift();
    isBusy = exposure !== undefined;
    if (exposure) post({ kind: "expose", exposure });
  };
  const fail = (message: string) => {
    isBroken = true;
    process.stderr.write(`camera: ${message}\n`);
  };
  worker.on("error", (error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  worker.on("message", (message: FromWorker) => {
    if (message.kind === "failed") {
      fail(message.message);
      return;
    }
    if (message.kind === "ready") {
      isReady = true;
      return;
    }
    if (message.isSent) framesSent++;
    else framesDropped++;
    next();
  });
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()));

  return {
    expose: (exposure) => {
      if (isBroken || !isReady) return;
      waiting.push(exposure);
      if (waiting.length > WAITING_MAX) {
        waiting.shift();
        framesDropped++;
      }
      if (!isBusy) next();
    },
    stats: () => ({ framesSent, framesDropped }),
    dispose: async () => {
      waiting.length = 0;
      if (isBroken) await worker.terminate();
      else post({ kind: "close" });
      await exited;
    },
  };
}
