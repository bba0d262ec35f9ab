import type { Clock } from "../core/clock.js";
import type { Notice } from "../contract/messages.js";
import type { StationBus } from "./bus.js";

/** Kept for screens that join later; older ones are only in the event log. */
const KEPT = 50;

/**
 * Adds a time to every notice published on the bus, sends it to the screens and keeps the newest. A notice with a known
 * id replaces the earlier one.
 */
type Notices = { readonly all: () => readonly Notice[] };

export function createNotices(clock: Clock, bus: StationBus): Notices {
  let kept: readonly Notice[] = [];
  bus.on("notice", ({ notice }) => {
    const stamped: Notice = { ...notice, unixTimeUs: clock.unixUs() };
    kept = [...kept.filter((other) => other.id !== notice.id), stamped].slice(-KEPT);
    bus.send({ kind: "notice", notice: stamped });
  });
  return { all: () => kept };
}
