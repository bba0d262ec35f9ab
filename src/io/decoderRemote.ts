import { Subject } from "rxjs";
import type { AccessUnit, LumaFrame, VideoDecoderPort } from "./decoderPort.js";
import { DECODE_QUEUE_MAX } from "./decoderPort.js";
import type { MessagePortLike } from "./messagePortLike.js";

/** Access units on their way to the window; beyond a second's worth the window hangs and is told nothing more. */
const UNANSWERED_MAX = 30;

/** To the decoder's window. `renderer/decoder/decoder.ts` holds the same shapes. */
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
  /** The window keeps one decoder a stream; answers carry its name. */
  readonly stream: string;
  readonly queueMax?: number;
};

/** Chromium's own WebCodecs in a hidden window, reached over a port that carries this stream's answers only. */
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
    // A hung window: after a while try again from a keyframe, in case it woke or was replaced.
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
        // The window is behind: it goes on at the next keyframe, and so must we.
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

/** Cloned over a port a view keeps its own buffer; make sure of it, because the station transfers it on. */
function ownedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
