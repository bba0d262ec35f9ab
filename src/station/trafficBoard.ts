import type { Clock } from "../core/clock.js";
import type { ToUi } from "../contract/messages.js";
import { trafficFrom } from "../mavlink/payload/trafficFrom.js";
import type { SensorObservation } from "../track/sensorObservation.js";
import type { TrafficTarget } from "../vehicle/traffic.js";
import type { StationBus } from "./bus.js";

/**
 * After this an aircraft is elsewhere; a ship at anchor reports every few minutes, and is kept for the usual minute.
 */
const KEPT_MS: Readonly<Record<TrafficTarget["kind"], number>> = { aircraft: 30_000, ship: 60_000 };
/** A faulty receiver must not fill the memory. */
const TARGETS_MAX = 500;

/** Other aircraft and ships, whichever vehicle or sensor received them: the newest report of each, until it is too old. */
type TrafficBoard = {
  /** Publishes the targets to the screens when they have changed. */
  readonly tick: () => void;
  readonly snapshot: () => ToUi;
};

export function createTrafficBoard(clock: Clock, bus: StationBus): TrafficBoard {
  const byId = new Map<string, TrafficTarget>();
  let isChanged = false;

  const forgetOld = (): void => {
    for (const [id, { kind, seenAtMonoMs }] of byId) {
      if (clock.monoMs() - seenAtMonoMs < KEPT_MS[kind]) continue;
      byId.delete(id);
      isChanged = true;
    }
  };
  const snapshot = (): ToUi => ({ kind: "traffic", targets: [...byId.values()] });
  const add = (target: TrafficTarget): void => {
    const before = byId.get(target.id);
    if (!before && byId.size >= TARGETS_MAX) return;
    // Two receivers report the same ship: the newer report counts.
    if (before && before.seenAtMonoMs > target.seenAtMonoMs) return;
    byId.set(target.id, target);
    isChanged = true;
  };
  bus.on("frame-received", ({ frame }) => {
    const target = trafficFrom(frame, clock.monoMs());
    if (target) add(target);
  });
  bus.on("observation", ({ observation }) => {
    const target = targetOf(observation, clock);
    if (target) add(target);
  });
  return {
    tick: () => {
      forgetOld();
      if (!isChanged) return;
      isChanged = false;
      bus.send(snapshot());
    },
    snapshot,
  };
}

/** The target that an aircraft or ship broadcasts itself to be (ADS-B, AIS); undefined for other observations. */
function targetOf(observation: SensorObservation, { monoMs, unixUs }: Clock): TrafficTarget | undefined {
  const { objectId, transponder, position, unixTimeUs } = observation;
  if (objectId === undefined || !transponder) return undefined;
  // A sensor's clock ahead of the station's must not keep a target longer than others.
  const ageMs = Math.max(0, (unixUs() - unixTimeUs) / 1000);
  return { ...transponder, id: objectId, position, seenAtMonoMs: monoMs() - ageMs };
}
