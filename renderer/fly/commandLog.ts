/**
 * Everything a person asked of an aircraft on this screen, a line each, with how it ended: pure. A second press of the
 * same button is a line of its own, so the first keeps its "pending".
 */
import type { StationFailure } from "../../src/contract/failures.js";
import type { VehicleCommand } from "../../src/vehicle/commands.js";
import type { VehicleId } from "../../src/vehicle/vehicleState.js";

export type CommandOutcome =
  | { readonly phase: "pending" }
  | { readonly phase: "done"; readonly atUnixUs: number }
  | { readonly phase: "failed"; readonly failure: StationFailure; readonly atUnixUs: number }
  /** Nothing left this screen; `because` is words for the person. */
  | { readonly phase: "not-sent"; readonly because: string };

export type CommandLine = {
  readonly lineId: number;
  readonly vehicleId: VehicleId | undefined;
  /** As the person saw it named. */
  readonly vehicleName: string;
  readonly command: VehicleCommand;
  readonly askedUnixUs: number;
  readonly outcome: CommandOutcome;
};

const LINES_KEPT = 200;

export type NewLine = Omit<CommandLine, "lineId">;

/** Newest last. */
export function withLine(lines: readonly CommandLine[], line: NewLine): readonly CommandLine[] {
  const lineId = (lines.at(-1)?.lineId ?? 0) + 1;
  return [...lines, { ...line, lineId }].slice(-LINES_KEPT);
}

export const withOutcome = (
  lines: readonly CommandLine[],
  lineId: number,
  outcome: CommandOutcome,
): readonly CommandLine[] => lines.map((line) => (line.lineId === lineId ? { ...line, outcome } : line));
