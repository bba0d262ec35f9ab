import type { Aircraft } from "./aircraft.js";
import { isWinged, vehicleClassOf } from "./vehicleClass.js";

/** MAV_TYPE and MAV_AUTOPILOT, as the aircraft tells them. */
export type VehicleKind = { readonly mavType: number; readonly mavAutopilot: number };

// Between the stall and the top speed of small wings (ArduPilot's default cruise is 15 m/s air speed, PX4's trim 15 m/s).
const WING_SPEED_MPS = 18;
const WING_MAX_AIR_SPEED_MPS = 25;

type StandIn = {
  readonly aircraft: Aircraft;
  /** Its speeds and energy are another aircraft's: a plan must not carry them as if they were its own. */
  readonly isAssumed: boolean;
};

/**
 * The aircraft a plan is drawn for: `own` (the station's file) as that kind of aircraft. Where it is of another class, the
 * camera is still believed; a wing gets a speed that it can fly.
 */
export function standIn(own: Aircraft, vehicle: VehicleKind): StandIn {
  const named = { ...own, vehicleType: vehicle.mavType, firmwareType: vehicle.mavAutopilot };
  const kind = vehicleClassOf(vehicle.mavType);
  if (kind === vehicleClassOf(own.vehicleType)) return { aircraft: named, isAssumed: false };
  if (!isWinged(kind)) return { aircraft: named, isAssumed: true };
  return {
    aircraft: { ...named, cruiseSpeedMps: WING_SPEED_MPS, maxAirSpeedMps: WING_MAX_AIR_SPEED_MPS },
    isAssumed: true,
  };
}
