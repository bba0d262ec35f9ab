import type { VehicleState } from "../../src/vehicle/vehicleState.js";

export type Freshness = "live" | "stale" | "lost";

// The station's own limits (src/vehicle/freshness.ts): two heartbeats, and four.
const STALE_AFTER_MS = 2000;
const LOST_AFTER_MS = 4000;

/** How old a reading is. What was never heard is lost. */
export function freshnessAt(receivedAtMonoMs: number | undefined, nowMonoMs: number): Freshness {
  if (receivedAtMonoMs === undefined) return "lost";
  const ageMs = nowMonoMs - receivedAtMonoMs;
  if (ageMs >= LOST_AFTER_MS) return "lost";
  return ageMs >= STALE_AFTER_MS ? "stale" : "live";
}

/** A satellite speaks every few seconds to a minute; two minutes of silence are a loss there, too. */
const LOST_BY_SATELLITE_AFTER_MS = 120_000;

export function vehicleFreshnessAt(vehicle: VehicleState | undefined, nowMonoMs: number): Freshness {
  if (vehicle?.isHighLatency)
    return nowMonoMs - vehicle.lastHeardMonoMs >= LOST_BY_SATELLITE_AFTER_MS ? "lost" : "live";
  return freshnessAt(vehicle?.lastHeardMonoMs, nowMonoMs);
}

export const isVehicleLost = (vehicle: VehicleState | undefined, nowMonoMs: number): boolean =>
  vehicleFreshnessAt(vehicle, nowMonoMs) === "lost";
