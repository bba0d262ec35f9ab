import { type ChangeEvent, useRef, useState } from "react";
import type { StationFailure } from "../../src/contract/failures.js";
import { decodeText } from "../../src/core/decodeText.js";
import { ok, type Result } from "../../src/core/result.js";
import type { AreaDocument } from "../../src/plan/formats/areaFile.js";
import type { Plan } from "../../src/plan/plan.js";
import type { Action } from "../app/actions.js";
import { failureText } from "../app/failureText.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useStation } from "../bridge/StoresContext.js";
import { Button } from "../ui/Button.js";
import { DEFAULT_REQUIREMENTS, beginWithArea, emptyPlan, isUnsaved, stateWithPlan } from "./planEditorState.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { areaFailureText } from "./problemText.js";
import { exportPlan, listPlans, loadPlan, openedFromText } from "./planFiles.js";

type PlanFilesRowProps = { readonly onMessage: (words: string) => void; readonly save: Action };

/** Open, save, export. Unsaved work is discarded only by a second press; there is no dialog. */
export function PlanFilesRow({ onMessage, save }: PlanFilesRowProps) {
  const t = useText();
  const station = useStation();
  const format = useFormat();
  const editor = usePlanEditor();
  const { state, change, aircraft } = editor;
  const [names, setNames] = useState<readonly string[] | undefined>(undefined);
  const [isWarned, setIsWarned] = useState(false);
  const fileRef = useRef<HTMLInputElement>(null);

  const mayDiscard = (): boolean => {
    if (isWarned || !isUnsaved(state.get())) return true;
    setIsWarned(true);
    onMessage(t("plan.discard"));
    return false;
  };
  const take = (read: Result<Plan, StationFailure>): void => {
    setNames(undefined);
    setIsWarned(false);
    if (!read.ok) {
      const words = failureText(t, read.error);
      onMessage(`${words.what} ${words.advice}`);
      return;
    }
    onMessage("");
    change((before) => stateWithPlan(read.value, before.requirements));
  };
  const openLibrary = async (): Promise<void> => {
    if (names) {
      setNames(undefined);
      return;
    }
    const listed = await listPlans(station);
    if (listed.ok) setNames(listed.value);
    else onMessage(failureText(t, listed.error).what);
  };
  const onFile = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.currentTarget.files?.[0];
    event.currentTarget.value = "";
    if (!file) return;
    const opened = openedFromText(decodeText(new Uint8Array(await file.arrayBuffer())), file.name);
    if (!opened.ok) take(opened);
    else if (opened.value.kind === "plan") take(ok(opened.value.plan));
    else begin(opened.value.document, file.name);
  };
  const begin = (document: AreaDocument, fileName: string): void => {
    setNames(undefined);
    setIsWarned(false);
    const isTraining = document.isTraining || station.hello.get()?.training !== undefined;
    const name = document.name ?? fileName.replace(/\.[^.]*$/, "");
    const begun = beginWithArea(state.get(), document, {
      empty: emptyPlan(aircraft, name, isTraining),
      aircraft,
      vehicle: editor.vehicle(),
      reportedHome: editor.reportedHome(),
      newItemId: "area-1",
    });
    if (begun.ok) change(() => begun.value);
    onMessage(begun.ok ? t("plan.begun", { name }) : areaFailureText(t, format, begun.error));
  };
  const startNew = (): void => {
    if (!mayDiscard()) return;
    const isTraining = station.hello.get()?.training !== undefined;
    change(() => stateWithPlan(emptyPlan(aircraft, t("plan.untitled"), isTraining), DEFAULT_REQUIREMENTS));
    setIsWarned(false);
    onMessage("");
  };
  return (
    <div className="plan-files">
      <Button label={t("plan.new")} isSmall tone="quiet" testId="plan-new" onPress={startNew} />
      <Button label={t("plan.open")} isSmall tone="quiet" testId="plan-open" onPress={() => void openLibrary()} />
      <Button label={t("plan.save")} isSmall tone="quiet" testId="plan-save" onPress={save.perform} />
      {names && (
        <div className="app-pop plan-library" role="dialog" aria-label={t("plan.library")}>
          <h2>{t("plan.library")}</h2>
          {names.length === 0 && <span>{t("plan.library.empty")}</span>}
          <ol>
            {names.map((name) => (
              <li key={name}>
                <Button
                  label={name}
                  isSmall
                  onPress={() => {
                    if (mayDiscard()) void loadPlan(station, name).then(take);
                  }}
                />
              </li>
            ))}
          </ol>
          <Button
            label={t("plan.import")}
            isSmall
            testId="plan-import"
            onPress={() => mayDiscard() && fileRef.current?.click()}
          />
          <Button
            label={t("plan.export")}
            isSmall
            testId="plan-export"
            onPress={() => exportPlan(state.get().history.present, document)}
          />
          <Button label={t("app.close")} isSmall tone="quiet" onPress={() => setNames(undefined)} />
        </div>
      )}
      <input
        ref={fileRef}
        type="file"
        accept=".plan,.waypoints,.txt,.kml,.geojson,application/json"
        hidden
        aria-label={t("plan.import")}
        data-testid="plan-file"
        onChange={(event) => void onFile(event)}
      />
    </div>
  );
}
