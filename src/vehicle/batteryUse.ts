import { isAirborne } from "./selectors/airborne.js";
import type { VehicleState } from "./vehicleState.js";

/** Sooner, and by less, a battery's own steps of a per cent say nothing of how fast it is used. */
const LEARNS_FOR_MS = 60_000;
const LEARNS_FRACTION = 0.02;

/** After a reading of the battery. On the ground nothing is learned: motors that idle say nothing of a flight. */
export function withBatteryUse(state: VehicleState): VehicleState {
  const { battery, batteryUse: before } = state;
  const fraction = battery?.value.remainingFraction;
  if (battery === undefined || fraction === undefined || !isAirborne(state)) {
    return before === undefined ? state : { ...state, batteryUse: undefined };
  }
  const atMonoMs = battery.receivedAtMonoMs;
  // Fuller than at the beginning: another battery.
  if (before === undefined || fraction > before.fromFraction) {
    return { ...state, batteryUse: { fromFraction: fraction, sinceMonoMs: atMonoMs, perS: undefined } };
  }
  const forMs = atMonoMs - before.sinceMonoMs;
  const used = before.fromFraction - fraction;
  if (forMs < LEARNS_FOR_MS || used < LEARNS_FRACTION) return state;
  return { ...state, batteryUse: { ...before, perS: (used / forMs) * 1000 } };
}
