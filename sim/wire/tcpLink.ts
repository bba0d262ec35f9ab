import { createServer, type AddressInfo, type Socket } from "node:net";
import { createStreamDecoder } from "./mavlinkCodec.js";
import type { Link, LinkHandler } from "./link.js";

/** A client that reads nothing must not fill our memory: beyond this, telemetry for it is dropped. */
const MOST_QUEUED_BYTES = 1 << 20;

/** Waits on a port. One client a time is served, as on a real ArduPilot; a second is kept waiting until the first leaves. */
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
