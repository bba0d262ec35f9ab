/** Checks the height of the whole way over the ground that terrain files know, and over the sea. */
import { RAD_PER_DEG } from "../../geo/angles.js";
import type { Coast } from "../../geo/coast.js";
import type { Position } from "../../geo/position.js";
import type { TerrainModel } from "../../geo/terrain/terrainModel.js";
import {
  groundBelow,
  type GroundBelow,
  type KnownGround,
  type LevelledWay,
  levelledWays,
} from "../heightsOverGround.js";
import { LEGAL_HEIGHT_M } from "../limits.js";
import type { Plan, PlannedHome } from "../plan.js";
import { finding, seqOf, type PlanFinding } from "./finding.js";

/** Trees, houses and masts that a file of bare ground lacks; lower than this over the ground is for somebody to look at. */
const NEAR_GROUND_M = 20;
/** Further away than any file's error and the height above. */
const FAR_FROM_GROUND_M = 60;
/** One side of a normal error: with this many sigmas of clearance, one flight in twenty would touch. */
const ONE_SIDED_95 = 1.645;
/** A plan's home is wrong by more than this and by more than the file's error: heights above it are then not what was meant. */
const HOME_DIFFERS_M = 10;
const STEP_LEAST_M = 5;
const STEP_MOST_M = 50;
/** Bounds the time for a plan of thousands of kilometres. */
const SAMPLES_MAX = 200_000;

/** What is known of the surface: the coast's line, and heights from files that the operator named. */
export type KnownTerrain = { readonly coast: Coast | undefined; readonly terrain: TerrainModel | undefined };

export type TerrainFindings = {
  readonly findings: readonly PlanFinding[];
  /** The ground is known and judged along the whole way: heights above it count, and not those above home. */
  readonly isWholeWayKnown: boolean;
};

type Sample = {
  readonly position: Position;
  readonly heightAmslM: number;
  readonly seq: number;
  /** The highest that may lie here, were the file as far off to the side as it may be. */
  readonly groundAmslM: number;
  readonly clearanceM: number;
  /** 95 % of the ground's error of height, on one side. That of home's ground is not added: within a few kilometres a file errs alike. */
  readonly plusMinusM: number;
};

type Flown = { readonly samples: readonly Sample[]; readonly unknownM: number };

export function terrainFindings(plan: Plan, { terrain, coast }: KnownTerrain): TerrainFindings {
  const home = plan.plannedHome;
  if (!terrain || !home) return { findings: [], isWholeWayKnown: false };
  const ground = groundBelow(terrain, coast);
  const ways = levelledWays(plan, ground);
  const { samples, unknownM } = overGround(ways, ground, terrain);
  return {
    findings: [
      ...clearanceFindings(samples),
      ...legalHeightFindings(samples, ground),
      ...homeFindings(home, ground),
      ...(unknownM > 0 ? [finding("terrain-unknown", "caution", { facts: { lengthM: unknownM } })] : []),
    ],
    isWholeWayKnown: unknownM === 0 && ways.length > 0 && ways.every(({ isStraight }) => isStraight),
  };
}

function overGround(ways: readonly LevelledWay[], ground: GroundBelow, terrain: TerrainModel): Flown {
  const wholeM = ways.reduce((sumM, { lengthM }) => sumM + lengthM, 0);
  const fineM = Math.min(STEP_MOST_M, Math.max(STEP_LEAST_M, (terrain.resolutionM ?? STEP_MOST_M) / 2));
  const stepM = Math.max(fineM, wholeM / SAMPLES_MAX);
  const samples: Sample[] = [];
  let unknownM = 0;
  for (const { from, to, lengthM, itemIndex } of ways.filter(({ isStraight }) => isStraight)) {
    const countOfSteps = Math.max(1, Math.ceil(lengthM / stepM));
    for (let i = 0; i <= countOfSteps; i++) {
      const position = between(from.position, to.position, i / countOfSteps);
      const below = ground(position);
      if (!below) {
        unknownM += i === 0 ? 0 : lengthM / countOfSteps;
        continue;
      }
      const heightAmslM = from.heightAmslM + ((to.heightAmslM - from.heightAmslM) * i) / countOfSteps;
      const reachM = ONE_SIDED_95 * below.horizontalSigmaM;
      // No ground within reach rises to where it would matter: most of a flight, and eight look-ups saved.
      const isClear = heightAmslM - below.heightAmslM - reachM * terrain.steepestRatio > FAR_FROM_GROUND_M;
      const groundAmslM = isClear ? below.heightAmslM : highestAround(position, reachM, below, ground);
      const clearanceM = heightAmslM - groundAmslM;
      const plusMinusM = ONE_SIDED_95 * below.verticalSigmaM;
      samples.push({ position, heightAmslM, seq: seqOf(itemIndex), groundAmslM, clearanceM, plusMinusM });
    }
  }
  return { samples, unknownM };
}

const ROUND = 8;

