import { createServer, type Server, type Socket } from "node:net";
import { BehaviorSubject, Subject } from "rxjs";
import type { Cancel, Clock, Scheduler } from "../core/clock.js";
import type { Rng } from "../core/rng.js";
import { LinkBackOff } from "./linkBackOff.js";
import type { LinkChunk, LinkPort, LinkPortState } from "./linkPort.js";
import { KEEP_ALIVE_MS, SEND_BUFFER_MAX_BYTES } from "./tcpLink.js";

/** Maximum number of clients (vehicles and other stations) on one port. */
const CLIENTS_MAX = 32;

type ServerOptions = { readonly clock: Clock; readonly scheduler: Scheduler; readonly rng: Rng };
type Place = { readonly host: string; readonly port: number };

/** A TCP server: receives from and sends to every client, each with a byte stream of its own. */
export const openTcpServerLink = (uri: string, place: Place, options: ServerOptions): LinkPort =>
  new TcpServerLink(uri, place, options);

class TcpServerLink implements LinkPort {
  readonly uri: string;
  readonly isDatagram = false;
  readonly #place: Place;
  readonly #options: ServerOptions;
  readonly #backOff: LinkBackOff;
  readonly #chunks$ = new Subject<LinkChunk>();
  readonly #state$ = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  readonly chunks$ = this.#chunks$.asObservable();
  readonly state$ = this.#state$.asObservable();
  readonly #clients = new Map<string, Socket>();
  #server: Server | undefined;
  #at = { address: "", port: 0 };
  #isDisposed = false;
  #cancelRetry: Cancel = () => undefined;

  constructor(uri: string, place: Place, options: ServerOptions) {
    this.uri = uri;
    this.#place = place;
    this.#options = options;
    this.#backOff = new LinkBackOff(options.rng);
    this.#listen();
  }

  readonly send = (bytes: Uint8Array, to?: string): void => {
    for (const [from, socket] of this.#clients) {
      if (to !== undefined && to !== from) continue;
      if (socket.readyState === "open" && socket.writableLength <= SEND_BUFFER_MAX_BYTES) socket.write(bytes);
    }
  };

  readonly dispose = (): Promise<void> => {
    if (this.#isDisposed) return Promise.resolve();
    this.#isDisposed = true;
    this.#cancelRetry();
    for (const socket of this.#clients.values()) socket.destroy();
    this.#chunks$.complete();
    this.#state$.complete();
    const server = this.#server;
    return new Promise((resolve) => {
      if (server?.listening === true) server.close(() => resolve());
      else resolve();
    });
  };

  #listen(): void {
    const server = createServer((socket) => this.#welcome(socket));
    this.#server = server;
    server.on("listening", () => {
      this.#backOff.reset();
      const at = server.address();
      if (typeof at === "object" && at) this.#at = { address: at.address, port: at.port };
      this.#state$.next({ kind: "open", ...this.#at });
    });
    server.on("error", (cause) => {
      if (this.#isDisposed) return;
      const afterMs = this.#backOff.nextMs();
      const retryAtMonoMs = this.#options.clock.monoMs() + afterMs;
      this.#state$.next({ kind: "failed", because: cause.message, retryAtMonoMs });
      this.#cancelRetry = this.#options.scheduler.after(afterMs, () => this.#listen());
    });
    const { host, port } = this.#place;
    server.listen(host === "" ? { port } : { host, port });
  }

  #welcome(socket: Socket): void {
    if (this.#clients.size >= CLIENTS_MAX) {
      socket.destroy();
      return;
    }
    const from = `${plainAddress(socket.remoteAddress ?? "")}:${socket.remotePort ?? 0}`;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.#clients.set(from, socket);
    if (this.#state$.value.kind === "lost") this.#state$.next({ kind: "open", ...this.#at });
    socket.on("data", (bytes) => this.#chunks$.next({ bytes, from }));
    let because = "closed by the other side";
    socket.on("error", (cause) => {
      because = cause.message;
    });
    socket.on("close", () => {
      this.#clients.delete(from);
      // The server keeps listening: only a new client can end this state.
      if (!this.#isDisposed && this.#clients.size === 0) this.#state$.next({ kind: "lost", because });
    });
  }
}

/** "::ffff:127.0.0.1" is 127.0.0.1, received by a socket that serves IPv4 and IPv6. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, "");
