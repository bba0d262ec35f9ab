import { createSocket, type Socket } from "node:dgram";
import { decodeDatagram } from "./mavlinkCodec.js";
import type { Link, LinkHandler } from "./link.js";

const isLoopback = (host: string): boolean => /^(127\.|localhost$|::1$)/.test(host);

/**
 * A socket bound to any port but the destination's: on this machine that port belongs to the station, which may start later and must
 * find it free.
 */
function openSocket(host: string, port: number, firstOwnPort: number): Promise<Socket> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  // For a loopback destination it also receives on loopback only.
  const own = isLoopback(host) ? (host === "::1" ? "::1" : "127.0.0.1") : undefined;
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(firstOwnPort, own, () => {
      socket.off("error", reject);
      if (!isLoopback(host) || socket.address().port !== port) resolve(socket);
      else socket.close(() => void openSocket(host, port, 0).then(resolve, reject));
    });
  });
}

/** Sends to one address whether anybody listens or not; receives from anyone. `firstOwnPort` 0 means any free port. */
export async function openUdpLink(host: string, port: number, onMessage: LinkHandler, firstOwnPort = 0): Promise<Link> {
  const socket = await openSocket(host, port, firstOwnPort);
  let isOpen = true;
  socket.on("message", (bytes) => {
    for (const message of decodeDatagram(bytes)) onMessage(message);
  });
  // "Connection refused" is reported here while the station is not running: harmless, it may start later.
  socket.on("error", () => undefined);
  const link: Link = {
    name: `udpout:${host}:${port}`,
    send: (frame) => {
      if (isOpen) socket.send(frame, port, host, () => undefined);
    },
    close: () =>
      new Promise((resolve) => {
        if (!isOpen) {
          resolve();
          return;
        }
        isOpen = false;
        socket.close(() => {
          resolve();
        });
      }),
  };
  return link;
}
