import "./plan.css";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Position } from "../../src/geo/position.js";
import { useActionKeys } from "../app/actions.js";
import { failureText } from "../app/failureText.js";
import { translate, useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { Latest } from "../bridge/latest.js";
import { useStation } from "../bridge/StationContext.js";
import { Toast } from "../ui/Toast.js";
import { DeskProvider } from "./DeskContext.js";
import { closeDraft, sweepsOf } from "./deskState.js";
import { deskOf } from "./deskOf.js";
import { Inspector } from "./Inspector.js";
import { planActions } from "./planActions.js";
import type { PlanDesk } from "./planDesk.js";
import { savePlan } from "./planFiles.js";
import { PlanList } from "./PlanList.js";
import { PlanScene } from "./PlanScene.js";
import { PlanStrip } from "./PlanStrip.js";
import { areaFailureText } from "./problemText.js";

/** The places the camera fits when a plan is opened. */
const placesOf = ({ desk }: PlanDesk): readonly Position[] | undefined => {
  const plan = desk.get().history.present;
  const places = sweepsOf(plan).flatMap(({ area }) => area);
  const home = plan.plannedHome ? [plan.plannedHome.position] : [];
  return places.length === 0 ? undefined : [...places, ...home];
};

/** A new plan (not an edit of the same) makes the camera look at it once. */
function useFit(planDesk: PlanDesk): Latest<readonly Position[] | undefined> {
  const [fit] = useState(() => new Latest(placesOf(planDesk)));
  useEffect(() => {
    let opened = planDesk.desk.get().history.past[0] ?? planDesk.desk.get().savedPlan;
    return planDesk.desk.onChange(() => {
      const { history, savedPlan } = planDesk.desk.get();
      if (history.past.length > 0 || history.future.length > 0 || history.present !== savedPlan || savedPlan === opened)
        return;
      opened = savedPlan;
      fit.set(placesOf(planDesk));
    });
  }, [planDesk, fit]);
  return fit;
}

export function PlanWorkspace() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const planDesk = deskOf(station);
  const { desk, change } = planDesk;
  const [message, setMessage] = useState("");
  const fit = useFit(planDesk);

  const close = useCallback(() => {
    const newItemId = `area-${desk.get().history.past.length + 1}-${desk.get().history.present.items.length}`;
    const closed = closeDraft(desk.get(), {
      aircraft: planDesk.aircraft,
      vehicle: planDesk.vehicle(),
      heardHome: planDesk.heardHome(),
      newItemId,
    });
    if (closed.ok) change(() => closed.value);
    setMessage(closed.ok ? "" : areaFailureText(t, format, closed.error));
  }, [desk, change, planDesk, t, format]);
  const save = useCallback(async () => {
    const plan = desk.get().history.present;
    const saved = await savePlan(station, plan);
    if (saved.ok) change((before) => ({ ...before, savedPlan: plan }));
    setMessage(saved.ok ? translate("plan.saved", { name: saved.value }) : failureText(translate, saved.error).what);
  }, [desk, change, station]);
  const actions = useMemo(
    () => planActions(planDesk, { close, save: () => void save(), t }),
    [planDesk, close, save, t],
  );
  useActionKeys(useMemo(() => Object.values(actions), [actions]));

  const showProblems = (): void => document.querySelector("#plan-problems")?.scrollIntoView({ block: "start" });
  return (
    <DeskProvider value={planDesk}>
      <div className="plan" data-testid="plan-workspace">
        <PlanScene fit={fit} onClose={close} />
        <PlanStrip
          onChecks={showProblems}
          message={
            message !== "" && (
              <div className="plan-message">
                <Toast tone="info" title={message} testId="plan-message" />
              </div>
            )
          }
        />
        <div className="plan-left">
          <PlanList actions={actions} onMessage={setMessage} />
        </div>
        <div className="plan-right">
          <Inspector />
        </div>
      </div>
    </DeskProvider>
  );
}
