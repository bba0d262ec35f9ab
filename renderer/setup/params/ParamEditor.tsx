import { useState } from "react";
import type { Param } from "../../../src/vehicle/params.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useStore } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { CheckBox } from "../../ui/CheckBox.js";
import { SelectField } from "../../ui/SelectField.js";
import { TextField } from "../../ui/TextField.js";
import { setupStore } from "../setupStore.js";
import { useUnreachable, type VehicleFacts } from "../useVehicles.js";
import type { WriteState } from "./paramStore.js";
import { VALUE_ID } from "./ParamList.js";
import { isBitSet, isSameValue, numberText, readValue, withBit } from "./paramValue.js";
import { valueWords } from "./paramWords.js";
import { WriteButton } from "./WriteButton.js";

type EditorProps = {
  readonly vehicle: VehicleFacts;
  readonly param: Param;
  readonly isLoading: boolean;
  readonly state: WriteState | undefined;
};

type DraftProps = { readonly param: Param; readonly value: number; readonly onValue: (value: number) => void };

const OTHER = "other";

function Choices({ param, value, onValue }: DraftProps) {
  const t = useText();
  const { decimalMark } = useFormat();
  const choices = param.metadata?.choices ?? [];
  if (choices.length === 0) return null;
  const options = choices.map((choice) => ({
    id: String(choice.value),
    label: `${numberText(choice.value, decimalMark)}: ${choice.label}`,
  }));
  const known = choices.find((choice) => isSameValue(choice.value, value));
  return (
    <SelectField
      label={t("setup.params.value")}
      selected={known ? String(known.value) : OTHER}
      options={known ? options : [{ id: OTHER, label: t("setup.params.value.other") }, ...options]}
      onSelect={(id) => {
        if (id !== OTHER) onValue(Number(id));
      }}
      testId="param-choice"
    />
  );
}

function Bits({ param, value, onValue }: DraftProps) {
  const t = useText();
  const bits = param.metadata?.bits ?? [];
  if (bits.length === 0 || !Number.isInteger(value)) return null;
  return (
    <fieldset className="setup-bits">
      <legend>{t("setup.params.bits")}</legend>
      {bits.map(({ bit, label }) => (
        <CheckBox
          key={bit}
          label={label === "" ? t("setup.params.bit", { bit }) : label}
          isChecked={isBitSet(value, bit)}
          onChange={() => onValue(withBit(value, bit, param.type))}
          testId={`param-bit-${bit}`}
        >
          <code>{bit}</code>
        </CheckBox>
      ))}
    </fieldset>
  );
}

type Draft = {
  /** The typed text, or the aircraft's value while nothing was typed. */
  readonly text: string;
  readonly value: number | undefined;
  readonly wrong: ReturnType<typeof valueWords>;
  readonly isChanged: boolean;
  readonly isSame: boolean;
  readonly onText: (text: string | undefined) => void;
  readonly onValue: (value: number) => void;
};

/** Parses and checks the typed value before anything is sent. */
function useDraft(param: Param): Draft {
  const t = useText();
  const { decimalMark } = useFormat();
  // While undefined, the aircraft's value is shown, also when it changes.
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const value = typed === undefined ? param.value : readValue(typed);
  return {
    text: typed ?? numberText(param.value, decimalMark),
    value,
    wrong: typed === undefined ? undefined : valueWords(t, decimalMark, { param, value }),
    isChanged: typed !== undefined,
    isSame: value !== undefined && isSameValue(value, param.value),
    onText: setTyped,
    onValue: (next) => setTyped(numberText(next, decimalMark)),
  };
}

/** Why it cannot be written now; undefined when it can. */
function useWriteBlock({ vehicle, isLoading }: Pick<EditorProps, "vehicle" | "isLoading">, draft: Draft) {
  const t = useText();
  const unreachable = useUnreachable(vehicle);
  if (unreachable !== undefined) return t(unreachable);
  if (isLoading) return t("setup.params.because.loading");
  if (draft.wrong && !draft.wrong.isForcible) return draft.wrong.text;
  return draft.isSame ? t("setup.params.because.same") : undefined;
}

type SuggestionsProps = { readonly param: Param; readonly draft: Draft };

/** Fills in the default, or the aircraft's value; neither writes. */
function Suggestions({ param, draft }: SuggestionsProps) {
  const t = useText();
  const { decimalMark } = useFormat();
  const { defaultValue } = param.metadata ?? { defaultValue: undefined };
  const isDefault = defaultValue === undefined || (draft.value !== undefined && isSameValue(draft.value, defaultValue));
  return (
    <>
      {!isDefault && (
        <Button
          label={t("setup.params.use-default", { value: numberText(defaultValue, decimalMark) })}
          onPress={() => draft.onValue(defaultValue)}
          testId="param-default"
        />
      )}
      {draft.isChanged && !draft.isSame && (
        <Button
          label={t("setup.params.revert", { value: numberText(param.value, decimalMark) })}
          tone="quiet"
          onPress={() => draft.onText(undefined)}
          testId="param-revert"
        />
      )}
    </>
  );
}

function Held({ param }: { readonly param: Param }) {
  const t = useText();
  const { decimalMark } = useFormat();
  return (
    <p className="setup-held" data-testid="param-held">
      {numberText(param.value, decimalMark)} <span>{t("setup.params.because.read-only")}</span>
    </p>
  );
}

export function ParamEditor({ vehicle, param, isLoading, state }: EditorProps) {
  const t = useText();
  const paramStore = useStore(setupStore).params;
  const draft = useDraft(param);
  const disabledBecause = useWriteBlock({ vehicle, isLoading }, draft);
  const { value, wrong } = draft;
  if (param.metadata?.isReadOnly) return <Held param={param} />;
  const write = async (isHeld: boolean): Promise<void> => {
    if (value === undefined || disabledBecause !== undefined) return;
    await paramStore.write(
      vehicle.id,
      { name: param.name, value },
      { isForced: wrong?.isForcible === true, isConfirmed: isHeld },
    );
    draft.onText(undefined);
  };
  // Enter writes only what needs no hold.
  const onEnter = (): void => {
    if (!wrong && !vehicle.isArmed) void write(false);
  };
  const { unit, choices } = param.metadata ?? { unit: undefined, choices: [] };
  const shown = { param, value: value ?? Number.NaN, onValue: draft.onValue };
  return (
    <div className="setup-editor">
      <Choices {...shown} />
      <TextField
        label={unit === undefined ? t("setup.params.value") : t("setup.params.value.in", { unit })}
        isLabelHidden={choices.length > 0}
        fieldId={VALUE_ID}
        isMono
        value={draft.text}
        onChange={draft.onText}
        onEnter={onEnter}
        onKeyDown={(event) => {
          if (event.key === "Escape") draft.onText(undefined);
        }}
        problem={wrong?.text}
        testId="param-value"
      />
      <Bits {...shown} />
      <div className="setup-editor__do">
        <WriteButton
          vehicle={vehicle}
          label={t("setup.params.write")}
          isForced={wrong?.isForcible}
          onWrite={(isHeld) => void write(isHeld)}
          disabledBecause={disabledBecause}
          isBusy={state?.kind === "pending"}
          testId="param-write"
        />
        <Suggestions param={param} draft={draft} />
      </div>
    </div>
  );
}
