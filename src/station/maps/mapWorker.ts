/** The worker thread in which maps are read: a slow disk, a large database or a server must not delay the link. See `mapMessages.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import type { FromMaps, MapWorkerData, ToMaps } from "./mapMessages.js";
import { openMaps } from "./openMaps.js";

const port = parentPort;
if (!port) throw new Error("Invariant: the map worker runs as a worker thread");
const send = (message: FromMaps, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer);

const opened = openMaps(workerData as MapWorkerData);
void opened.then(({ maps, problems, remarks }) => send({ kind: "opened", maps, problems, remarks }));

port.on("message", (message: ToMaps) => {
  void opened.then(async (maps) => {
    if (message.kind === "close") {
      await maps.close();
      port.close();
      return;
    }
    const found = await maps.tile(message.asked);
    send({ kind: "tile", callId: message.callId, ...found }, found.bytes ? [found.bytes.buffer] : []);
  });
});
