/**
 * The state of the plan editor as a value: the plan with its history, the area being drawn, the selection. Pure: every
 * user action is a function from one state to the next, so that undo, tests and screen agree.
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
export type SearchRequirements = {
  readonly see: SortieRequest["see"];
  readonly podWanted: number;
  readonly wind: Wind;
};
/** Sweep settings that are derived from the requirements until the user overrides them. */
export type SettingName = "height" | "trackSpacingM" | "legHeadingDeg" | "groundSpeedMps";

export type PlanEditorState = {
  readonly history: History;
  readonly requirements: SearchRequirements;
  /** Set by the user (or read from a file): changed requirements no longer change these. */
  readonly overridden: ReadonlySet<SettingName>;
  readonly tool: Tool;
  /** Corners clicked so far of an area not yet closed. */
  readonly draft: readonly Position[];
  readonly selectedItemId: string | undefined;
  readonly selectedCorner: number | undefined;
  /** The corner being dragged; all steps of the drag amend one history entry. */
  readonly draggedCorner: number | undefined;
  /** The setting being typed; all keystrokes amend one history entry. */
  readonly typedSetting: SettingName | undefined;
  /** The plan as last saved or opened; any other plan is unsaved work. */
  readonly savedPlan: Plan;
};

export const ALL_SETTINGS: readonly SettingName[] = ["height", "trackSpacingM", "legHeadingDeg", "groundSpeedMps"];
export const DEFAULT_REQUIREMENTS: SearchRequirements = {
  see: "person",
  podWanted: 0.9,
  wind: { fromDeg: 0, speedMps: 0 },
};

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

export function selectedSweep(state: PlanEditorState): SweepItem | undefined {
  return sweepsOf(state.history.present).find(({ id }) => id === state.selectedItemId);
}

/** Opens a plan from a file. Its settings were chosen by somebody, so the requirements do not change them. */
export function stateWithPlan(plan: Plan, requirements: SearchRequirements): PlanEditorState {
  const sweep = sweepsOf(plan)[0];
  return {
    history: historyOf(plan),
    requirements,
    overridden: new Set(sweep ? ALL_SETTINGS : []),
    tool: sweep || plan.items.length > 0 ? "select" : "draw",
    draft: [],
    selectedItemId: sweep?.id,
    selectedCorner: undefined,
    draggedCorner: undefined,
    typedSetting: undefined,
    savedPlan: plan,
  };
}

/** Replaces the plan as one undo step: Undo brings back the previous drawing. */
export const showPlan = (state: PlanEditorState, plan: Plan): PlanEditorState => ({
  ...stateWithPlan(plan, state.requirements),
  history: record(state.history, plan),
  savedPlan: state.savedPlan,
});

export const isUnsaved = (state: PlanEditorState): boolean => state.history.present !== state.savedPlan;

const IDLE = { draggedCorner: undefined, typedSetting: undefined } as const;

export function takeTool(state: PlanEditorState, tool: Tool): PlanEditorState {
  return { ...state, ...IDLE, tool, draft: [], selectedCorner: undefined };
}

export function addDraftCorner(state: PlanEditorState, at: Position): PlanEditorState {
  return state.tool === "draw" ? { ...state, draft: [...state.draft, at] } : state;
}

/** Escape: cancels first the drawing, then the selected corner, then the selection. */
export function leave(state: PlanEditorState): PlanEditorState {
  if (state.tool !== "select") return takeTool(state, "select");
  if (state.selectedCorner !== undefined) return { ...state, ...IDLE, selectedCorner: undefined };
  return { ...state, ...IDLE, selectedItemId: undefined };
}

export const select = (
  state: PlanEditorState,
  itemId: string | undefined,
  corner: number | undefined,
): PlanEditorState => ({
  ...state,
  ...IDLE,
  selectedItemId: itemId,
  selectedCorner: corner,
});

/** Home of a new plan: the plan's own, else the aircraft's, else the first corner drawn. */
export function homeFor(
  plan: Plan,
  reportedHome: PlannedHome | undefined,
  area: readonly Position[],
): PlannedHome | undefined {
  const first = area[0];
  return plan.plannedHome ?? reportedHome ?? (first ? { position: first, altitudeAmslM: 0 } : undefined);
}

