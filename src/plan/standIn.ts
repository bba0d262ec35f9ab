import type { Aircraft } from "./aircraft.js";
import { isWinged, vehicleClassOf } from "./vehicleClass.js";

/** MAV_TYPE and MAV_AUTOPILOT of the vehicle's heartbeat. */
export type VehicleKind = { readonly mavType: number; readonly mavAutopilot: number };

// Above the stall and below the top speed of small fixed wings (cruise: 15 m/s air speed by default in ArduPilot and PX4).
const WING_SPEED_MPS = 18;
const WING_MAX_AIR_SPEED_MPS = 25;

type StandIn = {
  readonly aircraft: Aircraft;
  /** Speeds and energy are those of another aircraft and must not be stored in the plan as if they were its own. */
  readonly isAssumed: boolean;
};

/**
 * The station's aircraft file (`own`) adapted to a vehicle. For another class of vehicle the camera data is kept, and a fixed
 * wing gets a speed that it can fly.
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
