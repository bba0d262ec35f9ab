import type { MissionItem } from "../../plan/plan.js";
import { vehicleFreshness } from "../../vehicle/freshness.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { Known } from "./stationClient.js";

/** A link this long gone does not come back by waiting; the vehicle's own failsafe has the aircraft. */
export const LOST_FOR_MS = 60_000;
/** At the end of a plan that says nothing of landing: hovering this long at the last item means it is over. */
const HOVER_MS = 5000;
const HOVER_MPS = 1;
/** MAV_CMD_NAV_RETURN_TO_LAUNCH, MAV_CMD_NAV_LAND */
const ENDING_COMMANDS: readonly number[] = [20, 21];

type MissionWatchActions = { readonly say: (line: string) => void; readonly askReturn: () => void };

/** Watches a mission being flown; brings the aircraft home when the plan forgot to. */
export class MissionWatch {
  readonly #countOfItems: number;
  readonly #needsReturn: boolean;
  readonly #actions: MissionWatchActions;
  #lostSinceMonoMs: number | undefined;
  #hoveringSinceMonoMs: number | undefined;
  #hasAskedReturn = false;
  #shownSeq: number | undefined;
  #isLost = false;

  constructor(items: readonly MissionItem[], actions: MissionWatchActions) {
    this.#countOfItems = items.length;
    this.#needsReturn = !ENDING_COMMANDS.includes(items.at(-1)?.command ?? 0);
    this.#actions = actions;
  }

  isLost(): boolean {
    return this.#isLost;
  }

  /** True when it is over: disarmed, or lost for too long. */
  look(vehicle: VehicleState, { stationMonoMs, contacts }: Known): boolean {
    if (vehicleFreshness(vehicle, stationMonoMs) === "lost") {
      this.#lostSinceMonoMs ??= stationMonoMs;
      this.#isLost = stationMonoMs - this.#lostSinceMonoMs > LOST_FOR_MS;
      return this.#isLost;
    }
    this.#lostSinceMonoMs = undefined;
    const seq = vehicle.mission?.value.currentSeq;
    if (seq !== undefined && seq !== this.#shownSeq) {
      this.#actions.say(`item ${seq} of ${this.#countOfItems}, ${contacts.length} contacts`);
      this.#shownSeq = seq;
    }
    if (this.#needsReturn) this.#returnAtEnd(vehicle, stationMonoMs);
    return vehicle.heartbeat?.value.isArmed === false;
  }

  #returnAtEnd(vehicle: VehicleState, nowMonoMs: number): void {
    const isAtLast = (vehicle.mission?.value.currentSeq ?? 0) >= this.#countOfItems;
    const isStill = (vehicle.velocity?.value.groundSpeedMps ?? Number.POSITIVE_INFINITY) < HOVER_MPS;
    this.#hoveringSinceMonoMs = isAtLast && isStill ? (this.#hoveringSinceMonoMs ?? nowMonoMs) : undefined;
    const isOver = this.#hoveringSinceMonoMs !== undefined && nowMonoMs - this.#hoveringSinceMonoMs > HOVER_MS;
    if (!isOver || this.#hasAskedReturn) return;
    this.#hasAskedReturn = true;
    this.#actions.askReturn();
  }
}
