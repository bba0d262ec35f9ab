import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useWhole } from "../bridge/latest.js";
import { Toast } from "../ui/Toast.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { problemsOf } from "./planFigures.js";
import type { GroundCheck } from "./groundCheck.js";
import { areaFailureText, findingText, warningText } from "./problemText.js";

/** Problems of the plan, worst first. */
export function Problems() {
  const t = useText();
  const format = useFormat();
  const figures = useWhole(usePlanEditor().figures);
  const { areaFailure, findings, warnings, isEmpty, isChecking, isGroundInDoubt } = problemsOf(figures);
  return (
    <section className="plan-group" id="plan-problems" aria-label={t("plan.checks")} data-testid="plan-problems">
      <h3>{t("plan.checks")}</h3>
      {areaFailure && (
        <Toast tone="danger" title={areaFailureText(t, format, areaFailure)} testId="plan-area-failure" />
      )}
      {warnings.map((warning) => (
        <Toast key={warning.kind} tone="caution" title={warningText(t, format, warning)} />
      ))}
      {findings.map((finding, index) => (
        <Toast key={`${finding.kind} ${index}`} tone={finding.severity} title={findingText(t, format, finding)} />
      ))}
      {isEmpty && <Toast tone="info" title={t("plan.checks.empty")} testId="plan-nothing-yet" />}
      {!isEmpty && !isChecking && !isGroundInDoubt && !areaFailure && warnings.length + findings.length === 0 && (
        <Toast tone="good" title={t("plan.checks.good")} />
      )}
      <GroundCheckLine check={figures.groundCheck} />
    </section>
  );
}

/** Whether the findings above count the ground; it keeps its place while a plan is dragged. */
function GroundCheckLine({ check: { state, isPartMissing } }: { readonly check: GroundCheck }) {
  const t = useText();
  if (state === "none") return null;
  const words = state === "checked" && isPartMissing ? "checked-in-part" : state;
  return (
    <p className="ui-dim" role="status" data-testid="plan-ground-check" data-state={words}>
      {t(`plan.ground.${words}`)}
    </p>
  );
}
