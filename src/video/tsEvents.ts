import type { RefusedSize } from "./h264.js";

/** One coded picture (Annex B). `ptsUs` is unwrapped: it goes on rising when the stream's 33-bit clock rolls over. */
export type AccessUnit = {
  readonly kind: "access-unit";
  readonly ptsUs: number | undefined;
  readonly bytes: Uint8Array;
  readonly isKeyframe: boolean;
  /** RFC 6381 name from the unit's own SPS ("avc1.42E01E"), on keyframes that carry one. */
  readonly codec: string | undefined;
  /** Something before this unit was lost: pictures may be damaged until the next keyframe. */
  readonly isAfterLoss: boolean;
};

export type KlvPacket = {
  readonly kind: "klv";
  /** Dependable when `isSynchronous`; often absent or meaningless otherwise. */
  readonly ptsUs: number | undefined;
  readonly bytes: Uint8Array;
  readonly isSynchronous: boolean;
};

export type TsEvent = AccessUnit | KlvPacket;

export type TsStatus = {
  /** "other" is named by `codec`. */
  readonly video: "none" | "h264" | "other";
  readonly codec: string | undefined;
  /** A program map was read. */
  readonly hasTables: boolean;
  readonly hasAudio: boolean;
  /** Packets of the video that are encrypted: they are left out. */
  readonly countOfScrambled: number;
  readonly countOfAccessUnits: number;
  readonly countOfKeyframes: number;
  /** The last parameter set that was kept from the decoder, with all units up to the next keyframe. */
  readonly refused: RefusedSize | undefined;
  /** As seen in the packets themselves, whatever the tables declare. */
  readonly klv: "none" | "synchronous" | "asynchronous";
  readonly countOfPackets: number;
  readonly countOfContinuityErrors: number;
  readonly countOfResyncs: number;
  readonly countOfGarbageBytes: number;
  readonly countOfBadSections: number;
  readonly countOfDamagedUnits: number;
};

/** Bytes in any portions, as the wire gives them. Never throws, whatever the bytes. */
export type TsDemuxer = {
  readonly push: (bytes: Uint8Array) => readonly TsEvent[];
  /** The end of the stream: gives what was still waiting for its end. */
  readonly flush: () => readonly TsEvent[];
  readonly status: () => TsStatus;
};
