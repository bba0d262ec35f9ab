/** The worker thread of one work with a pack: reading its heights and unpacking gigabytes must not delay the link. */
import { parentPort, workerData } from "node:worker_threads";
import { type FromPackWorker, type PackJob, runPackJob, type ToPackWorker } from "./packJob.js";

const port = parentPort;
if (!port) throw new Error("Invariant: the pack worker runs as a worker thread");
const send = (message: FromPackWorker): void => port.postMessage(message);

let isStopped = false;
port.on("message", (_message: ToPackWorker) => {
  isStopped = true;
});
void runPackJob(workerData as PackJob, {
  shouldStop: () => isStopped,
  onFile: (name) => send({ kind: "file", name }),
  onBytes: (count) => send({ kind: "bytes", count }),
}).then((outcome) => {
  send({ kind: "over", outcome });
  port.close();
});
