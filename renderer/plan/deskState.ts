/**
 * The planning desk as a value: plan with its history, what is being drawn, what is selected. Pure; every hand movement
 * is a function from one desk to the next, so that undo, tests and the screen agree.
 */
import type { Result } from "../../src/core/result.js";
import { err, ok } from "../../src/core/result.js";
import type { Position } from "../../src/geo/position.js";
import type { Aircraft, Wind } from "../../src/plan/aircraft.js";
import type { AreaFailure } from "../../src/plan/areaFailure.js";
import { type PlanEdit, applyEdit } from "../../src/plan/edits.js";
import { type History, amend, canRedo, canUndo, historyOf, record, redo, undo } from "../../src/plan/history.js";
import { type Sortie, type SortieRequest, planFromArea } from "../../src/plan/makeSortie.js";
import type { Plan, PlannedHome, SweepItem, SweepSettings } from "../../src/plan/plan.js";
import { standIn, type VehicleKind } from "../../src/plan/standIn.js";
import type { AreaDocument } from "../../src/plan/formats/areaFile.js";

export type Tool = "select" | "draw" | "home";
export type Wishes = { readonly see: SortieRequest["see"]; readonly podWanted: number; readonly wind: Wind };
/** Settings that follow from the wishes until a hand changes them. */
export type SettingName = "height" | "trackSpacingM" | "legHeadingDeg" | "groundSpeedMps";

export type Desk = {
  readonly history: History;
  readonly wishes: Wishes;
  /** Set by hand (or read from a file): wishes no longer change them. */
  readonly byHand: ReadonlySet<SettingName>;
  readonly tool: Tool;
  /** Corners clicked so far of an area not yet closed. */
  readonly draft: readonly Position[];
  readonly selectedItemId: string | undefined;
  readonly selectedCorner: number | undefined;
  /** The corner whose drag is under way: its steps amend one entry of the history. */
  readonly draggedCorner: number | undefined;
  /** A field is being typed in: its keystrokes amend one entry. */
  readonly typedSetting: SettingName | undefined;
  /** What is on disk or came from it; another plan than this one is unsaved work. */
  readonly savedPlan: Plan;
};

export const ALL_SETTINGS: readonly SettingName[] = ["height", "trackSpacingM", "legHeadingDeg", "groundSpeedMps"];
export const DEFAULT_WISHES: Wishes = { see: "person", podWanted: 0.9, wind: { fromDeg: 0, speedMps: 0 } };

export function emptyPlan(aircraft: Aircraft, name: string, isTraining: boolean): Plan {
  return {
    name,
    vehicleType: aircraft.vehicleType,
    firmwareType: aircraft.firmwareType,
    cruiseSpeedMps: aircraft.cruiseSpeedMps,
    hoverSpeedMps: aircraft.cruiseSpeedMps,
    plannedHome: undefined,
    items: [],
    fenceJson: undefined,
    rallyJson: undefined,
    isTraining,
  };
}

export const sweepsOf = (plan: Plan): readonly SweepItem[] => plan.items.filter((item) => item.kind === "sweep");

export function selectedSweep(desk: Desk): SweepItem | undefined {
  return sweepsOf(desk.history.present).find(({ id }) => id === desk.selectedItemId);
}

/** A plan from a file: its numbers are what somebody chose, so the wishes do not touch them. */
export function openedDesk(plan: Plan, wishes: Wishes): Desk {
  const sweep = sweepsOf(plan)[0];
  return {
    history: historyOf(plan),
    wishes,
    byHand: new Set(sweep ? ALL_SETTINGS : []),
    tool: sweep || plan.items.length > 0 ? "select" : "draw",
    draft: [],
    selectedItemId: sweep?.id,
    selectedCorner: undefined,
    draggedCorner: undefined,
    typedSetting: undefined,
    savedPlan: plan,
  };
}

/** Another plan on the desk, as one step: Undo brings back the drawing that it took the place of. */
export const showPlan = (desk: Desk, plan: Plan): Desk => ({
  ...openedDesk(plan, desk.wishes),
  history: record(desk.history, plan),
  savedPlan: desk.savedPlan,
});

export const isUnsaved = (desk: Desk): boolean => desk.history.present !== desk.savedPlan;

const IDLE = { draggedCorner: undefined, typedSetting: undefined } as const;

export function takeTool(desk: Desk, tool: Tool): Desk {
  return { ...desk, ...IDLE, tool, draft: [], selectedCorner: undefined };
}

export function addDraftCorner(desk: Desk, at: Position): Desk {
  return desk.tool === "draw" ? { ...desk, draft: [...desk.draft, at] } : desk;
}

