/** The figures of the plan strip, computed at every step of a drag: pure and fast. */
import type { Coast } from "../../src/geo/coast.js";
import type { Aircraft } from "../../src/plan/aircraft.js";
import type { AreaFailure } from "../../src/plan/areaFailure.js";
import type { FindingKind, PlanFinding } from "../../src/plan/findings/finding.js";
import { type FindingContext, isDanger, planFindings } from "../../src/plan/findings/planFindings.js";
import { type FlightEstimate, estimateFlight } from "../../src/plan/energy.js";
import type { SortieFigures, SortieWarning } from "../../src/plan/makeSortie.js";
import { type Plan, type SweepItem, type SweepSettings, missionItemsOf } from "../../src/plan/plan.js";
import type { GroundCheck } from "./groundCheck.js";
import { type SearchRequirements, homeFor, kindOf, sortieFor, sweepsOf } from "./planEditorState.js";
import { standIn } from "../../src/plan/standIn.js";

export type PlanFigures = {
  readonly countOfItems: number;
  readonly flight: FlightEstimate;
  /** False when the consumption of this kind of aircraft is unknown: then no battery is computed. */
  readonly isEnergyKnown: boolean;
  /** Figures of the selected sweep; undefined without one or while its area is not a simple polygon. */
  readonly sweep: SortieFigures | undefined;
  readonly areaFailure: AreaFailure | undefined;
  readonly warnings: readonly SortieWarning[];
  readonly findings: readonly PlanFinding[];
  readonly groundCheck: GroundCheck;
};

type FigureContext = {
  /** The station's default aircraft. */
  readonly aircraft: Aircraft;
  readonly coast: Coast | undefined;
  readonly requirements: SearchRequirements;
  /** The target vehicle, once known: the upload checks the plan against it. */
  readonly vehicle?: FindingContext["vehicle"];
  readonly groundCheck: GroundCheck;
};

function sweepFigures(plan: Plan, sweep: SweepItem | undefined, { aircraft, requirements }: FigureContext) {
  const home = homeFor(plan, undefined, sweep?.area ?? []);
  if (!sweep || !home) return undefined;
  const { height, trackSpacingM, legHeadingDeg, groundSpeedMps, turnaroundM } = sweep.settings;
  // The camera model needs height above home; over the flat coast the other datums differ from it by the home's height.
  const heightAboveHomeM = height.datum === "amsl" ? height.valueM - home.altitudeAmslM : height.valueM;
  const override = { heightAboveHomeM, trackSpacingM, legHeadingDeg, groundSpeedMps, turnaroundM };
  return sortieFor(plan, sweep.area, { aircraft, home, requirements, override });
}

/** What a plan's time and energy are reckoned with. `own`: the station's default aircraft. */
export const aircraftFor = (plan: Plan, own: Aircraft) =>
  plan.aircraft ? { aircraft: plan.aircraft, isAssumed: false } : standIn(own, kindOf(plan));

export function figuresOf(plan: Plan, sweep: SweepItem | undefined, context: FigureContext): PlanFigures {
  const { aircraft, coast, requirements, vehicle, groundCheck } = context;
  const made = sweepFigures(plan, sweep ?? sweepsOf(plan)[0], context);
  const known = aircraftFor(plan, aircraft);
  return {
    countOfItems: missionItemsOf(plan).length,
    flight: groundCheck.found?.flight ?? estimateFlight(plan, known.aircraft, requirements.wind),
    isEnergyKnown: !known.isAssumed,
    sweep: made?.ok ? made.value.figures : undefined,
    areaFailure: made && !made.ok ? made.error : undefined,
    warnings: made?.ok ? made.value.warnings : [],
    findings: planFindings(plan, {
      aircraft: undefined,
      assumed: aircraft,
      vehicle,
      home: undefined,
      wind: requirements.wind,
      // The window has no files of heights: the station has.
      ground: { coast, terrain: undefined, overGround: groundCheck.found },
    }),
    groundCheck,
  };
}

/** The settings derived from the requirements alone for this area. */
export function suggestedSettings(
  plan: Plan,
  sweep: SweepItem,
  context: Pick<FigureContext, "aircraft" | "requirements">,
): SweepSettings | undefined {
  const home = homeFor(plan, undefined, sweep.area);
  if (!home) return undefined;
  const { aircraft, requirements } = context;
  const made = sortieFor(plan, sweep.area, { aircraft, home, requirements, override: {} });
  return made.ok ? sweepsOf(made.value.plan)[0]?.settings : undefined;
}

/** Sweep warnings that a finding about the whole plan states better. */
const SAID_BY: Readonly<Partial<Record<SortieWarning["kind"], FindingKind>>> = {
  energy: "energy-reserve",
  wind: "wind-too-strong",
  "height-limited": "too-high",
};

type Problems = {
  readonly areaFailure: AreaFailure | undefined;
  readonly warnings: readonly SortieWarning[];
  readonly findings: readonly PlanFinding[];
  /** The plan has nothing to fly: neither good nor bad yet. */
  readonly isEmpty: boolean;
  /** Number of problems that need attention. */
  readonly count: number;
  readonly hasDanger: boolean;
  /** The station has not answered yet whether this plan clears the ground: no problem yet is not good yet. */
  readonly isChecking: boolean;
  /** The station has heights, and did not check this plan over all of them. */
  readonly isGroundInDoubt: boolean;
};

/** All problems, each once. An empty plan is not a problem: everybody starts with one. */
export function problemsOf({ countOfItems, areaFailure, warnings, findings, groundCheck }: PlanFigures): Problems {
  const detail = findings.filter(({ kind }) => kind !== "no-items" && !(areaFailure && kind === "area-invalid"));
  const own = warnings.filter(({ kind }) => !detail.some((finding) => finding.kind === SAID_BY[kind]));
  const serious = detail.filter(({ severity }) => severity !== "info");
  return {
    areaFailure,
    warnings: own,
    findings: detail,
    isEmpty: countOfItems === 0,
    count: serious.length + own.length + (areaFailure ? 1 : 0),
    hasDanger: areaFailure !== undefined || detail.some(isDanger),
    isChecking: groundCheck.state === "checking",
    isGroundInDoubt: groundCheck.state === "failed" || groundCheck.isPartMissing,
  };
}
