import { DEG_PER_RAD, wrap360 } from "../../geo/angles.js";
import type { Position } from "../../geo/position.js";
import type { Velocity } from "../../vehicle/vehicleState.js";

/** As in DESIGN 7: an autopilot reports positions around (0, 0) before its first fix. */
const NO_FIX_WITHIN_DEG = 0.01;
/** Below this ground speed the course is noise. */
const COURSE_FROM_MPS = 0.5;

/** A position; undefined when missing, out of range or around (0, 0). */
export function placeFrom(latitudeDeg: number | undefined, longitudeDeg: number | undefined): Position | undefined {
  if (latitudeDeg === undefined || longitudeDeg === undefined) return undefined;
  if (Math.abs(latitudeDeg) < NO_FIX_WITHIN_DEG && Math.abs(longitudeDeg) < NO_FIX_WITHIN_DEG) return undefined;
  const isOnEarth = Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180;
  return isOnEarth ? { latitudeDeg, longitudeDeg } : undefined;
}

export function velocityFrom(northMps: number, eastMps: number, downMps: number): Velocity {
  const groundSpeedMps = Math.hypot(northMps, eastMps);
  const courseDeg = groundSpeedMps < COURSE_FROM_MPS ? undefined : wrap360(Math.atan2(eastMps, northMps) * DEG_PER_RAD);
  return { northMps, eastMps, downMps, groundSpeedMps, courseDeg };
}
