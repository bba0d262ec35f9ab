import type { Notice } from "../../src/contract/messages.js";
import type { CommandStatus, VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleState } from "../../src/vehicle/vehicleState.js";
import { failureText } from "../app/failureText.js";
import type { Format } from "../app/format.js";
import { noticeText } from "../app/noticeText.js";
import type { Translate } from "../app/text.js";
import type { Alert } from "../panels/AlertStrip.js";
import type { FailedCommand } from "./flyDesk.js";
import { vehicleName } from "./vehicleIdentity.js";

type FailedReport = {
  readonly command: VehicleCommand;
  readonly status: CommandStatus;
  readonly heardMonoMs: number;
};

export type AlertFacts = {
  readonly vehicle: VehicleState | undefined;
  readonly isLost: boolean;
  readonly nowMonoMs: number;
  readonly nowUnixUs: number;
  /** What the request came back with. */
  readonly failed: FailedCommand | undefined;
  /** What the station said of commands to this vehicle. */
  readonly reports: readonly FailedReport[];
  readonly notices: readonly Notice[];
  readonly dismissed: ReadonlySet<string>;
};

type Words = { readonly t: Translate; readonly format: Format; readonly onDismiss: (id: string) => void };

const NOTICE_SHOWN_US = 30e6;
const FAILURE_SHOWN_MS = 30_000;
const BATTERY_DANGER = 0.2;

/** What needs a person now, worst first. Dangers of the station itself stand in the frame's own banner. */
export function flyAlerts(facts: AlertFacts, words: Words): readonly Alert[] {
  const all = [...vehicleAlerts(facts, words), ...commandAlerts(facts, words), ...noticeAlerts(facts, words)];
  return all.filter(({ id }) => !facts.dismissed.has(id));
}

function vehicleAlerts({ vehicle, isLost, nowMonoMs }: AlertFacts, { t, format }: Words): readonly Alert[] {
  if (!vehicle) return [];
  const name = vehicleName(vehicle);
  const alerts: Alert[] = [];
  if (isLost) {
    const age = format.ageText((nowMonoMs - vehicle.lastHeardMonoMs) / 1000);
    alerts.push({
      id: "lost",
      tone: "danger",
      what: t("fly.alert.lost", { name, age }),
      advice: t("fly.alert.lost.do"),
    });
  }
  const remaining = vehicle.battery?.value.remainingFraction;
  if (remaining !== undefined && remaining < BATTERY_DANGER) {
    const what = t("fly.alert.battery", { name, percent: format.percentText(remaining) });
    alerts.push({ id: "battery", tone: "danger", what, advice: t("fly.alert.battery.do") });
  }
  return alerts;
}

function commandAlerts(facts: AlertFacts, words: Words): readonly Alert[] {
  const { failed, reports, vehicle, nowMonoMs } = facts;
  const name = vehicle ? vehicleName(vehicle) : "";
  const heard = reports.flatMap(({ command, status, heardMonoMs }) =>
    status.phase === "failed"
      ? [{ command, failure: { kind: "command", failure: status.failure } as const, atMonoMs: heardMonoMs }]
      : [],
  );
  // The request's own reply repeats what the status said: once is enough.
  const own = failed && !heard.some(({ command }) => command.kind === failed.command.kind) ? [failed] : [];
  return [...heard, ...own]
    .filter(({ atMonoMs }) => nowMonoMs - atMonoMs < FAILURE_SHOWN_MS)
    .sort((a, b) => b.atMonoMs - a.atMonoMs)
    .map(({ command, failure, atMonoMs }) => {
      const { what, advice, severity } = failureText(words.t, failure);
      const id = `${command.kind} ${atMonoMs}`;
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
