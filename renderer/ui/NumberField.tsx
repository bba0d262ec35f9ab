import { Field } from "@base-ui/react/field";
import { type FocusEvent, type KeyboardEvent, useState } from "react";
import { useText } from "../app/text.js";
import { readNumber } from "./readNumber.js";

type NumberFieldProps = {
  readonly label: string;
  readonly unit: string;
  /** In the unit shown. */
  readonly value: number;
  readonly digits: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Every valid change, also while typing. */
  readonly onChange: (value: number) => void;
  /** Called when the focus leaves or Enter is pressed: ends one undo step. */
  readonly onCommit?: (() => void) | undefined;
  /** Called on Enter with a valid number: does what the button beside the field does. */
  readonly onEnter?: (() => void) | undefined;
  readonly note?: string | undefined;
  readonly noteTone?: "plain" | "caution" | undefined;
  readonly decimalMark: "." | ",";
  readonly testId?: string | undefined;
};

/**
 * A number with its unit. Label and messages are tied to it by Base UI's Field; its NumberField is not used because it
 * silently replaces a number out of range by the limit, where ours keeps the old number and says so.
 *
 * Typed text is kept until the focus leaves; the arrow keys step the value.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, unit, value, digits, min, max, step, onChange, onCommit, onEnter, note, noteTone, decimalMark } =
    props;
  const t = useText();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const shown = typed ?? value.toFixed(digits).replace(".", decimalMark);
  const parsed = typed === undefined ? value : readNumber(typed);
  const isInvalid = parsed === undefined || parsed < min || parsed > max;

  const onTyped = (text: string): void => {
    setTyped(text);
    setRefused(undefined);
    const next = readNumber(text);
    if (next !== undefined && next >= min && next <= max) onChange(next);
  };
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const numberText = (number: number): string => number.toFixed(digits).replace(".", decimalMark);
  const limits = t("app.number.limits", { min: numberText(min), max: numberText(max), unit });
  const leave = (): void => {
    // The old number comes back; the reason is shown until the next try.
    setRefused(isInvalid && typed !== undefined ? t("app.number.refused", { typed, limits }) : undefined);
    setTyped(undefined);
    onCommit?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter" && onEnter) {
      if (!isInvalid) onEnter();
      return;
    }
    if (event.key === "Escape") setTyped(undefined);
    if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const stepped = value + (event.key === "ArrowUp" ? step : -step) * (event.shiftKey ? 10 : 1);
    setTyped(undefined);
    onChange(Math.min(max, Math.max(min, stepped)));
  };
  const hint = isInvalid ? limits : refused;
  return (
    <Field.Root className="ui-field" invalid={isInvalid}>
      <Field.Label>{label}</Field.Label>
      <span className="ui-field__box" data-invalid={isInvalid}>
        <Field.Control
          type="text"
          inputMode="decimal"
          autoComplete="off"
          data-testid={props.testId}
          value={shown}
          onValueChange={onTyped}
          onFocus={(event: FocusEvent<HTMLInputElement>) => event.currentTarget.select()}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        <span className="ui-field__unit">{unit}</span>
      </span>
      {hint !== undefined && (
        <Field.Description render={<span />} className="ui-field__limits" role="status">
          ▲ {hint}
        </Field.Description>
      )}
      {note !== undefined && (
        <span className="ui-field__note" data-tone={noteTone}>
          {note}
        </span>
      )}
    </Field.Root>
  );
}
