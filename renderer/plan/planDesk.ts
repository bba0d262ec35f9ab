/** The desk on screen: the value, what follows from it, and the hands that change it. Lives as long as the station. */
import type { Coast } from "../../src/geo/coast.js";
import type { Position } from "../../src/geo/position.js";
import type { Aircraft } from "../../src/plan/aircraft.js";
import type { PlannedHome } from "../../src/plan/plan.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { DEFAULT_WISHES, type Desk, emptyPlan, openedDesk, selectedSweep } from "./deskState.js";
import { type PlanFigures, figuresOf } from "./planFigures.js";
import type { VehicleKind } from "../../src/plan/standIn.js";

export type PlanDesk = {
  readonly desk: Latest<Desk>;
  readonly figures: Latest<PlanFigures>;
  /** The drawn corners and the one under the pointer. */
  readonly draft: Latest<readonly Position[]>;
  readonly aircraft: Aircraft;
  readonly coast: Latest<Coast | undefined>;
  readonly change: (step: (desk: Desk) => Desk) => void;
  /** The pointer while drawing; undefined when it leaves the scene. */
  readonly point: (at: Position | undefined) => void;
  /** The kind of the aircraft in hand; undefined while none is heard. */
  readonly vehicle: () => VehicleKind | undefined;
  readonly heardHome: () => PlannedHome | undefined;
};

type DeskStart = {
  readonly aircraft: Aircraft;
  readonly planName: string;
  readonly coast: Latest<Coast | undefined>;
};

const aircraftInHand = (station: StationStore): VehicleState | undefined => {
  const target = station.target.get();
  return station.vehicles.get().find(({ id }) => id === target);
};

/** What it is, as text: told anew with every batch, and seldom another. */
const kindOf = (vehicle: VehicleState | undefined): string | undefined =>
  vehicle && `${vehicle.mavType} ${vehicle.mavAutopilot}`;

export function createPlanDesk(station: StationStore, { aircraft, planName, coast }: DeskStart): PlanDesk {
  const isTraining = station.hello.get()?.training !== undefined;
  const first = openedDesk(emptyPlan(aircraft, planName, isTraining), DEFAULT_WISHES);
  const desk = new Latest(first);
  const inHand = (): VehicleState | undefined => aircraftInHand(station);
  const kindInHand = (): string | undefined => kindOf(inHand());
  let shownKind = kindInHand();
  const figuresNow = (): PlanFigures => {
    const { history, wishes } = desk.get();
    const vehicle = inHand();
    return figuresOf(history.present, selectedSweep(desk.get()), { aircraft, coast: coast.get(), wishes, vehicle });
  };
  const figures = new Latest(figuresNow());
  const draft = new Latest<readonly Position[]>([]);
  let pointer: Position | undefined;

  const showDraft = (): void => {
    const corners = desk.get().draft;
    if (corners.length === 0) {
      if (draft.get().length > 0) draft.set([]);
      return;
    }
    draft.set(pointer ? [...corners, pointer] : corners);
  };
  const change = (step: (before: Desk) => Desk): void => {
    const before = desk.get();
    const after = step(before);
    if (after === before) return;
    desk.set(after);
    if (after.draft !== before.draft) showDraft();
    const isOther = after.history.present !== before.history.present;
    if (isOther) station.planOnScreen.set(after.history.present);
    if (isOther || after.wishes !== before.wishes || after.selectedItemId !== before.selectedItemId) {
      figures.set(figuresNow());
    }
  };
  coast.onChange(() => figures.set(figuresNow()));
  const onAircraft = (): void => {
    if (kindInHand() === shownKind) return;
    shownKind = kindInHand();
    figures.set(figuresNow());
  };
  station.target.onChange(onAircraft);
  station.vehicles.onChange(onAircraft);
  return {
    desk,
    figures,
    draft,
    aircraft,
    coast,
    change,
    point: (at) => {
      pointer = at;
      showDraft();
    },
    vehicle: inHand,
    heardHome: () => inHand()?.home?.value,
  };
}
