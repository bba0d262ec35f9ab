import type { Worker } from "node:worker_threads";
import type { Position } from "../../geo/position.js";
import type { MessagePortLike } from "../../io/messagePortLike.js";
import { siblingBundle } from "../../io/appPaths.js";
import { endWorker, startWorker } from "../workerThread.js";
import type { Camera } from "./cameraTypes.js";
import type { CameraGround, FromVision, ToVision, VisionWorkerData } from "./visionMessages.js";

/** More unhandled messages than this mean that the worker hangs: further video is dropped and counted. */
const UNTAKEN_MAX = 2000;
const RESTART_AFTER_MS = 1000;

export type VisionHost = {
  readonly push: (bytes: Uint8Array, arrivedUnixUs: number) => void;
  readonly setGround: (ground: CameraGround) => void;
  readonly setCoverageOrigin: (origin: Position | undefined) => void;
  readonly dispose: () => Promise<void>;
};

/** Worker messages that concern more than this host. */
export type VisionUpdate = Exclude<FromVision, { kind: "to-decoder" }>;

type VisionHostOptions = {
  readonly camera: Camera;
  /** The decoder's window; without one the worker decodes itself. */
  readonly decoderPort: MessagePortLike | undefined;
  readonly onMessage: (message: VisionUpdate) => void;
  readonly onCrash: (because: string) => void;
  readonly workerFile?: string;
};

/** Runs the vision worker and restarts it after a crash: meanwhile the flight goes on without pictures. */
export function startVisionHost(options: VisionHostOptions): VisionHost {
  const file = options.workerFile ?? siblingBundle("visionWorker.cjs");
  let ground: CameraGround | undefined;
  let isDisposed = false;
  let restart: ReturnType<typeof setTimeout> | undefined;
  let worker: Worker | undefined;
  let countOfUntaken = 0;

  const send = (message: ToVision, transfer: readonly ArrayBuffer[] = []): void => {
    worker?.postMessage(message, transfer);
  };
  const onMessage = (message: FromVision): void => {
    countOfUntaken = 0;
    if (message.kind === "to-decoder") options.decoderPort?.postMessage(message.message);
    else options.onMessage(message);
  };
  const start = (): void => {
    const workerData: VisionWorkerData = {
      cameraId: options.camera.id,
      detector: options.camera.detector,
      decoder: options.decoderPort ? "relay" : "napi",
    };
    countOfUntaken = 0;
    const onExit = (because: string): void => {
      worker = undefined;
      if (isDisposed) return;
      options.onCrash(because);
      restart = setTimeout(start, RESTART_AFTER_MS);
    };
    worker = startWorker<FromVision>(file, workerData, { onMessage, onExit });
    if (ground) send({ kind: "ground", ground });
  };
  start();
  options.decoderPort?.onMessage((message) => send({ kind: "from-decoder", message }));
  // A new window knows nothing of the pictures that the last one was decoding.
  options.decoderPort?.onClose(() => send({ kind: "decoder-lost" }));

  return {
    push: (bytes, arrivedUnixUs) => {
      if (!worker || countOfUntaken >= UNTAKEN_MAX) return;
      countOfUntaken++;
      // A copy: a socket's buffer may be part of a larger one, which would be sent whole.
      const owned = new Uint8Array(bytes);
      send({ kind: "bytes", bytes: owned, arrivedUnixUs }, [owned.buffer]);
    },
    setGround: (next) => {
      ground = next;
      send({ kind: "ground", ground });
    },
    setCoverageOrigin: (origin) => send({ kind: "coverage-origin", origin }),
    dispose: async () => {
      isDisposed = true;
      clearTimeout(restart);
      if (worker) await endWorker(worker, { kind: "end" } satisfies ToVision);
    },
  };
}
