import type { ReactNode } from "react";

type ToastTone = "info" | "good" | "caution" | "danger";
type ToastProps = {
  readonly tone: ToastTone;
  readonly title: string;
  /** What to do about it. */
  readonly advice?: string | undefined;
  readonly testId?: string | undefined;
  readonly children?: ReactNode;
};

/** The sign goes before the words so that the tone does not rest on colour alone. */
const SIGN: Readonly<Record<ToastTone, string>> = { info: "i", good: "✓", caution: "▲", danger: "■" };

export function Toast({ tone, title, advice, testId, children }: ToastProps) {
  return (
    <div className={`ui-notice ui-notice--${tone}`} role={tone === "danger" ? "alert" : "status"} data-testid={testId}>
      <span aria-hidden="true">{SIGN[tone]}</span>
      <span>
        {title}
        {advice !== undefined && <span className="ui-notice__do">{advice}</span>}
        {children}
      </span>
    </div>
  );
}
