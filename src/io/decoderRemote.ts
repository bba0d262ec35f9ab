import { Subject } from "rxjs";
import type { FromDecoder, ToDecoder, ToDecoderStream } from "../core/decoderMessages.js";
import type { AccessUnit, LumaFrame, VideoDecoderPort } from "./decoderPort.js";
import { DECODE_QUEUE_MAX } from "./decoderPort.js";
import type { MessagePortLike } from "./messagePortLike.js";

/**
 * Access units sent to the window and not answered yet; with a second's worth of them the window hangs, and nothing
 * more is sent.
 */
const UNANSWERED_MAX = 30;

type RemoteDecoderOptions = {
  /** The window has one decoder for each stream; its replies carry the stream's name. */
  readonly stream: string;
  readonly queueMax?: number;
};

/** Decodes with Chromium's WebCodecs in a hidden window, through a port that carries only this stream's replies. */
export const createRemoteDecoder = (port: MessagePortLike, options: RemoteDecoderOptions): VideoDecoderPort =>
  new RemoteDecoder(port, options);

class RemoteDecoder implements VideoDecoderPort {
  readonly #port: MessagePortLike;
  readonly #stream: string;
  readonly #queueMax: number;
  readonly #frames$ = new Subject<LumaFrame>();
  readonly frames$ = this.#frames$.asObservable();
  readonly #counts = { countOfDecoded: 0, countOfDropped: 0, countOfFailures: 0 };
  readonly #flushes = new Map<number, () => void>();
  #nextFlushId = 1;
  #countOfUnanswered = 0;
  #needsKeyframe = true;

  constructor(port: MessagePortLike, { stream, queueMax = DECODE_QUEUE_MAX }: RemoteDecoderOptions) {
    this.#port = port;
    this.#stream = stream;
    this.#queueMax = queueMax;
    port.onMessage((message) => this.#receive(message as FromDecoder));
  }

  readonly stats = () => ({ ...this.#counts });

  readonly decode = (unit: AccessUnit): void => {
    // The window hangs: after a while it is tried again from a keyframe, in case it recovered or was replaced.
    if (this.#countOfUnanswered >= UNANSWERED_MAX) {
      this.#needsKeyframe = true;
      if (unit.isKeyframe) this.#countOfUnanswered = 0;
    }
    if (this.#needsKeyframe && !unit.isKeyframe) {
      this.#counts.countOfDropped++;
      return;
    }
    this.#needsKeyframe = false;
    this.#countOfUnanswered++;
    this.#send({ kind: "decode", ...unit, queueMax: this.#queueMax });
  };

  readonly flush = (): Promise<void> =>
    new Promise((resolve) => {
      const flushId = this.#nextFlushId++;
      this.#flushes.set(flushId, resolve);
      this.#needsKeyframe = true;
      this.#send({ kind: "flush", flushId });
    });

  readonly close = (): Promise<void> => {
    for (const resolve of this.#flushes.values()) resolve();
    this.#flushes.clear();
    this.#frames$.complete();
    return Promise.resolve();
  };

  #send(message: ToDecoderStream): void {
    this.#port.postMessage({ stream: this.#stream, ...message } satisfies ToDecoder);
  }

  #receive(message: FromDecoder): void {
    switch (message.kind) {
      case "frame": {
        this.#countOfUnanswered = Math.max(0, this.#countOfUnanswered - 1);
        this.#counts.countOfDecoded++;
        const { tagUs, widthPx, heightPx, luma } = message;
        this.#frames$.next({ tagUs, widthPx, heightPx, luma: ownedBytes(luma) });
        break;
      }
      case "dropped":
        // The window has fallen behind and continues at the next keyframe: until then nothing is sent.
        this.#countOfUnanswered = Math.max(0, this.#countOfUnanswered - 1);
        this.#counts.countOfDropped++;
        this.#needsKeyframe = true;
        break;
      case "failure":
        this.#countOfUnanswered = 0;
        this.#counts.countOfFailures++;
        this.#needsKeyframe = true;
        break;
      case "flushed":
        this.#countOfUnanswered = 0;
        this.#flushes.get(message.flushId)?.();
        this.#flushes.delete(message.flushId);
        break;
    }
  }
}

/**
 * A view that was cloned over a port keeps its whole buffer; the station transfers the buffer on, so it must hold
 * nothing else.
 */
function ownedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
