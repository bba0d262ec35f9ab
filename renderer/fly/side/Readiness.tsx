import { useCallback } from "react";
import { useText } from "../../app/text.js";
import { useTick } from "../../app/useTick.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation } from "../../bridge/StationContext.js";
import { useFly } from "../FlyContext.js";
import { isArmed } from "../flyRules.js";
import { prearmHelpOf } from "./prearmHelp.js";

/** On the ground: why it will not arm, in its own words, and whether it holds the plan that is on the screen. */
export function Readiness({ isFloating }: { readonly isFloating?: boolean | undefined }) {
  const { desk } = useFly();
  const isShown = useTick(
    useCallback(() => desk.vehicle.get() !== undefined && !isArmed(desk.facts()), [desk]),
    2,
  );
  if (!isShown) return null;
  return (
    <section className={isFloating ? "ui-panel fly-ready" : "fly-ready"} data-testid="readiness">
      <PlanLine />
      <Reasons />
    </section>
  );
}

function PlanLine() {
  const t = useText();
  const station = useStation();
  const target = useLatest(station.target, (id) => id);
  const plans = useWhole(station.aircraftPlan);
  const plan = target === undefined ? undefined : plans.get(target);
  if (plan?.kind === "verified") {
    return <p data-tone="good">✓ {t("fly.plan.verified", { count: plan.countOfItems })}</p>;
  }
  return (
    <p data-tone="caution">
      ▲ {t(`fly.plan.${plan?.kind ?? "unknown"}`)} <span>{t("fly.plan.do")}</span>
    </p>
  );
}

function Reasons() {
  const t = useText();
  const { desk } = useFly();
  const reasons = useLatest(desk.vehicle, (vehicle) => vehicle?.prearmReasons.join("\n")) ?? "";
  const isNotReady = useLatest(desk.vehicle, (vehicle) => vehicle?.health?.value.prearmOk === false);
  if (reasons === "" && !isNotReady) return null;
  return (
    <>
      <p data-tone="caution">▲ {t("fly.notReady")}</p>
      {reasons === "" ? (
        <p>{t("fly.notReady.none")}</p>
      ) : (
        <ul>
          {reasons.split("\n").map((reason) => (
            <Reason key={reason} reason={reason} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Its own words, and below them what they mean and what to do. */
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
