import type { VehicleState } from "../../vehicle/vehicleState.js";
import { ARDUPILOT_COPTER, ARDUPILOT_PLANE } from "./ardupilot.js";
import type { Dialect } from "./dialect.js";

/** Undefined for autopilots this station does not command yet (PX4, others): it watches them, and says so. */
export function dialectOf(vehicle: Pick<VehicleState, "autopilot" | "airframe">): Dialect | undefined {
  if (vehicle.autopilot !== "ardupilot") return undefined;
  if (vehicle.airframe === "copter") return ARDUPILOT_COPTER;
  return vehicle.airframe === "plane" ? ARDUPILOT_PLANE : undefined;
}
