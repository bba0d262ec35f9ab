import type { VehicleState } from "../vehicleState.js";

export type Freshness = "live" | "stale" | "lost";

/** Two intervals of a 1 Hz heartbeat: an older value is shown as stale. */
export const STALE_AFTER_MS = 2000;
/**
 * Lost after four missed heartbeats (the MAVLink guide says four to five,
 * https://mavlink.io/en/services/heartbeat.html); four, so that a loss is on the screen within five seconds.
 */
export const LOST_AFTER_MS = 4000;

/** By satellite a message comes about once a minute; like QGroundControl, lost only after two. */
const HIGH_LATENCY_STALE_AFTER_MS = 60_000;
const HIGH_LATENCY_LOST_AFTER_MS = 120_000;

/** The freshness of a reading by its age on the station's monotonic clock. One that was never received is lost. */
export function freshnessOf(receivedAtMonoMs: number | undefined, nowMonoMs: number, isHighLatency = false): Freshness {
  if (receivedAtMonoMs === undefined) return "lost";
  const ageMs = nowMonoMs - receivedAtMonoMs;
  if (ageMs >= (isHighLatency ? HIGH_LATENCY_LOST_AFTER_MS : LOST_AFTER_MS)) return "lost";
  return ageMs >= (isHighLatency ? HIGH_LATENCY_STALE_AFTER_MS : STALE_AFTER_MS) ? "stale" : "live";
}

/** The freshness of the vehicle: by its autopilot's last message of any kind. */
export const vehicleFreshness = (state: VehicleState, nowMonoMs: number): Freshness =>
  freshnessOf(state.lastReceivedMonoMs, nowMonoMs, state.isHighLatency);
