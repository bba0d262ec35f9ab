import { type KeyboardEvent, useId } from "react";

type TextFieldProps = {
  readonly label: string;
  /** The label is read out but not drawn: the place says what it is. */
  readonly isLabelHidden?: boolean | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: (() => void) | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  /** What is wrong, in words: said below the field. */
  readonly problem?: string | undefined;
  readonly note?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly kind?: "text" | "password" | "search" | undefined;
  readonly isMono?: boolean | undefined;
  readonly maxLength?: number | undefined;
  /** Suggestions to pick from while typing. */
  readonly suggestions?: readonly string[] | undefined;
  /** Where keys lead the focus; an id of its own otherwise. */
  readonly fieldId?: string | undefined;
  readonly testId?: string | undefined;
};

export function TextField(props: TextFieldProps) {
  const { label, isLabelHidden, value, onChange, onEnter, onKeyDown, problem, note, placeholder, testId } = props;
  const { kind = "text", isMono, maxLength, suggestions, fieldId } = props;
  const ownId = useId();
  const id = fieldId ?? ownId;
  const message = problem ?? note;
  return (
    <div className="ui-text">
      <label htmlFor={id} className={isLabelHidden ? "ui-visually-hidden" : undefined}>
        {label}
      </label>
      <input
        id={id}
        type={kind}
        className={isMono ? "ui-text__mono" : undefined}
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        list={suggestions ? `${id}-list` : undefined}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={message === undefined ? undefined : `${id}-note`}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key === "Enter" && !event.defaultPrevented) onEnter?.();
        }}
      />
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
      )}
      {message !== undefined && (
        <span id={`${id}-note`} className="ui-text__note" data-tone={problem === undefined ? undefined : "caution"}>
          {problem === undefined ? message : `▲ ${message}`}
        </span>
      )}
    </div>
  );
}
