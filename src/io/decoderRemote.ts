import { Subject } from "rxjs";
import type { AccessUnit, LumaFrame, VideoDecoderPort } from "./decoderPort.js";
import { DECODE_QUEUE_MAX } from "./decoderPort.js";
import type { MessagePortLike } from "./messagePortLike.js";

/**
 * Access units sent to the window and not answered yet; with a second's worth of them the window hangs, and nothing
 * more is sent.
 */
const UNANSWERED_MAX = 30;

/** Messages to the decoder's window. `renderer/decoder/decoder.ts` declares the same shapes. */
type ToDecoderWindow = { readonly stream: string } & ToDecoder;
type ToDecoder =
  | {
      readonly kind: "decode";
      readonly tagUs: number;
      readonly isKeyframe: boolean;
      readonly bytes: Uint8Array;
      readonly queueMax: number;
    }
  | { readonly kind: "flush"; readonly flushId: number };
type FromDecoderWindow =
  | {
      readonly kind: "frame";
      readonly tagUs: number;
      readonly widthPx: number;
      readonly heightPx: number;
      readonly luma: Uint8Array;
    }
  | { readonly kind: "dropped"; readonly tagUs: number }
  | { readonly kind: "failure"; readonly because: string }
  | { readonly kind: "flushed"; readonly flushId: number };

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
    port.onMessage((message) => this.#take(message as FromDecoderWindow));
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
    this.#say({ kind: "decode", ...unit, queueMax: this.#queueMax });
  };

  readonly flush = (): Promise<void> =>
    new Promise((resolve) => {
      const flushId = this.#nextFlushId++;
      this.#flushes.set(flushId, resolve);
      this.#needsKeyframe = true;
      this.#say({ kind: "flush", flushId });
    });

  readonly close = (): Promise<void> => {
    for (const resolve of this.#flushes.values()) resolve();
    this.#flushes.clear();
    this.#frames$.complete();
    return Promise.resolve();
  };

  #say(message: ToDecoder): void {
    this.#port.postMessage({ stream: this.#stream, ...message } satisfies ToDecoderWindow);
  }

  #take(said: FromDecoderWindow): void {
    switch (said.kind) {
      case "frame": {
        this.#countOfUnanswered = Math.max(0, this.#countOfUnanswered - 1);
        this.#counts.countOfDecoded++;
        const { tagUs, widthPx, heightPx, luma } = said;
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
        this.#flushes.get(said.flushId)?.();
        this.#flushes.delete(said.flushId);
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
