import type { MissionItem } from "../../plan/plan.js";
import { isAirborne } from "../../vehicle/selectors/airborne.js";
import { vehicleFreshness } from "../../vehicle/selectors/freshness.js";
import { currentPlanItem, isFlyingMission } from "../../vehicle/selectors/mission.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import { type LandingSeen, LandingWatch } from "./landingWatch.js";
import { distanceToPlanEndM, endsWithLanding, lastFlownItem } from "./planEnd.js";
import type { Known } from "./stationClient.js";

/** A link lost for this long does not come back by waiting; the vehicle's own failsafe is then in control. */
export const LOST_FOR_MS = 60_000;
/** For a plan without a landing: hovering this long at the last item means that the mission is over. */
const HOVER_MS = 5000;
const HOVER_MPS = 1;

type MissionWatchActions = { readonly print: (line: string) => void; readonly askReturn: () => void };

/** How far the mission had come when the aircraft was last seen in the air, and where the aircraft is now. */
export type MissionReached = {
  /** Counted from 0; undefined where the aircraft never reported one. */
  readonly item: number | undefined;
  readonly countOfItems: number;
  readonly isWhole: boolean;
  readonly fromPlanEndM: number | undefined;
};

/** How a watched flight ended; undefined while it goes on. */
export type WatchedEnd = LandingSeen | { readonly kind: "lost" };

/** Watches a mission being flown; sends the aircraft home when the plan has no landing or return. */
export class MissionWatch {
  readonly #items: readonly MissionItem[];
  readonly #lastFlown: number;
  readonly #needsReturn: boolean;
  readonly #actions: MissionWatchActions;
  readonly #landing: LandingWatch;
  #lostSinceMonoMs: number | undefined;
  #overSinceMonoMs: number | undefined;
  #hasAskedReturn = false;
  #shownItem: number | undefined;
  #isWhole = false;
  #end: WatchedEnd | undefined;
  #vehicle: VehicleState | undefined;

  /** `takeOffHeightM`: height above home when it was armed; undefined where that was not seen. */
  constructor(items: readonly MissionItem[], actions: MissionWatchActions, takeOffHeightM?: number) {
    this.#landing = new LandingWatch(takeOffHeightM);
    this.#items = items;
    this.#lastFlown = lastFlownItem(items);
    this.#needsReturn = !endsWithLanding(items);
    this.#actions = actions;
  }

  end(): WatchedEnd | undefined {
    return this.#end;
  }

  reached(): MissionReached {
    const { length: countOfItems } = this.#items;
    const fromPlanEndM = this.#vehicle && distanceToPlanEndM(this.#items, this.#vehicle);
    return { item: this.#shownItem, countOfItems, isWhole: this.#isWhole, fromPlanEndM };
  }

  /** Called for every update; true when the flight is over. */
  look(vehicle: VehicleState, { stationMonoMs, contacts }: Known): boolean {
    this.#vehicle = vehicle;
    this.#end = this.#endOf(vehicle, stationMonoMs);
    const isPaused = this.#lostSinceMonoMs !== undefined || this.#landing.isDisarmed();
    if (this.#end !== undefined || isPaused) return this.#end !== undefined;
    this.#noteItem(vehicle, contacts.length);
    if (this.#needsReturn) this.#returnAtEnd(vehicle, stationMonoMs);
    return false;
  }

  #endOf(vehicle: VehicleState, nowMonoMs: number): WatchedEnd | undefined {
    const landing = this.#landing.look(vehicle, nowMonoMs);
    if (landing) return landing;
    if (vehicleFreshness(vehicle, nowMonoMs) !== "lost") {
      this.#lostSinceMonoMs = undefined;
      return undefined;
    }
    this.#lostSinceMonoMs ??= nowMonoMs;
    return nowMonoMs - this.#lostSinceMonoMs > LOST_FOR_MS ? { kind: "lost" } : undefined;
  }

  /** An autopilot resets its mission counter on the ground: only items reported in the air count. */
  #noteItem(vehicle: VehicleState, countOfContacts: number): void {
    if (this.#landing.hasFlown() && !isAirborne(vehicle)) return;
    const item = currentPlanItem(vehicle);
    if (isComplete(vehicle) || (item ?? -1) >= this.#lastFlown) this.#isWhole = true;
    // Only while the mission is flown: an item of an earlier flight, or a counter reset on the way home, says nothing.
    else if (isFlyingMission(vehicle)) this.#isWhole = false;
    if (item === undefined || item === this.#shownItem) return;
    this.#actions.print(`item ${item + 1} of ${this.#items.length}, ${countOfContacts} contacts`);
    this.#shownItem = item;
  }

  #isStillAtLast(vehicle: VehicleState): boolean {
    const isAtLast = (currentPlanItem(vehicle) ?? -1) >= this.#items.length - 1;
    return isAtLast && (vehicle.velocity?.value.groundSpeedMps ?? Number.POSITIVE_INFINITY) < HOVER_MPS;
  }

  #returnAtEnd(vehicle: VehicleState, nowMonoMs: number): void {
    const isOver = isComplete(vehicle) || this.#isStillAtLast(vehicle);
    this.#overSinceMonoMs = isOver ? (this.#overSinceMonoMs ?? nowMonoMs) : undefined;
    const isOverForLong = this.#overSinceMonoMs !== undefined && nowMonoMs - this.#overSinceMonoMs > HOVER_MS;
    if (!isOverForLong || this.#hasAskedReturn || !isAirborne(vehicle)) return;
    this.#hasAskedReturn = true;
    this.#actions.askReturn();
  }
}

const isComplete = ({ mission }: VehicleState): boolean => mission?.value.state === "complete";
