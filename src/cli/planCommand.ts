import { err, ok, type Result } from "../core/result.js";
import { unwrapped, wrapLongitudeDeg } from "../geo/longitudes.js";
import { type Aircraft, readAircraft } from "../plan/aircraft.js";
import type { FlightEstimate } from "../plan/energy.js";
import { estimateOverGround } from "../plan/energyOverGround.js";
import { readAreaFile, type AreaDocument } from "../plan/formats/areaFile.js";
import { writePlanFile } from "../plan/formats/planFile.js";
import { planFromArea, type Sortie } from "../plan/makeSortie.js";
import { PATTERN_IDS } from "../plan/patterns/registry.js";
import type { Plan, PlannedHome } from "../plan/plan.js";
import { readTerrainFiles } from "../station/terrain/readTerrainFile.js";
import { terrainLine } from "../station/terrain/terrainLine.js";
import { builtInCoast } from "./builtInCoast.js";
import { missionsFile } from "./missionsFile.js";
import { nodeIo, readOrWhy, reasonOf, type CommandIo } from "./commandIo.js";
import { failureLine } from "./failureLine.js";
import { EXIT_DONE, EXIT_FAILED, EXIT_WRONG_USE } from "./output.js";
import { planOptions, type PlanOptions } from "./planOptions.js";
import { areaFailureLine, flightLine, warningLine } from "./planTexts.js";

export const planHelp = `vigie plan AREA.geojson|AREA.kml --pattern ${PATTERN_IDS.join("|")} [--see person|boat] [--pod 0.9] [--aircraft FILE]
           [--wind DEG,MPS] [--vehicles 1] --out FILE.plan [--json]
           [--home LAT,LON,AMSL] [--height M] [--spacing M] [--heading DEG] [--speed MPS] [--terrain FILE]... [--training]`;

/** Exit 0: the plan is written; 1: it could not be made or written; 2: wrong use. Only the figures go to stdout. */
export async function runPlan(argv: readonly string[], io: CommandIo = nodeIo): Promise<number> {
  const options = planOptions(argv);
  if (!options.ok) {
    io.stderr(`vigie plan: ${options.error}`);
    io.stderr(`usage: ${planHelp}`);
    return EXIT_WRONG_USE;
  }
  const made = await makePlan(options.value, io);
  if (!made.ok) {
    io.stderr(`vigie plan: ${made.error}`);
    return EXIT_FAILED;
  }
  printReport(options.value, made.value, io);
  return EXIT_DONE;
}

type Made = {
  readonly sortie: Sortie;
  /** Over the files of heights that were named; undefined without. */
  readonly flight: FlightEstimate | undefined;
  readonly warnings: readonly string[];
};

async function makePlan(options: PlanOptions, io: CommandIo): Promise<Result<Made, string>> {
  const { files, search, site } = options;
  const area = await readWith(io, files.area, readAreaFile);
  if (!area.ok) return area;
  const aircraft = await readWith(io, files.aircraft ?? missionsFile("aircraft", "quad-thermal.json"), readAircraft);
  if (!aircraft.ok) return aircraft;
  const stated = site.home ?? area.value.home;
  const sortie = planFromArea({
    name: nameOf(files.out, area.value),
    ...search,
    area: area.value.area,
    home: stated ?? middleOf(area.value),
    aircraft: aircraft.value,
    wind: site.wind,
    isTraining: options.isTraining || area.value.isTraining,
    override: options.override,
  });
  if (!sortie.ok) return err(`${files.area}: ${areaFailureLine(sortie.error)}`);
  const over = await overTerrain(sortie.value.plan, aircraft.value, options, io);
  if (!over.ok) return over;
  try {
    await io.writeText(files.out, writePlanFile(sortie.value.plan));
  } catch (cause: unknown) {
    return err(`could not write ${files.out}: ${reasonOf(cause)}`);
  }
  const noHome =
    'no home was given (--home, or "vigie:home" in the area): the middle of the area at sea level stands in for it';
  return ok({
    sortie: sortie.value,
    flight: over.value,
    warnings: [
      ...(stated ? [] : [noHome]),
      ...warningsOf(sortie.value, over.value, aircraft.value).map(warningLine),
      ...gapLine(sortie.value),
    ],
  });
}

