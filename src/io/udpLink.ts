import { createSocket, type Socket } from "node:dgram";
import { isIPv4 } from "node:net";
import { BehaviorSubject, Subject } from "rxjs";
import type { Clock, Scheduler } from "../core/clock.js";
import type { Rng } from "../core/rng.js";
import { LinkBackOff } from "./linkBackOff.js";
import type { LinkChunk, LinkPort, LinkPortState } from "./linkPort.js";
import { plainAddress } from "./tcpServerLink.js";

/** The interface is down or has no route: the system reports it at once, and the user should see it. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  "ENETUNREACH",
  "ENETDOWN",
  "EHOSTUNREACH",
  "EADDRNOTAVAIL",
  "ENOTFOUND",
]);

type UdpOptions = { readonly clock: Clock; readonly scheduler: Scheduler; readonly rng: Rng };
type UdpUri = { readonly kind: "udp-listen" | "udp-connect"; readonly host: string; readonly port: number };

/** If another peer was reached within this time, an unreachable peer is that peer's fault, not the link's. */
const REACHED_WITHIN_MS = 3000;

/**
 * Either listens and sends to the address it is given (no table of senders is kept, which a flood could fill), or sends
 * first, to one fixed address. Binds again by itself when the socket fails.
 */
export const openUdpLink = (uri: string, parsed: UdpUri, options: UdpOptions): LinkPort =>
  new UdpLink(uri, parsed, options);

class UdpLink implements LinkPort {
  readonly uri: string;
  readonly isDatagram = true;
  readonly #parsed: UdpUri;
  readonly #options: UdpOptions;
  readonly #chunks$ = new Subject<LinkChunk>();
  readonly #state$ = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  readonly chunks$ = this.#chunks$.asObservable();
  readonly state$ = this.#state$.asObservable();
  readonly answersOnly?: true;
  readonly #backOff: LinkBackOff;
  #at = { address: "", port: 0 };
  #socket: Socket | undefined;
  #reachedAtMonoMs = Number.NEGATIVE_INFINITY;
  #isDisposed = false;
  #cancelRebind: () => void = () => undefined;

  constructor(uri: string, parsed: UdpUri, options: UdpOptions) {
    this.uri = uri;
    this.#parsed = parsed;
    this.#options = options;
    this.#backOff = new LinkBackOff(options.rng);
    if (parsed.kind === "udp-listen") this.answersOnly = true;
    this.#bind();
  }

  get #isV6(): boolean {
    return this.#parsed.host.includes(":");
  }

  readonly send = (bytes: Uint8Array, to?: string): void => {
    if (this.#parsed.kind === "udp-connect") {
      this.#sendTo(bytes, this.#parsed.port, this.#parsed.host);
      return;
    }
    const peer = to === undefined ? undefined : placeOf(to);
    if (peer) this.#sendTo(bytes, peer.port, peer.address);
  };

  readonly dispose = (): Promise<void> => {
    if (this.#isDisposed) return Promise.resolve();
    this.#isDisposed = true;
    this.#cancelRebind();
    this.#chunks$.complete();
    this.#state$.complete();
    const socket = this.#socket;
    return new Promise((resolve) => {
      // A datagram is sent one turn of the event loop after `send`: closing earlier would lose the last one, which may
      // be a DISARM.
      if (socket) setImmediate(() => closeQuietly(socket, resolve));
      else resolve();
    });
  };

  #bind(): void {
    const { host, port, kind } = this.#parsed;
    const socket = createSocket({ type: this.#isV6 ? "udp6" : "udp4" });
    this.#socket = socket;
    socket.on("message", (message, from) => {
      const key = `${plainAddress(from.address)}:${from.port}`;
      this.#isThere();
      this.#chunks$.next({ bytes: message, from: key });
    });
    socket.on("error", (cause) => this.#onError(socket, cause));
    socket.on("listening", () => {
      const at = socket.address();
      this.#at = { address: at.address, port: at.port };
      this.#backOff.reset();
      this.#state$.next({ kind: "open", ...this.#at });
    });
    if (kind === "udp-connect") socket.bind();
    else socket.bind(port, host === "" ? undefined : host);
  }

  #onError(socket: Socket, cause: Error): void {
    // ICMP "port unreachable" only means that the other side is not running yet: keep the socket.
    if ((cause as NodeJS.ErrnoException).code === "ECONNREFUSED") return;
    socket.removeAllListeners();
    socket.on("error", () => undefined);
    closeQuietly(socket);
    if (this.#isDisposed) return;
    this.#socket = undefined;
    const afterMs = this.#backOff.nextMs();
    const retryAtMonoMs = this.#options.clock.monoMs() + afterMs;
    this.#state$.next({ kind: "failed", because: cause.message, retryAtMonoMs });
    this.#cancelRebind = this.#options.scheduler.after(afterMs, () => this.#bind());
  }

  /** Something was received or sent: the link works. */
  #isThere(): void {
    if (this.#state$.value.kind === "lost") this.#state$.next({ kind: "open", ...this.#at });
  }

  #onSent(cause: NodeJS.ErrnoException | null): void {
    if (this.#isDisposed) return;
    const nowMonoMs = this.#options.clock.monoMs();
    if (!cause) {
      this.#reachedAtMonoMs = nowMonoMs;
      this.#isThere();
    }
    // Any other failure is a lost datagram, as can happen with UDP.
    if (!cause || !UNREACHABLE.has(cause.code ?? "")) return;
    if (this.#parsed.kind === "udp-listen" && nowMonoMs - this.#reachedAtMonoMs < REACHED_WITHIN_MS) return;
    if (this.#state$.value.kind === "open") this.#state$.next({ kind: "lost", because: cause.message });
  }

  #sendTo(bytes: Uint8Array, port: number, address: string): void {
    try {
      this.#socket?.send(bytes, port, this.#isV6 && isIPv4(address) ? `::ffff:${address}` : address, (cause) =>
        this.#onSent(cause),
      );
    } catch {
      // The socket is closed between two binds: same as a lost datagram.
    }
  }
}

/** "192.168.4.1:14550" and "fe80::1%eth0:14550": the port is after the last colon. */
function placeOf(name: string): { readonly address: string; readonly port: number } | undefined {
  const colon = name.lastIndexOf(":");
  const port = Number(name.slice(colon + 1));
  return colon > 0 && Number.isInteger(port) && port > 0 ? { address: name.slice(0, colon), port } : undefined;
}

function closeQuietly(socket: Socket, onClosed?: () => void): void {
  try {
    socket.close(onClosed);
  } catch {
    // Closed already, as intended.
    onClosed?.();
  }
}
