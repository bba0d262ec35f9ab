import type { Action } from "../app/actions.js";
import { useText } from "../app/text.js";
import { Button, type Tone } from "./Button.js";

type ActionButtonProps = {
  readonly action: Action;
  /** Other words than the record's own. */
  readonly label?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly isPressed?: boolean | undefined;
  readonly isSmall?: boolean | undefined;
  readonly isBusy?: boolean | undefined;
  /** The record's id unless told. */
  readonly testId?: string | undefined;
};

/** A record of the action table as a button. Ask again by rendering again: the record's answer is not watched. */
export function ActionButton({ action, label, tone, isPressed, isSmall, isBusy, testId }: ActionButtonProps) {
  const t = useText();
  const enabled = action.isEnabled();
  return (
    <Button
      label={label ?? t(action.labelKey)}
      shortcut={action.shortcut}
      isShortcutShown={!isSmall}
      onPress={action.perform}
      disabledBecause={enabled === true ? undefined : enabled.because}
      tone={tone}
      isPressed={isPressed}
      isSmall={isSmall}
      isBusy={isBusy}
      testId={testId ?? action.id}
    />
  );
}
