import type { StationFailure } from "../../../src/contract/failures.js";
import type { Notice } from "../../../src/contract/messages.js";
import type { CommandStatus, VehicleCommand } from "../../../src/vehicle/commands.js";
import type { FleetWarning } from "../../../src/vehicle/fleetWarnings.js";
import type { VehicleId, VehicleState } from "../../../src/vehicle/vehicleState.js";
import { failureText } from "../../app/failureText.js";
import type { Format } from "../../app/format.js";
import { noticeText } from "../../app/noticeText.js";
import type { Translate } from "../../app/text.js";
import type { Alert } from "../../panels/AlertStrip.js";
import type { CommandLine } from "../commandLog.js";
import { isVehicleLost } from "../../panels/freshness.js";
import { vehicleName } from "../../panels/vehicleIdentity.js";

type FailedReport = {
  readonly commandId: string;
  readonly command: VehicleCommand;
  readonly status: CommandStatus;
  readonly receivedMonoMs: number;
};

export type AlertFacts = {
  readonly vehicle: VehicleState | undefined;
  /** All vehicles: a lost one that is not the target matters as much. */
  readonly vehicles: readonly VehicleState[];
  readonly warnings: readonly FleetWarning[];
  readonly nowMonoMs: number;
  readonly nowUnixUs: number;
  /** Commands given on this screen. */
  readonly lines: readonly CommandLine[];
  /** The station's reports on commands to this vehicle. */
  readonly reports: readonly FailedReport[];
  readonly notices: readonly Notice[];
  readonly dismissed: ReadonlySet<string>;
};

type Words = { readonly t: Translate; readonly format: Format; readonly onDismiss: (id: string) => void };

const NOTICE_SHOWN_US = 30e6;
const FAILURE_SHOWN_MS = 30_000;
const BATTERY_DANGER = 0.2;

/** The alerts of Fly, worst first. Dangers of the station itself are shown in the frame's banner. */
export function flyAlerts(facts: AlertFacts, words: Words): readonly Alert[] {
  const all = [
    ...facts.vehicles.flatMap((vehicle) => vehicleAlerts(vehicle, facts, words)),
    ...warningAlerts(facts, words),
    ...commandAlerts(facts, words),
    ...noticeAlerts(facts, words),
  ];
  return all.filter(({ id }) => !facts.dismissed.has(id));
}

function vehicleAlerts(vehicle: VehicleState, { nowMonoMs }: AlertFacts, { t, format }: Words): readonly Alert[] {
  const name = vehicleName(vehicle);
  const alerts: Alert[] = [];
  if (isVehicleLost(vehicle, nowMonoMs)) {
    const age = format.ageText((nowMonoMs - vehicle.lastReceivedMonoMs) / 1000);
    alerts.push({
      id: `lost ${vehicle.id}`,
      tone: "danger",
      what: t("fly.alert.lost", { name, age }),
      advice: t("fly.alert.lost.do"),
    });
  }
  const remaining = vehicle.battery?.value.remainingFraction;
  if (remaining !== undefined && remaining < BATTERY_DANGER) {
    const what = t("fly.alert.battery", { name, percent: format.percentText(remaining) });
    alerts.push({ id: `battery ${vehicle.id}`, tone: "danger", what, advice: t("fly.alert.battery.do") });
  }
  if (vehicle.fence?.value.isBreached === true) {
    const what = t("fly.alert.fence", { name });
    alerts.push({ id: `fence ${vehicle.id}`, tone: "danger", what, advice: t("fly.alert.fence.do") });
  }
  return alerts;
}

/** Only imminent dangers: crossing plans are listed in the fleet panel, where there is time to read. */
function warningAlerts({ warnings, vehicles }: AlertFacts, { t, format }: Words): readonly Alert[] {
  const nameOf = (id: VehicleId): string => {
    const vehicle = vehicles.find((one) => one.id === id);
    return vehicle ? vehicleName(vehicle) : id;
  };
  return warnings.flatMap((warning): readonly Alert[] => {
    if (warning.kind !== "closing") return [];
    const facts = {
      a: nameOf(warning.a),
      b: nameOf(warning.b),
      horizontal: format.lengthText(warning.horizontalM, 0),
      vertical: format.lengthText(warning.verticalM, 0),
      seconds: Math.round(warning.inS),
    };
    const id = `closing ${warning.a} ${warning.b}`;
    return [{ id, tone: "danger", what: t("fly.warning.closing", facts), advice: t("fly.alert.closing.do") }];
  });
}

type Failed = {
  readonly id: string;
  readonly command: VehicleCommand;
  readonly name: string;
  readonly failure: StationFailure;
  readonly ageMs: number;
};

/**
 * Failed commands: those given on this screen from their lines, those of other screens from the station's reports
 * (unless a line already shows them).
 */
function failedCommands({ lines, reports, vehicle, nowMonoMs, nowUnixUs }: AlertFacts): readonly Failed[] {
  const own = lines.flatMap(({ lineId, command, vehicleName: name, outcome }): readonly Failed[] =>
    outcome.phase === "failed"
      ? [{ id: `line ${lineId}`, command, name, failure: outcome.failure, ageMs: (nowUnixUs - outcome.atUnixUs) / 1e3 }]
      : [],
  );
  const others = reports.flatMap(({ commandId, command, status, receivedMonoMs }): readonly Failed[] => {
    const isOurs = lines.some(({ lineId }) => lineId === commandId);
    if (status.phase !== "failed" || isOurs) return [];
    const failure = { kind: "command", failure: status.failure } as const;
    const name = vehicle ? vehicleName(vehicle) : "";
    return [{ id: `${command.kind} ${receivedMonoMs}`, command, name, failure, ageMs: nowMonoMs - receivedMonoMs }];
  });
  return [...own, ...others];
}

function commandAlerts(facts: AlertFacts, words: Words): readonly Alert[] {
  return failedCommands(facts)
    .filter(({ ageMs }) => ageMs < FAILURE_SHOWN_MS)
    .sort((a, b) => a.ageMs - b.ageMs)
    .map(({ id, command, name, failure }) => {
      const { what, advice, severity } = failureText(words.t, failure);
      return {
        id,
        tone: severity === "danger" ? "danger" : "caution",
        what: words.t("fly.alert.failed", { action: words.t(`command.${command.kind}`), name, what }),
        advice,
        onDismiss: () => words.onDismiss(id),
      };
    });
}

function noticeAlerts({ notices, nowUnixUs }: AlertFacts, { t, onDismiss }: Words): readonly Alert[] {
  return notices
    .filter(({ severity, unixTimeUs }) => severity === "caution" && nowUnixUs - unixTimeUs < NOTICE_SHOWN_US)
    .reverse()
    .map((notice) => ({
      id: notice.id,
      tone: "caution",
      what: noticeText(t, notice),
      advice: "",
      onDismiss: () => onDismiss(notice.id),
    }));
}
