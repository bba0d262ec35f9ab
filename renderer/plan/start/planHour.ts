import type { Position } from "../../../src/geo/position.js";
import type { Plan } from "../../../src/plan/plan.js";
import type { StationStore } from "../../bridge/stationStore.js";
import type { PlanEditorStore } from "../planEditorStore.js";
import { sweepsOf } from "../planEditorState.js";

type Station = Pick<StationStore, "lastBatchUnixUs" | "clock">;

/** The station's now, in a simulation the simulation's; undefined until the station has given it: the page's own would be taken for it. */
export const stationNowMs = ({ lastBatchUnixUs, clock }: Station): number | undefined =>
  lastBatchUnixUs.get() === undefined ? undefined : clock.stationUnixUsNow() / 1000;

/** When the plan on screen is flown: its start, else now. */
export const planHourMs = (station: Station, { state }: Pick<PlanEditorStore, "state">): number | undefined =>
  state.get().history.present.startsAtUnixMs ?? stationNowMs(station);

/** Where the plan's tide is told for; undefined while the plan is nowhere. */
export const tidePlaceOf = (plan: Plan): Position | undefined =>
  plan.plannedHome?.position ?? sweepsOf(plan)[0]?.area[0];
