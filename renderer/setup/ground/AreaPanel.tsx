import { useState } from "react";
import { placeName } from "../../../src/geo/places/place.js";
import { failureText } from "../../app/failureText.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useWhole } from "../../bridge/latest.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { whyNoPosition } from "../../scene/find/findWords.js";
import { shownGroundStore } from "../../scene/shownGround.js";
import { Button } from "../../ui/Button.js";
import { NumberField } from "../../ui/NumberField.js";
import { Panel } from "../../ui/Panel.js";
import { Segments } from "../../ui/Segments.js";
import { TextField } from "../../ui/TextField.js";
import { Toast } from "../../ui/Toast.js";
import { setupStore } from "../setupStore.js";
import { useAsk } from "../useAsk.js";
import { AREA_WAYS, type AreaForm, areaOfForm, FIELDS_OF, type FormProblem } from "./areaForm.js";
import { MakePack } from "./MakePack.js";
import { NeedsTable } from "./NeedsTable.js";

const KM_MAX = 50;

/** Choose a stretch of coast, a box or what the map shows: what a sortie there needs, and a pack of what is there. */
export function AreaPanel() {
  const t = useText();
  const format = useFormat();
  const { ground } = useStore(setupStore);
  const listed = useWhole(ground.listed);
  return (
    <Panel title={t("setup.ground.area")} testId="ground-area">
      <AreaFields />
      {listed && (
        <>
          <p data-testid="ground-area-size">
            {t(listed.coastKm === undefined ? "setup.ground.area.box" : "setup.ground.area.stretch", {
              area: format.areaText(listed.areaKm2 * 1e6),
              coast: format.wayText((listed.coastKm ?? 0) * 1000),
            })}
          </p>
          <NeedsTable listed={listed} onChoose={(chosenIds) => ground.listed.set({ ...listed, chosenIds })} />
          <MakePack listed={listed} />
        </>
      )}
    </Panel>
  );
}

function AreaFields() {
  const t = useText();
  const { ground } = useStore(setupStore);
  const shown = useWhole(useStore(shownGroundStore));
  const form = useWhole(ground.form);
  const places = useWhole(useStation().places)?.places ?? [];
  const { state, ask } = useAsk();
  const [problem, setProblem] = useState<FormProblem | undefined>(undefined);
  const change = (next: Partial<AreaForm>): void => {
    ground.form.set({ ...form, ...next });
    // What stands below is of the area that is typed, never of an older one.
    ground.listed.set(undefined);
    setProblem(undefined);
  };
  const list = async (): Promise<void> => {
    const area = areaOfForm(form, places, shown?.());
    setProblem(area.ok ? undefined : area.error);
    if (!area.ok) return;
    ground.made.set(undefined);
    ground.listed.set(undefined);
    const reply = await ask({ kind: "get-area-needs", area: area.value });
    if (!reply.ok || reply.value.kind !== "area-needs") return;
    const { needs, areaKm2, coastKm } = reply.value;
    const packable = needs.flatMap(({ pieces }) => pieces.filter(({ isPackable }) => isPackable));
    ground.listed.set({ area: area.value, needs, areaKm2, coastKm, chosenIds: new Set(packable.map(({ id }) => id)) });
  };
  const failed = state.kind === "failed" ? failureText(t, state.failure) : undefined;
  return (
    <div className="setup-form">
      <Segments
        label={t("setup.ground.area.way")}
        testId="ground-way"
        options={AREA_WAYS.map((id) => ({ id, label: t(`setup.ground.area.way.${id}`) }))}
        selected={form.way}
        onSelect={(way) => change({ way })}
      />
      <div className="setup-area__fields">
        <PlaceFields {...{ form, change, problem }} onEnter={() => void list()} />
        {form.way === "stretch" && <WidthFields {...{ form, change }} onEnter={() => void list()} />}
        <Button
          label={t("setup.ground.area.list")}
          tone="select"
          testId="ground-list"
          isBusy={state.kind === "pending"}
          onPress={() => void list()}
        />
      </div>
      {form.way === "shown" && (
        <p className="setup-dim">{t(shown ? "setup.ground.area.shown" : "setup.ground.area.not-shown")}</p>
      )}
      {failed && (
        <Toast tone={failed.severity} title={failed.what} advice={failed.advice} testId="ground-area-failure" />
      )}
    </div>
  );
}

type FieldsProps = {
  readonly form: AreaForm;
  readonly change: (next: Partial<AreaForm>) => void;
  readonly onEnter: () => void;
};

function PlaceFields({ form, change, onEnter, problem }: FieldsProps & { readonly problem: FormProblem | undefined }) {
  const t = useText();
  const { language } = useFormat();
  const places = useWhole(useStation().places)?.places ?? [];
  const names = [...new Set(places.map((place) => placeName(place, language)))].toSorted((a, b) => a.localeCompare(b));
  return FIELDS_OF[form.way].map((field) => (
    <TextField
      key={field}
      label={t(`setup.ground.area.${field}`)}
      testId={`ground-${field}`}
      value={form[field]}
      suggestions={names}
      placeholder={t(form.way === "stretch" ? "setup.ground.area.example.name" : "setup.ground.area.example.place")}
      problem={problem && "field" in problem && problem.field === field ? problemWords(t, problem) : undefined}
      onChange={(typed) => change({ [field]: typed })}
      onEnter={onEnter}
    />
  ));
}

const problemWords = (t: Translate, problem: Extract<FormProblem, { readonly field: unknown }>): string =>
  problem.kind === "empty" ? t("setup.ground.area.empty") : whyNoPosition(problem.why, t);

function WidthFields({ form, change, onEnter }: FieldsProps) {
  const t = useText();
  const { decimalMark } = useFormat();
  const limits = { unit: "km", digits: 1, min: 0, max: KM_MAX, step: 1, decimalMark } as const;
  return (["landwardKm", "seawardKm"] as const).map((side) => (
    <NumberField
      key={side}
      {...limits}
      label={t(`setup.ground.area.${side}`)}
      testId={`ground-${side}`}
      value={form[side]}
      onChange={(value) => change({ [side]: value })}
      onEnter={onEnter}
    />
  ));
}
