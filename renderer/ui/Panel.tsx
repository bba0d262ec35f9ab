import { type ReactNode, useId } from "react";

type PanelProps = {
  readonly title: string;
  readonly aside?: ReactNode;
  /** True when the content reaches the panel's edges (lists, pictures). */
  readonly isFlush?: boolean | undefined;
  readonly testId?: string | undefined;
  readonly children: ReactNode;
};

export function Panel({ title, aside, isFlush, testId, children }: PanelProps) {
  const titleId = useId();
  return (
    <section className="ui-panel" aria-labelledby={titleId} data-testid={testId}>
      <header className="ui-panel__head">
        <h2 id={titleId}>{title}</h2>
        {aside !== undefined && <div className="ui-panel__aside">{aside}</div>}
      </header>
      <div className={`ui-panel__body${isFlush ? " ui-panel__body--flush" : ""}`}>{children}</div>
    </section>
  );
}
