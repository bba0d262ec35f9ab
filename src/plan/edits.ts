import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import type { Position } from "../geo/position.js";
import { landingMoved } from "./formats/landingPattern.js";
import { CMD, isLanding } from "./missionCommands.js";
import type { Plan, PlanItem, PlannedHome, SweepItem, SweepSettings } from "./plan.js";
import { regenerated } from "./sweepItems.js";

/**
 * Everything a planner may do to a plan. Corners are counted from 0. An area that is not (yet) a simple polygon is kept: its
 * sweep then has no items and `planFindings` says why, so that drawing can go on through invalid intermediate shapes.
 */
export type PlanEdit =
  /** Inserted before a final return or landing, otherwise appended. */
  | {
      readonly kind: "add-sweep";
      readonly itemId: string;
      readonly patternId: string;
      readonly area: readonly Position[];
      readonly settings: SweepSettings;
    }
  | CornerEdit
  | { readonly kind: "change-settings"; readonly itemId: string; readonly settings: Partial<SweepSettings> }
  | { readonly kind: "delete-item"; readonly itemId: string }
  | { readonly kind: "set-home"; readonly home: PlannedHome }
  | { readonly kind: "rename"; readonly name: string }
  /** Undefined: the plan is flown now, whenever that is. */
  | { readonly kind: "set-start"; readonly startsAtUnixMs: number | undefined };

type CornerEdit =
  | { readonly kind: "add-corner"; readonly itemId: string; readonly at: Position }
  /** The new corner gets number `corner`; the one that had it and all after it move up. */
  | { readonly kind: "insert-corner"; readonly itemId: string; readonly corner: number; readonly at: Position }
  | { readonly kind: "move-corner"; readonly itemId: string; readonly corner: number; readonly to: Position }
  | { readonly kind: "delete-corner"; readonly itemId: string; readonly corner: number };

type EditFailure =
  | { readonly kind: "no-such-item"; readonly itemId: string }
  | { readonly kind: "no-such-corner"; readonly itemId: string; readonly corner: number };

/** Returns the edited plan; the given plan is not changed. */
export function applyEdit(plan: Plan, edit: PlanEdit): Result<Plan, EditFailure> {
  switch (edit.kind) {
    case "add-sweep": {
      const { itemId: id, patternId, area, settings } = edit;
      return ok(withSweepAdded(plan, { kind: "sweep", id, patternId, area, settings, items: [] }));
    }
    case "change-settings":
      return changeSweep(plan, edit.itemId, (sweep) =>
        ok({ ...sweep, settings: { ...sweep.settings, ...edit.settings } }),
      );
    case "delete-item":
      if (!plan.items.some((item) => item.id === edit.itemId))
        return err({ kind: "no-such-item", itemId: edit.itemId });
      return ok({ ...plan, items: plan.items.filter((item) => item.id !== edit.itemId) });
    case "set-home":
      return ok(withHome(plan, edit.home));
    case "rename":
      return ok({ ...plan, name: edit.name });
    case "set-start":
      return ok(withStart(plan, edit.startsAtUnixMs));
    case "add-corner":
    case "insert-corner":
    case "move-corner":
    case "delete-corner":
      return changeSweep(plan, edit.itemId, (sweep) => editCorner(sweep, edit));
  }
}

function withStart(plan: Plan, startsAtUnixMs: number | undefined): Plan {
  if (plan.startsAtUnixMs === startsAtUnixMs) return plan;
  const { startsAtUnixMs: _before, ...others } = plan;
  return startsAtUnixMs === undefined ? others : { ...others, startsAtUnixMs };
}

function withSweepAdded(plan: Plan, sweep: SweepItem): Plan {
  const last = plan.items.at(-1);
  const ending = last?.kind === "simple" ? last.item : last?.items.at(-1);
  const isClosing = ending !== undefined && (ending.command === CMD.returnToLaunch || isLanding(ending.command));
  const at = plan.items.length - (isClosing ? 1 : 0);
  const item = regenerated(sweep, plan.plannedHome?.position);
  return { ...plan, items: [...plan.items.slice(0, at), item, ...plan.items.slice(at)] };
}

/** A take-off at the old home moves with it. Sweeps are generated again, because they may now begin at another corner. */
function withHome(plan: Plan, home: PlannedHome): Plan {
  const old = plan.plannedHome?.position;
  const moved = (item: PlanItem): PlanItem => {
    if (item.kind === "sweep") return regenerated(item, home.position);
    if (item.kind === "opaque") return old ? landingMoved(item, old, home.position) : item;
    const isAtHome =
      old !== undefined &&
      item.item.position?.latitudeDeg === old.latitudeDeg &&
      item.item.position.longitudeDeg === old.longitudeDeg;
    return isAtHome ? { ...item, item: { ...item.item, position: home.position } } : item;
  };
  return { ...plan, plannedHome: home, items: plan.items.map(moved) };
}

function changeSweep(
  plan: Plan,
  itemId: string,
  change: (sweep: SweepItem) => Result<SweepItem, EditFailure>,
): Result<Plan, EditFailure> {
  const sweep = plan.items.find((item): item is SweepItem => item.id === itemId && item.kind === "sweep");
  if (!sweep) return err({ kind: "no-such-item", itemId });
  const changed = change(sweep);
  if (!changed.ok) return changed;
  const next = regenerated(changed.value, plan.plannedHome?.position);
  return ok({ ...plan, items: plan.items.map((item) => (item === sweep ? next : item)) });
}

function editCorner(sweep: SweepItem, edit: CornerEdit): Result<SweepItem, EditFailure> {
  const { area } = sweep;
  const to = (corners: readonly Position[]): Result<SweepItem, EditFailure> => ok({ ...sweep, area: corners });
  if (edit.kind === "add-corner") return to([...area, edit.at]);
  const { corner, itemId } = edit;
  // Inserting after the last corner is allowed, so there is one more valid index.
  const places = edit.kind === "insert-corner" ? area.length + 1 : area.length;
  if (!Number.isInteger(corner) || corner < 0 || corner >= places)
    return err({ kind: "no-such-corner", itemId, corner });
  switch (edit.kind) {
    case "insert-corner":
      return to([...area.slice(0, corner), edit.at, ...area.slice(corner)]);
    case "move-corner":
      return to(area.map((old, i) => (i === corner ? edit.to : old)));
    case "delete-corner":
      return to(area.filter((_, i) => i !== corner));
  }
}
