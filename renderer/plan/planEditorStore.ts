/** The plan editor: its state, what is derived from it, and how it changes. Lives as long as the page. */
import type { Coast } from "../../src/geo/coast.js";
import type { Position } from "../../src/geo/position.js";
import type { Aircraft } from "../../src/plan/aircraft.js";
import type { PlannedHome } from "../../src/plan/plan.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import {
  DEFAULT_REQUIREMENTS,
  type PlanEditorState,
  emptyPlan,
  stateWithPlan,
  selectedSweep,
} from "./planEditorState.js";
import { aircraftFor, type PlanFigures, figuresOf } from "./planFigures.js";
import { PlanOverGround } from "./planOverGround.js";
import type { VehicleKind } from "../../src/plan/standIn.js";

export type PlanEditorStore = {
  readonly state: Latest<PlanEditorState>;
  readonly figures: Latest<PlanFigures>;
  /** The corners drawn so far and the one under the pointer. */
  readonly draft: Latest<readonly Position[]>;
  readonly aircraft: Aircraft;
  readonly coast: Latest<Coast | undefined>;
  readonly change: (step: (state: PlanEditorState) => PlanEditorState) => void;
  /** Sets the pointer's place while drawing; undefined when it leaves the scene. */
  readonly point: (at: Position | undefined) => void;
  /** The target vehicle's kind; undefined while no vehicle is received. */
  readonly vehicle: () => VehicleKind | undefined;
  readonly reportedHome: () => PlannedHome | undefined;
};

type PlanEditorStart = {
  readonly aircraft: Aircraft;
  readonly planName: string;
  readonly coast: Latest<Coast | undefined>;
};

const targetVehicleOf = (station: StationStore): VehicleState | undefined => {
  const target = station.target.get();
  return station.vehicles.get().find(({ id }) => id === target);
};

/** The vehicle's kind as text, to compare: it comes with every batch but rarely changes. */
const kindOf = (vehicle: VehicleState | undefined): string | undefined =>
  vehicle && `${vehicle.mavType} ${vehicle.mavAutopilot}`;

function onOtherKind(station: StationStore, act: () => void): void {
  let known = kindOf(targetVehicleOf(station));
  const look = (): void => {
    const kind = kindOf(targetVehicleOf(station));
    if (kind === known) return;
    known = kind;
    act();
  };
  station.target.onChange(look);
  station.vehicles.onChange(look);
}

export function createPlanEditorStore(
  station: StationStore,
  { aircraft, planName, coast }: PlanEditorStart,
): PlanEditorStore {
  const isTraining = station.hello.get()?.training !== undefined;
  const first = stateWithPlan(emptyPlan(aircraft, planName, isTraining), DEFAULT_REQUIREMENTS);
  const state = new Latest(first);
  const targetVehicle = (): VehicleState | undefined => targetVehicleOf(station);
  const overGround = new PlanOverGround(station, () => figures.set(figuresNow()));
  const figuresNow = (): PlanFigures => {
    const { history, requirements } = state.get();
    const plan = history.present;
    const flown = { plan, aircraft: aircraftFor(plan, aircraft).aircraft, wind: requirements.wind };
    const groundCheck = overGround.checkOf(flown);
    const context = { aircraft, coast: coast.get(), requirements, vehicle: targetVehicle(), groundCheck };
    return figuresOf(plan, selectedSweep(state.get()), context);
  };
  const figures = new Latest(figuresNow());
  const onOtherGround = (): void => {
    overGround.forget();
    figures.set(figuresNow());
  };
  const draft = new Latest<readonly Position[]>([]);
  let pointer: Position | undefined;

  const showDraft = (): void => {
    const corners = state.get().draft;
    if (corners.length > 0) draft.set(pointer ? [...corners, pointer] : corners);
    else if (draft.get().length > 0) draft.set([]);
  };
  const change = (step: (before: PlanEditorState) => PlanEditorState): void => {
    const before = state.get();
    const after = step(before);
    if (after === before) return;
    state.set(after);
    if (after.draft !== before.draft) showDraft();
    const isOther = after.history.present !== before.history.present;
    if (isOther) station.planOnScreen.set(after.history.present);
    if (isOther || after.requirements !== before.requirements || after.selectedItemId !== before.selectedItemId) {
      figures.set(figuresNow());
    }
  };
  coast.onChange(onOtherGround);
  station.terrain.files.onChange(onOtherGround);
  onOtherKind(station, () => figures.set(figuresNow()));
  return {
    state,
    figures,
    draft,
    aircraft,
    coast,
    change,
    point: (at) => {
      pointer = at;
      showDraft();
    },
    vehicle: targetVehicle,
    reportedHome: () => targetVehicle()?.home?.value,
  };
}
