import { useCallback, useEffect, useRef, useState } from "react";
import type { VehicleCommand } from "../../../src/vehicle/commands.js";
import type { FleetWarning } from "../../../src/vehicle/fleetWarnings.js";
import type { VehicleId } from "../../../src/vehicle/vehicleState.js";
import { failureText } from "../../app/failureText.js";
import { useText, type Translate } from "../../app/text.js";
import { useFormat } from "../../app/useFormat.js";
import { useTick } from "../../app/useTick.js";
import { useLatest, useWhole } from "../../bridge/latest.js";
import { orderOf } from "../../bridge/commandOrder.js";
import { useStation } from "../../bridge/StoresContext.js";
import { CheckBox } from "../../ui/CheckBox.js";
import { HoldButton } from "../../ui/HoldButton.js";
import { HOLD_MS } from "../../ui/holding.js";
import { type FleetRow, fleetRows } from "./fleetRows.js";
import { useFly } from "../FlyContext.js";
import { HandOver } from "./HandOver.js";
import { vehicleColour, vehicleName } from "../../panels/vehicleIdentity.js";

/** All aircraft, one row each; a selected set can be given one command, with a result for each. */
export function FleetPanel() {
  const rows = useFleetRows();
  return (
    <div className="fly-fleet" data-testid="fleet">
      <Warnings />
      <ChooseAll rows={rows} />
      <ul>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      <FleetCommands rows={rows} />
      <HandOver rows={rows} />
    </div>
  );
}

/** Telemetry changes the rows many times a second; they are sampled four times a second. */
function useFleetRows(): readonly FleetRow[] {
  const station = useStation();
  const read = useCallback(
    () =>
      fleetRows({
        vehicles: station.vehicles.get(),
        paths: station.paths.get(),
        plans: station.aircraftPlan.get(),
        nowMonoMs: station.clock.stationMonoMsNow(),
      }),
    [station],
  );
  // Heights are rounded to the displayed digits, so that a row re-renders only when it looks different.
  return useTick(
    useCallback(
      () =>
        read().map((row) => ({ ...row, heightAboveHomeM: row.heightAboveHomeM && Math.round(row.heightAboveHomeM) })),
      [read],
    ),
  );
}

/** Selects the aircraft that are there now; one that appears later is not included. */
function ChooseAll({ rows }: { readonly rows: readonly FleetRow[] }) {
  const t = useText();
  const { flyView } = useFly();
  const isAll = useLatest(flyView.fleetChoice, (ids) => rows.every(({ id }) => ids.has(id)));
  if (rows.length < 2) return null;
  return (
    <div className="fly-fleet-all">
      <CheckBox
        label={t("fly.fleet.all")}
        isChecked={isAll}
        onChange={(isChecked) => flyView.fleetChoice.set(new Set(isChecked ? rows.map(({ id }) => id) : []))}
        testId="choose-all"
      />
    </div>
  );
}

function Row({ row }: { readonly row: FleetRow }) {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const { flyView } = useFly();
  const isTarget = useLatest(station.target, (id) => id === row.id);
  const isChosen = useLatest(flyView.fleetChoice, (ids) => ids.has(row.id));
  const choose = (isChecked: boolean): void => {
    const next = new Set(flyView.fleetChoice.get());
    if (isChecked) next.add(row.id);
    else next.delete(row.id);
    flyView.fleetChoice.set(next);
  };
  const battery = row.batteryFraction === undefined ? "–" : format.percentText(row.batteryFraction);
  const height = row.heightAboveHomeM === undefined ? "–" : format.lengthText(row.heightAboveHomeM, 0);
  return (
    <li
      className="fly-fleet-row"
      style={{ borderLeftColor: vehicleColour(row.systemId) }}
      data-health={row.health}
      data-testid={`fleet-${row.name}`}
    >
      <CheckBox
        label={t("fly.fleet.choose", { name: row.name })}
        isChecked={isChosen}
        onChange={choose}
        testId={`choose-${row.name}`}
      />
      <button
        type="button"
        className="fly-fleet-target"
        aria-pressed={isTarget}
        title={t("fly.chooseTarget", { name: row.name })}
        onClick={() => station.setTarget(row.id)}
      >
        <b>{row.name}</b> <span>{row.modeName}</span> {row.isArmed && <em>{t("panels.armed")}</em>}
      </button>
      <span className="fly-fleet-facts">
        <span className="fly-fleet-worst">
          {row.worst === undefined
            ? `● ${t("fly.fleet.good")}`
            : `${row.health === "danger" ? "■" : "▲"} ${t(row.worst)}`}
        </span>
        <span>
          {battery} · {height} · {row.linkName}
        </span>
      </span>
    </li>
  );
}

const FLEET_COMMANDS: readonly VehicleCommand[] = [
  { kind: "return" },
  { kind: "pause" },
  { kind: "arm" },
  { kind: "start-mission" },
  { kind: "land" },
];

