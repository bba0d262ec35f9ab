import type { VideoProblem } from "../../core/mediaProblem.js";
import { streamProblem } from "../../video/streamProblem.js";
import type { VisionStatus } from "./visionMessages.js";

/** Without a byte for this long there is nothing to diagnose: the status is "waiting" or "stale". */
const SILENT_AFTER_MS = 2000;
/** Cameras send a keyframe every second or two: bytes without a picture for this long are reported. */
const WITHOUT_PICTURE_MS = 4000;

/**
 * Diagnoses why bytes arrive but no pictures, from the counts since the last picture, or since the first byte. Times
 * are monotonic.
 */
export class VideoDiagnosis {
  #lastBytesMs: number | undefined;
  #lastFrameMs: number | undefined;
  #sinceMs = 0;
  #newest: VisionStatus | undefined;
  #baseline: VisionStatus | undefined;

  onBytes(nowMs: number): void {
    if (this.#isSilent(nowMs)) this.#startOver(nowMs);
    this.#lastBytesMs = nowMs;
  }

  onFrame(nowMs: number): void {
    this.#lastFrameMs = nowMs;
    this.#startOver(nowMs);
  }

  onStatus(status: VisionStatus): void {
    this.#newest = status;
  }

  /** A restarted worker counts from zero. */
  onWorkerRestart(nowMs: number): void {
    this.#newest = undefined;
    this.#startOver(nowMs);
  }

  /** `ofDatagrams`: a problem that the datagrams' headers already show. */
  problem(nowMs: number, ofDatagrams: VideoProblem | undefined): VideoProblem | undefined {
    if (this.#isSilent(nowMs)) return undefined;
    const hasPicture = this.#lastFrameMs !== undefined && nowMs - this.#lastFrameMs < WITHOUT_PICTURE_MS;
    if (hasPicture) return undefined;
    if (ofDatagrams) return ofDatagrams;
    const newest = this.#newest;
    if (!newest || nowMs - this.#sinceMs < WITHOUT_PICTURE_MS) return undefined;
    const { ts, decoder } = sinceThen(newest, this.#baseline);
    return streamProblem(ts, decoder.countOfDecoded);
  }

  #isSilent(nowMs: number): boolean {
    return this.#lastBytesMs === undefined || nowMs - this.#lastBytesMs > SILENT_AFTER_MS;
  }

  #startOver(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#baseline = this.#newest;
  }
}

function sinceThen(newest: VisionStatus, then: VisionStatus | undefined): VisionStatus {
  if (!then) return newest;
  const { ts, decoder } = newest;
  return {
    ...newest,
    ts: {
      ...ts,
      countOfPackets: ts.countOfPackets - then.ts.countOfPackets,
      countOfGarbageBytes: ts.countOfGarbageBytes - then.ts.countOfGarbageBytes,
      countOfScrambled: ts.countOfScrambled - then.ts.countOfScrambled,
      countOfAccessUnits: ts.countOfAccessUnits - then.ts.countOfAccessUnits,
      countOfKeyframes: ts.countOfKeyframes - then.ts.countOfKeyframes,
    },
    decoder: { ...decoder, countOfDecoded: decoder.countOfDecoded - then.decoder.countOfDecoded },
  };
}
