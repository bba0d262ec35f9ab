import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useWhole } from "../bridge/latest.js";
import { Toast } from "../ui/Toast.js";
import { useDesk } from "./DeskContext.js";
import { areaFailureText, findingText, warningText } from "./problemText.js";

/** What is wrong with the plan, worst first. */
export function Problems() {
  const t = useText();
  const format = useFormat();
  const { areaFailure, findings, warnings } = useWhole(useDesk().figures);
  const rank = { danger: 0, caution: 1, info: 2 } as const;
  // An area that cannot be swept is said once, by its own failure.
  const said = findings.filter(({ id }) => !(areaFailure && id === "area-invalid"));
  const sorted = [...said].sort((a, b) => rank[a.severity] - rank[b.severity]);
  return (
    <section className="plan-group" id="plan-problems" aria-label={t("plan.checks")} data-testid="plan-problems">
      <h3>{t("plan.checks")}</h3>
      {areaFailure && (
        <Toast tone="danger" title={areaFailureText(t, format, areaFailure)} testId="plan-area-failure" />
      )}
      {warnings.map((warning) => (
        <Toast key={warning.kind} tone="caution" title={warningText(t, format, warning)} />
      ))}
      {sorted.map((finding, index) => (
        <Toast key={`${finding.id} ${index}`} tone={finding.severity} title={findingText(t, format, finding)} />
      ))}
      {!areaFailure && warnings.length + sorted.length === 0 && <Toast tone="good" title={t("plan.checks.good")} />}
    </section>
  );
}
