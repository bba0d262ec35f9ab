import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { BehaviorSubject, Subject } from "rxjs";
import type { Clock, Scheduler } from "../core/clock.js";
import type { LinkPort, LinkPortState } from "./linkPort.js";

/** A peer not heard for this long is no longer answered: an old simulator's port must not collect our packets for ever. */
const PEER_FORGOTTEN_MS = 30_000;
/** Several vehicles may share one port; more peers than this is a flood, and the oldest are dropped. */
const PEERS_MAX = 16;
const REBIND_MS = 1000;

type Peer = { readonly address: string; readonly port: number; heardAtMonoMs: number };
type UdpOptions = { readonly clock: Clock; readonly scheduler: Scheduler };
type UdpUri = { readonly kind: "udp-listen" | "udp-connect"; readonly host: string; readonly port: number };

/** Listens, and answers every peer heard lately; or speaks first to one. Rebinds by itself when the socket fails. */
export const openUdpLink = (uri: string, parsed: UdpUri, options: UdpOptions): LinkPort =>
  new UdpLink(uri, parsed, options);

class UdpLink implements LinkPort {
  readonly uri: string;
  readonly isDatagram = true;
  readonly #parsed: UdpUri;
  readonly #options: UdpOptions;
  readonly #chunks$ = new Subject<Uint8Array>();
  readonly #state$ = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  readonly chunks$ = this.#chunks$.asObservable();
  readonly state$ = this.#state$.asObservable();
  readonly #peers = new Map<string, Peer>();
  #socket: Socket | undefined;
  #isDisposed = false;
  #cancelRebind: () => void = () => undefined;

  constructor(uri: string, parsed: UdpUri, options: UdpOptions) {
    this.uri = uri;
    this.#parsed = parsed;
    this.#options = options;
    this.#bind();
  }

  readonly send = (bytes: Uint8Array): void => {
    if (this.#parsed.kind === "udp-connect") {
      this.#sendTo(bytes, this.#parsed.port, this.#parsed.host);
      return;
    }
    const nowMonoMs = this.#options.clock.monoMs();
    for (const [key, peer] of this.#peers) {
      if (nowMonoMs - peer.heardAtMonoMs > PEER_FORGOTTEN_MS) this.#peers.delete(key);
      else this.#sendTo(bytes, peer.port, peer.address);
    }
  };

  readonly dispose = (): Promise<void> => {
    if (this.#isDisposed) return Promise.resolve();
    this.#isDisposed = true;
    this.#cancelRebind();
    this.#chunks$.complete();
    this.#state$.complete();
    const socket = this.#socket;
    return new Promise((resolve) => {
      if (socket) closeQuietly(socket, resolve);
      else resolve();
    });
  };

  #bind(): void {
    const { host, port, kind } = this.#parsed;
    const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4" });
    this.#socket = socket;
    socket.on("message", (message, from) => {
      if (kind === "udp-listen") this.#remember(from);
      this.#chunks$.next(message);
    });
    socket.on("error", (cause) => this.#onError(socket, cause));
    socket.on("listening", () => {
      const at = socket.address();
      this.#state$.next({ kind: "open", address: at.address, port: at.port });
    });
    if (kind === "udp-connect") socket.bind();
    else socket.bind(port, host === "" ? undefined : host);
  }

  #onError(socket: Socket, cause: Error): void {
    // ICMP "port unreachable" is only the other side not being up yet: keep the socket.
    if ((cause as NodeJS.ErrnoException).code === "ECONNREFUSED") return;
    socket.removeAllListeners();
    socket.on("error", () => undefined);
    closeQuietly(socket);
    if (this.#isDisposed) return;
    this.#socket = undefined;
    this.#state$.next({ kind: "failed", because: cause.message });
    this.#cancelRebind = this.#options.scheduler.after(REBIND_MS, () => this.#bind());
  }

  #remember(from: RemoteInfo): void {
    const key = `${from.address}:${from.port}`;
    const known = this.#peers.get(key);
    const heardAtMonoMs = this.#options.clock.monoMs();
    if (known) {
      known.heardAtMonoMs = heardAtMonoMs;
      return;
    }
    if (this.#peers.size >= PEERS_MAX) forgetOldest(this.#peers);
    this.#peers.set(key, { address: from.address, port: from.port, heardAtMonoMs });
  }

  #sendTo(bytes: Uint8Array, port: number, address: string): void {
    try {
      // The callback swallows unreachable peers: a lost datagram is what UDP promises.
      this.#socket?.send(bytes, port, address, () => undefined);
    } catch {
      // Socket between two binds: same as a lost datagram.
    }
  }
}

function forgetOldest(peers: Map<string, Peer>): void {
  let oldest: [string, Peer] | undefined;
  for (const entry of peers) if (!oldest || entry[1].heardAtMonoMs < oldest[1].heardAtMonoMs) oldest = entry;
  if (oldest) peers.delete(oldest[0]);
}

function closeQuietly(socket: Socket, onClosed?: () => void): void {
  try {
    socket.close(onClosed);
  } catch {
    // Already closed: what was wanted.
    onClosed?.();
  }
}
