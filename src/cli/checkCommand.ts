import { err, ok, type Result } from "../core/result.js";
import type { Wind } from "../plan/aircraft.js";
import { isDanger } from "../plan/findings/planFindings.js";
import { readPlanFile } from "../plan/formats/planFile.js";
import { missionItemsOf, type Plan } from "../plan/plan.js";
import type { Position } from "../geo/position.js";
import { readArguments } from "./arguments.js";
import { commandGround, commandHeights } from "./commandGround.js";
import { nodeIo, readOrWhy, type CommandIo } from "./commandIo.js";
import { failureLine } from "./failureLine.js";
import { numberList, WIND } from "./numberList.js";
import { EXIT_DONE, EXIT_FAILED, EXIT_WRONG_USE } from "./output.js";
import { checkAndEstimate, type CheckedPlan, findingForJson } from "./planCheck.js";
import { findingLine, flightLine } from "./planTexts.js";

export const checkHelp =
  "vigie check FILE.plan|FILE.waypoints [--aircraft FILE] [--wind DEG,MPS] [--terrain FILE]... [--no-packs] [--json]";

const text = { type: "string" } as const;

/**
 * Exit 0: nothing dangerous found; 1: a danger, or the plan cannot be read; 2: wrong use. `dataFolder`: whose imported packs are used;
 * none without.
 */
export async function runCheck(argv: readonly string[], io: CommandIo = nodeIo, dataFolder?: string): Promise<number> {
  const options = checkOptions(argv);
  if (!options.ok) {
    io.stderr(`vigie check: ${options.error}`);
    io.stderr(`usage: ${checkHelp}`);
    return EXIT_WRONG_USE;
  }
  const { file, json, wind, aircraftFile, terrain, isWithoutPacks } = options.value;
  const source = await readOrWhy(io, file);
  if ("why" in source) return failed(io, source.why);
  const plan = readPlanFile(source.text, file);
  if (!plan.ok) return failed(io, failureLine(plan.error));
  const ground = await groundOf(
    plan.value,
    { given: terrain, dataFolder: isWithoutPacks ? undefined : dataFolder },
    io,
  );
  if (!ground) return EXIT_FAILED;
  const checked = await checkAndEstimate(plan.value, { aircraftFile, wind, ...ground }, io);
  if (!checked.ok) return failed(io, checked.error);
  printChecked({ file, json, items: missionItemsOf(plan.value).length, ...checked.value }, io);
  return checked.value.findings.some(isDanger) ? EXIT_FAILED : EXIT_DONE;
}

type Printed = CheckedPlan & { readonly file: string; readonly json: boolean; readonly items: number };

function printChecked({ file, json, items, findings, flight }: Printed, io: CommandIo): void {
  const isOk = !findings.some(isDanger);
  if (json) {
    io.stdout(JSON.stringify({ plan: file, ok: isOk, items, flight, findings: findings.map(findingForJson) }));
    return;
  }
  for (const finding of findings) io.stdout(`${finding.severity}: ${findingLine(finding)}`);
  if (flight) io.stdout(flightLine(flight));
  io.stdout(`${file}: ${items} items, ${isOk ? "nothing dangerous found" : "do not fly this"}`);
}

/** Heights of the plan's places and the coast; undefined when a given file cannot be used. Heights of packs are named. */
async function groundOf(
  plan: Plan,
  wanted: { readonly given: readonly string[]; readonly dataFolder: string | undefined },
  io: CommandIo,
) {
  const heights = await commandHeights("vigie check", { ...wanted, places: placesOf(plan) }, io);
  if (!heights) return undefined;
  for (const { name } of heights.model?.sources ?? []) {
    const pack = heights.packOf(name);
    if (pack !== undefined) io.stderr(`vigie check: heights of ${name} (pack ${pack})`);
  }
  const { coast } = await commandGround(io, wanted.dataFolder);
  return { terrain: heights.model, coast };
}

/** Where the plan leads. */
const placesOf = (plan: Plan): readonly Position[] =>
  missionItemsOf(plan).flatMap((item) => (item.position ? [item.position] : []));

function failed(io: CommandIo, why: string): number {
  io.stderr(`vigie check: ${why}`);
  return EXIT_FAILED;
}

type CheckOptions = {
  readonly file: string;
  readonly json: boolean;
  readonly aircraftFile: string | undefined;
  readonly wind: Wind;
  readonly terrain: readonly string[];
  readonly isWithoutPacks: boolean;
};

function checkOptions(argv: readonly string[]): Result<CheckOptions, string> {
  const parsed = readArguments(argv, {
    aircraft: text,
    wind: { ...text, default: "0,0" },
    airspace: text,
    terrain: { ...text, multiple: true },
    json: { type: "boolean", default: false },
    "no-packs": { type: "boolean", default: false },
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [file] = positionals;
  if (file === undefined || positionals.length !== 1) return err("one FILE.plan is needed");
  if (values.airspace !== undefined) return err("--airspace comes with a later release");
  const wind = numberList(values.wind, WIND.ranges);
  if (!wind) return err(WIND.usage);
  const [fromDeg = 0, speedMps = 0] = wind;
  return ok({
    file,
    json: values.json,
    aircraftFile: values.aircraft,
    wind: { fromDeg, speedMps },
    terrain: values.terrain ?? [],
    isWithoutPacks: values["no-packs"],
  });
}
