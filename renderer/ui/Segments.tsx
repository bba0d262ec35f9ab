import type { KeyboardEvent } from "react";

type SegmentsProps<Id extends string> = {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string; readonly title?: string | undefined }[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly testId?: string | undefined;
};

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** A choice between a few visible options. One tab stop; arrows move the focus, Space or Enter selects. */
export function Segments<Id extends string>({ label, options, selected, onSelect, testId }: SegmentsProps<Id>) {
  const stop = options.some(({ id }) => id === selected) ? selected : options[0]?.id;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    event.preventDefault();
    event.stopPropagation();
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div className="ui-segments" role="radiogroup" aria-label={label} data-testid={testId} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          role="radio"
          aria-checked={option.id === selected}
          tabIndex={option.id === stop ? 0 : -1}
          title={option.title}
          data-testid={testId === undefined ? undefined : `${testId}-${option.id}`}
          onClick={(event) => {
            if (event.detail > 0) event.currentTarget.blur();
            onSelect(option.id);
          }}
        >
          {option.label}
        </button>
      ))}
    </div>
  );
}
