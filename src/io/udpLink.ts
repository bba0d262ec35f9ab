import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { BehaviorSubject, Subject } from "rxjs";
import type { Clock, Scheduler } from "../core/clock.js";
import type { Rng } from "../core/rng.js";
import { LinkBackOff } from "./linkBackOff.js";
import type { LinkChunk, LinkPort, LinkPortState } from "./linkPort.js";
import { plainAddress } from "./tcpServerLink.js";

/** A peer not heard for this long is no longer answered: an old simulator's port must not collect our packets for ever. */
const PEER_FORGOTTEN_MS = 30_000;
/** Several vehicles may share one port; more peers than this is a flood, and the oldest are dropped. */
const PEERS_MAX = 64;
/** The interface is down or has no way there: the system says so at once, and a pilot should hear it. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  "ENETUNREACH",
  "ENETDOWN",
  "EHOSTUNREACH",
  "EADDRNOTAVAIL",
  "ENOTFOUND",
]);

type Peer = { readonly address: string; readonly port: number; heardAtMonoMs: number };
type UdpOptions = { readonly clock: Clock; readonly scheduler: Scheduler; readonly rng: Rng };
type UdpUri = { readonly kind: "udp-listen" | "udp-connect"; readonly host: string; readonly port: number };

/** Listens, and answers every peer heard lately; or speaks first to one. Rebinds by itself when the socket fails. */
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
  readonly #peers = new Map<string, Peer>();
  readonly #backOff: LinkBackOff;
  #at = { address: "", port: 0 };
  #socket: Socket | undefined;
  #isDisposed = false;
  #cancelRebind: () => void = () => undefined;

  constructor(uri: string, parsed: UdpUri, options: UdpOptions) {
    this.uri = uri;
    this.#parsed = parsed;
    this.#options = options;
    this.#backOff = new LinkBackOff(options.rng);
    this.#bind();
  }

  readonly send = (bytes: Uint8Array, to?: string): void => {
    if (this.#parsed.kind === "udp-connect") {
      this.#sendTo(bytes, this.#parsed.port, this.#parsed.host);
      return;
    }
    const nowMonoMs = this.#options.clock.monoMs();
    for (const [key, peer] of this.#peers) {
      if (nowMonoMs - peer.heardAtMonoMs > PEER_FORGOTTEN_MS) this.#peers.delete(key);
      else if (to === undefined || to === key) this.#sendTo(bytes, peer.port, peer.address);
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
      const key = `${plainAddress(from.address)}:${from.port}`;
      if (kind === "udp-listen") this.#remember(key, from);
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
    // ICMP "port unreachable" is only the other side not being up yet: keep the socket.
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

  /** Something came or went: the way is there. */
  #isThere(): void {
    if (this.#state$.value.kind === "lost") this.#state$.next({ kind: "open", ...this.#at });
  }

  #onSent(cause: NodeJS.ErrnoException | null): void {
    if (this.#isDisposed) return;
    if (!cause) this.#isThere();
    // Any other trouble is a lost datagram, which is what UDP promises.
    if (!cause || !UNREACHABLE.has(cause.code ?? "")) return;
    // One peer of several that is out of reach is that peer's trouble.
    if (this.#parsed.kind === "udp-listen" && this.#peers.size > 1) return;
    if (this.#state$.value.kind === "open") this.#state$.next({ kind: "lost", because: cause.message });
  }

  #remember(key: string, from: RemoteInfo): void {
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
      this.#socket?.send(bytes, port, address, (cause) => this.#onSent(cause));
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
