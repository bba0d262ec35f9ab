/** The findings of a plan for the command line: the same list as in Plan and at the upload. */
import { err, ok, type Result } from "../core/result.js";
import type { Coast } from "../geo/coast.js";
import type { TerrainModel } from "../geo/terrain/terrainModel.js";
import { readAircraft, type Aircraft, type Wind } from "../plan/aircraft.js";
import type { FlightEstimate } from "../plan/energy.js";
import type { PlanFinding } from "../plan/findings/finding.js";
import { CALM, flightEstimate, planFindings, type FindingContext } from "../plan/findings/planFindings.js";
import type { Plan } from "../plan/plan.js";
import { builtInCoast } from "./builtInCoast.js";
import { nodeIo, readOrWhy, type CommandIo } from "./commandIo.js";
import { failureLine } from "./failureLine.js";
import { missionsFile } from "./missionsFile.js";
import { findingLine } from "./planTexts.js";

type CheckOptions = {
  readonly aircraftFile?: string | undefined;
  readonly wind?: Wind;
  /** The aircraft that the plan is for, once it is known. */
  readonly vehicle?: FindingContext["vehicle"];
  readonly terrain?: TerrainModel | undefined;
  /** Instead of the one that is shipped. */
  readonly coast?: Coast | undefined;
};

/** All findings, dangers first; an error when the aircraft file that was named cannot be read. */
export async function checkPlanFor(
  plan: Plan,
  options: CheckOptions = {},
  io: CommandIo = nodeIo,
): Promise<Result<readonly PlanFinding[], string>> {
  const context = await contextFor(options, io);
  return context.ok ? ok(planFindings(plan, context.value)) : context;
}

export type CheckedPlan = {
  readonly findings: readonly PlanFinding[];
  /** Undefined for an aircraft of which nothing is known, and without a home. */
  readonly flight: FlightEstimate | undefined;
};

/** The same, with time and energy: over the ground where files of heights are given. */
export async function checkAndEstimate(
  plan: Plan,
  options: CheckOptions,
  io: CommandIo = nodeIo,
): Promise<Result<CheckedPlan, string>> {
  const context = await contextFor(options, io);
  if (!context.ok) return context;
  return ok({ findings: planFindings(plan, context.value), flight: flightEstimate(plan, context.value) });
}

async function contextFor(
  { aircraftFile, wind = CALM, vehicle, terrain, coast: given }: CheckOptions,
  io: CommandIo,
): Promise<Result<FindingContext, string>> {
  const named = aircraftFile === undefined ? ok(undefined) : await aircraftFrom(aircraftFile, io);
  if (!named.ok) return named;
  const standard = await aircraftFrom(missionsFile("aircraft", "quad-thermal.json"), io);
  const assumed = standard.ok ? standard.value : undefined;
  const coast = given ?? (await builtInCoast(io));
  return ok({ aircraft: named.value, assumed, vehicle, home: undefined, wind, ground: { coast, terrain } });
}

/** One finding as `--json` prints it; `id` repeats `kind` under its former name. */
export const findingForJson = ({ kind, severity, seq, facts }: PlanFinding) => ({
  severity,
  kind,
  ...(seq !== undefined && { seq }),
  id: kind,
  facts,
  text: findingLine({ kind, severity, ...(seq !== undefined && { seq }), facts }),
});

async function aircraftFrom(file: string, io: CommandIo): Promise<Result<Aircraft, string>> {
  const source = await readOrWhy(io, file);
  if ("why" in source) return err(source.why);
  const aircraft = readAircraft(source.text, file);
  return aircraft.ok ? aircraft : err(failureLine(aircraft.error));
}
