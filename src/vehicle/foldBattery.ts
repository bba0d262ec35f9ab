import type { VehicleEvent } from "./events.js";
import type { Battery, Stamped, VehicleState } from "./vehicleState.js";

/** A battery without a message for this long is ignored: it was removed, or its sender has failed. */
const FORGOTTEN_AFTER_MS = 30_000;

type BatteryEvent = Extract<VehicleEvent, { kind: "battery" }>;

/**
 * Voltage and current are those of the flight battery; the charge is that of the lowest of several, which ends the
 * flight.
 */
export function foldBattery(state: VehicleState, event: BatteryEvent): VehicleState {
  const id = event.batteryId ?? 0;
  const reported: Stamped<Battery> = { value: event.battery, receivedAtMonoMs: event.receivedAtMonoMs };
  if (id !== 0) {
    const otherBatteries = { ...state.otherBatteries, [id]: reported };
    const isFirst = state.battery === undefined;
    return { ...state, otherBatteries, ...(isFirst && { battery: reported }) };
  }
  const timeRemainingS = event.isSummary ? state.battery?.value.timeRemainingS : event.battery.timeRemainingS;
  const remainingFraction = lowestFraction(state, reported);
  const value = { ...event.battery, timeRemainingS, remainingFraction };
  return { ...state, battery: { value, receivedAtMonoMs: event.receivedAtMonoMs } };
}

function lowestFraction({ otherBatteries }: VehicleState, reported: Stamped<Battery>): number | undefined {
  const own = reported.value.remainingFraction;
  if (!otherBatteries) return own;
  const others = Object.values(otherBatteries)
    .filter(({ receivedAtMonoMs }) => reported.receivedAtMonoMs - receivedAtMonoMs < FORGOTTEN_AFTER_MS)
    .map(({ value }) => value.remainingFraction);
  const known = [own, ...others].filter((fraction) => fraction !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
