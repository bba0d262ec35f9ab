import { CMD, isLoiter } from "./missionCommands.js";
import type { MissionItem, Plan } from "./plan.js";
import { firmwareOf, isWinged, vehicleClassOf } from "./vehicleClass.js";

/** Defaults of WP_LOITER_RAD (ArduPlane) and NAV_LOITER_RAD (PX4), metres. */
const DEFAULT_RADIUS_M = { ardupilot: 60, px4: 80, other: 80 } as const;

/**
 * Radius in metres of the circle that is flown at an item; 0 where none is. A hovering aircraft circles in LOITER_TURNS only, and
 * with its radius stated; a winged one circles at every loiter, with its own default where none is.
 */
export function circleRadiusM(item: MissionItem, plan: Pick<Plan, "vehicleType" | "firmwareType">): number {
  const statedM = statedRadiusM(item);
  if (!isLoiter(item.command)) return 0;
  if (isWinged(vehicleClassOf(plan.vehicleType))) return statedM || DEFAULT_RADIUS_M[firmwareOf(plan.firmwareType)];
  return item.command === CMD.loiterTurns ? statedM : 0;
}

/** LOITER_TO_ALT has its radius in param 2, the other loiters in param 3; 0: the aircraft's default. The sign is the direction. */
export function statedRadiusM({ command, params }: MissionItem): number {
  if (!isLoiter(command)) return 0;
  return Math.abs((command === CMD.loiterToAltitude ? params[1] : params[2]) ?? 0);
}
