import { useMemo, useState } from "react";
import type { NamedValue, Param } from "../../../src/vehicle/params.js";
import { type Translate, useText } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { Button } from "../../ui/Button.js";
import { CheckBox } from "../../ui/CheckBox.js";
import { HoldButton } from "../../ui/HoldButton.js";
import { HOLD_MS } from "../../ui/holding.js";
import { Toast } from "../../ui/Toast.js";
import { VirtualList } from "../../ui/VirtualList.js";
import { FailureToast } from "../FailureToast.js";
import { setupStore } from "../setupStore.js";
import { useAsk } from "../useAsk.js";
import { useUnreachable, type VehicleFacts } from "../useVehicles.js";
import { compareParams, type Difference, isWritable, type LineResult, lineResults } from "./paramCompare.js";
import { PARAM_ROW_HEIGHT_PX } from "./ParamList.js";
import type { Compared } from "./paramStore.js";
import { numberText } from "./paramValue.js";

type CompareProps = {
  readonly vehicle: VehicleFacts;
  readonly params: ReadonlyMap<string, Param>;
  readonly compared: Compared;
};

function resultWords(t: Translate, mark: "." | ",", result: LineResult | undefined): string {
  if (!result) return "";
  if (result.kind === "taken") return `✓ ${t("setup.compare.taken")}`;
  const { failure } = result;
  if (failure?.kind === "not-taken")
    return `■ ${t("setup.compare.not-taken", { value: numberText(failure.value, mark) })}`;
  return `■ ${t("setup.compare.refused")}`;
}

type LineProps = {
  readonly line: Difference;
  readonly isChosen: boolean;
  readonly onChosen: () => void;
  readonly result: LineResult | undefined;
};

function Line({ line, isChosen, onChosen, result }: LineProps) {
  const t = useText();
  const { decimalMark } = useFormat();
  const { name, param, there } = line;
  const hindrance =
    param === undefined ? "setup.compare.no-such" : isWritable(line) ? undefined : "setup.compare.read-only";
  return (
    <div className="setup-difference" data-testid={`difference-${name}`}>
      {hindrance === undefined ? (
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t("setup.compare.choose", { param: name })}
          checked={isChosen}
          onChange={onChosen}
          onClick={(event) => event.stopPropagation()}
        />
      ) : (
        <span aria-hidden="true">–</span>
      )}
      <span className="setup-param__what">
        <code>{name}</code>
        <small>{param?.metadata?.title}</small>
      </span>
      <b>{param === undefined ? t("setup.unknown") : numberText(param.value, decimalMark)}</b>
      <b>{numberText(there, decimalMark)}</b>
      <small className="setup-tone" data-tone={result?.kind === "failed" ? "danger" : result ? "good" : undefined}>
        {hindrance === undefined ? resultWords(t, decimalMark, result) : t(hindrance)}
      </small>
    </div>
  );
}

