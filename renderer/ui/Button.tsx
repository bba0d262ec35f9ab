import type { MouseEvent, ReactNode } from "react";
import { shortcutText } from "../app/shortcutText.js";
import { useText } from "../app/text.js";
import { Tip, useTip } from "./Tip.js";

export type Tone = "plain" | "select" | "caution" | "danger" | "quiet";

type ButtonProps = {
  readonly label: string;
  /** Shown beside the label; the key itself is routed by the table of actions. */
  readonly shortcut?: string | undefined;
  /** False where there is little room: the shortcut is then only in the tooltip. */
  readonly isShortcutShown?: boolean | undefined;
  readonly onPress: () => void;
  /** The reason, as text: a disabled button always has one. */
  readonly disabledBecause?: string | undefined;
  readonly tone?: Tone | undefined;
  readonly isBusy?: boolean | undefined;
  readonly isPressed?: boolean | undefined;
  readonly isSmall?: boolean | undefined;
  readonly testId?: string | undefined;
  readonly children?: ReactNode;
};

/**
 * A click by pointer removes the focus, or the next space bar would press this button instead of pausing the aircraft.
 */
const leaveFocus = (event: MouseEvent<HTMLElement>): void => {
  if (event.detail > 0) event.currentTarget.blur();
};

/** Disabled by `aria-disabled`, so that it keeps focus and hover and its reason can be read. */
export function Button(props: ButtonProps) {
  const {
    label,
    shortcut,
    isShortcutShown = true,
    onPress,
    disabledBecause,
    tone = "plain",
    isBusy,
    isPressed,
    isSmall,
    testId,
    children,
  } = props;
  const t = useText();
  const { tip, showTip } = useTip();
  const keys = shortcut === undefined ? undefined : shortcutText(t, shortcut);
  const onClick = (event: MouseEvent<HTMLButtonElement>): void => {
    leaveFocus(event);
    if (disabledBecause !== undefined) showTip(disabledBecause);
    else if (!isBusy) onPress();
  };
  return (
    <button
      type="button"
      className={`ui-button ui-button--${tone}${isSmall ? " ui-button--small" : ""}`}
      aria-disabled={disabledBecause !== undefined}
      aria-busy={isBusy}
      aria-pressed={isPressed}
      aria-keyshortcuts={shortcut}
      title={disabledBecause ?? (shortcut === undefined || isShortcutShown ? undefined : `${label} (${keys ?? ""})`)}
      data-testid={testId}
      onClick={onClick}
    >
      {isBusy && <span className="ui-busy" aria-hidden="true" />}
      {children}
      <span>{label}</span>
      {shortcut !== undefined && isShortcutShown && <kbd aria-hidden="true">{keys}</kbd>}
      <Tip words={tip} />
    </button>
  );
}
