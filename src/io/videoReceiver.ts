import { createSocket } from "node:dgram";
import { BehaviorSubject, Subject, type Observable } from "rxjs";
import type { Scheduler } from "../core/clock.js";
import { err, ok, type Result } from "../core/result.js";
import type { LinkPort, LinkPortState } from "./linkPort.js";
import { parseLinkUri, type LinkUriFailure } from "./linkUri.js";

const REBIND_MS = 1000;
const UDP_RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;

/** Video is only received: the interface of a link without sending. */
export type VideoPort = Omit<LinkPort, "send" | "isDatagram" | "chunks$"> & {
  readonly chunks$: Observable<Uint8Array>;
};

/** Where video is received: `udp://:PORT` or `udpin://HOST:PORT`, and no other form of link. */
export function videoAddress(uri: string): Result<{ host: string; port: number }, LinkUriFailure> {
  const parsed = parseLinkUri(uri);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind !== "udp-listen") {
    return err({ kind: "bad-uri", uri, problem: "video is received on udp://:PORT" });
  }
  const { host, port } = parsed.value;
  if (host.includes(":")) return err({ kind: "bad-uri", uri, problem: "video is received over IPv4 only" });
  return ok({ host, port });
}

/** `udp://:5600`: MPEG-TS in datagrams. A large receive buffer holds the data while the process is busy. */
export function openVideoReceiver(uri: string, scheduler: Scheduler): Result<VideoPort, LinkUriFailure> {
  const address = videoAddress(uri);
  if (!address.ok) return address;
  const { host, port } = address.value;
  const chunks$ = new Subject<Uint8Array>();
  const state$ = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  let isDisposed = false;
  let cancelRebind: () => void = () => undefined;
  let close: (onClosed: () => void) => void = (onClosed) => {
    onClosed();
  };
  const bind = (): void => {
    const socket = createSocket({ type: "udp4", recvBufferSize: UDP_RECEIVE_BUFFER_BYTES });
    close = (onClosed) => {
      try {
        socket.close(onClosed);
      } catch {
        // An error of its own has closed it already.
        onClosed();
      }
    };
    socket.on("message", (message) => {
      chunks$.next(message);
    });
    socket.on("listening", () => {
      const at = socket.address();
      state$.next({ kind: "open", address: at.address, port: at.port });
    });
    socket.on("error", (cause) => {
      close(() => undefined);
      if (isDisposed) return;
      state$.next({ kind: "failed", because: cause.message });
      cancelRebind = scheduler.after(REBIND_MS, bind);
    });
    socket.bind(port, host === "" ? undefined : host);
  };
  bind();
  return ok({
    uri,
    chunks$: chunks$.asObservable(),
    state$: state$.asObservable(),
    dispose: () => {
      if (isDisposed) return Promise.resolve();
      isDisposed = true;
      cancelRebind();
      chunks$.complete();
      state$.complete();
      return new Promise((resolve) => {
        close(resolve);
      });
    },
  });
}
