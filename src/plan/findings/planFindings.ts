/**
 * The only place that checks a plan. The command line, the Plan workspace and the upload in the station all call it, so that
 * all three show the same dangers. Terrain is checked where files of heights are given; airspace is not.
 */
import type { Coast } from "../../geo/coast.js";
import type { Aircraft, Wind } from "../aircraft.js";
import { estimateFlight, type FlightEstimate } from "../energy.js";
import { estimateOverGround } from "../energyOverGround.js";
import { flightPath } from "../flightPath.js";
import type { Hop } from "../flightPath.js";
import { CMD } from "../missionCommands.js";
import { patternOf } from "../patterns/registry.js";
import { missionItemsOf, unflownParts } from "../plan.js";
import type { MissionItem, Plan, PlannedHome } from "../plan.js";
import { vehicleClassOf } from "../vehicleClass.js";
import { endingFindings } from "./ending.js";
import { fenceFindings } from "./fenceFindings.js";
import { finding, seqOf, type PlanFinding } from "./finding.js";
import { heightFindings } from "./heights.js";
import { type KnownTerrain, type TerrainFindings, terrainFindings } from "./terrain.js";

export type FindingContext = {
  /** The aircraft's data when the caller knows it; otherwise that stored in the plan is used, otherwise `assumed`. */
  readonly aircraft: Aircraft | undefined;
  /** The station's default aircraft, used for any aircraft of the same class (copter, plane, VTOL). */
  readonly assumed: Aircraft | undefined;
  /** The vehicle that the plan is to be uploaded to, if known; otherwise the plan's own MAV_TYPE and MAV_AUTOPILOT count. */
  readonly vehicle: { readonly mavType: number; readonly mavAutopilot: number } | undefined;
  /** Home of that vehicle: for a plan without a home, and where its heights above home count from. */
  readonly home: PlannedHome | undefined;
  readonly wind: Wind;
  readonly ground: KnownTerrain & {
    /** What a thread that has the files of heights found for this plan; absent, the plan is checked here. */
    readonly overGround?: TerrainFindings | undefined;
  };
};

export const CALM: Wind = { fromDeg: 0, speedMps: 0 };

// ArduPilot stores at most 724 items on small boards, and more take minutes to transfer over a telemetry radio.
const ITEMS_MOST = 700;
const FROM_HOME_CAUTION_M = 5_000;
const HOP_CAUTION_M = 5_000;

