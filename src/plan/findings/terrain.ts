/** Checks the height of the whole way over the ground that terrain files know, and over the sea. */
import type { FlightEstimate } from "../energy.js";
import type { Coast } from "../../geo/coast.js";
import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import { groundBelow, type GroundBelow, levelledWays } from "../heightsOverGround.js";
import { LEGAL_HEIGHT_M } from "../limits.js";
import { distanceToGroundM, type GroundSample, ONE_SIDED_95, samplesOf } from "../overGround.js";
import type { Plan, PlannedHome } from "../plan.js";
import { type LowMark, type PlanProfile, profileOf } from "../profile.js";
import { finding, seqOf, type PlanFinding } from "./finding.js";

/** Trees, houses and masts that a file of bare ground lacks; lower than this over the ground is for somebody to look at. */
const NEAR_GROUND_M = 20;
/** A plan's home is wrong by more than this and by more than the file's error: heights above it are then not what was meant. */
const HOME_DIFFERS_M = 10;

/** What is known of the surface: the coast's line, and heights from files that the operator named. */
export type KnownTerrain = { readonly coast: Coast | undefined; readonly terrain: TerrainModel | undefined };

export type TerrainFindings = {
  readonly findings: readonly PlanFinding[];
  /** The ground is known and judged along the whole way: heights above it count, and not those above home. */
  readonly isWholeWayKnown: boolean;
  /** Time and energy over that ground; only where somebody asked for it with an aircraft and a wind. */
  readonly flight?: FlightEstimate;
  /** Only where somebody asked for it. */
  readonly profile?: PlanProfile;
};

/**
 * From the plan's home, and from that of the aircraft where it is known: heights above home count from where it really stands.
 * Of each kind the first is kept.
 */
export function terrainFindings(plan: Plan, known: KnownTerrain, actualHome?: PlannedHome): TerrainFindings {
  const planned = findingsFrom(plan, known);
  if (!actualHome || actualHome === plan.plannedHome) return planned;
  const actual = findingsFrom({ ...plan, plannedHome: actualHome }, known);
  const isNew = (one: PlanFinding): boolean =>
    !actual.findings.some(({ kind, severity }) => kind === one.kind && severity === one.severity);
  return {
    findings: [...actual.findings, ...planned.findings.filter(isNew)],
    isWholeWayKnown: planned.isWholeWayKnown && actual.isWholeWayKnown,
  };
}

/** The same ways over the same ground as the findings judge. Undefined without a home or files of heights. */
export function profileOverGround(plan: Plan, known: KnownTerrain): PlanProfile | undefined {
  const over = waysOver(plan, known);
  return over && over.ways.length > 0 ? profileOf(over.ways, over.surroundings, lowMarkOf) : undefined;
}

function waysOver(plan: Plan, { terrain, coast }: KnownTerrain) {
  const home = plan.plannedHome;
  if (!terrain || !home) return undefined;
  const ground = groundBelow(terrain, coast);
  const { resolutionM, steepestRatio } = terrain;
  const homeGround = ground(home.position);
  const surroundings = { ground, homeGround, resolutionM, steepestRatio, clearM: NEAR_GROUND_M };
  return { home, ground, ways: levelledWays(plan, ground), surroundings };
}

/** Beside home and the landing place an aircraft is near the ground because it takes off and lands. */
function lowMarkOf({ isAtField, clearanceM, plusMinusM }: GroundSample): LowMark | undefined {
  if (isAtField) return undefined;
  if (clearanceM < plusMinusM) return clearanceM < 0 ? "below-ground" : "into-terrain";
  return clearanceM < NEAR_GROUND_M ? "near-terrain" : undefined;
}

