import { vehicleFreshness } from "../../src/vehicle/selectors/freshness.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";

/** What was never heard is lost. */
export const isVehicleLost = (vehicle: VehicleState | undefined, nowMonoMs: number): boolean =>
  vehicle === undefined || vehicleFreshness(vehicle, nowMonoMs) === "lost";
