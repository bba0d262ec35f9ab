import { type Coast, createCoast } from "../../src/geo/coast.js";
import { settingsStore } from "../app/settings.js";
import { translatorFor } from "../app/text.js";
import { Latest } from "../bridge/latest.js";
import type { StationStore } from "../bridge/stationStore.js";
import { defineStore } from "../bridge/uiStores.js";
import { defaultAircraft } from "./aircraftLibrary.js";
import { stateWithPlan } from "./planEditorState.js";
import { type PlanEditorStore, createPlanEditorStore } from "./planEditorStore.js";
import { planFromText } from "./planFiles.js";

function coastOf(station: StationStore): Latest<Coast | undefined> {
  const read = (): Coast | undefined => {
    const document = station.coast.get();
    return document && createCoast(document);
  };
  const coast = new Latest(read());
  station.coast.onChange(() => coast.set(read()));
  return coast;
}

/** Opens the station's training plan, unless something was drawn already. */
function openTrainingPlan(station: StationStore, { state, change }: PlanEditorStore): void {
  const planText = station.hello.get()?.training?.planText;
  const { history, draft } = state.get();
  const isTouched = draft.length > 0 || history.past.length > 0 || history.present.items.length > 0;
  if (planText === undefined || isTouched) return;
  const read = planFromText(planText, "training.plan");
  if (read.ok) change((before) => stateWithPlan(read.value, before.requirements));
}

/** The page's plan editor: unfinished work survives a change of workspace. */
export const planEditorStore = defineStore((stores) => {
  const { station } = stores;
  const t = translatorFor(stores.get(settingsStore).values.get().language);
  const start = { aircraft: defaultAircraft(), planName: t("plan.untitled"), coast: coastOf(station) };
  const editor = createPlanEditorStore(station, start);
  openTrainingPlan(station, editor);
  station.hello.onChange(() => openTrainingPlan(station, editor));
  return editor;
});
