/**
 * Which events of a component were received and which are missing, by sequence number. These have 16 bits and restart
 * with the vehicle. https://mavlink.io/en/services/events.html
 */
const WINDOW = 0x10000;
/** More than any autopilot stores: older ones can no longer be requested. */
const MISSING_MAX = 64;
const RECENT_MAX = 128;

type ReceivedEvent = { readonly sequence: number; readonly timeBootMs: number };

export type EventSequence = {
  readonly newest: number;
  /** In ascending order: the oldest first. */
  readonly missing: readonly number[];
  /** The latest received events, to recognise repeated ones. */
  readonly recent: readonly ReceivedEvent[];
};

/** How far `sequence` is ahead of `newest` (negative: behind), across the 16-bit wrap. */
export function sequenceAhead(sequence: number, newest: number): number {
  const ahead = (sequence - newest) & (WINDOW - 1);
  return ahead < WINDOW / 2 ? ahead : ahead - WINDOW;
}

type EventReception = { readonly after: EventSequence; readonly isNew: boolean };

/** An event was received, for the first time or again. */
export function receiveEvent(before: EventSequence | undefined, received: ReceivedEvent): EventReception {
  const { sequence, timeBootMs } = received;
  if (!before) return { after: { newest: sequence, missing: [], recent: [received] }, isNew: true };
  if (before.recent.some((one) => one.sequence === sequence && one.timeBootMs === timeBootMs))
    return { after: before, isNew: false };
  const recent = [...before.recent, received].slice(-RECENT_MAX);
  const ahead = sequenceAhead(sequence, before.newest);
  if (ahead > 0) {
    const missing = [...before.missing, ...between(before.newest, sequence)].slice(-MISSING_MAX);
    return { after: { newest: sequence, missing, recent }, isNew: true };
  }
  if (before.missing.includes(sequence)) {
    const missing = before.missing.filter((one) => one !== sequence);
    return { after: { ...before, missing, recent }, isNew: true };
  }
  // Neither received before nor missing: from before our first one, or the vehicle has restarted. Both count as new.
  const hasRestarted = ahead < -RECENT_MAX;
  return {
    after: hasRestarted ? { newest: sequence, missing: [], recent: [received] } : { ...before, recent },
    isNew: true,
  };
}

/** The component reported its newest sequence number, and whether it restarted. */
export function receiveNewest(
  before: EventSequence | undefined,
  reported: { readonly sequence: number; readonly isReset: boolean },
): EventSequence {
  const { sequence, isReset } = reported;
  const fresh = { newest: sequence, missing: [], recent: [] };
  if (!before) return fresh;
  const ahead = sequenceAhead(sequence, before.newest);
  if (ahead === 0) return before;
  // A newest number lower than ours is only possible after a restart.
  if (isReset || ahead < 0) return fresh;
  const missing = [...before.missing, ...between(before.newest, sequence), sequence].slice(-MISSING_MAX);
  return { ...before, newest: sequence, missing };
}

/** Removes the missing events that the component no longer stores. */
export const withoutOlderThan = (before: EventSequence, oldest: number): EventSequence => ({
  ...before,
  missing: before.missing.filter((sequence) => sequenceAhead(sequence, oldest) >= 0),
});

/** The numbers between two, both excluded; only the newest `MISSING_MAX`. */
function between(older: number, newer: number): readonly number[] {
  const count = Math.min(sequenceAhead(newer, older) - 1, MISSING_MAX);
  return Array.from({ length: count }, (_, i) => (newer - count + i) & (WINDOW - 1));
}
