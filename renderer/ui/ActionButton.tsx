import type { Action } from "../app/actions.js";
import { useText } from "../app/text.js";
import { Button, type Tone } from "./Button.js";

type ActionButtonProps = {
  readonly action: Action;
  /** A label other than the action's own. */
  readonly label?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly isPressed?: boolean | undefined;
  readonly isSmall?: boolean | undefined;
  readonly isBusy?: boolean | undefined;
  /** Defaults to the action's id. */
  readonly testId?: string | undefined;
};

/**
 * A button for an action of the table. It reads `isEnabled` when it renders; the caller re-renders it when the answer
 * may have changed.
 */
export function ActionButton({ action, label, tone, isPressed, isSmall, isBusy, testId }: ActionButtonProps) {
  const t = useText();
  const enabled = action.isEnabled();
  return (
    <Button
      label={label ?? t(action.labelKey)}
      shortcut={action.shortcut}
      isShortcutShown={!isSmall}
      onPress={action.perform}
      disabledBecause={enabled === true ? undefined : t(enabled.because)}
      tone={tone}
      isPressed={isPressed}
      isSmall={isSmall}
      isBusy={isBusy}
      testId={testId ?? action.id}
    />
  );
}
