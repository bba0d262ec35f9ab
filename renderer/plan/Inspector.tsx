import { useMemo } from "react";
import type { AltitudeDatum } from "../../src/geo/position.js";
import type { SweepItem, SweepSettings } from "../../src/plan/plan.js";
import { FEET_PER_M, KNOTS_PER_MPS } from "../app/format.js";
import { useText } from "../app/text.js";
import { useFormat } from "../app/useFormat.js";
import { useWhole } from "../bridge/latest.js";
import { NumberField } from "../ui/NumberField.js";
import { Panel } from "../ui/Panel.js";
import { itemTitle } from "./itemText.js";
import { type SettingName, changeSetting, endTyping, resetToDefault, selectedSweep } from "./planEditorState.js";
import { usePlanEditor } from "./PlanEditorContext.js";
import { Problems } from "./Problems.js";
import { suggestedSettings } from "./planFigures.js";
import { RequirementsFields } from "./RequirementsFields.js";

type SettingRow = {
  readonly name: SettingName;
  readonly label: string;
  readonly unit: string;
  readonly perUnit: number;
  readonly digits: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly read: (settings: SweepSettings) => number;
  readonly write: (settings: SweepSettings, value: number) => Partial<SweepSettings>;
};

/** Numbers in the units chosen; `perUnit` is SI per shown unit. */
function useRows(): readonly SettingRow[] {
  const t = useText();
  const format = useFormat();
  return useMemo(() => {
    const lengthUnit = format.lengthOf(1).unit;
    const perLength = lengthUnit === "m" ? 1 : 1 / FEET_PER_M;
    const speedUnit = format.speedOf(1).unit;
    const perSpeed = speedUnit === "m/s" ? 1 : 1 / KNOTS_PER_MPS;
    return [
      {
        name: "height",
        label: t("plan.height"),
        unit: lengthUnit,
        perUnit: perLength,
        digits: 0,
        min: 5,
        max: 400,
        step: 5,
        read: ({ height }) => height.valueM,
        write: ({ height }, valueM) => ({ height: { ...height, valueM } }),
      },
      {
        name: "trackSpacingM",
        label: t("plan.spacing"),
        unit: lengthUnit,
        perUnit: perLength,
        digits: 0,
        min: 5,
        max: 2000,
        step: 5,
        read: ({ trackSpacingM }) => trackSpacingM,
        write: (_, trackSpacingM) => ({ trackSpacingM }),
      },
      {
        name: "legHeadingDeg",
        label: t("plan.heading"),
        unit: "°",
        perUnit: 1,
        digits: 0,
        min: 0,
        max: 179.999,
        step: 5,
        read: ({ legHeadingDeg }) => legHeadingDeg,
        write: (_, legHeadingDeg) => ({ legHeadingDeg }),
      },
      {
        name: "groundSpeedMps",
        label: t("plan.speed"),
        unit: speedUnit,
        perUnit: perSpeed,
        digits: 1,
        min: 1,
        max: 40,
        step: 0.5,
        read: ({ groundSpeedMps }) => groundSpeedMps,
        write: (_, groundSpeedMps) => ({ groundSpeedMps }),
      },
    ] satisfies readonly SettingRow[];
  }, [t, format]);
}

type RowProps = { readonly row: SettingRow; readonly sweep: SweepItem; readonly suggested: SweepSettings | undefined };

function SettingField({ row, sweep, suggested }: RowProps) {
  const t = useText();
  const format = useFormat();
  const { state, change } = usePlanEditor();
  const isOverridden = state.get().overridden.has(row.name);
  const shown = (settings: SweepSettings): number => row.read(settings) / row.perUnit;
  const suggestedText = suggested ? `${format.numberText(shown(suggested), row.digits)}\u00a0${row.unit}` : undefined;
  const isOther =
    suggestedText !== undefined &&
    format.numberText(shown(sweep.settings), row.digits) !== suggestedText.split("\u00a0")[0];
  const note =
    isOverridden && isOther
      ? t("plan.by-hand", { value: suggestedText })
      : isOverridden
        ? undefined
        : t("plan.suggested");
  return (
    <div className="plan-setting" data-by-hand={isOverridden}>
      <NumberField
        label={row.label}
        unit={row.unit}
        value={shown(sweep.settings)}
        digits={row.digits}
        min={row.min / row.perUnit}
        max={row.max / row.perUnit}
        step={row.step}
        decimalMark={format.decimalMark}
        note={note}
        testId={`plan-${row.name}`}
        onChange={(value) => change((before) => changeSetting(before, row.write(sweep.settings, value * row.perUnit)))}
        onCommit={() => change(endTyping)}
      />
      {isOverridden && isOther && suggested && (
        <button
          type="button"
          className="plan-release"
          title={t("plan.use-suggested")}
          aria-label={format.labelled(t("plan.use-suggested"), row.label)}
          onClick={() => change((before) => resetToDefault(before, row.name, suggested))}
        >
          ⟲
        </button>
      )}
    </div>
  );
}

const DATUMS: readonly AltitudeDatum[] = ["home", "terrain", "amsl"];

function DatumField({ sweep }: { readonly sweep: SweepItem }) {
  const t = useText();
  const { change } = usePlanEditor();
  const { height } = sweep.settings;
  return (
    <label className="ui-field">
      {t("plan.height.datum")}
      <select
        className="ui-select"
        value={height.datum}
        data-testid="plan-datum"
        onChange={(event) => {
          const datum = DATUMS.find((known) => known === event.currentTarget.value) ?? "home";
          change((before) => endTyping(changeSetting(before, { height: { ...height, datum } })));
        }}
      >
        {DATUMS.map((datum) => (
          <option key={datum} value={datum}>
            {t(`plan.datum.${datum}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The selected area: what must be seen first, then what follows from it, then what is wrong with it. */
export function Inspector() {
  const t = useText();
  const { state, aircraft } = usePlanEditor();
  const value = useWhole(state);
  const format = useFormat();
  const rows = useRows();
  const sweep = selectedSweep(value);
  const plan = value.history.present;
  const suggested = useMemo(
    () => sweep && suggestedSettings(plan, sweep, { aircraft, requirements: value.requirements }),
    [plan, sweep, aircraft, value.requirements],
  );
  return (
    <Panel title={sweep ? itemTitle(t, format, sweep) : t("plan.inspector")} testId="plan-inspector">
      <RequirementsFields />
      {sweep ? (
        <section className="plan-group" aria-label={t("plan.follows")}>
          <h3>{t("plan.follows")}</h3>
          {rows.slice(0, 1).map((row) => (
            <SettingField key={row.name} row={row} sweep={sweep} suggested={suggested} />
          ))}
          <DatumField sweep={sweep} />
          {rows.slice(1).map((row) => (
            <SettingField key={row.name} row={row} sweep={sweep} suggested={suggested} />
          ))}
        </section>
      ) : (
        <p className="plan-empty">{t("plan.select-something")}</p>
      )}
      <Problems />
    </Panel>
  );
}
