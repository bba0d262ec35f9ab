import { geodesicDistanceM } from "../../geo/geodesic.js";
import type { Position } from "../../geo/position.js";
import { CMD, isLanding, isNavigation } from "../../plan/missionCommands.js";
import type { MissionItem } from "../../plan/plan.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";

const endsFlight = (command: number): boolean => command === CMD.returnToLaunch || isLanding(command);

/** The plan ends with a landing or return of its own. */
export const endsWithLanding = (items: readonly MissionItem[]): boolean =>
  endsFlight(items[lastFlownItem(items)]?.command ?? 0);

/** The last item that is flown, counted from 0: once it is reached, the mission is done. */
export function lastFlownItem(items: readonly MissionItem[]): number {
  const last = items.findLastIndex(({ command }) => isNavigation(command));
  return last < 0 ? items.length - 1 : last;
}

/** Where the plan lands the aircraft; home where it returns, or where it has no end and is brought back. */
function planEnd(items: readonly MissionItem[], home: Position | undefined): Position | undefined {
  const last = items[lastFlownItem(items)];
  if (last === undefined || last.command === CMD.returnToLaunch || !endsWithLanding(items)) return home;
  const { position } = last;
  // A landing at (0, 0) means "land where it is".
  return position && (position.latitudeDeg !== 0 || position.longitudeDeg !== 0) ? position : home;
}

/** Horizontal distance from the vehicle to the plan's end; undefined where either position is unknown. */
export function distanceToPlanEndM(items: readonly MissionItem[], vehicle: VehicleState): number | undefined {
  const end = planEnd(items, vehicle.home?.value.position);
  return end && vehicle.position && geodesicDistanceM(vehicle.position.value.position, end);
}
