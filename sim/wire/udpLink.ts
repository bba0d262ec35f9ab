import { createSocket } from "node:dgram";
import { decodeDatagram } from "./mavlinkCodec.js";
import type { Link, LinkHandler } from "./link.js";

/** Sends to one address for ever, whether anybody listens or not; hears whoever answers. */
export function openUdpLink(host: string, port: number, onMessage: LinkHandler): Promise<Link> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
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
  return new Promise((resolve) => {
    // A simulator that talks to this machine listens to this machine only.
    const own = /^(127\.|localhost$|::1$)/.test(host) ? (host === "::1" ? "::1" : "127.0.0.1") : undefined;
    socket.bind(0, own, () => {
      resolve(link);
    });
  });
}
