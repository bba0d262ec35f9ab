import { geodesicDistanceM } from "../../geo/geodesic.js";
import type { Position } from "../../geo/position.js";
import type { MissionItem } from "../../plan/plan.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";

/** MAV_CMD_NAV_RETURN_TO_LAUNCH, MAV_CMD_NAV_LAND, MAV_CMD_NAV_VTOL_LAND */
const RETURN = 20;
const ENDING_COMMANDS: readonly number[] = [RETURN, 21, 85];
/** MAV_CMD_NAV_LAST: what is above does something on the way and flies nowhere. */
const NAV_LAST = 95;

/** The plan brings the aircraft down by itself. */
export const endsWithLanding = (items: readonly MissionItem[]): boolean =>
  ENDING_COMMANDS.includes(items[lastFlownItem(items)]?.command ?? 0);

/** The last item that is flown, counted from 0: once it is reached, the mission is done. */
export function lastFlownItem(items: readonly MissionItem[]): number {
  const last = items.findLastIndex(({ command }) => command <= NAV_LAST);
  return last < 0 ? items.length - 1 : last;
}

/** Where the plan has the aircraft land; home where it returns, or where it forgot to and is brought back. */
function planEnd(items: readonly MissionItem[], home: Position | undefined): Position | undefined {
  const last = items[lastFlownItem(items)];
  if (last === undefined || last.command === RETURN || !endsWithLanding(items)) return home;
  const { position } = last;
  // A landing at (0, 0) is one where it stands.
  return position && (position.latitudeDeg !== 0 || position.longitudeDeg !== 0) ? position : home;
}

/** Undefined where either place is not known. */
export function distanceToPlanEndM(items: readonly MissionItem[], vehicle: VehicleState): number | undefined {
  const end = planEnd(items, vehicle.home?.value.position);
  return end && vehicle.position && geodesicDistanceM(vehicle.position.value.position, end);
}
