import type { Observable } from "rxjs";

/** One encoded picture (Annex B H.264) and the tag that its decoded frame will carry. */
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
 * Decodes H.264 to luma. A decoder that falls behind drops data up to the next keyframe and counts that; after damaged
 * data it restarts at the next keyframe. `frames$` never errors.
 */
export type VideoDecoderPort = {
  readonly frames$: Observable<LumaFrame>;
  readonly decode: (unit: AccessUnit) => void;
  /** Resolves after the frames of all access units given so far were emitted. */
  readonly flush: () => Promise<void>;
  readonly stats: () => DecoderStats;
  /** Ends `frames$` at once; resolves when nothing runs any more, so that its thread may be ended. */
  readonly close: () => Promise<void>;
};

export type DecoderStats = {
  readonly countOfDecoded: number;
  readonly countOfDropped: number;
  readonly countOfFailures: number;
};

export type DecoderFailure = { readonly kind: "decoder-missing"; readonly because: string };

/** Access units that may wait in a decoder before it drops to the next keyframe: 3 frames are 0.1 s at 30 a second. */
export const DECODE_QUEUE_MAX = 3;
