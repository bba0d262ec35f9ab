import { isAirborne } from "./selectors/airborne.js";
import type { VehicleState } from "./vehicleState.js";

/**
 * Minimum time and charge used before the rate is computed: batteries report whole per cents, which say little over
 * less.
 */
const LEARNS_FOR_MS = 60_000;
const LEARNS_FRACTION = 0.02;

/**
 * To be called after a battery reading. Nothing is measured on the ground: idling motors are no measure of a flight.
 */
export function withBatteryUse(state: VehicleState): VehicleState {
  const { battery, batteryUse: before } = state;
  const fraction = battery?.value.remainingFraction;
  if (battery === undefined || fraction === undefined || !isAirborne(state)) {
    return before === undefined ? state : { ...state, batteryUse: undefined };
  }
  const atMonoMs = battery.receivedAtMonoMs;
  // More charge than at the beginning: the battery was changed.
  if (before === undefined || fraction > before.fromFraction) {
    return { ...state, batteryUse: { fromFraction: fraction, sinceMonoMs: atMonoMs, perS: undefined } };
  }
  const forMs = atMonoMs - before.sinceMonoMs;
  const used = before.fromFraction - fraction;
  if (forMs < LEARNS_FOR_MS || used < LEARNS_FRACTION) return state;
  return { ...state, batteryUse: { ...before, perS: (used / forMs) * 1000 } };
}