type Outcome = { readonly name: string; readonly words: string; readonly isDone: boolean };

/** Each command needs a hold, which ends when the set changes; the line above the buttons names every aircraft. */
function FleetCommands({ rows }: { readonly rows: readonly FleetRow[] }) {
  const t = useText();
  const station = useStation();
  const { flyView } = useFly();
  const chosen = useWhole(flyView.fleetChoice);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const listRef = useRef<HTMLUListElement>(null);
  // In a low panel the results would be below the visible part: scroll them into view.
  useEffect(() => {
    if (outcomes.length > 0) listRef.current?.scrollIntoView({ block: "nearest" });
  }, [outcomes]);
  const targets = rows.filter(({ id }) => chosen.has(id));
  const names = targets.map(({ name }) => name).join(", ");
  const newestRef = useRef<string | undefined>(undefined);
  const send = (command: VehicleCommand): void => {
    const vehicleIds = targets.map(({ id }) => id);
    const order = orderOf(command, true);
    newestRef.current = order.commandId;
    setOutcomes([]);
    void station.request({ kind: "fleet-command", vehicleIds, ...order }).then((reply) => {
      // A slow command's results must not stand for those of a later one.
      if (newestRef.current !== order.commandId) return;
      if (!reply.ok) setOutcomes([{ name: names, words: failureText(t, reply.error).what, isDone: false }]);
      else if (reply.value.kind === "fleet-results")
        setOutcomes(reply.value.results.map((one) => outcomeOf(t, rows, one)));
    });
  };
  if (rows.length < 2) return null;
  return (
    <div className="fly-fleet-commands">
      <p>{targets.length === 0 ? t("fly.fleet.none") : t("fly.fleet.to", { names })}</p>
      <div>
        {FLEET_COMMANDS.map((command) => (
          <HoldButton
            key={command.kind}
            label={t(`command.${command.kind}`)}
            holdMs={HOLD_MS}
            disabledBecause={targets.length === 0 ? t("fly.fleet.none") : undefined}
            onConfirm={() => send(command)}
            subject={targets.map(({ id }) => id).join(" ")}
            testId={`fleet-${command.kind}`}
          />
        ))}
      </div>
      <ul ref={listRef} aria-live="polite" data-testid="fleet-results">
        {outcomes.map(({ name, words, isDone }) => (
          <li key={name} data-tone={isDone ? "good" : "caution"}>
            {isDone ? "✓" : "▲"} {name}: {words}
          </li>
        ))}
      </ul>
    </div>
  );
}

type Result = { readonly vehicleId: VehicleId; readonly result: { readonly ok: boolean; readonly error?: unknown } };

function outcomeOf(t: Translate, rows: readonly FleetRow[], { vehicleId, result }: Result): Outcome {
  const name = rows.find(({ id }) => id === vehicleId)?.name ?? vehicleId;
  if (result.ok) return { name, words: t("fly.fleet.done"), isDone: true };
  // By the reply's type, an unsuccessful result is a command failure.
  const failure = { kind: "command", failure: result.error } as Parameters<typeof failureText>[1];
  return { name, words: failureText(t, failure).what, isDone: false };
}

/** Two own aircraft on conflicting courses, or an aircraft that needs a replacement. */
function Warnings() {
  const t = useText();
  const format = useFormat();
  const station = useStation();
  const warnings = useWhole(station.services.warnings);
  const nameOf = (id: VehicleId): string => {
    const vehicle = station.vehicles.get().find((one) => one.id === id);
    return vehicle ? vehicleName(vehicle) : id;
  };
  const words = (warning: FleetWarning): string => {
    const a = nameOf(warning.a);
    if (warning.kind === "relief-needed") {
      return t("fly.warning.relief-needed", { a, percent: format.percentText(warning.remainingFraction) });
    }
    const horizontal = format.lengthText(warning.horizontalM, 0);
    const vertical = format.lengthText(warning.verticalM, 0);
    const facts = { a, b: nameOf(warning.b), horizontal, vertical };
    if (warning.kind === "closing") return t("fly.warning.closing", { ...facts, seconds: Math.round(warning.inS) });
    const items = { itemA: warning.itemA + 1, itemB: warning.itemB + 1 };
    // When the heights cannot be compared, no vertical distance is shown.
    const key = warning.isHeightUnknown ? "fly.warning.plans-cross.noHeight" : "fly.warning.plans-cross";
    return t(key, { ...facts, ...items });
  };
  if (warnings.length === 0) return null;
  return (
    <ul className="fly-warnings" role="status" data-testid="warnings">
      {warnings.map((warning) => (
        <li key={words(warning)} data-tone={warning.kind === "closing" ? "danger" : "caution"}>
          {warning.kind === "closing" ? "■" : "▲"} {words(warning)}
        </li>
      ))}
    </ul>
  );
}