/** All differences with check boxes; the selected ones are written one after the other, with a result each. */
export function ParamCompare({ vehicle, params, compared }: CompareProps) {
  const t = useText();
  const station = useStation();
  const paramStore = useStore(setupStore).params;
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [results, setResults] = useState<ReadonlyMap<string, LineResult>>(new Map());
  const { state, ask } = useAsk();
  const unreachable = useUnreachable(vehicle);
  // The list is kept after a write: it compares with what the aircraft held when it was made.
  const [before] = useState(params);
  const { differences, countOfSame, countOfUnknown } = useMemo(
    () => compareParams(before, compared.values),
    [before, compared],
  );
  const writable = useMemo(() => differences.filter(isWritable), [differences]);
  const toggle = (line: Difference): void => {
    if (!isWritable(line)) return;
    const next = new Set(chosen);
    if (!next.delete(line.name)) next.add(line.name);
    setChosen(next);
  };
  const write = async (): Promise<void> => {
    const values: readonly NamedValue[] = writable
      .filter(({ name }) => chosen.has(name))
      .map(({ name, there }) => ({ name, value: there }));
    const reply = await ask({ kind: "set-params", vehicleId: vehicle.id, values, isConfirmed: true });
    await paramStore.refresh(vehicle.id);
    if (!reply.ok || reply.value.kind !== "params-set") return;
    const now = station.services.params.get().get(vehicle.id) ?? params;
    const over = lineResults(values, reply.value.notTaken, now);
    setResults(new Map([...results, ...over]));
    setChosen(new Set([...chosen].filter((name) => over.get(name)?.kind !== "taken")));
  };
  const { name } = vehicle;
  const countOfFailed = [...results.values()].filter(({ kind }) => kind === "failed").length;
  const noneBecause = chosen.size === 0 ? t("setup.compare.none-chosen") : undefined;
  return (
    <section className="ui-panel setup-compare" data-testid="param-compare" aria-label={t("setup.params.list")}>
      <header className="ui-panel__head">
        <h2>{t("setup.compare.title", { name, other: compared.label })}</h2>
        <Button
          label={t("setup.compare.close")}
          onPress={() => paramStore.compare(vehicle.id, undefined)}
          testId="compare-close"
        />
      </header>
      {differences.length === 0 ? (
        <Same vehicle={vehicle} compared={compared} count={countOfSame} />
      ) : (
        <>
          <div className="setup-tools">
            <CheckBox
              label={t("setup.compare.all")}
              isChecked={chosen.size > 0 && chosen.size === writable.length}
              onChange={(isAll) => setChosen(new Set(isAll ? writable.map((line) => line.name) : []))}
              testId="compare-all"
            />
            <span className="setup-count">
              {t("setup.compare.summary", { count: differences.length - countOfUnknown, same: countOfSame })}
              {countOfUnknown > 0 && ` · ${t("setup.compare.unknown", { count: countOfUnknown })}`}
            </span>
            <span className="setup-confirm" style={{ borderColor: vehicle.colour }}>
              <HoldButton
                label={t(vehicle.isArmed ? "setup.compare.write.armed" : "setup.compare.write", {
                  count: chosen.size,
                  name,
                })}
                hint={t("setup.compare.hold")}
                holdMs={HOLD_MS}
                tone={vehicle.isArmed ? "danger" : "select"}
                onConfirm={() => void write()}
                disabledBecause={unreachable === undefined ? noneBecause : t(unreachable)}
                isBusy={state.kind === "pending"}
                testId="compare-write"
              />
            </span>
          </div>
          {results.size > 0 && (
            <Toast
              tone={countOfFailed > 0 ? "caution" : "good"}
              title={t("setup.compare.over", { count: results.size - countOfFailed, failed: countOfFailed })}
              testId="compare-over"
            />
          )}
          {state.kind === "failed" && <FailureToast failure={state.failure} />}
          <div className="setup-difference setup-difference--head" aria-hidden="true">
            <span />
            <span>{t("setup.compare.column.name")}</span>
            <span>{t("setup.compare.column.here", { name })}</span>
            <span>{compared.label}</span>
            <span>{t("setup.compare.column.result")}</span>
          </div>
          <VirtualList
            label={t("setup.params.list")}
            items={differences}
            keyOf={(line) => line.name}
            rowHeightPx={PARAM_ROW_HEIGHT_PX}
            selectedKey={selected}
            onSelect={(line) => setSelected(line.name)}
            onOpen={toggle}
            renderRow={(line) => (
              <Line
                line={line}
                isChosen={chosen.has(line.name)}
                onChosen={() => toggle(line)}
                result={results.get(line.name)}
              />
            )}
            testId="compare-list"
          />
        </>
      )}
    </section>
  );
}

type SameProps = { readonly vehicle: VehicleFacts; readonly compared: Compared; readonly count: number };

function Same({ compared, count }: SameProps) {
  const t = useText();
  const isEmpty = compared.values.length === 0;
  return (
    <p className="setup-none">
      {isEmpty ? t("setup.compare.not-loaded", { name: compared.label }) : t("setup.compare.same", { count })}
    </p>
  );
}
