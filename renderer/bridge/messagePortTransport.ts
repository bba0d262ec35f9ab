import { isEnvelope } from "../../src/contract/envelope.js";
import type { OpenTransport } from "./transport.js";

/** What the preload posts to the window, with the port in its transfer list. */
const PORT_MESSAGE_KIND = "vigie-port";

const isPortMessage = (data: unknown): boolean =>
  typeof data === "object" && data !== null && "kind" in data && data.kind === PORT_MESSAGE_KIND;

/** The part of `Window` that this needs. */
export type PortPage = {
  addEventListener(kind: "message", listener: (event: PortEvent) => void): void;
  removeEventListener(kind: "message", listener: (event: PortEvent) => void): void;
};
type PortEvent = { readonly data: unknown; readonly source: unknown; readonly ports: readonly MessagePort[] };

/**
 * Electron: the preload hands over one MessagePort to the station's process, and a new one after the station was
 * started again. The newest port is the only one listened to.
 */
export const messagePortTransport =
  (page: PortPage): OpenTransport =>
  ({ onMessage, onConnection }) => {
    let port: MessagePort | undefined;
    const drop = (): void => {
      port?.close();
      port = undefined;
    };
    const onPort = (event: PortEvent): void => {
      // Only the page's own preload may hand over the port; messages of other frames are ignored.
      if (event.source !== page || !isPortMessage(event.data)) return;
      const next = event.ports[0];
      if (!next) return;
      // A new port means another (or restarted) station: requests to the old one get no reply.
      if (port) onConnection("lost");
      drop();
      port = next;
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (port === next && isEnvelope(data)) onMessage(data);
      };
      next.addEventListener("close", () => {
        if (port !== next) return;
        port = undefined;
        onConnection("lost");
      });
      onConnection("open");
      next.start();
    };
    onConnection("connecting");
    page.addEventListener("message", onPort);
    return {
      send: (message) => port?.postMessage(message),
      dispose: () => {
        page.removeEventListener("message", onPort);
        drop();
      },
    };
  };