export type CloseContext = {
  readonly aircraft: Aircraft;
  /** The target vehicle: a new plan is made for its kind. */
  readonly vehicle?: VehicleKind | undefined;
  readonly reportedHome: PlannedHome | undefined;
  readonly newItemId: string;
};

export type CloseFailure = AreaFailure | { readonly kind: "no-such-item" } | { readonly kind: "no-home" };

/** Closes the drawn area into a sweep. The first makes a whole sortie (take-off to return), later ones are added. */
export function closeDraft(state: PlanEditorState, context: CloseContext): Result<PlanEditorState, CloseFailure> {
  const plan = state.history.present;
  const home = homeFor(plan, context.reportedHome, state.draft);
  if (!home) return err({ kind: "too-few-corners", corners: 0 });
  const isFirst = plan.items.length === 0;
  const kind = isFirst ? (context.vehicle ?? kindOf(plan)) : kindOf(plan);
  const drawnFor = { ...plan, vehicleType: kind.mavType, firmwareType: kind.mavAutopilot };
  const sortie = sortieFor(drawnFor, state.draft, { ...context, home, requirements: state.requirements, override: {} });
  if (!sortie.ok) return sortie;
  const made = sweepsOf(sortie.value.plan)[0];
  if (!made) return err({ kind: "no-such-item" });
  const added: Result<Plan, unknown> = isFirst
    ? ok(keepingStart(sortie.value.plan, plan))
    : applyEdit(plan, {
        kind: "add-sweep",
        itemId: context.newItemId,
        area: state.draft,
        patternId: made.patternId,
        settings: made.settings,
      });
  if (!added.ok) return err({ kind: "no-such-item" });
  return ok({
    ...takeTool(state, "select"),
    history: record(state.history, added.value),
    overridden: isFirst ? new Set() : state.overridden,
    selectedItemId: isFirst ? made.id : context.newItemId,
  });
}

/** A sortie made of a first area is a new plan, flown when the empty one was to be flown. */
const keepingStart = (made: Plan, { startsAtUnixMs }: Plan): Plan =>
  startsAtUnixMs === undefined ? made : { ...made, startsAtUnixMs };

/** The vehicle kind a plan is made for. */
export const kindOf = (plan: Plan): VehicleKind => ({ mavType: plan.vehicleType, mavAutopilot: plan.firmwareType });

/** Starts a plan with an area from a file, with the file's home if it has one; Undo brings back the previous plan. */
export function beginWithArea(
  state: PlanEditorState,
  { area, home }: Pick<AreaDocument, "area" | "home">,
  context: CloseContext & { readonly empty: Plan },
): Result<PlanEditorState, CloseFailure> {
  const fresh = stateWithPlan({ ...context.empty, plannedHome: home }, state.requirements);
  const begun = closeDraft({ ...fresh, tool: "draw", draft: area }, context);
  if (!begun.ok) return begun;
  return ok({
    ...begun.value,
    history: record(state.history, begun.value.history.present),
    savedPlan: state.savedPlan,
  });
}

type SortieContext = {
  /** The station's default aircraft; the plan's vehicle kind takes precedence. */
  readonly aircraft: Aircraft;
  readonly home: PlannedHome;
  readonly requirements: SearchRequirements;
  readonly override: SortieRequest["override"];
};

export function sortieFor(plan: Plan, area: readonly Position[], context: SortieContext): Result<Sortie, AreaFailure> {
  const { home, requirements, override } = context;
  const { aircraft, isAssumed } = plan.aircraft
    ? { aircraft: plan.aircraft, isAssumed: false }
    : standIn(context.aircraft, kindOf(plan));
  return planFromArea({
    isAircraftAssumed: isAssumed,
    name: plan.name,
    area,
    home,
    aircraft,
    see: requirements.see,
    podWanted: requirements.podWanted,
    wind: requirements.wind,
    isTraining: plan.isTraining,
    override,
  });
}

/** Applies one edit as one undo step; an edit that does not fit the plan (a stale click) changes nothing. */
export function edit(state: PlanEditorState, change: PlanEdit): PlanEditorState {
  const next = applyEdit(state.history.present, change);
  return next.ok ? { ...state, ...IDLE, history: record(state.history, next.value) } : state;
}

function editWithin(state: PlanEditorState, change: PlanEdit, isContinued: boolean): PlanEditorState {
  const next = applyEdit(state.history.present, change);
  if (!next.ok) return state;
  return { ...state, history: (isContinued ? amend : record)(state.history, next.value) };
}

