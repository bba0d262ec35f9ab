import { useCallback } from "react";
import { planAboardOf } from "../../../src/vehicle/selectors/planAboard.js";
import type { AircraftPlan } from "../../../src/vehicle/transfers.js";
import { type Facts, type Translate, useText } from "../../app/text.js";
import { useTick } from "../../app/useTick.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StoresContext.js";
import { useFly } from "../FlyContext.js";
import { isArmed } from "../flyRules.js";
import { planLineOf } from "./planLine.js";
import { prearmHelpOf } from "./prearmHelp.js";

/** Which plan is on board and, on the ground, why the aircraft will not arm, in the autopilot's own words. */
export function Readiness({ isFloating }: { readonly isFloating?: boolean | undefined }) {
  const { flyView } = useFly();
  const stage = useTick(
    useCallback(() => {
      if (flyView.vehicle.get() === undefined) return "none";
      const facts = flyView.facts();
      // In the air it is shown only when the plan on board is not the one on screen.
      if (!isArmed(facts)) return "ground";
      return facts.planAboard === "on-screen" || facts.planAboard === "only-aboard" ? "none" : "armed";
    }, [flyView]),
    2,
  );
  if (stage === "none") return null;
  return (
    <section className={isFloating ? "ui-panel fly-ready" : "fly-ready"} data-testid="readiness">
      <PlanLine />
      {stage === "ground" && <Reasons />}
    </section>
  );
}

function PlanLine() {
  const t = useText();
  const station = useStation();
  const { flyView } = useFly();
  const target = useLatest(station.target, (id) => id);
  const plans = useWhole(station.aircraftPlan);
  const shown = useWhole(station.shownPlan);
  const name = useLatest(flyView.planAboard, (plan) => plan?.name) ?? "";
  const held = target === undefined ? undefined : plans.get(target);
  const line = planLineOf(held, planAboardOf(held, shown));
  return (
    <>
      <p data-tone={line.tone} data-testid="plan-line">
        {line.tone === "good" ? "✓" : "▲"} {t(line.what, { count: line.countOfItems, ...planFacts(t, held) })}
        {name === "" ? "" : ` · ${name}`} {line.todo !== undefined && <span>{t(line.todo)}</span>}
      </p>
      {line.countOfBlockingFindings > 0 && (
        <p data-tone="caution" data-testid="plan-objections">
          ▲ {t("fly.plan.objections", { count: line.countOfBlockingFindings })}
        </p>
      )}
    </>
  );
}

function planFacts(t: Translate, plan: AircraftPlan | undefined): Facts {
  if (plan?.kind === "to-be-read-again") return { because: t(`plan.doubt.${plan.because}`) };
  return plan?.kind === "refused-by-aircraft" ? { reasons: plan.reasons.join("; ") } : {};
}

function Reasons() {
  const t = useText();
  const { flyView } = useFly();
  const reasons = useLatest(flyView.vehicle, (vehicle) => vehicle?.prearmReasons) ?? [];
  const isNotReady = useLatest(flyView.vehicle, (vehicle) => vehicle?.health?.value.prearmOk === false);
  if (reasons.length === 0 && !isNotReady) return null;
  return (
    <>
      <p data-tone="caution">▲ {t("fly.notReady")}</p>
      {reasons.length === 0 ? (
        <p>{t("fly.notReady.none")}</p>
      ) : (
        <ul>
          {reasons.map((reason) => (
            <Reason key={reason} reason={reason} />
          ))}
        </ul>
      )}
    </>
  );
}

/** The autopilot's own words, and below them what they mean and what to do. */
function Reason({ reason }: { readonly reason: string }) {
  const t = useText();
  const help = prearmHelpOf(reason);
  return (
    <li>
      {reason}
      {help !== undefined && <span className="fly-reason-help">{t(`fly.prearm.${help}`)}</span>}
    </li>
  );
}
