import type { VehicleState } from "../vehicleState.js";

/** Left the ground for certain: above any barometer's wander while standing. */
export const AIRBORNE_M = 1.5;
/** MAV_STATE_ACTIVE */
const MAV_STATE_ACTIVE = 4;
/** EXTENDED_SYS_STATE is asked for twice a second; older than this it tells of another moment. */
const PHASE_COUNTS_MS = 5000;

/** As its last heartbeat says; undefined before the first. How old that is tells `freshnessOf`. */
export const isArmed = ({ heartbeat }: VehicleState): boolean | undefined => heartbeat?.value.isArmed;

/**
 * The vehicle's own word (EXTENDED_SYS_STATE) where it gives one. Otherwise ArduPilot's ACTIVE, which it says while flying
 * and PX4 from arming on, and the height of an armed aircraft.
 */
export function isAirborne({ heartbeat, flightPhase, autopilot, position }: VehicleState): boolean {
  if (heartbeat === undefined) return false;
  const landed = flightPhase?.value.landed;
  const isFresh = heartbeat.receivedAtMonoMs - (flightPhase?.receivedAtMonoMs ?? 0) < PHASE_COUNTS_MS;
  if (landed !== undefined && isFresh) return landed !== "ground";
  if (!heartbeat.value.isArmed) return false;
  const isActive = autopilot === "ardupilot" && heartbeat.value.systemStatus === MAV_STATE_ACTIVE;
  return isActive || (position?.value.altitudeAboveHomeM ?? 0) > AIRBORNE_M;
}
