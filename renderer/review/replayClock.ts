/** The clock of a replay: pure, moved by the animation loop. */
export type ReplayClock = {
  readonly firstUnixUs: number;
  readonly lastUnixUs: number;
  readonly atUnixUs: number;
  readonly isPlaying: boolean;
  /** Recorded seconds per real second. */
  readonly paceFactor: number;
};

export const PACES: readonly number[] = [1, 2, 4, 8, 16, 32];

export const startClock = (firstUnixUs: number, lastUnixUs: number): ReplayClock => ({
  firstUnixUs,
  lastUnixUs: Math.max(firstUnixUs, lastUnixUs),
  atUnixUs: firstUnixUs,
  isPlaying: false,
  paceFactor: 1,
});

/** Clamped to the recording. */
export function seek(clock: ReplayClock, toUnixUs: number): ReplayClock {
  const atUnixUs = Math.min(clock.lastUnixUs, Math.max(clock.firstUnixUs, toUnixUs));
  return atUnixUs === clock.atUnixUs ? clock : { ...clock, atUnixUs };
}

export const skip = (clock: ReplayClock, byS: number): ReplayClock => seek(clock, clock.atUnixUs + byS * 1e6);

/** At the end it starts again from the beginning. */
export function togglePlay(clock: ReplayClock): ReplayClock {
  if (clock.isPlaying) return { ...clock, isPlaying: false };
  const isAtEnd = clock.atUnixUs >= clock.lastUnixUs;
  return { ...clock, isPlaying: true, atUnixUs: isAtEnd ? clock.firstUnixUs : clock.atUnixUs };
}

export const setPace = (clock: ReplayClock, paceFactor: number): ReplayClock => ({ ...clock, paceFactor });

/** One step up or down the list of speeds, clamped at its ends. */
export function shiftPace(clock: ReplayClock, by: 1 | -1): ReplayClock {
  const next = PACES[PACES.indexOf(clock.paceFactor) + by];
  return next === undefined ? clock : setPace(clock, next);
}

// After a hidden tab or a pause of the page the replay continues where it was instead of jumping.
const LONGEST_STEP_MS = 250;

/** Advances a playing clock by real time; it stops at the end. */
export function advance(clock: ReplayClock, elapsedMs: number): ReplayClock {
  if (!clock.isPlaying) return clock;
  const stepUs = Math.min(LONGEST_STEP_MS, Math.max(0, elapsedMs)) * 1000 * clock.paceFactor;
  const moved = seek(clock, clock.atUnixUs + stepUs);
  return moved.atUnixUs >= clock.lastUnixUs ? { ...moved, isPlaying: false } : moved;
}
