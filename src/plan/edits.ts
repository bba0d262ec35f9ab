import type { Result } from "../core/result.js";
import type { Position } from "../geo/position.js";
import type { Plan, PlannedHome, SweepSettings } from "./plan.js";

/**
 * Everything a planner may do to a plan. Corners are counted from 0. An area that is not (yet) a proper polygon is kept,
 * its sweep then has no items and `checkPlan` says why: drawing never gets stuck half way.
 */
export type PlanEdit =
  | { readonly kind: "add-sweep"; readonly itemId: string; readonly area: readonly Position[]; readonly settings: SweepSettings }
  | { readonly kind: "add-corner"; readonly itemId: string; readonly at: Position }
  /** The new corner gets number `corner`; the one that had it and all after it move up. */
  | { readonly kind: "insert-corner"; readonly itemId: string; readonly corner: number; readonly at: Position }
  | { readonly kind: "move-corner"; readonly itemId: string; readonly corner: number; readonly to: Position }
  | { readonly kind: "delete-corner"; readonly itemId: string; readonly corner: number }
  | { readonly kind: "change-settings"; readonly itemId: string; readonly settings: Partial<SweepSettings> }
  | { readonly kind: "delete-item"; readonly itemId: string }
  | { readonly kind: "set-home"; readonly home: PlannedHome }
  | { readonly kind: "rename"; readonly name: string };

export type EditFailure =
  | { readonly kind: "no-such-item"; readonly itemId: string }
  | { readonly kind: "no-such-corner"; readonly itemId: string; readonly corner: number };

export declare function applyEdit(plan: Plan, edit: PlanEdit): Result<Plan, EditFailure>;
