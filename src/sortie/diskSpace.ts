/**
 * How long the disk lasts at the rate at which it fills, and what gives way. Pure: the recorder samples it once a second.
 *
 *   enough ──an hour left──▶ hour ──ten minutes left──▶ ten-minutes      (and back, with a margin)
 *   video  ──less free than the reserve──▶ no video ──half as much again──▶ video
 */

const MINUTE_S = 60;
const HOUR_LEFT_S = 60 * MINUTE_S;
const TEN_MINUTES_LEFT_S = 10 * MINUTE_S;
/** A level is left only with this much more than brought it about: a rate that trembles must not ring twice. */
const MARGIN = 1.2;

/** The rate is that of the last minute; of less than some seconds it is no rate. */
const WINDOW_MS = 60_000;
const WINDOW_MIN_MS = 10_000;

/** Kept for telemetry, events and manifest once video has given way: an hour of them, and never less than this. */
const VIDEO_RESERVE_BYTES = 64_000_000;
const RESERVE_S = HOUR_LEFT_S;
const VIDEO_RETURN = 1.5;

type DiskSample = {
  readonly atMonoMs: number;
  /** Undefined where the system does not say. */
  readonly freeBytes: number | undefined;
  /** Everything this sortie has written so far; `vitalBytes` without the video. */
  readonly writtenBytes: number;
  readonly vitalBytes: number;
};

export type DiskLevel = "enough" | "hour" | "ten-minutes";

export type DiskSpace = {
  readonly level: DiskLevel;
  readonly isVideoStopped: boolean;
  readonly freeBytes: number | undefined;
  /** Until nothing is free, at the measured rate; undefined while there is none. */
  readonly secondsLeft: number | undefined;
  /** The last minute, oldest first. */
  readonly samples: readonly DiskSample[];
};

export const UNKNOWN_DISK: DiskSpace = {
  level: "enough",
  isVideoStopped: false,
  freeBytes: undefined,
  secondsLeft: undefined,
  samples: [],
};

export function stepDiskSpace(before: DiskSpace, sample: DiskSample): DiskSpace {
  const { freeBytes } = sample;
  const samples = [...before.samples.filter(({ atMonoMs }) => sample.atMonoMs - atMonoMs <= WINDOW_MS), sample];
  if (freeBytes === undefined) return { ...before, freeBytes, secondsLeft: undefined, samples };
  const rateBytesPerS = fillRate(samples);
  const secondsLeft = rateBytesPerS === undefined ? undefined : freeBytes / Math.max(rateBytesPerS, 1);
  const isVideoStopped = isVideoStoppedAt(before.isVideoStopped, freeBytes, samples);
  return {
    level: secondsLeft === undefined ? before.level : levelAt(before.level, secondsLeft),
    isVideoStopped,
    freeBytes,
    secondsLeft,
    // With or without video it fills at another rate: measured anew.
    samples: isVideoStopped === before.isVideoStopped ? samples : [sample],
  };
}

/** Ours, or what vanishes, whichever is more: others may be writing to the same disk. */
function fillRate(samples: readonly DiskSample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last) return undefined;
  const spanMs = last.atMonoMs - first.atMonoMs;
  if (spanMs < WINDOW_MIN_MS) return undefined;
  const written = last.writtenBytes - first.writtenBytes;
  const vanished = (first.freeBytes ?? 0) - (last.freeBytes ?? first.freeBytes ?? 0);
  return (Math.max(written, vanished, 0) * 1000) / spanMs;
}

function levelAt(before: DiskLevel, secondsLeft: number): DiskLevel {
  if (secondsLeft <= TEN_MINUTES_LEFT_S * (before === "ten-minutes" ? MARGIN : 1)) return "ten-minutes";
  return secondsLeft <= HOUR_LEFT_S * (before === "enough" ? 1 : MARGIN) ? "hour" : "enough";
}

function isVideoStoppedAt(before: boolean, freeBytes: number, samples: readonly DiskSample[]): boolean {
  const reserveBytes = Math.max(VIDEO_RESERVE_BYTES, RESERVE_S * (vitalRate(samples) ?? 0));
  return freeBytes < reserveBytes * (before ? VIDEO_RETURN : 1);
}

function vitalRate(samples: readonly DiskSample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.atMonoMs - first.atMonoMs < WINDOW_MIN_MS) return undefined;
  return ((last.vitalBytes - first.vitalBytes) * 1000) / (last.atMonoMs - first.atMonoMs);
}
