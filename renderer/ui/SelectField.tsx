import { useId } from "react";

type SelectFieldProps<Id extends string> = {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly disabledBecause?: string | undefined;
  readonly testId?: string | undefined;
};

/** A choice as the browser's own list: touch, keyboard, screen readers and right-to-left come from the browser. */
export function SelectField<Id extends string>(props: SelectFieldProps<Id>) {
  const { label, isLabelHidden, options, selected, onSelect, disabledBecause, testId } = props;
  const id = useId();
  return (
    <div className="ui-text">
      <label htmlFor={id} className={isLabelHidden ? "ui-visually-hidden" : undefined}>
        {label}
      </label>
      <select
        id={id}
        value={selected}
        disabled={disabledBecause !== undefined}
        title={disabledBecause}
        data-testid={testId}
        onChange={(event) => {
          const picked = options.find((option) => option.id === event.currentTarget.value);
          if (picked) onSelect(picked.id);
        }}
      >
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
