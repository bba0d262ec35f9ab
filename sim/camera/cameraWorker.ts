/** The camera's worker thread: takes exposures from `camera.ts`, sends a transport stream over UDP. */
import { createSocket } from "node:dgram";
import { parentPort, workerData } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./camera.js";
import type { CameraOptions } from "./cameraPort.js";
import { openPipeline } from "./pipeline.js";
import { TS_PACKET } from "./tsMuxer.js";

/** Seven transport packets per datagram: fits an Ethernet frame, and is the usual size. */
const DATAGRAM = 7 * TS_PACKET;

function udpTarget(videoUri: string): { readonly host: string; readonly port: number } {
  const { protocol, hostname, port } = new URL(videoUri);
  if (protocol !== "udp:" || port === "") throw new Error(`video address must be udp://HOST:PORT, not ${videoUri}`);
  return { host: hostname.replace(/^\[|\]$/g, "") || "127.0.0.1", port: Number(port) };
}

function runWorker(port: NonNullable<typeof parentPort>, options: CameraOptions): void {
  const postToMain = (message: FromWorker) => port.postMessage(message);
  const { host, port: udpPort } = udpTarget(options.videoUri);
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  // Send errors (nobody listens yet) are not fatal: a station may start later.
  socket.on("error", (error) => process.stderr.write(`camera: ${error.message}\n`));
  const send = (packets: Uint8Array) => {
    for (let at = 0; at < packets.length; at += DATAGRAM) {
      socket.send(packets.subarray(at, at + DATAGRAM), udpPort, host, () => undefined);
    }
  };
  const pipeline = openPipeline({
    scenario: options.scenario,
    seed: options.seed,
    onPackets: send,
    onFailure: (message) => postToMain({ kind: "failed", message }),
  });
  port.on("message", (message: ToWorker) => {
    if (message.kind === "expose") {
      postToMain({ kind: "done", isSent: pipeline.expose(message.exposure) });
      return;
    }
    void pipeline.close().finally(() => socket.close(() => port.close()));
  });
  postToMain({ kind: "ready" });
}

if (!parentPort) throw new Error("Invariant: the camera's worker runs in a worker thread");
runWorker(parentPort, workerData as CameraOptions);
