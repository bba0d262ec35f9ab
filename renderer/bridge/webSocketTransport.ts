import { isEnvelope } from "../../src/contract/envelope.js";
import { CLOSED_WITHOUT_KEY, decodeWire, encodeWire } from "../../src/contract/wire.js";
import type { OpenTransport } from "./transport.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

/** Waits 0.5, 1, 2, 4, 8, 8 … seconds; `attempt` counts from 0. */
export const backOffMs = (attempt: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10));

const TOKEN_KEY = "vigie-token";

/** The parts of the browser needed to take the access token out of the address. */
type TokenPage = {
  readonly location: Pick<Location, "href">;
  readonly history: Pick<History, "replaceState">;
  /** Belongs to this tab only and is deleted with it. */
  readonly sessionStorage: Pick<Storage, "getItem" | "setItem">;
};

/**
 * The station's address for a page. The token comes in the fragment (never sent to a server) or the query, once: it leaves
 * the address bar, where it would be read over a shoulder, photographed or copied with the address, and stays in the tab
 * for a reload.
 */
export function takeStationUrl(page: TokenPage): string {
  const url = new URL(page.location.href);
  const fragment = new URLSearchParams(url.hash.replace(/^#/, ""));
  const given = fragment.get("token") ?? url.searchParams.get("token");
  if (given !== null) {
    keep(page, given);
    fragment.delete("token");
    url.searchParams.delete("token");
    url.hash = fragment.toString();
    page.history.replaceState(undefined, "", url.pathname + url.search + url.hash);
  }
  const token = given ?? kept(page) ?? "";
  const scheme = url.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${url.host}/station?token=${encodeURIComponent(token)}`;
}

function keep({ sessionStorage }: TokenPage, token: string): void {
  try {
    sessionStorage.setItem(TOKEN_KEY, token);
  } catch {
    // Storage is denied: a reload needs the printed address again.
  }
}

function kept({ sessionStorage }: TokenPage): string | undefined {
  try {
    return sessionStorage.getItem(TOKEN_KEY) ?? undefined;
  } catch {
    // A browser that keeps nothing for pages throws here.
    return undefined;
  }
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
      next.onclose = (closed?: Pick<CloseEvent, "code">) => {
        if (isDisposed) return;
        // The station refused the key. Reconnecting with the same key would only look like a lost station.
        if (closed?.code === CLOSED_WITHOUT_KEY) {
          onConnection("no-key");
          return;
        }
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
