import type { VehicleIdentity } from "../vehicle/events.js";
import type { AirframeKind } from "../vehicle/vehicleState.js";
import { autopilotKindOf } from "./dialects/autopilots.js";

export const MAV_AUTOPILOT_INVALID = 8;

// MAV_TYPE: quadrotor 2, coaxial 3, helicopter 4, hexa 13, octo 14, tri 15, dodeca 29, deca 35, generic 43.
const COPTER_TYPES: ReadonlySet<number> = new Set([2, 3, 4, 13, 14, 15, 29, 35, 43]);
const PLANE_TYPE = 1;
// Tailsitters of two and four rotors 19 and 20, tiltrotor 21, fixed rotors 22, tailsitter 23, tiltwing 24, reserved 25.
const VTOL_TYPES: ReadonlySet<number> = new Set([19, 20, 21, 22, 23, 24, 25]);

function airframeOf(mavType: number): AirframeKind {
  if (COPTER_TYPES.has(mavType)) return "copter";
  if (mavType === PLANE_TYPE) return "plane";
  return VTOL_TYPES.has(mavType) ? "vtol" : "other";
}

export const identityFrom = (mavAutopilot: number, mavType: number): VehicleIdentity => ({
  autopilot: autopilotKindOf(mavAutopilot),
  mavAutopilot,
  airframe: airframeOf(mavType),
  mavType,
});