/** Esc: first the drawing, then the selected corner, then the selection. */
export function leave(desk: Desk): Desk {
  if (desk.tool !== "select") return takeTool(desk, "select");
  if (desk.selectedCorner !== undefined) return { ...desk, ...IDLE, selectedCorner: undefined };
  return { ...desk, ...IDLE, selectedItemId: undefined };
}

export const select = (desk: Desk, itemId: string | undefined, corner: number | undefined): Desk => ({
  ...desk,
  ...IDLE,
  selectedItemId: itemId,
  selectedCorner: corner,
});

/** The home a plan starts from: its own, or the aircraft's, or else where the first corner was put. */
export function homeFor(
  plan: Plan,
  heardHome: PlannedHome | undefined,
  area: readonly Position[],
): PlannedHome | undefined {
  const first = area[0];
  return plan.plannedHome ?? heardHome ?? (first ? { position: first, altitudeAmslM: 0 } : undefined);
}

export type CloseContext = {
  readonly aircraft: Aircraft;
  /** The aircraft in hand: a plan that begins now is for its kind. */
  readonly vehicle?: VehicleKind | undefined;
  readonly heardHome: PlannedHome | undefined;
  readonly newItemId: string;
};

export type CloseFailure = AreaFailure | { readonly kind: "no-such-item" } | { readonly kind: "no-home" };

/** Closes the drawn area into a sweep. The first makes a whole sortie (take-off to return), later ones are added. */
export function closeDraft(desk: Desk, context: CloseContext): Result<Desk, CloseFailure> {
  const plan = desk.history.present;
  const home = homeFor(plan, context.heardHome, desk.draft);
  if (!home) return err({ kind: "too-few-corners", corners: 0 });
  const isFirst = plan.items.length === 0;
  const kind = isFirst ? (context.vehicle ?? kindOf(plan)) : kindOf(plan);
  const drawnFor = { ...plan, vehicleType: kind.mavType, firmwareType: kind.mavAutopilot };
  const sortie = sortieFor(drawnFor, desk.draft, { ...context, home, wishes: desk.wishes, override: {} });
  if (!sortie.ok) return sortie;
  const made = sweepsOf(sortie.value.plan)[0];
  if (!made) return err({ kind: "no-such-item" });
  const added: Result<Plan, unknown> = isFirst
    ? ok(sortie.value.plan)
    : applyEdit(plan, { kind: "add-sweep", itemId: context.newItemId, area: desk.draft, settings: made.settings });
  if (!added.ok) return err({ kind: "no-such-item" });
  return ok({
    ...takeTool(desk, "select"),
    history: record(desk.history, added.value),
    byHand: isFirst ? new Set() : desk.byHand,
    selectedItemId: isFirst ? made.id : context.newItemId,
  });
}

/** What a plan says it is for. */
export const kindOf = (plan: Plan): VehicleKind => ({ mavType: plan.vehicleType, mavAutopilot: plan.firmwareType });

/** Begins a plan with an area from a file, at its home where it has one; a step back brings the plan before. */
export function beginWithArea(
  desk: Desk,
  { area, home }: Pick<AreaDocument, "area" | "home">,
  context: CloseContext & { readonly empty: Plan },
): Result<Desk, CloseFailure> {
  const fresh = openedDesk({ ...context.empty, plannedHome: home }, desk.wishes);
  const begun = closeDraft({ ...fresh, tool: "draw", draft: area }, context);
  if (!begun.ok) return begun;
  return ok({
    ...begun.value,
    history: record(desk.history, begun.value.history.present),
    savedPlan: desk.savedPlan,
  });
}

type SortieContext = {
  /** The station's own aircraft; the plan's kind stands over it. */
  readonly aircraft: Aircraft;
  readonly home: PlannedHome;
  readonly wishes: Wishes;
  readonly override: SortieRequest["override"];
};

export function sortieFor(plan: Plan, area: readonly Position[], context: SortieContext): Result<Sortie, AreaFailure> {
  const { home, wishes, override } = context;
  const { aircraft, isAssumed } = plan.aircraft
    ? { aircraft: plan.aircraft, isAssumed: false }
    : standIn(context.aircraft, kindOf(plan));
  return planFromArea({
    isAircraftAssumed: isAssumed,
    name: plan.name,
    area,
    home,
    aircraft,
    see: wishes.see,
    podWanted: wishes.podWanted,
    wind: wishes.wind,
    isTraining: plan.isTraining,
    override,
  });
}