/** A file that is shifted to the side moves a cliff's edge under the way: on a cliff the slope says nothing useful. */
function highestAround(position: Position, reachM: number, below: KnownGround, ground: GroundBelow): number {
  if (reachM === 0) return below.heightAmslM;
  return circle(position, reachM, ROUND).reduce(
    (highestM, place) => Math.max(highestM, ground(place)?.heightAmslM ?? highestM),
    below.heightAmslM,
  );
}

const M_PER_DEG = 111_320;

/** Places around another, evenly apart. */
function circle({ latitudeDeg, longitudeDeg }: Position, radiusM: number, count: number): readonly Position[] {
  const eastMPerDeg = M_PER_DEG * Math.cos(latitudeDeg * RAD_PER_DEG);
  return Array.from({ length: count }, (_, i) => {
    const turnRad = (2 * Math.PI * i) / count;
    return {
      latitudeDeg: latitudeDeg + (radiusM * Math.cos(turnRad)) / M_PER_DEG,
      longitudeDeg: longitudeDeg + (radiusM * Math.sin(turnRad)) / eastMPerDeg,
    };
  });
}

/** A way is short enough for this: a degree of longitude changes by less than 0.01 % along it. */
const between = (a: Position, b: Position, fraction: number): Position => ({
  latitudeDeg: a.latitudeDeg + (b.latitudeDeg - a.latitudeDeg) * fraction,
  longitudeDeg: a.longitudeDeg + (b.longitudeDeg - a.longitudeDeg) * fraction,
});

/** The worst place of the whole flight: where it may touch the ground, else where it comes nearest to it. */
function clearanceFindings(samples: readonly Sample[]): readonly PlanFinding[] {
  const touching = leastBy(samples, ({ clearanceM, plusMinusM }) => clearanceM - plusMinusM);
  if (touching && touching.clearanceM < touching.plusMinusM) {
    return [finding("into-terrain", "danger", clearanceOf(touching))];
  }
  const nearest = leastBy(samples, ({ clearanceM }) => clearanceM);
  if (!nearest || nearest.clearanceM >= NEAR_GROUND_M) return [];
  const { seq, facts } = clearanceOf(nearest);
  return [finding("near-terrain", "caution", { seq, facts: { ...facts, limitM: NEAR_GROUND_M } })];
}

const clearanceOf = ({ seq, position, clearanceM, plusMinusM, groundAmslM }: Sample) => ({
  seq,
  facts: { clearanceM, plusMinusM, groundAmslM, ...position },
});

function leastBy(samples: readonly Sample[], valueOf: (sample: Sample) => number): Sample | undefined {
  let least: Sample | undefined;
  let leastM = Number.POSITIVE_INFINITY;
  for (const sample of samples) {
    const valueM = valueOf(sample);
    if (valueM < leastM) [least, leastM] = [sample, valueM];
  }
  return least;
}

/** The law counts from the closest point of the surface, not from the one straight below: beside a cliff that is its edge. */
function legalHeightFindings(samples: readonly Sample[], ground: GroundBelow): readonly PlanFinding[] {
  let highest: { readonly sample: Sample; readonly distanceM: number } | undefined;
  for (const sample of samples) {
    if (sample.clearanceM <= Math.max(LEGAL_HEIGHT_M, highest?.distanceM ?? 0)) continue;
    const distanceM = distanceToGroundM(sample, ground);
    if (distanceM > Math.max(LEGAL_HEIGHT_M, highest?.distanceM ?? 0)) highest = { sample, distanceM };
  }
  if (!highest) return [];
  const { sample, distanceM } = highest;
  const severity = distanceM - sample.plusMinusM > LEGAL_HEIGHT_M ? "danger" : "caution";
  const facts = { heightAboveGroundM: distanceM, limitM: LEGAL_HEIGHT_M };
  return [finding("too-high-above-ground", severity, { seq: sample.seq, facts })];
}

const RINGS_M = [15, 30, 45, 60, 75, 90, 105, 120];
const DIRECTIONS = 16;

function distanceToGroundM({ position, heightAmslM, clearanceM }: Sample, ground: GroundBelow): number {
  let nearestM = clearanceM;
  for (const ringM of RINGS_M) {
    for (const place of circle(position, ringM, DIRECTIONS)) {
      const beside = ground(place);
      if (beside) nearestM = Math.min(nearestM, Math.hypot(ringM, Math.max(0, heightAmslM - beside.heightAmslM)));
    }
  }
  return nearestM;
}

function homeFindings(home: PlannedHome, ground: GroundBelow): readonly PlanFinding[] {
  const known = ground(home.position);
  if (!known) return [];
  const differenceM = Math.abs(known.heightAmslM - home.altitudeAmslM);
  if (differenceM <= HOME_DIFFERS_M + ONE_SIDED_95 * known.verticalSigmaM) return [];
  const facts = { plannedAmslM: home.altitudeAmslM, groundAmslM: known.heightAmslM };
  return [finding("home-height-differs", "caution", { facts })];
}
