/** Which plan the aircraft would fly, compared with the plan that a screen shows. */
import type { AircraftPlan } from "../transfers.js";

/** The plan on a screen. */
export type ShownPlan = {
  readonly isEmpty: boolean;
  /**
   * Hash as the station computes it of an upload; undefined while it is being computed, and where the page cannot
   * compute it.
   */
  readonly planHash: string | undefined;
};

export type PlanAboard =
  /** No plan on board is verified. */
  | "not-verified"
  /** The verified plan on board is the one on screen. */
  | "on-screen"
  /** The verified plan on board, which a start would fly, is another than the one on screen. */
  | "another"
  /** A verified plan is on board; the screen shows no plan to compare it with. */
  | "only-aboard"
  /** A verified plan is on board; whether it is the one on screen is not known. */
  | "not-compared";

export function planAboardOf(held: AircraftPlan | undefined, shown: ShownPlan | undefined): PlanAboard {
  // A plan that is to be read again counts too: if found unchanged, it is what a start flies.
  if (held?.kind !== "verified" && held?.kind !== "to-be-read-again") return "not-verified";
  if (shown === undefined || shown.isEmpty) return "only-aboard";
  if (shown.planHash === undefined) return "not-compared";
  return shown.planHash === held.planHash ? "on-screen" : "another";
}
