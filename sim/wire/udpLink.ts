import { createSocket, type Socket } from "node:dgram";
import { decodeDatagram } from "./mavlinkCodec.js";
import type { Link, LinkHandler } from "./link.js";

const isLoopback = (host: string): boolean => /^(127\.|localhost$|::1$)/.test(host);

/**
 * A socket of its own, on any port but the one it will send to: on this machine that port is the station's, which may not
 * be up yet and must find it free.
 */
function openSocket(host: string, port: number, firstOwnPort: number): Promise<Socket> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  // A simulator that talks to this machine listens to this machine only.
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

/** Sends to one address for ever, whether anybody listens or not; hears whoever answers. `firstOwnPort` 0 takes any free one. */
export async function openUdpLink(host: string, port: number, onMessage: LinkHandler, firstOwnPort = 0): Promise<Link> {
  const socket = await openSocket(host, port, firstOwnPort);
  let isOpen = true;
  socket.on("message", (bytes) => {
    for (const message of decodeDatagram(bytes)) onMessage(message);
  });
  // "Connection refused" arrives here when the station is not up: harmless, it may come.
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
