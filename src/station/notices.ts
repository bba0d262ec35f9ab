import type { Clock } from "../core/clock.js";
import type { Notice } from "../contract/messages.js";

/** Shown to a screen that joins later; older ones are in the event log. */
const KEPT = 50;

/** What the station says of its own accord. A notice with a known id replaces the one before. */
export type Notices = {
  readonly say: (notice: Omit<Notice, "unixTimeUs">) => void;
  readonly all: () => readonly Notice[];
};

export function createNotices(clock: Clock, onNotice: (notice: Notice) => void): Notices {
  let kept: readonly Notice[] = [];
  return {
    say: (notice) => {
      const stamped: Notice = { ...notice, unixTimeUs: clock.unixUs() };
      kept = [...kept.filter((other) => other.id !== notice.id), stamped].slice(-KEPT);
      onNotice(stamped);
    },
    all: () => kept,
  };
}
