import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { BehaviorSubject, Subject } from "rxjs";
import type { Clock, Scheduler } from "../core/clock.js";
import type { LinkPort, LinkPortState } from "./linkPort.js";
import type { LinkUri } from "./linkUri.js";

/** A peer not heard for this long is no longer answered: an old simulator's port must not collect our packets for ever. */
const PEER_FORGOTTEN_MS = 30_000;
/** Several vehicles may share one port; more peers than this is a flood, and the oldest are dropped. */
const PEERS_MAX = 16;
const REBIND_MS = 1000;
export const UDP_RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;

type Peer = { readonly address: string; readonly port: number; heardAtMonoMs: number };
export type UdpOptions = { readonly clock: Clock; readonly scheduler: Scheduler };
type UdpUri = Extract<LinkUri, { kind: "udp-listen" | "udp-connect" }>;

/** Listens, and answers every peer heard lately; or speaks first to one. Rebinds by itself when the socket fails. */
export function openUdpLink(uri: string, parsed: UdpUri, options: UdpOptions): LinkPort {
  const { clock, scheduler } = options;
  const chunks = new Subject<Uint8Array>();
  const state = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  const peers = new Map<string, Peer>();
  let socket: Socket | undefined;
  let isDisposed = false;
  let cancelRebind: () => void = () => undefined;
  const fixedPeer = parsed.kind === "udp-connect" ? parsed : undefined;

  const remember = (from: RemoteInfo): void => {
    const key = `${from.address}:${from.port}`;
    const known = peers.get(key);
    if (known) {
      known.heardAtMonoMs = clock.monoMs();
      return;
    }
    if (peers.size >= PEERS_MAX) forgetOldest(peers);
    peers.set(key, { address: from.address, port: from.port, heardAtMonoMs: clock.monoMs() });
  };
  const bind = (): void => {
    const isIpv6 = parsed.host.includes(":");
    const opened = createSocket({ type: isIpv6 ? "udp6" : "udp4", reuseAddr: false });
    socket = opened;
    opened.on("message", (message, from) => {
      if (!fixedPeer) remember(from);
      chunks.next(message);
    });
    opened.on("error", (cause) => {
      // ICMP "port unreachable" is only the other side not being up yet: keep the socket.
      if ((cause as NodeJS.ErrnoException).code === "ECONNREFUSED") return;
      opened.removeAllListeners();
      opened.on("error", () => undefined);
      closeQuietly(opened);
      if (isDisposed) return;
      state.next({ kind: "failed", because: cause.message });
      cancelRebind = scheduler.after(REBIND_MS, bind);
    });
    opened.on("listening", () => {
      const at = opened.address();
      state.next({ kind: "open", address: at.address, port: at.port });
    });
    if (fixedPeer) opened.bind();
    else opened.bind(parsed.port, parsed.host === "" ? undefined : parsed.host);
  };
  bind();

  const sendTo = (bytes: Uint8Array, port: number, address: string): void => {
    try {
      // The callback swallows unreachable peers: a lost datagram is what UDP promises.
      socket?.send(bytes, port, address, () => undefined);
    } catch {
      // Socket between two binds: same as a lost datagram.
    }
  };
  const send = (bytes: Uint8Array): void => {
    if (fixedPeer) {
      sendTo(bytes, fixedPeer.port, fixedPeer.host);
      return;
    }
    for (const [key, peer] of peers) {
      if (clock.monoMs() - peer.heardAtMonoMs > PEER_FORGOTTEN_MS) peers.delete(key);
      else sendTo(bytes, peer.port, peer.address);
    }
  };
  const dispose = (): Promise<void> => {
    if (isDisposed) return Promise.resolve();
    isDisposed = true;
    cancelRebind();
    chunks.complete();
    state.complete();
    return new Promise((resolve) => {
      if (socket) closeQuietly(socket, resolve);
      else resolve();
    });
  };
  return { uri, isDatagram: true, chunks$: chunks.asObservable(), state$: state.asObservable(), send, dispose };
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
