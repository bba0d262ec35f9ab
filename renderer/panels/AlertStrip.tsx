import { useText } from "../app/text.js";

export type Alert = {
  readonly id: string;
  readonly tone: "caution" | "danger";
  /** What happened, and what to do. */
  readonly what: string;
  readonly advice: string;
  /** Absent when the alert must stay until its cause is gone. */
  readonly onDismiss?: () => void;
};

/** A reserved strip: the worst alert in full, the number of others beside it. It keeps its place when empty. */
export function AlertStrip({ alerts }: { readonly alerts: readonly Alert[] }) {
  const t = useText();
  const first = alerts.find(({ tone }) => tone === "danger") ?? alerts[0];
  if (!first) return <div className="alert-strip" data-tone="none" data-testid="alert-strip" />;
  return (
    <div
      className="alert-strip"
      data-tone={first.tone}
      role={first.tone === "danger" ? "alert" : "status"}
      data-testid="alert-strip"
    >
      <span className="alert-sign" aria-hidden="true">
        {first.tone === "danger" ? "■" : "▲"}
      </span>
      <span className="alert-words">
        <strong>{first.what}</strong>
        {first.advice !== "" && <span>{first.advice}</span>}
      </span>
      {alerts.length > 1 && <span className="alert-more">+{alerts.length - 1}</span>}
      {first.onDismiss && (
        <button type="button" className="ui-button ui-button--small" onClick={first.onDismiss}>
          {t("panels.alert.dismiss")}
        </button>
      )}
    </div>
  );
}
