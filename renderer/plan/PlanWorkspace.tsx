import "./plan.css";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Position } from "../../src/geo/position.js";
import { useActionKeys } from "../app/actions.js";
import { failureText } from "../app/failureText.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { Latest } from "../bridge/latest.js";
import { useStation, useStore } from "../bridge/StoresContext.js";
import { Toast } from "../ui/Toast.js";
import { PlanEditorProvider } from "./PlanEditorContext.js";
import { closeDraft, sweepsOf } from "./planEditorState.js";
import { planEditorStore } from "./planEditor.js";
import { Inspector } from "./Inspector.js";
import { planActions } from "./planActions.js";
import type { PlanEditorStore } from "./planEditorStore.js";
import { savePlan } from "./planFiles.js";
import { PlanList } from "./PlanList.js";
import { PlanScene } from "./PlanScene.js";
import { PlanStrip } from "./PlanStrip.js";
import { ProfilePanel } from "./profile/ProfilePanel.js";
import { areaFailureText } from "./problemText.js";

/** The places the camera fits when a plan is opened. */
const placesOf = ({ state }: PlanEditorStore): readonly Position[] | undefined => {
  const plan = state.get().history.present;
  const places = sweepsOf(plan).flatMap(({ area }) => area);
  const home = plan.plannedHome ? [plan.plannedHome.position] : [];
  return places.length === 0 ? undefined : [...places, ...home];
};

/** Opening another plan (not editing the current one) makes the camera fit it once. */
function useFit(editor: PlanEditorStore): Latest<readonly Position[] | undefined> {
  const [fit] = useState(() => new Latest(placesOf(editor)));
  useEffect(() => {
    let opened = editor.state.get().history.past[0] ?? editor.state.get().savedPlan;
    return editor.state.onChange(() => {
      const { history, savedPlan } = editor.state.get();
      if (history.past.length > 0 || history.future.length > 0 || history.present !== savedPlan || savedPlan === opened)
        return;
      opened = savedPlan;
      fit.set(placesOf(editor));
    });
  }, [editor, fit]);
  return fit;
}

export function PlanWorkspace() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const editor = useStore(planEditorStore);
  const { state, change } = editor;
  const [message, setMessage] = useState("");
  const fit = useFit(editor);

  const close = useCallback(() => {
    const newItemId = `area-${state.get().history.past.length + 1}-${state.get().history.present.items.length}`;
    const closed = closeDraft(state.get(), {
      aircraft: editor.aircraft,
      vehicle: editor.vehicle(),
      reportedHome: editor.reportedHome(),
      newItemId,
    });
    if (closed.ok) change(() => closed.value);
    setMessage(closed.ok ? "" : areaFailureText(t, format, closed.error));
  }, [state, change, editor, t, format]);
  const save = useCallback(async () => {
    const plan = state.get().history.present;
    const saved = await savePlan(station, plan);
    if (saved.ok) change((before) => ({ ...before, savedPlan: plan }));
    setMessage(saved.ok ? t("plan.saved", { name: saved.value }) : failureText(t, saved.error).what);
  }, [state, change, station, t]);
  const actions = useMemo(() => planActions(editor, { close, save: () => void save() }), [editor, close, save]);
  useActionKeys(useMemo(() => Object.values(actions), [actions]));

  const showProblems = (): void => document.querySelector("#plan-problems")?.scrollIntoView({ block: "start" });
  return (
    <PlanEditorProvider value={editor}>
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
        <ProfilePanel />
      </div>
    </PlanEditorProvider>
  );
}
