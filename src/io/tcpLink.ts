import { connect, type Socket } from "node:net";
import { BehaviorSubject, Subject } from "rxjs";
import type { Scheduler } from "../core/clock.js";
import type { LinkPort, LinkPortState } from "./linkPort.js";

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;
/** A peer that stopped reading must not fill our memory: beyond this, packets are dropped as on a full radio. */
const SEND_BUFFER_MAX_BYTES = 256 * 1024;

/** A TCP client that reconnects for ever, waiting 0.25 s, 0.5 s … 5 s between attempts. */
export function openTcpLink(
  uri: string,
  peer: { readonly host: string; readonly port: number },
  options: { readonly scheduler: Scheduler },
): LinkPort {
  const chunks$ = new Subject<Uint8Array>();
  const state$ = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  let socket: Socket | undefined;
  let isDisposed = false;
  let retryMs = FIRST_RETRY_MS;
  let cancelRetry: () => void = () => undefined;

  const dial = (): void => {
    const opened = connect({ host: peer.host, port: peer.port, noDelay: true });
    socket = opened;
    let because = "closed by the other side";
    opened.on("connect", () => {
      retryMs = FIRST_RETRY_MS;
      state$.next({ kind: "open", address: peer.host, port: peer.port });
    });
    opened.on("data", (chunk) => {
      chunks$.next(chunk);
    });
    opened.on("error", (cause) => {
      because = cause.message;
    });
    opened.on("close", () => {
      if (isDisposed) return;
      state$.next({ kind: "lost", because });
      cancelRetry = options.scheduler.after(retryMs, dial);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    });
  };
  dial();

  const send = (bytes: Uint8Array): void => {
    if (!socket || socket.readyState !== "open" || socket.writableLength > SEND_BUFFER_MAX_BYTES) return;
    socket.write(bytes);
  };
  const dispose = (): Promise<void> => {
    if (!isDisposed) {
      isDisposed = true;
      cancelRetry();
      socket?.destroy();
      chunks$.complete();
      state$.complete();
    }
    return Promise.resolve();
  };
  return { uri, isDatagram: false, chunks$: chunks$.asObservable(), state$: state$.asObservable(), send, dispose };
}
