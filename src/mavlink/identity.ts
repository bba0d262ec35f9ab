import type { VehicleIdentity } from "../vehicle/events.js";
import type { AirframeKind, AutopilotKind } from "../vehicle/vehicleState.js";

export const MAV_AUTOPILOT_INVALID = 8;

const AUTOPILOTS: Readonly<Record<number, AutopilotKind>> = { 3: "ardupilot", 12: "px4" };

// MAV_TYPE: quadrotor 2, coaxial 3, helicopter 4, hexa 13, octo 14, tri 15, dodeca 29, deca 35; VTOL kinds 19 to 25.
const COPTER_TYPES: ReadonlySet<number> = new Set([2, 3, 4, 13, 14, 15, 29, 35]);
const PLANE_TYPE = 1;

function airframeOf(mavType: number): AirframeKind {
  if (COPTER_TYPES.has(mavType)) return "copter";
  if (mavType === PLANE_TYPE) return "plane";
  return mavType >= 19 && mavType <= 25 ? "vtol" : "other";
}

export const identityFrom = (mavAutopilot: number, mavType: number): VehicleIdentity => ({
  autopilot: AUTOPILOTS[mavAutopilot] ?? "other",
  mavAutopilot,
  airframe: airframeOf(mavType),
  mavType,
});
