import { geodesicDistanceM } from "../../geo/geodesic.js";
import type { Position } from "../../geo/position.js";
import { CMD, isLanding, isNavigation } from "../../plan/missionCommands.js";
import type { MissionItem } from "../../plan/plan.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";

const endsFlight = (command: number): boolean => command === CMD.returnToLaunch || isLanding(command);

/** The plan brings the aircraft down by itself. */
export const endsWithLanding = (items: readonly MissionItem[]): boolean =>
  endsFlight(items[lastFlownItem(items)]?.command ?? 0);

/** The last item that is flown, counted from 0: once it is reached, the mission is done. */
export function lastFlownItem(items: readonly MissionItem[]): number {
  const last = items.findLastIndex(({ command }) => isNavigation(command));
  return last < 0 ? items.length - 1 : last;
}

/** Where the plan has the aircraft land; home where it returns, or where it forgot to and is brought back. */
function planEnd(items: readonly MissionItem[], home: Position | undefined): Position | undefined {
  const last = items[lastFlownItem(items)];
  if (last === undefined || last.command === CMD.returnToLaunch || !endsWithLanding(items)) return home;
  const { position } = last;
  // A landing at (0, 0) is one where it stands.
  return position && (position.latitudeDeg !== 0 || position.longitudeDeg !== 0) ? position : home;
}

/** Undefined where either place is not known. */
export function distanceToPlanEndM(items: readonly MissionItem[], vehicle: VehicleState): number | undefined {
  const end = planEnd(items, vehicle.home?.value.position);
  return end && vehicle.position && geodesicDistanceM(vehicle.position.value.position, end);
}
