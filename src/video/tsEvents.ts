import type { RefusedSize } from "./h264.js";

/** One coded picture (Annex B). `ptsUs` is unwrapped: it keeps rising when the stream's 33-bit clock wraps. */
export type AccessUnit = {
  readonly kind: "access-unit";
  readonly ptsUs: number | undefined;
  readonly bytes: Uint8Array;
  readonly isKeyframe: boolean;
  /** RFC 6381 codec string from the unit's own SPS ("avc1.42E01E"), on keyframes that contain one. */
  readonly codec: string | undefined;
  /** Data before this unit was lost: pictures may be damaged until the next keyframe. */
  readonly isAfterLoss: boolean;
};

export type KlvPacket = {
  readonly kind: "klv";
  /** Reliable when `isSynchronous`; otherwise often absent or meaningless. */
  readonly ptsUs: number | undefined;
  readonly bytes: Uint8Array;
  readonly isSynchronous: boolean;
};

export type TsEvent = AccessUnit | KlvPacket;

export type TsStatus = {
  /** "other": another codec, named by `codec`. */
  readonly video: "none" | "h264" | "other";
  readonly codec: string | undefined;
  /** A PMT was read. */
  readonly hasTables: boolean;
  readonly hasAudio: boolean;
  /** Number of encrypted video packets; they are skipped. */
  readonly countOfScrambled: number;
  readonly countOfAccessUnits: number;
  readonly countOfKeyframes: number;
  /** The last parameter set withheld from the decoder, with all units up to the next keyframe. */
  readonly refused: RefusedSize | undefined;
  /** As found in the PES packets, regardless of what the tables declare. */
  readonly klv: "none" | "synchronous" | "asynchronous";
  readonly countOfPackets: number;
  readonly countOfContinuityErrors: number;
  readonly countOfResyncs: number;
  readonly countOfGarbageBytes: number;
  readonly countOfBadSections: number;
  readonly countOfDamagedUnits: number;
};

/** Takes bytes in portions of any size. Never throws, whatever the bytes. */
export type TsDemuxer = {
  readonly push: (bytes: Uint8Array) => readonly TsEvent[];
  /** At the end of the stream: returns what was still waiting for its end. */
  readonly flush: () => readonly TsEvent[];
  readonly status: () => TsStatus;
};
