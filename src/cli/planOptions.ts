import { err, ok, type Result } from "../core/result.js";
import type { Wind } from "../plan/aircraft.js";
import type { SortieOverride } from "../plan/makeSortie.js";
import type { PlannedHome } from "../plan/plan.js";
import type { SeenObject } from "../plan/sweepWidth.js";
import { readArguments } from "./arguments.js";

export type PlanOptions = {
  readonly area: string;
  readonly out: string;
  readonly see: SeenObject;
  readonly podWanted: number;
  readonly aircraftFile: string | undefined;
  readonly wind: Wind;
  readonly home: PlannedHome | undefined;
  readonly override: SortieOverride;
  readonly isTraining: boolean;
  /** "--vehicles" was given: the answer is a list. */
  readonly asList: boolean;
  readonly json: boolean;
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
    heading: text,
    speed: text,
    training: flag,
    json: flag,
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [area] = positionals;
  if (area === undefined || positionals.length !== 1) return err("one AREA.geojson is needed");
  if (values.out === undefined) return err("--out FILE.plan is needed");
  const patternProblem = problemOfPattern(values.pattern);
  if (patternProblem !== undefined) return err(patternProblem);
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
  return ok({
    area,
    out: values.out,
    see,
    aircraftFile: values.aircraft,
    isTraining: values.training,
    asList: values.vehicles !== undefined,
    json: values.json,
    ...numbers.value,
  });
}

/** `--home -1.5,2,3`: parseArgs takes a value with a minus for another option unless it is joined by "=". */
function joinNegative(value: string, i: number, all: readonly string[]): readonly string[] {
  const isTaken = (at: number): boolean => /^--[a-z]+$/.test(all[at - 1] ?? "") && /^-[\d.]/.test(all[at] ?? "");
  if (isTaken(i)) return [];
  return isTaken(i + 1) ? [`${value}=${all[i + 1] ?? ""}`] : [value];
}

function problemOfPattern(pattern: string | undefined): string | undefined {
  if (pattern === "parallel") return undefined;
  if (pattern === undefined) return "--pattern parallel is needed";
  return LATER_PATTERNS.includes(pattern)
    ? `the ${pattern} pattern comes with a later release; parallel is there`
    : `there is no pattern "${pattern}"`;
}

type Numeric = Pick<PlanOptions, "podWanted" | "wind" | "home" | "override">;
type NumericWords = Partial<
  Readonly<Record<"pod" | "wind" | "home" | "height" | "spacing" | "heading" | "speed", string>>
>;

function numericOptions(words: NumericWords): Result<Numeric, string> {
  const podWanted = Number(words.pod);
  if (!(podWanted > 0 && podWanted < 1)) return err("--pod is between 0 and 1, for instance 0.9");
  const wind = list(words.wind, [
    [0, 360],
    [0, 60],
  ]);
  if (!wind) return err("--wind is DEG,MPS: where it blows from (0 to 360) and metres a second");
  const home =
    words.home === undefined
      ? undefined
      : list(words.home, [
          [-89, 89],
          [-180, 180],
          [-500, 9000],
        ]);
  if (words.home !== undefined && !home) return err("--home is LAT,LON,AMSL: degrees, degrees, metres above sea level");
  const height = list(words.height ?? "1", [[1, 1000]]);
  if (!height) return err("--height is metres above home, from 1");
  const spacing = list(words.spacing ?? "1", [[0.5, 100_000]]);
  if (!spacing) return err("--spacing is metres between legs, from 0.5");
  const legHeading = list(words.heading ?? "0", [[0, 360]]);
  if (!legHeading) return err("--heading is the direction of the legs, true, 0 to 360");
  const groundSpeed = list(words.speed ?? "1", [[0.5, 100]]);
  if (!groundSpeed) return err("--speed is metres a second over ground");
  return ok({
    podWanted,
    wind: { fromDeg: wind[0] ?? 0, speedMps: wind[1] ?? 0 },
    home: home && homeFrom(home),
    override: {
      ...(words.height !== undefined && { heightAboveHomeM: height[0] ?? 0 }),
      ...(words.spacing !== undefined && { trackSpacingM: spacing[0] ?? 0 }),
      ...(words.heading !== undefined && { legHeadingDeg: legHeading[0] ?? 0 }),
      ...(words.speed !== undefined && { groundSpeedMps: groundSpeed[0] ?? 0 }),
    },
  });
}

const homeFrom = ([latitudeDeg = 0, longitudeDeg = 0, altitudeAmslM = 0]: readonly number[]): PlannedHome => ({
  position: { latitudeDeg, longitudeDeg },
  altitudeAmslM,
});

/** Numbers with commas between, each within its range; undefined for anything else. */
function list(
  words: string | undefined,
  ranges: readonly (readonly [number, number])[],
): readonly number[] | undefined {
  const parts = (words ?? "").split(",");
  const numbers = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const isGood =
    parts.length === ranges.length &&
    ranges.every(([least, most], i) => (numbers[i] ?? NaN) >= least && (numbers[i] ?? NaN) <= most);
  return isGood ? numbers : undefined;
}
