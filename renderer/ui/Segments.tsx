type SegmentsProps<Id extends string> = {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly label: string; readonly title?: string | undefined }[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  readonly testId?: string | undefined;
};

/** A choice of few, all in sight. */
export function Segments<Id extends string>({ label, options, selected, onSelect, testId }: SegmentsProps<Id>) {
  return (
    <div className="ui-segments" role="radiogroup" aria-label={label} data-testid={testId}>
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          role="radio"
          aria-checked={option.id === selected}
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
