import { useState } from "react";
import type { Param } from "../../../src/vehicle/params.js";
import { useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useStation } from "../../bridge/StationContext.js";
import { Button } from "../../ui/Button.js";
import { CheckBox } from "../../ui/CheckBox.js";
import { SelectField } from "../../ui/SelectField.js";
import { TextField } from "../../ui/TextField.js";
import { setupDeskOf } from "../setupDesk.js";
import { useUnreachable, type VehicleFacts } from "../useVehicles.js";
import type { WriteState } from "./paramDesk.js";
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

export function ParamEditor({ vehicle, param, isLoading, state }: EditorProps) {
  const t = useText();
  const { decimalMark } = useFormat();
  const desk = setupDeskOf(useStation()).params;
  // Undefined: what the aircraft holds, also when it changes.
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const unreachable = useUnreachable(vehicle);
  const held = numberText(param.value, decimalMark);
  const value = draft === undefined ? param.value : readValue(draft);
  const wrong = draft === undefined ? undefined : valueWords(t, decimalMark, { param, value });
  const isSame = value !== undefined && isSameValue(value, param.value);
  const isReadOnly = param.metadata?.isReadOnly === true;
  const { defaultValue } = param.metadata ?? { defaultValue: undefined };

  const because = (): string | undefined => {
    if (isReadOnly) return t("setup.params.because.read-only");
    if (unreachable !== undefined) return t(unreachable);
    if (isLoading) return t("setup.params.because.loading");
    if (wrong && !wrong.isForcible) return wrong.text;
    return isSame ? t("setup.params.because.same") : undefined;
  };
  const disabledBecause = because();
  const write = async (isForced: boolean): Promise<void> => {
    if (value === undefined || disabledBecause !== undefined) return;
    await desk.write(vehicle.id, { name: param.name, value }, isForced);
    setDraft(undefined);
  };
  const onValue = (next: number): void => setDraft(numberText(next, decimalMark));
  // Enter writes only what a press would: nothing that must be held.
  const onEnter = (): void => {
    if (!wrong && !vehicle.isArmed) void write(false);
  };
  if (isReadOnly) {
    return (
      <p className="setup-held" data-testid="param-held">
        {held} <span>{t("setup.params.because.read-only")}</span>
      </p>
    );
  }
  return (
    <div className="setup-editor">
      <Choices param={param} value={value ?? Number.NaN} onValue={onValue} />
      <TextField
        label={t("setup.params.value")}
        isLabelHidden={(param.metadata?.choices.length ?? 0) > 0}
        fieldId={VALUE_ID}
        isMono
        value={draft ?? held}
        onChange={setDraft}
        onEnter={onEnter}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(undefined);
        }}
        problem={wrong?.text}
        testId="param-value"
      />
      <Bits param={param} value={value ?? Number.NaN} onValue={onValue} />
      <div className="setup-editor__do">
        <WriteButton
          vehicle={vehicle}
          label={t("setup.params.write")}
          isForced={wrong?.isForcible}
          onWrite={() => void write(wrong?.isForcible === true)}
          disabledBecause={disabledBecause}
          isBusy={state?.kind === "pending"}
          testId="param-write"
        />
        {defaultValue !== undefined && !(value !== undefined && isSameValue(value, defaultValue)) && (
          <Button
            label={t("setup.params.use-default", { value: numberText(defaultValue, decimalMark) })}
            onPress={() => onValue(defaultValue)}
            testId="param-default"
          />
        )}
        {draft !== undefined && !isSame && (
          <Button
            label={t("setup.params.revert", { value: held })}
            tone="quiet"
            onPress={() => setDraft(undefined)}
            testId="param-revert"
          />
        )}
      </div>
    </div>
  );
}
