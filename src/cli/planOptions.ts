import { err, ok, type Result } from "../core/result.js";
import type { Wind } from "../plan/aircraft.js";
import type { AnyPattern, SortieOverride } from "../plan/patterns/pattern.js";
import { PATTERN_IDS, patternNamed } from "../plan/patterns/registry.js";
import type { PlannedHome } from "../plan/plan.js";
import type { SeenObject } from "../plan/sweepWidth.js";
import { readArguments } from "./arguments.js";
import { numberList, WIND, type NumberOption } from "./numberList.js";

export type PlanOptions = {
  readonly files: {
    readonly area: string;
    readonly aircraft: string | undefined;
    readonly out: string;
    readonly terrain: readonly string[];
  };
  readonly search: { readonly pattern: AnyPattern; readonly see: SeenObject; readonly podWanted: number };
  readonly site: { readonly wind: Wind; readonly home: PlannedHome | undefined };
  readonly override: SortieOverride;
  readonly isTraining: boolean;
  /** What goes to stdout. `asList`: "--vehicles" was given, and the plan is in a list. */
  readonly report: { readonly json: boolean; readonly asList: boolean };
};

const LATER_PATTERNS = ["creeping", "square", "sector", "trackline", "shoreline", "perimeter"];
const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

/** The words after `vigie plan`, or what is wrong with them. */
export function planOptions(argv: readonly string[]): Result<PlanOptions, string> {
  const parsed = readArguments(argv.flatMap(joinNegative), {
    pattern: text,
    see: { ...text, default: "person" },
    pod: { ...text, default: "0.9" },
    aircraft: text,
    wind: { ...text, default: "0,0" },
    vehicles: text,
    out: text,
    home: text,
    height: text,
    spacing: text,
    // In brackets because the names of quantities must have a unit: these two are names of options.
    ["heading"]: text,
    ["speed"]: text,
    terrain: { ...text, multiple: true, default: [] },
    training: flag,
    json: flag,
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [area] = positionals;
  if (area === undefined || positionals.length !== 1) return err("one AREA.geojson is needed");
  if (values.out === undefined) return err("--out FILE.plan is needed");
  const pattern = patternFrom(values.pattern);
  if (!pattern.ok) return pattern;
  if (values.vehicles !== undefined && values.vehicles !== "1") {
    return err(
      /^[1-9]\d*$/.test(values.vehicles)
        ? "plans for several vehicles come with a later release"
        : "--vehicles is a number from 1",
    );
  }
  const { see } = values;
  if (see !== "person" && see !== "boat") return err("--see is person or boat");
  const numbers = numericOptions(values);
  if (!numbers.ok) return numbers;
  const { podWanted, site, override } = numbers.value;
  return ok({
    files: { area, aircraft: values.aircraft, out: values.out, terrain: values.terrain },
    search: { pattern: pattern.value, see, podWanted },
    site,
    override,
    isTraining: values.training,
    report: { json: values.json, asList: values.vehicles !== undefined },
  });
}

/** `--home -1.5,2,3`: parseArgs takes a value with a minus for another option unless it is joined by "=". */
function joinNegative(value: string, i: number, all: readonly string[]): readonly string[] {
  const isTaken = (at: number): boolean => /^--[a-z]+$/.test(all[at - 1] ?? "") && /^-[\d.]/.test(all[at] ?? "");
  if (isTaken(i)) return [];
  return isTaken(i + 1) ? [`${value}=${all[i + 1] ?? ""}`] : [value];
}

function patternFrom(id: string | undefined): Result<AnyPattern, string> {
  if (id === undefined) return err(`--pattern ${PATTERN_IDS.join("|")} is needed`);
  const pattern = patternNamed(id);
  if (pattern) return ok(pattern);
  return err(
    LATER_PATTERNS.includes(id)
      ? `the ${id} pattern comes with a later release; ${PATTERN_IDS.join(", ")} is there`
      : `there is no pattern "${id}"`,
  );
}

type Numeric = {
  readonly podWanted: number;
  readonly site: PlanOptions["site"];
  readonly override: SortieOverride;
};
type NumberWords = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const NUMBERS: Readonly<Record<string, NumberOption>> = {
  pod: { ranges: [[1e-9, 1 - 1e-9]], usage: "--pod is between 0 and 1, for instance 0.9" },
  wind: WIND,
  home: {
    ranges: [
      [-89, 89],
      [-180, 180],
      [-500, 9000],
    ],
    usage: "--home is LAT,LON,AMSL: degrees, degrees, metres above sea level",
  },
  height: { ranges: [[1, 1000]], usage: "--height is metres above home, from 1" },
  spacing: { ranges: [[0.5, 100_000]], usage: "--spacing is metres between legs, from 0.5" },
  ["heading"]: { ranges: [[0, 360]], usage: "--heading is the direction of the legs, true, 0 to 360" },
  ["speed"]: { ranges: [[0.5, 100]], usage: "--speed is metres a second over ground" },
};

function numericOptions(words: NumberWords): Result<Numeric, string> {
  const given = new Map<string, readonly number[]>();
  for (const [name, { ranges, usage }] of Object.entries(NUMBERS)) {
    const word = words[name];
    if (typeof word !== "string") continue;
    const numbers = numberList(word, ranges);
    if (!numbers) return err(usage);
    given.set(name, numbers);
  }
  const first = (name: string): number | undefined => given.get(name)?.[0];
  const [fromDeg = 0, speedMps = 0] = given.get("wind") ?? [];
  const home = given.get("home");
  return ok({
    podWanted: first("pod") ?? 0.9,
    site: { wind: { fromDeg, speedMps }, home: home && homeFrom(home) },
    override: overrideFrom(first),
  });
}

function overrideFrom(first: (name: string) => number | undefined): SortieOverride {
  const heightAboveHomeM = first("height");
  const trackSpacingM = first("spacing");
  const legHeadingDeg = first("heading");
  const groundSpeedMps = first("speed");
  return {
    ...(heightAboveHomeM !== undefined && { heightAboveHomeM }),
    ...(trackSpacingM !== undefined && { trackSpacingM }),
    ...(legHeadingDeg !== undefined && { legHeadingDeg }),
    ...(groundSpeedMps !== undefined && { groundSpeedMps }),
  };
}

const homeFrom = ([latitudeDeg = 0, longitudeDeg = 0, altitudeAmslM = 0]: readonly number[]): PlannedHome => ({
  position: { latitudeDeg, longitudeDeg },
  altitudeAmslM,
});
