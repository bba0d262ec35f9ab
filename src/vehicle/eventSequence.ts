/**
 * Which numbered events of a component were heard, and which are missing. Numbers have sixteen bits and start anew with the
 * vehicle. https://mavlink.io/en/services/events.html
 */
const WINDOW = 0x10000;
/** More than any autopilot keeps: what lies further back cannot be had any more. */
const MISSING_MAX = 64;
const RECENT_MAX = 128;

type ReceivedEvent = { readonly sequence: number; readonly timeBootMs: number };

export type EventSequence = {
  readonly newest: number;
  /** In their order; the oldest first. */
  readonly missing: readonly number[];
  /** The latest heard, to know a second hearing by. */
  readonly recent: readonly ReceivedEvent[];
};

/** How far `sequence` lies behind (negative) or ahead of `newest`, across the end of the sixteen bits. */
export function sequenceAhead(sequence: number, newest: number): number {
  const ahead = (sequence - newest) & (WINDOW - 1);
  return ahead < WINDOW / 2 ? ahead : ahead - WINDOW;
}

type EventReception = { readonly after: EventSequence; readonly isNew: boolean };

/** An event was heard, for the first time or again. */
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
  // Neither heard nor missed: from before our first one, or the vehicle started anew. Both are news.
  const hasRestarted = ahead < -RECENT_MAX;
  return {
    after: hasRestarted ? { newest: sequence, missing: [], recent: [received] } : { ...before, recent },
    isNew: true,
  };
}

/** The component says which number is its newest, and whether it began anew. */
export function receiveNewest(
  before: EventSequence | undefined,
  reported: { readonly sequence: number; readonly isReset: boolean },
): EventSequence {
  const { sequence, isReset } = reported;
  const fresh = { newest: sequence, missing: [], recent: [] };
  if (!before) return fresh;
  const ahead = sequenceAhead(sequence, before.newest);
  if (ahead === 0) return before;
  // It cannot know an older newest than ours unless it counts anew.
  if (isReset || ahead < 0) return fresh;
  const missing = [...before.missing, ...between(before.newest, sequence), sequence].slice(-MISSING_MAX);
  return { ...before, newest: sequence, missing };
}

/** What the component no longer has. */
export const withoutOlderThan = (before: EventSequence, oldest: number): EventSequence => ({
  ...before,
  missing: before.missing.filter((sequence) => sequenceAhead(sequence, oldest) >= 0),
});

/** The numbers between two, both left out; at most as many as can still be had. */
function between(older: number, newer: number): readonly number[] {
  const count = Math.min(sequenceAhead(newer, older) - 1, MISSING_MAX);
  return Array.from({ length: count }, (_, i) => (newer - count + i) & (WINDOW - 1));
}
