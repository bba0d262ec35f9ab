/**
 * The log of commands given on this screen, one line each with its outcome. Pure. A second press of a button makes a
 * line of its own, so the first stays "pending".
 */
import { CONNECTION_LOST } from "../bridge/requests.js";
import type { TextKey } from "../app/dictionary.js";
import type { StationFailure } from "../../src/contract/failures.js";
import type { CommandStatus, VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleId, VehicleState } from "../../src/vehicle/vehicleState.js";
import type { CommandReport } from "../bridge/stationStore.js";

export type CommandOutcome =
  | { readonly phase: "pending" }
  /** `how`: the effect known so far. */
  | { readonly phase: "done"; readonly atUnixUs: number; readonly how: Accomplished }
  | { readonly phase: "failed"; readonly failure: StationFailure; readonly atUnixUs: number }
  /** Nothing was sent; `because` is the reason for the user. */
  | { readonly phase: "not-sent"; readonly because: TextKey };

/** "done" where the station waits for the effect; other commands were accepted and take a while to complete. */
type Accomplished = "done" | "climbing" | "descending" | "on-its-way" | "accepted";

const REACHED_WITHIN_M = 2;

/**
 * How far an accepted command has got. Only heights can be compared with telemetry here; where nothing can be compared
 * it is not "done".
 */
function accomplishedOf(command: VehicleCommand, vehicle: VehicleState | undefined): Accomplished {
  if (command.kind === "go-to" || command.kind === "orbit") return "on-its-way";
  if (command.kind === "change-speed" || command.kind === "change-heading") return "accepted";
  if (command.kind !== "change-altitude") return "done";
  const nowM = vehicle?.position?.value.altitudeAboveHomeM;
  if (nowM === undefined || command.height.datum !== "home") return "accepted";
  const toGoM = command.height.valueM - nowM;
  if (Math.abs(toGoM) <= REACHED_WITHIN_M) return "done";
  return toGoM > 0 ? "climbing" : "descending";
}

export type CommandLine = {
  /** The command's id; the station's reports use the same id. */
  readonly lineId: string;
  readonly vehicleId: VehicleId | undefined;
  /** The name shown when the command was given. */
  readonly vehicleName: string;
  readonly command: VehicleCommand;
  readonly askedUnixUs: number;
  readonly outcome: CommandOutcome;
};

const LINES_KEPT = 200;

/** Newest last. */
export const withLine = (lines: readonly CommandLine[], line: CommandLine): readonly CommandLine[] =>
  [...lines, line].slice(-LINES_KEPT);

/** With the connection the station's reports were lost: what became of the command is not known. */
const isUnknown = (outcome: CommandOutcome): boolean =>
  outcome.phase === "failed" && outcome.failure.kind === "io" && outcome.failure.code === CONNECTION_LOST;

/** A line ends once; but where its end was not known, a later report of the station says it. */
export const withOutcome = (
  lines: readonly CommandLine[],
  lineId: string,
  outcome: CommandOutcome,
): readonly CommandLine[] =>
  lines.map((line) => {
    const isOpen = line.outcome.phase === "pending" || (isUnknown(line.outcome) && outcome.phase !== "pending");
    return line.lineId === lineId && isOpen ? { ...line, outcome } : line;
  });

/** This screen's lines with the outcomes that the station has reported of them, the only word on what became of them. */
export function withReports(
  lines: readonly CommandLine[],
  reports: readonly CommandReport[],
  now: { readonly unixUs: number; readonly vehicle: (vehicleId: VehicleId) => VehicleState | undefined },
): readonly CommandLine[] {
  const over = reports.filter(({ status }) => status.phase !== "pending");
  return over.reduce(
    (kept, { commandId, vehicleId, command, status }) =>
      withOutcome(kept, commandId, outcomeOf(command, status, now.unixUs, now.vehicle(vehicleId))),
    lines,
  );
}

type StationFacts = {
  readonly reports: readonly CommandReport[];
  readonly unixUsAt: (monoMs: number) => number;
  readonly nameOf: (vehicleId: VehicleId) => string;
};

/** Adds the station's reports of commands that this screen's buttons did not give: other screens, the fleet panel. */
export function withOthers(
  lines: readonly CommandLine[],
  { reports, unixUsAt, nameOf }: StationFacts,
): readonly CommandLine[] {
  const own = new Set(lines.map(({ lineId }) => lineId));
  const others = reports
    .filter(({ commandId }) => !own.has(commandId))
    .map(({ vehicleId, commandId, command, status, sinceMonoMs, receivedMonoMs }): CommandLine => {
      const atUnixUs = unixUsAt(receivedMonoMs);
      return {
        lineId: `${vehicleId} ${commandId}`,
        vehicleId,
        vehicleName: nameOf(vehicleId),
        command,
        askedUnixUs: unixUsAt(sinceMonoMs),
        // Where another screen's aircraft was at acceptance is not known.
        outcome: outcomeOf(command, status, atUnixUs, undefined),
      };
    });
  return others.length === 0 ? lines : [...lines, ...others].sort((a, b) => a.askedUnixUs - b.askedUnixUs);
}

function outcomeOf(
  command: VehicleCommand,
  status: CommandStatus,
  atUnixUs: number,
  vehicle: VehicleState | undefined,
): CommandOutcome {
  switch (status.phase) {
    case "pending":
      return { phase: "pending" };
    case "done":
      return { phase: "done", atUnixUs, how: accomplishedOf(command, vehicle) };
    case "failed":
      return { phase: "failed", failure: { kind: "command", failure: status.failure }, atUnixUs };
  }
}
