import type { Clock } from "../core/clock.js";
import type { Notice } from "../contract/messages.js";
import type { StationBus } from "./bus.js";

/** Shown to a screen that joins later; older ones are in the event log. */
const KEPT = 50;

/** Stamps every notice of the bus, sends it to the screens and keeps the newest. A known id replaces the one before. */
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