function findingsFrom(plan: Plan, known: KnownTerrain): TerrainFindings {
  const over = waysOver(plan, known);
  if (!over) return { findings: [], isWholeWayKnown: false };
  const { home, ground, ways, surroundings } = over;
  const { samples, unknownM } = samplesOf(ways, surroundings);
  return {
    findings: [
      ...clearanceFindings(samples.filter(({ isAtField }) => !isAtField)),
      ...legalHeightFindings(samples, ground),
      ...homeFindings(home, ground),
      ...(unknownM > 0 ? [finding("terrain-unknown", "caution", { facts: { lengthM: unknownM } })] : []),
    ],
    isWholeWayKnown: unknownM === 0 && ways.length > 0 && ways.every(({ isStraight }) => isStraight),
  };
}

/** The worst place of the whole flight: where it leads into the ground, may touch it, or else comes nearest to it. */
function clearanceFindings(samples: readonly GroundSample[]): readonly PlanFinding[] {
  const worst = leastBy(samples, ({ clearanceM, plusMinusM }) => clearanceM - plusMinusM);
  const mark = worst && lowMarkOf(worst);
  if (worst && mark && mark !== "near-terrain") {
    const { clearanceM, itemIndex, plusMinusM, position, groundAmslM } = worst;
    const [seq, place] = [seqOf(itemIndex), { groundAmslM, ...position }];
    if (mark === "below-ground")
      return [finding("below-ground", "danger", { seq, facts: { depthM: -clearanceM, ...place } })];
    return [finding("into-terrain", "danger", { seq, facts: { clearanceM, plusMinusM, ...place } })];
  }
  const nearest = leastBy(samples, ({ clearanceM }) => clearanceM);
  if (!nearest || lowMarkOf(nearest) === undefined) return [];
  const { clearanceM, itemIndex, position, groundAmslM } = nearest;
  const facts = { clearanceM, limitM: NEAR_GROUND_M, groundAmslM, ...position };
  return [finding("near-terrain", "caution", { seq: seqOf(itemIndex), facts })];
}

function leastBy(samples: readonly GroundSample[], valueOf: (sample: GroundSample) => number) {
  let least: GroundSample | undefined;
  let leastM = Number.POSITIVE_INFINITY;
  for (const sample of samples) {
    const valueM = valueOf(sample);
    if (valueM < leastM) [least, leastM] = [sample, valueM];
  }
  return least;
}

/**
 * The law counts from the closest point of the surface, not from the one straight below: beside a cliff that is its edge. A way to a
 * landing is left out: an aeroplane descends along it.
 */
function legalHeightFindings(samples: readonly GroundSample[], ground: GroundBelow): readonly PlanFinding[] {
  let worst: { readonly sample: GroundSample; readonly distanceM: number } | undefined;
  /** The worst place's height less its error. */
  let surelyM = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    const { clearanceM, plusMinusM, isToLanding } = sample;
    const isWorse = (heightM: number): boolean => heightM > LEGAL_HEIGHT_M && heightM - plusMinusM > surelyM;
    if (isToLanding || !isWorse(clearanceM)) continue;
    const distanceM = distanceToGroundM(sample, ground, LEGAL_HEIGHT_M);
    if (!isWorse(distanceM)) continue;
    worst = { sample, distanceM };
    surelyM = distanceM - plusMinusM;
  }
  if (!worst) return [];
  const { sample, distanceM } = worst;
  const facts = { heightAboveGroundM: distanceM, limitM: LEGAL_HEIGHT_M };
  const severity = surelyM > LEGAL_HEIGHT_M ? "danger" : "caution";
  return [finding("too-high-above-ground", severity, { seq: seqOf(sample.itemIndex), facts })];
}

function homeFindings(home: PlannedHome, ground: GroundBelow): readonly PlanFinding[] {
  const known = ground(home.position);
  if (!known) return [];
  const differenceM = Math.abs(known.heightAmslM - home.altitudeAmslM);
  if (differenceM <= HOME_DIFFERS_M + ONE_SIDED_95 * known.verticalSigmaM) return [];
  const facts = { plannedAmslM: home.altitudeAmslM, groundAmslM: known.heightAmslM };
  return [finding("home-height-differs", "caution", { facts })];
}
