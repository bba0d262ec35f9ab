import { vehicleFreshness } from "../../src/vehicle/selectors/freshness.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";

/** A vehicle that was never received counts as lost. */
export const isVehicleLost = (vehicle: VehicleState | undefined, nowMonoMs: number): boolean =>
  vehicle === undefined || vehicleFreshness(vehicle, nowMonoMs) === "lost";
