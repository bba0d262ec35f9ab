import { type KeyboardEvent, useId, useState } from "react";
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
  /** Focus left or enter pressed: one step of undo ends here. */
  readonly onCommit?: (() => void) | undefined;
  readonly note?: string | undefined;
  readonly noteTone?: "plain" | "caution" | undefined;
  readonly decimalMark: "." | ",";
  readonly testId?: string | undefined;
};

/** A number with its unit; typed text is kept as typed until it is left, and arrows step it. */
export function NumberField(props: NumberFieldProps) {
  const { label, unit, value, digits, min, max, step, onChange, onCommit, note, noteTone, decimalMark, testId } = props;
  const id = useId();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const shown = typed ?? value.toFixed(digits).replace(".", decimalMark);
  const parsed = typed === undefined ? value : readNumber(typed);
  const isInvalid = parsed === undefined || parsed < min || parsed > max;

  const onTyped = (text: string): void => {
    setTyped(text);
    const next = readNumber(text);
    if (next !== undefined && next >= min && next <= max) onChange(next);
  };
  const leave = (): void => {
    setTyped(undefined);
    onCommit?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const stepped = value + (event.key === "ArrowUp" ? step : -step) * (event.shiftKey ? 10 : 1);
    setTyped(undefined);
    onChange(Math.min(max, Math.max(min, stepped)));
  };
  return (
    <div className="ui-field">
      <label htmlFor={id}>{label}</label>
      <span className="ui-field__box" data-invalid={isInvalid}>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={isInvalid}
          data-testid={testId}
          value={shown}
          onChange={(event) => onTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        <span className="ui-field__unit">{unit}</span>
      </span>
      {note !== undefined && (
        <span className="ui-field__note" data-tone={noteTone}>
          {note}
        </span>
      )}
    </div>
  );
}
