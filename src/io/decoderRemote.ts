import { Subject } from "rxjs";
import type { AccessUnit, LumaFrame, VideoDecoderPort } from "./decoderPort.js";
import { DECODE_QUEUE_MAX } from "./decoderPort.js";
import type { MessagePortLike } from "./messagePortLike.js";

/** Access units on their way to the window; beyond a second's worth the window hangs and is told nothing more. */
const UNANSWERED_MAX = 30;

/** To the decoder's window. `renderer/decoder/decoder.ts` holds the same shapes. */
export type ToDecoderWindow = { readonly stream: string } & ToDecoder;
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

export type RemoteDecoderOptions = {
  /** The window keeps one decoder a stream; answers carry its name. */
  readonly stream: string;
  readonly queueMax?: number;
};

/** Chromium's own WebCodecs in a hidden window, reached over a port that carries this stream's answers only. */
export function createRemoteDecoder(port: MessagePortLike, options: RemoteDecoderOptions): VideoDecoderPort {
  const { stream, queueMax = DECODE_QUEUE_MAX } = options;
  const frames = new Subject<LumaFrame>();
  const counts = { countOfDecoded: 0, countOfDropped: 0, countOfFailures: 0 };
  const flushes = new Map<number, () => void>();
  let nextFlushId = 1;
  let countOfUnanswered = 0;
  let needsKeyframe = true;

  port.onMessage((message) => {
    const said = message as FromDecoderWindow;
    switch (said.kind) {
      case "frame":
        countOfUnanswered = Math.max(0, countOfUnanswered - 1);
        counts.countOfDecoded++;
        frames.next({ ...said, luma: ownedBytes(said.luma) });
        break;
      case "dropped":
        countOfUnanswered = Math.max(0, countOfUnanswered - 1);
        counts.countOfDropped++;
        break;
      case "failure":
        countOfUnanswered = 0;
        counts.countOfFailures++;
        break;
      case "flushed":
        countOfUnanswered = 0;
        flushes.get(said.flushId)?.();
        flushes.delete(said.flushId);
        break;
    }
  });
  const decode = (unit: AccessUnit): void => {
    // A hung window: after a while try again from a keyframe, in case it woke or was replaced.
    if (countOfUnanswered >= UNANSWERED_MAX) {
      needsKeyframe = true;
      if (unit.isKeyframe) countOfUnanswered = 0;
    }
    if (needsKeyframe && !unit.isKeyframe) {
      counts.countOfDropped++;
      return;
    }
    needsKeyframe = false;
    countOfUnanswered++;
    port.postMessage({ kind: "decode", stream, ...unit, queueMax } satisfies ToDecoderWindow);
  };
  return {
    frames$: frames.asObservable(),
    decode,
    flush: () =>
      new Promise((resolve) => {
        const flushId = nextFlushId++;
        flushes.set(flushId, resolve);
        needsKeyframe = true;
        port.postMessage({ kind: "flush", stream, flushId } satisfies ToDecoderWindow);
      }),
    stats: () => ({ ...counts }),
    close: () => {
      for (const resolve of flushes.values()) resolve();
      flushes.clear();
      frames.complete();
    },
  };
}

/** Cloned over a port a view keeps its own buffer; make sure of it, because the station transfers it on. */
function ownedBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
