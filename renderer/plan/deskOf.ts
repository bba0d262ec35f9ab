import { type Coast, createCoast } from "../../src/geo/coast.js";
import { translate } from "../app/text.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { defaultAircraft } from "./aircraftLibrary.js";
import { openedDesk } from "./deskState.js";
import { type PlanDesk, createPlanDesk } from "./planDesk.js";
import { planFromText } from "./planFiles.js";

const desks = new WeakMap<StationStore, PlanDesk>();

function coastOf(station: StationStore): Latest<Coast | undefined> {
  const read = (): Coast | undefined => {
    const document = station.coast.get();
    return document && createCoast(document);
  };
  const coast = new Latest(read());
  station.coast.onChange(() => coast.set(read()));
  return coast;
}

/** The station's training plan opens by itself, on a desk that nobody has touched yet. */
function openTrainingPlan(station: StationStore, { desk, change }: PlanDesk): void {
  const planText = station.hello.get()?.training?.planText;
  const { history, draft } = desk.get();
  const isTouched = draft.length > 0 || history.past.length > 0 || history.present.items.length > 0;
  if (planText === undefined || isTouched) return;
  const read = planFromText(planText, "training.plan");
  if (read.ok) change((before) => openedDesk(read.value, before.wishes));
}

/** One desk a station, made when first asked for: work in hand outlives a look at another workspace. */
export function deskOf(station: StationStore): PlanDesk {
  const known = desks.get(station);
  if (known) return known;
  const start = { aircraft: defaultAircraft(), planName: translate("plan.untitled"), coast: coastOf(station) };
  const made = createPlanDesk(station, start);
  desks.set(station, made);
  openTrainingPlan(station, made);
  station.hello.onChange(() => openTrainingPlan(station, made));
  return made;
}
