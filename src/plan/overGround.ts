/** Samples of a plan's ways: how far above the ground each is, and how sure that is. */
import { RAD_PER_DEG } from "../geo/angles.js";
import { wrapLongitudeDeg } from "../geo/longitudes.js";
import type { Position } from "../geo/position.js";
import type { GroundBelow, KnownGround, LevelledWay } from "./heightsOverGround.js";

/** One side of a normal error: with this many sigmas of clearance, one flight in twenty would touch. */
export const ONE_SIDED_95 = 1.645;
const STEP_LEAST_M = 10;
const STEP_MOST_M = 50;
/** Bounds the time for a plan of thousands of kilometres. */
const SAMPLES_MAX = 100_000;
/** Around home and a landing place an aircraft is near the ground because it takes off and lands. */
const FIELD_M = 50;
/**
 * A file errs alike at places that are near each other: of a height above home only the difference counts. SRTM's relative
 * error is about a third of its absolute one on level ground (Rodriguez et al. 2006, table 2); all of it counts from 2 km on.
 */
const RELATIVE_LEAST = 0.3;
const ALIKE_WITHIN_M = 2000;

export type GroundSample = {
  readonly position: Position;
  readonly heightAmslM: number;
  /** Index (from 0) of the mission item. */
  readonly itemIndex: number;
  /** The highest that may lie here, were the file as far off to the side as it may be. */
  readonly groundAmslM: number;
  /** Of the file, straight below; at sea mean sea level. */
  readonly hereAmslM: number;
  readonly isSea: boolean;
  readonly clearanceM: number;
  /** 95 % of the error of the clearance, on one side. */
  readonly plusMinusM: number;
  /** Beside home or a landing place. */
  readonly isAtField: boolean;
  readonly isToLanding: boolean;
};

export type Surroundings = {
  readonly ground: GroundBelow;
  /** Undefined where it is not known: heights above home then count from what the plan says. */
  readonly homeGround: KnownGround | undefined;
  readonly resolutionM: number | undefined;
  readonly steepestRatio: number;
  /** A clearance above this needs no closer look. */
  readonly clearM: number;
};

/** `unknownM`: length of the ways over ground that nothing knows. */
export function samplesOf(
  ways: readonly LevelledWay[],
  surroundings: Surroundings,
): { readonly samples: readonly GroundSample[]; readonly unknownM: number } {
  const straight = ways.filter(({ isStraight }) => isStraight);
  const wholeM = straight.reduce((sumM, { lengthM }) => sumM + lengthM, 0);
  const stepM = fineStepM(wholeM, surroundings.resolutionM);
  const samples: GroundSample[] = [];
  let unknownM = 0;
  for (const way of straight) {
    const countOfSteps = Math.max(1, Math.ceil(way.lengthM / stepM));
    for (let i = 0; i <= countOfSteps; i++) {
      const sample = sampleAt(way, i / countOfSteps, surroundings);
      if (sample) samples.push(sample);
      else if (i > 0) unknownM += way.lengthM / countOfSteps;
    }
  }
  return { samples, unknownM };
}

/** Metres between samples of ways that are `wholeM` long together: half the file's grid, so that nothing of it is stepped over. */
export function fineStepM(wholeM: number, resolutionM: number | undefined): number {
  const fineM = Math.min(STEP_MOST_M, Math.max(STEP_LEAST_M, (resolutionM ?? STEP_MOST_M) / 2));
  return Math.max(fineM, wholeM / SAMPLES_MAX);
}

/** `fraction` of the way, 0 to 1. Undefined where the ground is not known. */
export function sampleAt(way: LevelledWay, fraction: number, surroundings: Surroundings): GroundSample | undefined {
  const { from, to } = way;
  const { ground, steepestRatio, clearM } = surroundings;
  const position = positionBetween(from.position, to.position, fraction);
  const below = ground(position);
  if (!below) return undefined;
  const mix = (a: number, b: number): number => a + (b - a) * fraction;
  const heightAmslM = mix(from.heightAmslM, to.heightAmslM);
  const fromHomeM = Math.hypot(
    mix(from.fromHome.eastM, to.fromHome.eastM),
    mix(from.fromHome.northM, to.fromHome.northM),
  );
  const isFromHome = from.zero === "home" && to.zero === "home";
  const plusMinusM = ONE_SIDED_95 * sigmaM(below, isFromHome ? surroundings.homeGround : undefined, fromHomeM);
  const reachM = ONE_SIDED_95 * below.horizontalSigmaM;
  // No ground within reach rises to where it would matter: most of a flight, and eight look-ups saved.
  const isClear = heightAmslM - below.heightAmslM - reachM * steepestRatio > clearM + plusMinusM;
  const groundAmslM = isClear ? below.heightAmslM : highestAround(position, reachM, below, ground);
  const isAtLanding = way.isToLanding && way.lengthM * (1 - fraction) < FIELD_M;
  return {
    ...{ position, heightAmslM, itemIndex: way.itemIndex, groundAmslM, plusMinusM },
    ...{ hereAmslM: below.heightAmslM, isSea: below.source === undefined },
    clearanceM: heightAmslM - groundAmslM,
    isAtField: isAtLanding || (isFromHome && fromHomeM < FIELD_M),
    isToLanding: way.isToLanding,
  };
}

function sigmaM(below: KnownGround, home: KnownGround | undefined, fromHomeM: number): number {
  if (!home) return below.verticalSigmaM;
  if (home.source !== below.source) return Math.hypot(below.verticalSigmaM, home.verticalSigmaM);
  return below.verticalSigmaM * Math.min(1, Math.max(RELATIVE_LEAST, fromHomeM / ALIKE_WITHIN_M));
}

/** A way is short enough for this: a degree of longitude changes by less than 0.01 % along it. */
export function positionBetween(a: Position, b: Position, fraction: number): Position {
  const eastDeg = wrapLongitudeDeg(b.longitudeDeg - a.longitudeDeg);
  return {
    latitudeDeg: a.latitudeDeg + (b.latitudeDeg - a.latitudeDeg) * fraction,
    longitudeDeg: wrapLongitudeDeg(a.longitudeDeg + eastDeg * fraction),
  };
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
const RINGS_M = [15, 30, 45, 60, 75, 90, 105, 120];
const DIRECTIONS = 16;

/** Metres to the nearest ground in any direction; once it is found to be within `enoughM`, no nearer one is looked for. */
export function distanceToGroundM(sample: GroundSample, ground: GroundBelow, enoughM: number): number {
  let nearestM = sample.clearanceM;
  for (const ringM of RINGS_M) {
    for (const place of circle(sample.position, ringM, DIRECTIONS)) {
      const beside = ground(place);
      if (!beside) continue;
      nearestM = Math.min(nearestM, Math.hypot(ringM, Math.max(0, sample.heightAmslM - beside.heightAmslM)));
      if (nearestM <= enoughM) return nearestM;
    }
  }
  return nearestM;
}

/** Places around another, evenly apart. */
function circle({ latitudeDeg, longitudeDeg }: Position, radiusM: number, count: number): readonly Position[] {
  const eastMPerDeg = M_PER_DEG * Math.cos(latitudeDeg * RAD_PER_DEG);
  return Array.from({ length: count }, (_, i) => {
    const turnRad = (2 * Math.PI * i) / count;
    return {
      latitudeDeg: latitudeDeg + (radiusM * Math.cos(turnRad)) / M_PER_DEG,
      longitudeDeg: wrapLongitudeDeg(longitudeDeg + (radiusM * Math.sin(turnRad)) / eastMPerDeg),
    };
  });
}
