import type { StationBus } from "../bus.js";

/** Writes observations of sensors that are no cameras into the event log. */
export function recordObservations(bus: StationBus): void {
  // As one fact: an event has a time of its own, when the observation became known, that of the measurement is inside.
  bus.on("observation", ({ observation }) => bus.record("observation", { observation }));
}
