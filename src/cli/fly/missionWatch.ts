import type { MissionItem } from "../../plan/plan.js";
import { isAirborne, isArmed } from "../../vehicle/selectors/airborne.js";
import { vehicleFreshness } from "../../vehicle/selectors/freshness.js";
import { currentPlanItem } from "../../vehicle/selectors/mission.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { Known } from "./stationClient.js";

/** A link this long gone does not come back by waiting; the vehicle's own failsafe has the aircraft. */
export const LOST_FOR_MS = 60_000;
/** At the end of a plan that says nothing of landing: hovering this long at the last item means it is over. */
const HOVER_MS = 5000;
const HOVER_MPS = 1;
/** MAV_CMD_NAV_RETURN_TO_LAUNCH, MAV_CMD_NAV_LAND, MAV_CMD_NAV_VTOL_LAND */
const ENDING_COMMANDS: readonly number[] = [20, 21, 85];
/** A disarmed aircraft that still moves like this has not landed. */
const STANDING_MPS = 1;

type MissionWatchActions = { readonly say: (line: string) => void; readonly askReturn: () => void };

/** How a watched flight ended; undefined while it goes on. */
export type WatchedEnd = "landed" | "lost" | "disarmed-in-the-air";

/**
 * Watches a mission being flown; brings the aircraft home when the plan forgot to. Landed is only what was seen armed, by a
 * heartbeat, and then disarmed on the ground.
 */
export class MissionWatch {
  readonly #countOfItems: number;
  readonly #needsReturn: boolean;
  readonly #actions: MissionWatchActions;
  #lostSinceMonoMs: number | undefined;
  #overSinceMonoMs: number | undefined;
  #hasAskedReturn = false;
  #hasSeenArmed = false;
  #shownItem: number | undefined;
  #end: WatchedEnd | undefined;

  constructor(items: readonly MissionItem[], actions: MissionWatchActions) {
    this.#countOfItems = items.length;
    this.#needsReturn = !ENDING_COMMANDS.includes(items.at(-1)?.command ?? 0);
    this.#actions = actions;
  }

  end(): WatchedEnd | undefined {
    return this.#end;
  }

  /** True when it is over. */
  look(vehicle: VehicleState, { stationMonoMs, contacts }: Known): boolean {
    this.#end = this.#endOf(vehicle, stationMonoMs);
    if (this.#end !== undefined || this.#lostSinceMonoMs !== undefined) return this.#end !== undefined;
    const item = currentPlanItem(vehicle);
    if (item !== undefined && item !== this.#shownItem) {
      this.#actions.say(`item ${item + 1} of ${this.#countOfItems}, ${contacts.length} contacts`);
      this.#shownItem = item;
    }
    if (this.#needsReturn) this.#returnAtEnd(vehicle, stationMonoMs);
    return false;
  }

  #endOf(vehicle: VehicleState, nowMonoMs: number): WatchedEnd | undefined {
    if (vehicleFreshness(vehicle, nowMonoMs) === "lost") {
      this.#lostSinceMonoMs ??= nowMonoMs;
      return nowMonoMs - this.#lostSinceMonoMs > LOST_FOR_MS ? "lost" : undefined;
    }
    this.#lostSinceMonoMs = undefined;
    if (isArmed(vehicle) === true) this.#hasSeenArmed = true;
    if (isArmed(vehicle) !== false || !this.#hasSeenArmed) return undefined;
    return isOnTheGround(vehicle) ? "landed" : "disarmed-in-the-air";
  }

  #isStillAtLast(vehicle: VehicleState): boolean {
    const isAtLast = (currentPlanItem(vehicle) ?? -1) >= this.#countOfItems - 1;
    return isAtLast && (vehicle.velocity?.value.groundSpeedMps ?? Number.POSITIVE_INFINITY) < HOVER_MPS;
  }

  #returnAtEnd(vehicle: VehicleState, nowMonoMs: number): void {
    const isOver = vehicle.mission?.value.state === "complete" || this.#isStillAtLast(vehicle);
    this.#overSinceMonoMs = isOver ? (this.#overSinceMonoMs ?? nowMonoMs) : undefined;
    const isOverForLong = this.#overSinceMonoMs !== undefined && nowMonoMs - this.#overSinceMonoMs > HOVER_MS;
    if (!isOverForLong || this.#hasAskedReturn || !isAirborne(vehicle)) return;
    this.#hasAskedReturn = true;
    this.#actions.askReturn();
  }
}

/** By its own word where it gives one; else by standing still, since the ground may lie above or below home. */
function isOnTheGround(vehicle: VehicleState): boolean {
  const landed = vehicle.flightPhase?.value.landed;
  if (landed !== undefined) return !isAirborne(vehicle);
  const velocity = vehicle.velocity?.value;
  return velocity === undefined || Math.hypot(velocity.groundSpeedMps, velocity.downMps) < STANDING_MPS;
}
