import type { ReactNode } from "react";

type CheckBoxProps = {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly disabledBecause?: string | undefined;
  readonly testId?: string | undefined;
  readonly children?: ReactNode;
};

/**
 * A check box as the browser's own control: touch, keyboard, screen readers and right-to-left come from the browser.
 * The whole line is the target.
 */
export function CheckBox({ label, isChecked, onChange, disabledBecause, testId, children }: CheckBoxProps) {
  return (
    <label className="ui-check" title={disabledBecause} data-disabled={disabledBecause !== undefined}>
      <input
        type="checkbox"
        checked={isChecked}
        disabled={disabledBecause !== undefined}
        data-testid={testId}
        onChange={(event) => onChange(event.currentTarget.checked)}
        // While anything is armed the space bar pauses the aircraft, so Enter ticks as well.
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.repeat) onChange(!isChecked);
        }}
      />
      <span>{label}</span>
      {children}
    </label>
  );
}