async function overTerrain(
  plan: Plan,
  aircraft: Aircraft,
  { files, site }: PlanOptions,
  io: CommandIo,
): Promise<Result<FlightEstimate | undefined, string>> {
  if (files.terrain.length === 0) return ok(undefined);
  const { model, problems } = await readTerrainFiles(files.terrain);
  const [problem] = problems;
  if (problem) return err(terrainLine(problem.file, problem.problem));
  const known = model && { terrain: model, coast: await builtInCoast(io) };
  return ok(known && estimateOverGround(plan, known, aircraft, site.wind));
}

/** The energy that counts is that over the ground. */
function warningsOf({ warnings }: Sortie, flight: FlightEstimate | undefined, aircraft: Aircraft) {
  const { reserveFraction } = aircraft;
  if (!flight) return warnings;
  const others = warnings.filter(({ kind }) => kind !== "energy");
  const { worstReturnFraction } = flight;
  if (worstReturnFraction >= reserveFraction) return others;
  return [...others, { kind: "energy", worstReturnFraction, reserveFraction } as const];
}

const gapLine = ({ figures: { coverageFraction } }: Sortie): readonly string[] =>
  coverageFraction < 0.99 ? [`only ${(coverageFraction * 100).toFixed(0)} % of the area comes into the picture`] : [];

async function readWith<T>(
  io: CommandIo,
  file: string,
  read: (text: string, path: string) => Result<T, Parameters<typeof failureLine>[0]>,
): Promise<Result<T, string>> {
  const source = await readOrWhy(io, file);
  if ("why" in source) return err(source.why);
  const value = read(source.text, file);
  return value.ok ? value : err(failureLine(value.error));
}

const nameOf = (out: string, area: AreaDocument): string =>
  area.name ?? out.replace(/^.*[/\\]/, "").replace(/\.plan$/i, "");

function middleOf({ area }: AreaDocument): PlannedHome {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const corners = unwrapped(area);
  return {
    position: {
      latitudeDeg: mean(corners.map((corner) => corner.latitudeDeg)),
      longitudeDeg: wrapLongitudeDeg(mean(corners.map((corner) => corner.longitudeDeg))),
    },
    altitudeAmslM: 0,
  };
}

function printReport(
  { files: { out }, search: { pattern }, report }: PlanOptions,
  { sortie: { figures }, flight, warnings }: Made,
  io: CommandIo,
): void {
  const flown = flight ?? { ...figures, basis: "as-planned" as const };
  if (report.json) {
    const line = {
      out,
      pattern: pattern.id,
      items: figures.items,
      legs: figures.legs,
      distanceM: flown.distanceM,
      timeS: flown.timeS,
      energyFraction: flown.energyFraction,
      ...(flight && { basis: flight.basis }),
      trackSpacingM: figures.trackSpacingM,
      height: { datum: "home", valueM: figures.heightAboveHomeM },
      sweepWidthM: figures.sweepWidthM,
      coverageFactor: figures.coverageFactor,
      pod: figures.pod,
      coverageFraction: figures.coverageFraction,
      warnings,
    };
    io.stdout(JSON.stringify(report.asList ? [line] : line));
    return;
  }
  for (const warning of warnings) io.stderr(`warning: ${warning}`);
  io.stdout(
    `${out}: ${figures.legs} legs ${figures.trackSpacingM.toFixed(1)} m apart, ${figures.heightAboveHomeM.toFixed(0)} m above home`,
  );
  io.stdout(flightLine(flown));
  io.stdout(
    `probability of detection ${(figures.pod * 100).toFixed(0)} %, ${(figures.coverageFraction * 100).toFixed(0)} % of the area seen`,
  );
}
