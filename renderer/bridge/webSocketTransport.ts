import { isEnvelope } from "../../src/contract/envelope.js";
import { decodeWire, encodeWire } from "../../src/contract/wire.js";
import type { OpenTransport } from "./transport.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/** Waits 0.5, 1, 2, 4, 8, 8 … seconds; `attempt` counts from 0. */
export const backOffMs = (attempt: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10));

/** The station's address for a page: the token comes in the fragment (never sent to a server) or the query. */
export function stationUrl(pageUrl: string): string {
  const page = new URL(pageUrl);
  const inFragment = new URLSearchParams(page.hash.replace(/^#/, "")).get("token");
  const token = inFragment ?? page.searchParams.get("token") ?? "";
  const scheme = page.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${page.host}/station?token=${encodeURIComponent(token)}`;
}

/** A browser: one WebSocket, opened again with back-off for as long as the page lives. */
export const webSocketTransport =
  (url: string): OpenTransport =>
  ({ onMessage, onConnection }) => {
    let socket: WebSocket | undefined;
    let isDisposed = false;
    let attempt = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const open = (): void => {
      const next = new WebSocket(url);
      next.binaryType = "arraybuffer";
      socket = next;
      next.onopen = () => {
        attempt = 0;
        onConnection("open");
      };
      next.onmessage = ({ data }: MessageEvent<unknown>) => {
        const message = typeof data === "string" ? decodeWire(data) : decodeBinary(data);
        if (isEnvelope(message)) onMessage(message);
      };
      next.onclose = () => {
        if (isDisposed) return;
        onConnection("lost");
        timer = setTimeout(open, backOffMs(attempt++));
      };
    };
    onConnection("connecting");
    open();
    return {
      send: (message) => {
        if (socket?.readyState === WebSocket.OPEN) socket.send(encodeWire(message));
      },
      dispose: () => {
        isDisposed = true;
        clearTimeout(timer);
        socket?.close();
      },
    };
  };

const decodeBinary = (data: unknown): unknown =>
  data instanceof ArrayBuffer ? decodeWire(new Uint8Array(data)) : undefined;
