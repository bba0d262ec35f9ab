import { KNOTS_PER_MPS } from "../app/format.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useWhole } from "../bridge/latest.js";
import { NumberField } from "../ui/NumberField.js";
import { Segments } from "../ui/Segments.js";
import { type SearchRequirements, applyDefaults, selectedSweep } from "./planEditorState.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { suggestedSettings } from "./planFigures.js";

/**
 * What must be seen, and with which probability; height, spacing and speed are derived from it unless the user overrode
 * them.
 */
export function RequirementsFields() {
  const t = useText();
  const format = useFormat();
  const { state, change, aircraft } = usePlanEditor();
  const { requirements } = useWhole(state);
  const isMetric = format.speedOf(1).unit === "m/s";
  const perSpeed = isMetric ? 1 : 1 / KNOTS_PER_MPS;
  const changeRequirements = (next: Partial<SearchRequirements>): void =>
    change((before) => {
      const changed = { ...before, requirements: { ...before.requirements, ...next } };
      const sweep = selectedSweep(changed);
      const context = { aircraft, requirements: changed.requirements };
      const suggested = sweep && suggestedSettings(changed.history.present, sweep, context);
      return suggested ? applyDefaults(changed, suggested, ["height", "trackSpacingM", "groundSpeedMps"]) : changed;
    });
  return (
    <section className="plan-group" aria-label={t("plan.see")}>
      <h3>{t("plan.see")}</h3>
      <Segments
        label={t("plan.see")}
        testId="plan-see"
        selected={requirements.see}
        onSelect={(see) => changeRequirements({ see })}
        options={[
          { id: "person", label: t("plan.see.person") },
          { id: "boat", label: t("plan.see.boat") },
        ]}
      />
      <NumberField
        label={t("plan.see.pod")}
        unit="%"
        value={requirements.podWanted * 100}
        digits={0}
        min={10}
        max={99}
        step={1}
        decimalMark={format.decimalMark}
        testId="plan-pod-wanted"
        onChange={(percent) => changeRequirements({ podWanted: percent / 100 })}
      />
      <NumberField
        label={t("plan.wind.from")}
        unit="°"
        value={requirements.wind.fromDeg}
        digits={0}
        min={0}
        max={359.999}
        step={10}
        decimalMark={format.decimalMark}
        testId="plan-wind-from"
        onChange={(fromDeg) => changeRequirements({ wind: { ...requirements.wind, fromDeg } })}
      />
      <NumberField
        label={t("plan.wind.speed")}
        unit={isMetric ? "m/s" : format.speedOf(1).unit}
        value={requirements.wind.speedMps / perSpeed}
        digits={0}
        min={0}
        max={30 / perSpeed}
        step={1}
        decimalMark={format.decimalMark}
        testId="plan-wind-speed"
        onChange={(shown) => changeRequirements({ wind: { ...requirements.wind, speedMps: shown * perSpeed } })}
      />
    </section>
  );
}
