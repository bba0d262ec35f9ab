import { useLatest, useWhole } from "../../bridge/latest.js";
import { useStation, useStore } from "../../bridge/StoresContext.js";
import { useText } from "../../app/text.js";
import type { Translate } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import type { Format } from "../../app/format.js";
import type { Param } from "../../../src/vehicle/params.js";
import { Panel } from "../../ui/Panel.js";
import { Toast } from "../../ui/Toast.js";
import { FailureToast } from "../FailureToast.js";
import { setupStore } from "../setupStore.js";
import { useUnreachable, type VehicleFacts } from "../useVehicles.js";
import { groupOf } from "./paramFilter.js";
import { ParamEditor } from "./ParamEditor.js";
import { choiceOf, numberText } from "./paramValue.js";
import { rangeText } from "./paramWords.js";
import { type WriteState, writeKey } from "./paramStore.js";
import { WriteButton } from "./WriteButton.js";

type Fact = { readonly label: string; readonly text: string };

function factsOf(t: Translate, { decimalMark }: Format, param: Param): readonly Fact[] {
  const { metadata, type } = param;
  const value = (number: number | undefined): string => (number === undefined ? "" : numberText(number, decimalMark));
  const label = metadata?.defaultValue === undefined ? undefined : choiceOf(param, metadata.defaultValue);
  const facts: readonly Fact[] = [
    { label: t("setup.params.fact.range"), text: rangeText(t, decimalMark, metadata) },
    {
      label: t("setup.params.fact.default"),
      text: value(metadata?.defaultValue) + (label === undefined ? "" : ` (${label})`),
    },
    { label: t("setup.params.fact.step"), text: value(metadata?.increment) },
    { label: t("setup.params.fact.group"), text: groupOf(param) },
    { label: t("setup.params.fact.type"), text: type },
  ];
  return facts.filter(({ text }) => text !== "");
}

function Facts({ param }: { readonly param: Param }) {
  const t = useText();
  const format = useFormat();
  return (
    <dl className="setup-facts">
      {factsOf(t, format, param).map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The state of the last write: pending, done or failed with the reason. */
function WriteStatus({ state }: { readonly state: WriteState | undefined }) {
  const t = useText();
  const format = useFormat();
  if (!state) return null;
  if (state.kind === "failed") return <FailureToast failure={state.failure} testId="param-failure" />;
  if (state.kind === "pending") return <Toast tone="info" title={t("setup.params.pending")} testId="param-pending" />;
  const value = numberText(state.value, format.decimalMark);
  const words = t("setup.params.done", { value, time: format.utcText(state.unixTimeUs) });
  return <Toast tone="good" title={words} testId="param-done" />;
}

function UndoLast({ vehicle }: { readonly vehicle: VehicleFacts }) {
  const t = useText();
  const { decimalMark } = useFormat();
  const paramStore = useStore(setupStore).params;
  const step = useWhole(paramStore.undoSteps).findLast(({ vehicleId }) => vehicleId === vehicle.id);
  const writes = useWhole(paramStore.writes);
  const unreachable = useUnreachable(vehicle);
  if (!step) return null;
  return (
    <div className="setup-undo">
      {vehicle.isArmed && (
        <small>{t("setup.params.undo", { param: step.name, value: numberText(step.value, decimalMark) })}</small>
      )}
      <WriteButton
        vehicle={vehicle}
        label={t("setup.params.undo", { param: step.name, value: numberText(step.value, decimalMark) })}
        onWrite={(isHeld) => void paramStore.undo(vehicle.id, isHeld)}
        disabledBecause={unreachable && t(unreachable)}
        isBusy={writes.get(writeKey(vehicle.id, step.name))?.kind === "pending"}
        testId="param-undo"
      />
    </div>
  );
}

type InspectorProps = { readonly vehicle: VehicleFacts; readonly param: Param | undefined };

/** Describes one parameter; the only place where it is changed. */
export function ParamInspector({ vehicle, param }: InspectorProps) {
  const t = useText();
  const paramStore = useStore(setupStore).params;
  const writes = useWhole(paramStore.writes);
  const isLoading = useLatest(useStation().services.paramLoads, (loads) => loads.get(vehicle.id)?.phase === "loading");
  if (!param) {
    return (
      <Panel title={t("setup.params.inspector")} testId="param-inspector">
        <p className="setup-dim">{t("setup.params.choose")}</p>
        <UndoLast vehicle={vehicle} />
      </Panel>
    );
  }
  const state = writes.get(writeKey(vehicle.id, param.name));
  const { metadata } = param;
  return (
    <Panel title={param.name} testId="param-inspector" aside={metadata?.unit}>
      {metadata?.title !== undefined && <h3>{metadata.title}</h3>}
      <p>{metadata?.description ?? t("setup.params.undescribed")}</p>
      <p className="setup-marks">
        {metadata?.isReadOnly && <span>▣ {t("setup.params.mark.read-only")}</span>}
        {metadata?.needsReboot && <span>↻ {t("setup.params.mark.reboot")}</span>}
        {param.awaitsReboot && <span data-tone="caution">▲ {t("setup.params.mark.awaits")}</span>}
      </p>
      <Facts param={param} />
      <ParamEditor key={param.name} vehicle={vehicle} param={param} isLoading={isLoading} state={state} />
      <WriteStatus state={state} />
      <UndoLast vehicle={vehicle} />
    </Panel>
  );
}
