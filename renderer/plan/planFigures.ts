/** The numbers above the plan, for every step of a drag: pure and fast. */
import type { Coast } from "../../src/geo/coast.js";
import type { Aircraft } from "../../src/plan/aircraft.js";
import type { AreaFailure } from "../../src/plan/areaFailure.js";
import { type Finding, checkPlan } from "../../src/plan/checks.js";
import { type FlightEstimate, estimateFlight } from "../../src/plan/energy.js";
import type { SortieFigures, SortieWarning } from "../../src/plan/makeSortie.js";
import { type Plan, type SweepItem, type SweepSettings, missionItemsOf } from "../../src/plan/plan.js";
import { type Wishes, homeFor, sortieFor, sweepsOf } from "./deskState.js";

export type PlanFigures = {
  readonly countOfItems: number;
  readonly flight: FlightEstimate;
  /** Of the sweep in hand; undefined without one or while its area is not a proper polygon. */
  readonly sweep: SortieFigures | undefined;
  readonly areaFailure: AreaFailure | undefined;
  readonly warnings: readonly SortieWarning[];
  readonly findings: readonly Finding[];
};

type FigureContext = { readonly aircraft: Aircraft; readonly coast: Coast | undefined; readonly wishes: Wishes };

function sweepFigures(plan: Plan, sweep: SweepItem | undefined, { aircraft, wishes }: FigureContext) {
  const home = homeFor(plan, undefined, sweep?.area ?? []);
  if (!sweep || !home) return undefined;
  const { height, trackSpacingM, legHeadingDeg, groundSpeedMps, turnaroundM } = sweep.settings;
  // Above home is what the camera model works with; over the flat coast the other datums differ by the home's height.
  const heightAboveHomeM = height.datum === "amsl" ? height.valueM - home.altitudeAmslM : height.valueM;
  const override = { heightAboveHomeM, trackSpacingM, legHeadingDeg, groundSpeedMps, turnaroundM };
  return sortieFor(plan, sweep.area, { aircraft, home, wishes, override });
}

export function figuresOf(plan: Plan, sweep: SweepItem | undefined, context: FigureContext): PlanFigures {
  const { aircraft, coast, wishes } = context;
  const made = sweepFigures(plan, sweep ?? sweepsOf(plan)[0], context);
  return {
    countOfItems: missionItemsOf(plan).length,
    flight: estimateFlight(plan, aircraft, wishes.wind),
    sweep: made?.ok ? made.value.figures : undefined,
    areaFailure: made && !made.ok ? made.error : undefined,
    warnings: made?.ok ? made.value.warnings : [],
    findings: checkPlan(plan, { aircraft, wind: wishes.wind, coast }),
  };
}

/** What the wishes alone would choose for this area. */
export function suggestedSettings(plan: Plan, sweep: SweepItem, context: FigureContext): SweepSettings | undefined {
  const home = homeFor(plan, undefined, sweep.area);
  if (!home) return undefined;
  const { aircraft, wishes } = context;
  const made = sortieFor(plan, sweep.area, { aircraft, home, wishes, override: {} });
  return made.ok ? sweepsOf(made.value.plan)[0]?.settings : undefined;
}

/** Warnings of the sweep that a finding about the whole plan says better. */
const SAID_BY: Readonly<Partial<Record<SortieWarning["kind"], Finding["id"]>>> = {
  energy: "energy-reserve",
  wind: "wind-too-strong",
  "height-limited": "too-high",
};

type Problems = {
  readonly areaFailure: AreaFailure | undefined;
  readonly warnings: readonly SortieWarning[];
  readonly findings: readonly Finding[];
  /** How many of them ask for attention. */
  readonly count: number;
  readonly hasDanger: boolean;
};

/** What is wrong, each thing once. An empty plan is no problem yet: it is where everybody starts. */
export function problemsOf({ areaFailure, warnings, findings }: PlanFigures): Problems {
  const said = findings.filter(({ id }) => id !== "no-items" && !(areaFailure && id === "area-invalid"));
  const own = warnings.filter(({ kind }) => !said.some(({ id }) => id === SAID_BY[kind]));
  const serious = said.filter(({ severity }) => severity !== "info");
  return {
    areaFailure,
    warnings: own,
    findings: said,
    count: serious.length + own.length + (areaFailure ? 1 : 0),
    hasDanger: areaFailure !== undefined || said.some(({ severity }) => severity === "danger"),
  };
}