/** One step of dragging a corner; all steps up to the final one are one undo step. */
export function dragCorner(state: PlanEditorState, corner: number, to: Position, isFinal: boolean): PlanEditorState {
  const itemId = state.selectedItemId;
  if (itemId === undefined) return state;
  const moved = editWithin(state, { kind: "move-corner", itemId, corner, to }, state.draggedCorner === corner);
  return { ...moved, typedSetting: undefined, selectedCorner: corner, draggedCorner: isFinal ? undefined : corner };
}

/** Inserts a corner in an edge; the drag that follows belongs to the same undo step. */
export function insertCorner(state: PlanEditorState, corner: number, at: Position): PlanEditorState {
  const itemId = state.selectedItemId;
  if (itemId === undefined) return state;
  const inserted = edit(state, { kind: "insert-corner", itemId, corner, at });
  return inserted === state ? state : { ...inserted, selectedCorner: corner, draggedCorner: corner };
}

/** Delete: the last drafted corner while drawing, else the selected corner, else the selected item. */
export function deleteSelected(state: PlanEditorState): PlanEditorState {
  if (state.draft.length > 0) return { ...state, draft: state.draft.slice(0, -1) };
  const { selectedItemId: itemId, selectedCorner: corner } = state;
  if (itemId === undefined) return state;
  const sweep = selectedSweep(state);
  // A triangle cannot lose a corner: the corner stays, but the whole item may be deleted.
  if (corner !== undefined && sweep && sweep.area.length <= 3) return state;
  if (corner !== undefined)
    return { ...edit(state, { kind: "delete-corner", itemId, corner }), selectedCorner: undefined };
  return { ...edit(state, { kind: "delete-item", itemId }), selectedItemId: undefined };
}

const nameOf = (settings: Partial<SweepSettings>): SettingName | undefined =>
  ALL_SETTINGS.find((name) => name in settings);

/** Sets a number typed or stepped in the inspector; `endTyping` ends the undo step. */
export function changeSetting(state: PlanEditorState, settings: Partial<SweepSettings>): PlanEditorState {
  const itemId = state.selectedItemId;
  const name = nameOf(settings);
  if (itemId === undefined || name === undefined) return state;
  const changed = editWithin(state, { kind: "change-settings", itemId, settings }, state.typedSetting === name);
  return { ...changed, draggedCorner: undefined, typedSetting: name, overridden: new Set(state.overridden).add(name) };
}

export const endTyping = (state: PlanEditorState): PlanEditorState => ({ ...state, typedSetting: undefined });

/** Ends the override of a setting: it is derived from the requirements again. */
export function resetToDefault(state: PlanEditorState, name: SettingName, suggested: SweepSettings): PlanEditorState {
  const overridden = new Set(state.overridden);
  overridden.delete(name);
  return applyDefaults({ ...state, overridden }, suggested, [name]);
}

/** Applies the derived settings to the selected sweep, except those that the user overrode. */
export function applyDefaults(
  state: PlanEditorState,
  suggested: SweepSettings,
  names: readonly SettingName[],
): PlanEditorState {
  const itemId = state.selectedItemId;
  if (itemId === undefined) return state;
  const free = names.filter((name) => !state.overridden.has(name));
  const settings = Object.fromEntries(free.map((name) => [name, suggested[name]])) as Partial<SweepSettings>;
  return free.length === 0 ? state : edit(state, { kind: "change-settings", itemId, settings });
}

export const stepBack = (state: PlanEditorState): PlanEditorState => settle(state, undo(state.history));
export const stepForward = (state: PlanEditorState): PlanEditorState => settle(state, redo(state.history));
export const canStepBack = (state: PlanEditorState): boolean => canUndo(state.history);
export const canStepForward = (state: PlanEditorState): boolean => canRedo(state.history);

/** The selected item may not exist in the plan that undo or redo brings back. */
function settle(state: PlanEditorState, history: History): PlanEditorState {
  const exists = history.present.items.some(({ id }) => id === state.selectedItemId);
  const selectedItemId = exists ? state.selectedItemId : sweepsOf(history.present)[0]?.id;
  return { ...state, ...IDLE, history, selectedItemId, selectedCorner: undefined };
}
