import type { Clock } from "../core/clock.js";
import type { MavlinkFrame } from "../mavlink/frame.js";
import { trafficFrom } from "../mavlink/payload/trafficFrom.js";
import type { TrafficTarget } from "../vehicle/traffic.js";

/** An aircraft is elsewhere by then; a ship reports every few minutes at anchor, and is kept for the usual minute. */
const KEPT_MS: Readonly<Record<TrafficTarget["kind"], number>> = { aircraft: 30_000, ship: 60_000 };
/** A receiver gone mad must not fill the memory. */
const TARGETS_MAX = 500;

/** Others' aircraft and ships, whichever vehicle heard them; the newest report of each, until it is too old. */
type TrafficBoard = {
  readonly onFrame: (frame: MavlinkFrame) => void;
  /** The targets when they changed since they were last asked for; undefined otherwise. */
  readonly news: () => readonly TrafficTarget[] | undefined;
  readonly targets: () => readonly TrafficTarget[];
};

export function createTrafficBoard(clock: Clock): TrafficBoard {
  const byId = new Map<string, TrafficTarget>();
  let isChanged = false;

  const forgetOld = (): void => {
    for (const [id, { kind, seenAtMonoMs }] of byId) {
      if (clock.monoMs() - seenAtMonoMs < KEPT_MS[kind]) continue;
      byId.delete(id);
      isChanged = true;
    }
  };
  return {
    onFrame: (frame) => {
      const target = trafficFrom(frame, clock.monoMs());
      if (!target) return;
      const before = byId.get(target.id);
      if (!before && byId.size >= TARGETS_MAX) return;
      // Two vehicles hear the same ship: the fresher report counts.
      if (before && before.seenAtMonoMs > target.seenAtMonoMs) return;
      byId.set(target.id, target);
      isChanged = true;
    },
    news: () => {
      forgetOld();
      if (!isChanged) return undefined;
      isChanged = false;
      return [...byId.values()];
    },
    targets: () => [...byId.values()],
  };
}
