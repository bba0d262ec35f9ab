/**
 * How long the free disk space lasts at the present rate, and when video recording stops to save space. Pure: the
 * recorder passes a sample once a second.
 *
 *   enough ──an hour left──▶ hour ──ten minutes left──▶ ten-minutes      (and back, with a margin)
 *   video  ──less free than the reserve──▶ no video ──half as much again──▶ video
 */

const MINUTE_S = 60;
const HOUR_LEFT_S = 60 * MINUTE_S;
const TEN_MINUTES_LEFT_S = 10 * MINUTE_S;
/** A warning level ends only with this factor more than began it, so that a varying rate does not warn twice. */
const MARGIN = 1.2;

/** The rate is measured over the last minute; over less than ten seconds it is not used. */
const WINDOW_MS = 60_000;
const WINDOW_MIN_MS = 10_000;

/**
 * Reserved for telemetry, events and manifest once video has stopped: enough for an hour of them, and at least this.
 */
const VIDEO_RESERVE_BYTES = 64_000_000;
const RESERVE_S = HOUR_LEFT_S;
const VIDEO_RETURN = 1.5;

type DiskSample = {
  readonly atMonoMs: number;
  /** Undefined where the system does not report it. */
  readonly freeBytes: number | undefined;
  /** Bytes that this sortie has written so far; `vitalBytes` without the video. */
  readonly writtenBytes: number;
  readonly vitalBytes: number;
};

export type DiskLevel = "enough" | "hour" | "ten-minutes";

export type DiskSpace = {
  readonly level: DiskLevel;
  readonly isVideoStopped: boolean;
  readonly freeBytes: number | undefined;
  /** Until the disk is full, at the measured rate; undefined while there is no rate. */
  readonly secondsLeft: number | undefined;
  /** The samples of the last minute, oldest first. */
  readonly samples: readonly DiskSample[];
};

export const UNKNOWN_DISK: DiskSpace = {
  level: "enough",
  isVideoStopped: false,
  freeBytes: undefined,
  secondsLeft: undefined,
  samples: [],
};

/**
 * The disk's state after one more sample; `before` is `UNKNOWN_DISK` at first. Without ten seconds of samples there is no
 * rate: the level stays, and only the reserve decides about video. Where the free space is unknown, level and video
 * stay as they are.
 */
export function stepDiskSpace(before: DiskSpace, sample: DiskSample): DiskSpace {
  const { freeBytes } = sample;
  const kept = before.samples.filter(({ atMonoMs }) => sample.atMonoMs - atMonoMs <= WINDOW_MS);
  const samples = [...kept, sample];
  if (freeBytes === undefined) return { ...before, freeBytes, secondsLeft: undefined, samples };
  const [first = sample] = kept;
  const spanMs = sample.atMonoMs - first.atMonoMs;
  const rateBytesPerS = rateOf(usedBytes(first, sample), spanMs);
  const secondsLeft = rateBytesPerS === undefined ? undefined : freeBytes / Math.max(rateBytesPerS, 1);
  const vitalRateBytesPerS = rateOf(sample.vitalBytes - first.vitalBytes, spanMs) ?? 0;
  const isVideoStopped = isVideoStoppedAt(before.isVideoStopped, freeBytes, vitalRateBytesPerS);
  return {
    level: secondsLeft === undefined ? before.level : levelAt(before.level, secondsLeft),
    isVideoStopped,
    freeBytes,
    secondsLeft,
    // With or without video the rate differs, so it is measured anew.
    samples: isVideoStopped === before.isVideoStopped ? samples : [sample],
  };
}

/** The larger of what this sortie wrote and what the disk lost, since other programs may write to it too. */
function usedBytes(first: DiskSample, last: DiskSample): number {
  const lostBytes = (first.freeBytes ?? 0) - (last.freeBytes ?? 0);
  return Math.max(last.writtenBytes - first.writtenBytes, lostBytes);
}

const rateOf = (bytes: number, spanMs: number): number | undefined =>
  spanMs < WINDOW_MIN_MS ? undefined : (bytes * 1000) / spanMs;

function levelAt(before: DiskLevel, secondsLeft: number): DiskLevel {
  if (secondsLeft <= TEN_MINUTES_LEFT_S * (before === "ten-minutes" ? MARGIN : 1)) return "ten-minutes";
  return secondsLeft <= HOUR_LEFT_S * (before === "enough" ? 1 : MARGIN) ? "hour" : "enough";
}

function isVideoStoppedAt(before: boolean, freeBytes: number, vitalRateBytesPerS: number): boolean {
  const reserveBytes = Math.max(VIDEO_RESERVE_BYTES, RESERVE_S * vitalRateBytesPerS);
  return freeBytes < reserveBytes * (before ? VIDEO_RETURN : 1);
}
