import type { ReactNode } from "react";
import { joined } from "../app/format.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useLatest } from "../bridge/latest.js";
import { NameField } from "./NameField.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { type PlanFigures, problemsOf } from "./planFigures.js";
import { UploadControl } from "./UploadControl.js";

type FigureProps = {
  readonly label: string;
  readonly testId: string;
  readonly title?: string;
  readonly tone?: "caution" | "danger" | undefined;
  /** Its label changes: what stands next to it must not move. */
  readonly hasFixedWidth?: boolean;
  /** The text shown; re-renders only when it changes. */
  readonly read: (figures: PlanFigures) => string;
};

function Figure({ label, testId, title, tone, hasFixedWidth = false, read }: FigureProps) {
  const text = useLatest(usePlanEditor().figures, read);
  return (
    <div className="plan-figure" title={title} data-tone={tone} data-fixed={hasFixedWidth}>
      <b data-testid={testId}>{text}</b>
      <span>{label}</span>
    </div>
  );
}

const NOTHING = "–";

function ChecksChip({ onOpen }: { readonly onOpen: () => void }) {
  const t = useText();
  const { figures } = usePlanEditor();
  const count = useLatest(figures, (value) => problemsOf(value).count);
  const hasDanger = useLatest(figures, (value) => problemsOf(value).hasDanger);
  const isEmpty = useLatest(figures, (value) => problemsOf(value).isEmpty);
  const isChecking = useLatest(figures, (value) => problemsOf(value).isChecking);
  const isGroundInDoubt = useLatest(figures, (value) => problemsOf(value).isGroundInDoubt);
  const good = isEmpty ? "empty" : isChecking ? "checking" : isGroundInDoubt ? "doubt" : "good";
  const tone = count === 0 ? good : hasDanger ? "danger" : "caution";
  const sign = { empty: "–", checking: "…", doubt: "▲", good: "✓", danger: "■", caution: "▲" }[tone];
  const words = {
    empty: t("plan.checks.empty"),
    checking: t("plan.checks.checking"),
    doubt: t("plan.checks.doubt"),
    good: t("plan.checks.good"),
  };
  return (
    <button type="button" className="plan-checks" data-tone={tone} data-testid="plan-checks" onClick={onOpen}>
      <b>
        {sign} {count === 0 ? words[good] : t("plan.checks.count", { count })}
      </b>
      <span>{t("plan.checks")}</span>
    </button>
  );
}

type PlanStripProps = { readonly onChecks: () => void; readonly message: ReactNode };

/** The plan in one line: distance, time, energy, detection, problems, and the upload. */
export function PlanStrip({ onChecks, message }: PlanStripProps) {
  const t = useText();
  const format = useFormat();
  const { state, figures, aircraft } = usePlanEditor();
  const see = useLatest(state, ({ requirements }) => requirements.see);
  const isEmpty = useLatest(figures, ({ countOfItems }) => countOfItems === 0);
  const basis = useLatest(figures, ({ flight }) => flight.basis);
  const overReserve = useLatest(
    figures,
    ({ flight, isEnergyKnown }) => isEnergyKnown && flight.worstReturnFraction < aircraft.reserveFraction,
  );
  const flying = (words: (f: PlanFigures) => string) => (f: PlanFigures) =>
    isEmpty || !f.flight.isFlyable ? NOTHING : words(f);
  return (
    <section className="ui-panel plan-strip" aria-label={t("plan.summary")}>
      <NameField />
      <Figure
        label={t("plan.distance")}
        testId="plan-distance"
        read={flying((f) => joined(format.wayOf(f.flight.distanceM)))}
      />
      <Figure
        label={t("plan.time")}
        title={t(`plan.basis.${basis}`)}
        testId="plan-time"
        read={flying((f) => format.spanText(f.flight.timeS))}
      />
      <Figure
        label={t(`plan.battery.${basis}`)}
        title={t(`plan.basis.${basis}`)}
        hasFixedWidth
        testId="plan-battery"
        tone={overReserve && !isEmpty ? "danger" : undefined}
        read={flying((f) => (f.isEnergyKnown ? format.percentText(f.flight.energyFraction) : NOTHING))}
      />
      <Figure
        label={t("plan.pod", { object: t(`plan.see.${see}`).toLocaleLowerCase() })}
        title={t("plan.pod.title", { object: t(`plan.see.${see}`).toLocaleLowerCase() })}
        testId="plan-pod"
        read={(f) => (f.sweep ? format.percentText(f.sweep.pod) : NOTHING)}
      />
      <Figure
        label={t("plan.coverage")}
        testId="plan-coverage"
        read={(f) => (f.sweep ? format.percentText(f.sweep.coverageFraction) : NOTHING)}
      />
      <ChecksChip onOpen={onChecks} />
      <UploadControl />
      {message}
    </section>
  );
}
