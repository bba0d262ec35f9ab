import { geodesicDistanceM } from "../../geo/geodesic.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { isArmed } from "../../vehicle/selectors/airborne.js";

/** The aircraft's last received state as a text: printed whenever this program stops watching it. */
export function aircraftWords(vehicle: VehicleState | undefined, nowMonoMs: number): string {
  if (!vehicle?.heartbeat) return "nothing is known of the aircraft";
  const { heartbeat, position, home } = vehicle;
  const words = [isArmed(vehicle) === true ? "ARMED" : "disarmed", heartbeat.value.modeName];
  if (position) words.push(`${position.value.altitudeAboveHomeM.toFixed(0)} m above home`);
  if (position && home) {
    words.push(`${geodesicDistanceM(position.value.position, home.value.position).toFixed(0)} m from home`);
  }
  const ageS = Math.max(0, (nowMonoMs - vehicle.lastReceivedMonoMs) / 1000);
  return `the aircraft: ${words.join(", ")}, heard ${ageS.toFixed(0)} s ago`;
}
