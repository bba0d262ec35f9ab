/** The height of a plan's way over ground and sea, in few enough places to draw. */
import type { Position } from "../geo/position.js";
import type { LevelledWay } from "./heightsOverGround.js";
import { fineStepM, type GroundSample, positionBetween, sampleAt, type Surroundings } from "./overGround.js";

/** As the findings name what is too low. */
export type LowMark = "below-ground" | "into-terrain" | "near-terrain";

export type ProfilePlace = {
  /** Metres flown along the ways up to here, from the take-off. */
  readonly alongM: number;
  readonly position: Position;
  /** Index (from 0) of the mission item. */
  readonly itemIndex: number;
  /** Above mean sea level; undefined where it follows a ground that is not known. */
  readonly wayAmslM: number | undefined;
  /** Undefined where neither a file nor the coast knows it. */
  readonly ground: ProfileGround | undefined;
  readonly mark?: LowMark | undefined;
};

type ProfileGround = {
  /** At sea mean sea level: the tide is not in it. */
  readonly isSea: boolean;
  readonly heightAmslM: number;
  /** 95 % on one side; the upper end also has what may stand there were the file off to the side as far as it may be. */
  readonly lowestAmslM: number;
  readonly highestAmslM: number;
};

export type PlanProfile = { readonly lengthM: number; readonly places: readonly ProfilePlace[] };

export const PROFILE_PLACES_MAX = 400;

type MarkOf = (sample: GroundSample) => LowMark | undefined;

/**
 * Samples as close as the findings' own; where they are more than `PROFILE_PLACES_MAX`, of neighbours the one to worry about is kept:
 * a marked one, else one over unknown ground, else the lowest over the ground.
 */
export function profileOf(ways: readonly LevelledWay[], surroundings: Surroundings, markOf: MarkOf): PlanProfile {
  const lengthM = ways.reduce((sumM, way) => sumM + way.lengthM, 0);
  const stepM = fineStepM(lengthM, surroundings.resolutionM);
  const binM = lengthM / (PROFILE_PLACES_MAX - 1);
  const places: ProfilePlace[] = [];
  let bin = -1;
  let startM = 0;
  for (const way of ways) {
    const countOfSteps = Math.max(1, Math.ceil(way.lengthM / stepM));
    for (let i = 0; i <= countOfSteps; i++) {
      const place = placeOn(way, { fraction: i / countOfSteps, startM }, surroundings, markOf);
      const own = binM > 0 ? Math.floor(place.alongM / binM) : 0;
      const before = places.at(-1);
      if (own > bin || !before) places.push(place);
      else if (worryOf(place) < worryOf(before)) places[places.length - 1] = place;
      bin = Math.max(bin, own);
    }
    startM += way.lengthM;
  }
  return { lengthM, places };
}

type Spot = { readonly fraction: number; readonly startM: number };

function placeOn(way: LevelledWay, spot: Spot, surroundings: Surroundings, markOf: MarkOf): ProfilePlace {
  const { fraction, startM } = spot;
  const sample = sampleAt(way, fraction, surroundings);
  const isFollowing = !way.isStraight && way.to.zero === "ground";
  const straightM = way.from.heightAmslM + (way.to.heightAmslM - way.from.heightAmslM) * fraction;
  const here = {
    alongM: startM + way.lengthM * fraction,
    position: sample?.position ?? positionBetween(way.from.position, way.to.position, fraction),
    itemIndex: way.itemIndex,
    wayAmslM: isFollowing ? followingM(way, fraction, sample, surroundings) : straightM,
  };
  if (!sample) return { ...here, ground: undefined };
  const { hereAmslM, groundAmslM, plusMinusM, isSea } = sample;
  const ground: ProfileGround = {
    ...{ isSea, heightAmslM: hereAmslM },
    lowestAmslM: hereAmslM - plusMinusM,
    highestAmslM: groundAmslM + plusMinusM,
  };
  // Ways that follow the ground are not judged by the findings either.
  const mark = way.isStraight ? markOf(sample) : undefined;
  return { ...here, ground, ...(mark && { mark }) };
}

/** The height over the ground goes evenly from that of one end to that of the other. */
function followingM(
  { from, to }: LevelledWay,
  fraction: number,
  sample: GroundSample | undefined,
  { ground }: Surroundings,
): number | undefined {
  const [fromGround, toGround] = [ground(from.position), ground(to.position)];
  if (!sample || !fromGround || !toGround) return undefined;
  const aboveM = (heightM: number, groundM: number): number => heightM - groundM;
  const fromM = aboveM(from.heightAmslM, fromGround.heightAmslM);
  const toM = aboveM(to.heightAmslM, toGround.heightAmslM);
  return sample.hereAmslM + fromM + (toM - fromM) * fraction;
}

/** The less the more to worry about. */
function worryOf({ mark, ground, wayAmslM }: ProfilePlace): number {
  const clearanceM = ground && wayAmslM !== undefined ? wayAmslM - ground.highestAmslM : 0;
  if (mark) return clearanceM - 2e6;
  return ground && wayAmslM !== undefined ? clearanceM : -1e6;
}
