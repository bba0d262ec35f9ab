import { createServer, type AddressInfo, type Socket } from "node:net";
import { createStreamDecoder } from "./mavlinkCodec.js";
import type { Link, LinkHandler } from "./link.js";

/** For a client that does not read, data beyond this queue is dropped, so that memory stays bounded. */
const MOST_QUEUED_BYTES = 1 << 20;

/** Listens on a port. Serves one client at a time, as a real ArduPilot; a second waits until the first has left. */
export function openTcpLink(host: string, port: number, onMessage: LinkHandler): Promise<Link> {
  const waiting: Socket[] = [];
  let served: Socket | undefined;

  const serveNext = (): void => {
    served = waiting.shift();
    if (!served) return;
    const decode = createStreamDecoder(onMessage);
    served.on("data", decode);
    served.setNoDelay(true);
  };
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("close", () => {
      const place = waiting.indexOf(socket);
      if (place >= 0) waiting.splice(place, 1);
      if (socket === served) serveNext();
    });
    waiting.push(socket);
    if (!served) serveNext();
  });
  const send = (frame: Uint8Array): void => {
    if (served && !served.destroyed && served.writableLength < MOST_QUEUED_BYTES) served.write(frame);
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of waiting.splice(0)) socket.destroy();
      served?.destroy();
      server.close(() => {
        resolve();
      });
    });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      resolve({ name: `tcpin:${host}:${taken}`, send, close });
    });
  });
}
