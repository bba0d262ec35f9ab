import type { CoastDocument } from "../../src/geo/coastDocument.js";
import type { Position } from "../../src/geo/position.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { type PlanEditorState, sweepsOf } from "./planEditorState.js";

function middleOfBox(coast: CoastDocument | undefined): Position | undefined {
  if (!coast) return undefined;
  const { westDeg, eastDeg, southDeg, northDeg } = coast.box;
  return { latitudeDeg: (southDeg + northDeg) / 2, longitudeDeg: (westDeg + eastDeg) / 2 };
}

/** Where the map opens: at the plan, else at the aircraft, else in the middle of the coast. */
function originOf(
  { history }: PlanEditorState,
  vehicle: VehicleState | undefined,
  coast: CoastDocument | undefined,
): Position | undefined {
  const plan = history.present;
  const reported = vehicle?.home?.value.position ?? vehicle?.position?.value.position;
  return plan.plannedHome?.position ?? sweepsOf(plan)[0]?.area[0] ?? reported ?? middleOfBox(coast);
}

/** The origin as a stream. Once known it stays, so that the map does not jump while it is used. */
export function sceneOrigin(station: StationStore, state: Latest<PlanEditorState>) {
  const target = (): VehicleState | undefined => station.vehicles.get().find(({ id }) => id === station.target.get());
  const current = (): Position | undefined => originOf(state.get(), target(), station.coast.get());
  const latest = new Latest(current());
  let isFromPlan = state.get().history.present.items.length > 0 || target() !== undefined;
  const onChange = (): void => {
    if (isFromPlan) return;
    isFromPlan = state.get().history.present.items.length > 0 || target()?.position !== undefined;
    latest.set(current());
  };
  const start = (): (() => void) => {
    const stops = [station.vehicles, station.coast, state].map((source) => source.onChange(onChange));
    onChange();
    return () => stops.forEach((stop) => stop());
  };
  return { latest, start };
}
