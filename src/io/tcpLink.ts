import { connect, type Socket } from "node:net";
import { BehaviorSubject, Subject } from "rxjs";
import type { Cancel, Clock, Scheduler } from "../core/clock.js";
import type { Rng } from "../core/rng.js";
import { LinkBackOff } from "./linkBackOff.js";
import type { LinkChunk, LinkPort, LinkPortState } from "./linkPort.js";

/** Bounds the memory when a peer stops reading: beyond this, packets are dropped as on a full radio. */
export const SEND_BUFFER_MAX_BYTES = 256 * 1024;
export const KEEP_ALIVE_MS = 5000;
/**
 * A peer that has sent data and then nothing for this long is gone (a pulled cable sends no reset): reconnect. One that
 * never sent anything may be serving another client first, as ArduPilot's simulator does.
 */
const MUTE_AFTER_MS = 10_000;
const MUTE_CHECK_MS = 1000;
const DIAL_MAX_MS = 5000;
/**
 * A peer that accepts, sends and closes again within this time is reconnected with growing delays, like one that
 * refuses.
 */
const LASTING_MS = 10_000;

type TcpOptions = { readonly clock: Clock; readonly scheduler: Scheduler; readonly rng: Rng };
type Peer = { readonly host: string; readonly port: number };

/** A TCP client that reconnects without limit, after delays of 0.25 s, 0.5 s … 5 s. */
export const openTcpLink = (uri: string, peer: Peer, options: TcpOptions): LinkPort => new TcpLink(uri, peer, options);

class TcpLink implements LinkPort {
  readonly uri: string;
  readonly isDatagram = false;
  readonly #peer: Peer;
  readonly #options: TcpOptions;
  readonly #backOff: LinkBackOff;
  readonly #chunks$ = new Subject<LinkChunk>();
  readonly #state$ = new BehaviorSubject<LinkPortState>({ kind: "opening" });
  readonly chunks$ = this.#chunks$.asObservable();
  readonly state$ = this.#state$.asObservable();
  #socket: Socket | undefined;
  #receivedAtMonoMs: number | undefined;
  #isDisposed = false;
  #cancelRetry: Cancel = () => undefined;
  #cancelWatch: Cancel = () => undefined;

  constructor(uri: string, peer: Peer, options: TcpOptions) {
    this.uri = uri;
    this.#peer = peer;
    this.#options = options;
    this.#backOff = new LinkBackOff(options.rng);
    this.#dial();
  }

  readonly send = (bytes: Uint8Array): void => {
    const socket = this.#socket;
    if (!socket || socket.readyState !== "open" || socket.writableLength > SEND_BUFFER_MAX_BYTES) return;
    socket.write(bytes);
  };

  readonly dispose = (): Promise<void> => {
    if (!this.#isDisposed) {
      this.#isDisposed = true;
      this.#cancelRetry();
      this.#cancelWatch();
      this.#socket?.destroy();
      this.#chunks$.complete();
      this.#state$.complete();
    }
    return Promise.resolve();
  };

  #dial(): void {
    const { host, port } = this.#peer;
    const from = `${host}:${port}`;
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    this.#socket = socket;
    this.#receivedAtMonoMs = undefined;
    let because = "closed by the other side";
    let openedAtMonoMs: number | undefined;
    // Without any reply the system itself gives up only after minutes.
    const cancelDial = this.#options.scheduler.after(DIAL_MAX_MS, () => socket.destroy(new Error("no answer")));
    socket.on("connect", () => {
      cancelDial();
      openedAtMonoMs = this.#options.clock.monoMs();
      this.#state$.next({ kind: "open", address: host, port });
      this.#watch(socket);
    });
    socket.on("data", (bytes) => {
      this.#receivedAtMonoMs = this.#options.clock.monoMs();
      this.#chunks$.next({ bytes, from });
    });
    socket.on("error", (cause) => {
      // When several addresses of one host all fail, the error has no message.
      because = cause.message || ((cause as NodeJS.ErrnoException).code ?? "no answer");
    });
    socket.on("close", () => {
      cancelDial();
      this.#cancelWatch();
      if (this.#isDisposed) return;
      const received = this.#receivedAtMonoMs;
      if (openedAtMonoMs !== undefined && received !== undefined && received - openedAtMonoMs >= LASTING_MS)
        this.#backOff.reset();
      this.#retry(openedAtMonoMs !== undefined, because);
    });
  }

  #retry(hasOpened: boolean, because: string): void {
    const afterMs = this.#backOff.nextMs();
    const retryAtMonoMs = this.#options.clock.monoMs() + afterMs;
    const kind = hasOpened || this.#state$.value.kind === "lost" ? "lost" : "failed";
    this.#state$.next({ kind, because, retryAtMonoMs });
    this.#cancelRetry = this.#options.scheduler.after(afterMs, () => this.#dial());
  }

  #watch(socket: Socket): void {
    this.#cancelWatch = this.#options.scheduler.after(MUTE_CHECK_MS, () => {
      const received = this.#receivedAtMonoMs;
      if (received !== undefined && this.#options.clock.monoMs() - received > MUTE_AFTER_MS) {
        socket.destroy(new Error(`nothing heard for ${MUTE_AFTER_MS / 1000} s`));
        return;
      }
      this.#watch(socket);
    });
  }
}