/** One edit, one step of undo; an edit that does not fit the plan (stale click) changes nothing. */
export function edit(desk: Desk, change: PlanEdit): Desk {
  const next = applyEdit(desk.history.present, change);
  return next.ok ? { ...desk, ...IDLE, history: record(desk.history, next.value) } : desk;
}

function editWithin(desk: Desk, change: PlanEdit, isContinued: boolean): Desk {
  const next = applyEdit(desk.history.present, change);
  if (!next.ok) return desk;
  return { ...desk, history: (isContinued ? amend : record)(desk.history, next.value) };
}

/** A step of dragging a corner; all steps up to the final one are one step of undo. */
export function dragCorner(desk: Desk, corner: number, to: Position, isFinal: boolean): Desk {
  const itemId = desk.selectedItemId;
  if (itemId === undefined) return desk;
  const moved = editWithin(desk, { kind: "move-corner", itemId, corner, to }, desk.draggedCorner === corner);
  return { ...moved, typedSetting: undefined, selectedCorner: corner, draggedCorner: isFinal ? undefined : corner };
}

/** Pulls a new corner out of an edge; the drag that follows belongs to the same step of undo. */
export function insertCorner(desk: Desk, corner: number, at: Position): Desk {
  const itemId = desk.selectedItemId;
  if (itemId === undefined) return desk;
  const inserted = edit(desk, { kind: "insert-corner", itemId, corner, at });
  return inserted === desk ? desk : { ...inserted, selectedCorner: corner, draggedCorner: corner };
}

/** Delete: the last drafted corner while drawing, else the selected corner, else the selected item. */
export function deleteSelected(desk: Desk): Desk {
  if (desk.draft.length > 0) return { ...desk, draft: desk.draft.slice(0, -1) };
  const { selectedItemId: itemId, selectedCorner: corner } = desk;
  if (itemId === undefined) return desk;
  const sweep = selectedSweep(desk);
  // A triangle without a corner is no area: the corner stays, the person may delete the whole item.
  if (corner !== undefined && sweep && sweep.area.length <= 3) return desk;
  if (corner !== undefined)
    return { ...edit(desk, { kind: "delete-corner", itemId, corner }), selectedCorner: undefined };
  return { ...edit(desk, { kind: "delete-item", itemId }), selectedItemId: undefined };
}

const nameOf = (settings: Partial<SweepSettings>): SettingName | undefined =>
  ALL_SETTINGS.find((name) => name in settings);

/** A number typed or stepped in the inspector; `endTyping` closes the step of undo. */
export function changeSetting(desk: Desk, settings: Partial<SweepSettings>): Desk {
  const itemId = desk.selectedItemId;
  const name = nameOf(settings);
  if (itemId === undefined || name === undefined) return desk;
  const changed = editWithin(desk, { kind: "change-settings", itemId, settings }, desk.typedSetting === name);
  return { ...changed, draggedCorner: undefined, typedSetting: name, byHand: new Set(desk.byHand).add(name) };
}

export const endTyping = (desk: Desk): Desk => ({ ...desk, typedSetting: undefined });

/** Gives a setting back to the wishes. */
export function release(desk: Desk, name: SettingName, suggested: SweepSettings): Desk {
  const byHand = new Set(desk.byHand);
  byHand.delete(name);
  return follow({ ...desk, byHand }, suggested, [name]);
}

/** Applies suggested settings to the selected sweep, all that no hand has set. */
export function follow(desk: Desk, suggested: SweepSettings, names: readonly SettingName[]): Desk {
  const itemId = desk.selectedItemId;
  if (itemId === undefined) return desk;
  const free = names.filter((name) => !desk.byHand.has(name));
  const settings = Object.fromEntries(free.map((name) => [name, suggested[name]])) as Partial<SweepSettings>;
  return free.length === 0 ? desk : edit(desk, { kind: "change-settings", itemId, settings });
}

export const stepBack = (desk: Desk): Desk => settle(desk, undo(desk.history));
export const stepForward = (desk: Desk): Desk => settle(desk, redo(desk.history));
export const canStepBack = (desk: Desk): boolean => canUndo(desk.history);
export const canStepForward = (desk: Desk): boolean => canRedo(desk.history);

/** What was selected may not exist in the other plan. */
function settle(desk: Desk, history: History): Desk {
  const exists = history.present.items.some(({ id }) => id === desk.selectedItemId);
  const selectedItemId = exists ? desk.selectedItemId : sweepsOf(history.present)[0]?.id;
  return { ...desk, ...IDLE, history, selectedItemId, selectedCorner: undefined };
}