/** Findings, dangers first. Energy is checked for a return home from every point. */
export function planFindings(asRead: Plan, context: FindingContext): readonly PlanFinding[] {
  const plan = asRead.plannedHome ? asRead : { ...asRead, plannedHome: context.home };
  const items = missionItemsOf(plan);
  const parts = partFindings(plan);
  const training = plan.isTraining ? [finding("training", "info")] : [];
  if (items.length === 0) return [...parts, nothingToFly(plan), ...training];
  const mavType = context.vehicle?.mavType ?? plan.vehicleType;
  const mavAutopilot = context.vehicle?.mavAutopilot ?? plan.firmwareType;
  const inTheAir = (): readonly PlanFinding[] => {
    const overGround = context.ground.overGround ?? terrainFindings(plan, context.ground, context.home);
    const heights = heightFindings(items, { home: plan.plannedHome, coast: context.ground.coast, mavAutopilot });
    return [
      ...endingFindings(items, { mavType, mavAutopilot, home: plan.plannedHome }),
      ...heights.filter(({ kind }) => !(overGround.isWholeWayKnown && kind === "too-high")),
      ...overGround.findings,
      ...aircraftFindings(plan, items, { ...context, mavType }),
    ];
  };
  const findings = [
    ...parts,
    ...(plan.plannedHome ? [] : [finding("no-home", "caution")]),
    ...countFindings(items),
    ...(vehicleClassOf(mavType) === "ground" ? [finding("not-an-aircraft", "caution")] : inTheAir()),
    ...fenceFindings(plan, { mavType, mavAutopilot }),
    ...distanceFindings(plan),
    ...surfaceFindings(items, context.ground.coast),
    ...training,
  ];
  const rank = { danger: 0, caution: 1, info: 2 };
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

export const isDanger = ({ severity }: PlanFinding): boolean => severity === "danger";

/** Findings for parts that produce no mission items; for an area that cannot be swept, the reason. */
function partFindings(plan: Plan): readonly PlanFinding[] {
  const sweeps = plan.items.flatMap((item) => {
    if (item.kind !== "sweep") return [];
    const sweep = patternOf(item).generate(item.area, item.settings);
    return sweep.ok
      ? []
      : [finding("area-invalid", "danger", { facts: { itemId: item.id, because: sweep.error.kind } })];
  });
  const reported = new Set(sweeps.map(({ facts }) => facts["itemId"]));
  const unflown = unflownParts(plan)
    .filter(({ itemId }) => !reported.has(itemId))
    .map(({ itemId, type, seq }) => finding("not-flyable-item", "danger", { seq, facts: { itemId, type } }));
  return [...unflown, ...sweeps];
}

/** A plan may hold only a fence or rally points; a plan that should fly and has no items is a danger. */
function nothingToFly({ items, fenceJson, rallyJson, clears }: Plan): PlanFinding {
  const isOfPlaces = items.length === 0 && (fenceJson ?? rallyJson ?? clears) !== undefined;
  return finding("no-items", isOfPlaces ? "info" : "danger");
}

const countFindings = ({ length }: readonly MissionItem[]): readonly PlanFinding[] =>
  length > ITEMS_MOST ? [finding("too-many-items", "danger", { facts: { items: length, limit: ITEMS_MOST } })] : [];

function distanceFindings(plan: Plan): readonly PlanFinding[] {
  const hops = flightPath(plan);
  const farthest = greatest(hops, ({ to }) => Math.hypot(to.eastM, to.northM));
  const longest = greatest(hops, lengthM);
  const findings: PlanFinding[] = [];
  if (farthest && farthest.valueM > FROM_HOME_CAUTION_M) {
    const facts = { distanceM: farthest.valueM, limitM: FROM_HOME_CAUTION_M };
    findings.push(finding("far-from-home", "caution", { seq: seqOf(farthest.hop.itemIndex), facts }));
  }
  if (longest && longest.valueM > HOP_CAUTION_M) {
    const facts = { lengthM: longest.valueM };
    findings.push(finding("long-hop", "caution", { seq: seqOf(longest.hop.itemIndex), facts }));
  }
  return findings;
}

const lengthM = ({ from, to }: Hop): number => Math.hypot(to.eastM - from.eastM, to.northM - from.northM);

function greatest(hops: readonly Hop[], valueOf: (hop: Hop) => number) {
  let most: { readonly hop: Hop; readonly valueM: number } | undefined;
  for (const hop of hops) {
    const valueM = valueOf(hop);
    if (!most || valueM > most.valueM) most = { hop, valueM };
  }
  return most;
}

type AircraftContext = FindingContext & { readonly mavType: number };

/** The aircraft data to calculate with. The station's default is only an assumption for another aircraft of the class. */
function figuresFor(plan: Plan, { aircraft, assumed, mavType }: AircraftContext) {
  const isSameClass = ({ vehicleType }: Aircraft): boolean => vehicleClassOf(vehicleType) === vehicleClassOf(mavType);
  // Data stored in the plan for one class says nothing about another: a copter's range is not that of a fixed wing.
  const known = aircraft ?? (plan.aircraft && isSameClass(plan.aircraft) ? plan.aircraft : undefined);
  if (known) return { aircraft: known, isAssumed: false };
  return assumed && isSameClass(assumed) ? { aircraft: assumed, isAssumed: true } : undefined;
}

function aircraftFindings(plan: Plan, items: readonly MissionItem[], context: AircraftContext): readonly PlanFinding[] {
  const figures = figuresFor(plan, context);
  if (!figures) return [finding("energy-unknown", "caution")];
  const { aircraft, isAssumed } = figures;
  const { wind } = context;
  const findings: PlanFinding[] = [];
  const fastest = items.reduce(
    (best, item, i) => {
      const speedMps = item.command === CMD.changeSpeed ? (item.params[1] ?? 0) : 0;
      return speedMps > best.speedMps ? { speedMps, index: i } : best;
    },
    { speedMps: 0, index: -1 },
  );
  if (fastest.speedMps > aircraft.maxAirSpeedMps) {
    const facts = { speedMps: fastest.speedMps, limitMps: aircraft.maxAirSpeedMps };
    findings.push(finding("speed-too-high", isAssumed ? "caution" : "danger", { seq: seqOf(fastest.index), facts }));
  }
  const flight = flightOf(plan, aircraft, context);
  return [...findings, ...energyFindings(flight, aircraft, { wind, isAssumed })];
}

/** Over the ground where it is known, to whoever looked at it last; else over ground as high as home. */
function flightOf(plan: Plan, aircraft: Aircraft, { wind, ground }: FindingContext): FlightEstimate {
  const { terrain, coast, overGround } = ground;
  const found = overGround?.flight ?? (terrain && estimateOverGround(plan, { terrain, coast }, aircraft, wind));
  return found ?? estimateFlight(plan, aircraft, wind);
}

/** What the energy findings of this plan count with; undefined where no data of such an aircraft is known, or without a home. */
export function flightEstimate(asRead: Plan, context: FindingContext): FlightEstimate | undefined {
  const plan = asRead.plannedHome ? asRead : { ...asRead, plannedHome: context.home };
  const figures = figuresFor(plan, { ...context, mavType: context.vehicle?.mavType ?? plan.vehicleType });
  return figures && plan.plannedHome ? flightOf(plan, figures.aircraft, context) : undefined;
}

type EnergyContext = { readonly wind: Wind; readonly isAssumed: boolean };

function energyFindings(
  flight: FlightEstimate,
  aircraft: Aircraft,
  { wind, isAssumed }: EnergyContext,
): readonly PlanFinding[] {
  const findings: PlanFinding[] = [];
  if (wind.speedMps > aircraft.maxWindMps || !flight.isFlyable) {
    const facts = { windMps: wind.speedMps, limitMps: aircraft.maxWindMps };
    findings.push(finding("wind-too-strong", "danger", { facts }));
  }
  const leftFraction = flight.worstReturnFraction;
  if (flight.isFlyable && leftFraction < aircraft.reserveFraction) {
    // With assumed data a breached reserve is uncertain (caution), an empty battery is a danger all the same.
    const severity = isAssumed && leftFraction >= 0 ? "caution" : "danger";
    const facts = { leftFraction, reserveFraction: aircraft.reserveFraction, aircraft: aircraft.name };
    findings.push(finding("energy-reserve", severity, { facts }));
  }
  return findings;
}

function surfaceFindings(items: readonly MissionItem[], coast: Coast | undefined): readonly PlanFinding[] {
  const places = items.flatMap((item) => item.position ?? []);
  if (!coast || places.length === 0) return [];
  const count = { land: 0, sea: 0, unknown: 0 };
  for (const place of places) count[coast.landOrSea(place).surface]++;
  const facts = { onLand: count.land, atSea: count.sea, unknown: count.unknown };
  return [finding("land-and-sea", "info", { facts })];
}
