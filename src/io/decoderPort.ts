import type { Observable } from "rxjs";

/** One coded picture (Annex B H.264) and the tag by which its decoded frame is recognised. */
export type AccessUnit = {
  /** Presentation time in microseconds, or any number unique among the frames in flight. */
  readonly tagUs: number;
  readonly isKeyframe: boolean;
  readonly bytes: Uint8Array;
};

export type LumaFrame = {
  readonly tagUs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The Y plane, rows packed without padding. */
  readonly luma: Uint8Array<ArrayBuffer>;
};

/**
 * H.264 in, luma out. A decoder that falls behind drops to the next keyframe and counts; one that meets broken data
 * starts anew at the next keyframe. `frames$` never errors.
 */
export type VideoDecoderPort = {
  readonly frames$: Observable<LumaFrame>;
  readonly decode: (unit: AccessUnit) => void;
  /** Everything given so far comes out before the promise resolves. */
  readonly flush: () => Promise<void>;
  readonly stats: () => DecoderStats;
  /** Ends `frames$` at once; resolves when nothing of it runs any more and its thread may be ended. */
  readonly close: () => Promise<void>;
};

export type DecoderStats = {
  readonly countOfDecoded: number;
  readonly countOfDropped: number;
  readonly countOfFailures: number;
};

export type DecoderFailure = { readonly kind: "decoder-missing"; readonly because: string };

/** Access units waiting in a decoder before it drops to the next keyframe: 3 frames are 0.1 s at 30 a second. */
export const DECODE_QUEUE_MAX = 3;
