import type { Clock } from "../core/clock.js";
import type { StationBus } from "./bus.js";
import { recordObservations } from "./sensors/recordObservations.js";

/** A part of the station that only listens to its events and publishes further ones: records, notices, messages. */
type Watch = (bus: StationBus, clock: Clock) => void;

/**
 * To tell of one more kind of event, write a file with a watch and list it here; the texts of its notices are lines of
 * `contract/noticeTexts.ts`.
 */
const WATCHES: readonly Watch[] = [recordObservations];

export function startWatches(bus: StationBus, clock: Clock): void {
  for (const watch of WATCHES) watch(bus, clock);
}
