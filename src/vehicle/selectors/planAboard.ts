/** Which plan the aircraft would fly, seen from a screen that shows a plan itself. */
import type { AircraftPlan } from "../transfers.js";

/** The plan on a screen. */
export type ShownPlan = {
  readonly isEmpty: boolean;
  /** As the station takes it of an upload; undefined while it is being made, and where the page cannot make one. */
  readonly planHash: string | undefined;
};

export type PlanAboard =
  /** No plan on board counts as verified. */
  | "not-verified"
  /** Verified on board, and the one on screen. */
  | "on-screen"
  /** Verified on board; the screen shows another, which is not what a start would fly. */
  | "another"
  /** Verified on board; the screen shows none that could be taken for it. */
  | "only-aboard"
  /** Verified on board; whether it is the one on screen is not known. */
  | "not-compared";

export function planAboardOf(held: AircraftPlan | undefined, shown: ShownPlan | undefined): PlanAboard {
  // One that is to be read again is still what a start flies, once it was found unchanged.
  if (held?.kind !== "verified" && held?.kind !== "to-be-read-again") return "not-verified";
  if (shown === undefined || shown.isEmpty) return "only-aboard";
  if (shown.planHash === undefined) return "not-compared";
  return shown.planHash === held.planHash ? "on-screen" : "another";
}
