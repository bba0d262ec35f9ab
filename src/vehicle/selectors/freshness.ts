import type { VehicleState } from "../vehicleState.js";

export type Freshness = "live" | "stale" | "lost";

/** Two beats of a 1 Hz heartbeat: older than this a number is drawn as stale. */
export const STALE_AFTER_MS = 2000;
/**
 * Lost after four missed heartbeats (the MAVLink guide says four to five, https://mavlink.io/en/services/heartbeat.html);
 * the sooner end, so that a loss is on the screen within five seconds.
 */
export const LOST_AFTER_MS = 4000;

/** A satellite passes on a word about once a minute; QGroundControl too gives it two. */
const HIGH_LATENCY_STALE_AFTER_MS = 60_000;
const HIGH_LATENCY_LOST_AFTER_MS = 120_000;

/** How old a reading is, on the station's monotonic clock. What was never heard is lost. */
export function freshnessOf(receivedAtMonoMs: number | undefined, nowMonoMs: number, isHighLatency = false): Freshness {
  if (receivedAtMonoMs === undefined) return "lost";
  const ageMs = nowMonoMs - receivedAtMonoMs;
  if (ageMs >= (isHighLatency ? HIGH_LATENCY_LOST_AFTER_MS : LOST_AFTER_MS)) return "lost";
  return ageMs >= (isHighLatency ? HIGH_LATENCY_STALE_AFTER_MS : STALE_AFTER_MS) ? "stale" : "live";
}

/** The whole vehicle: by its autopilot's last message of any kind. */
export const vehicleFreshness = (state: VehicleState, nowMonoMs: number): Freshness =>
  freshnessOf(state.lastReceivedMonoMs, nowMonoMs, state.isHighLatency);
