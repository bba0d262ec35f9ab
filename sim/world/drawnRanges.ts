import type { Rng } from "../../src/core/rng.js";

/** Least and most, both included (a uniform draw never quite reaches the most). */
export type Range = readonly [least: number, most: number];

/**
 * Within what a scene is drawn. Chosen from what the committed scenarios and nights on this coast are like, before any drawn
 * scene was flown; not to be moved by what a detector finds.
 */
export const RANGES = {
  homeInlandM: [105, 135],
  homeAltitudeAmslM: [3, 8],
  windFromDeg: [0, 360],
  windMeanMps: [1, 7],
  /** Gusts above the mean, as a part of it. */
  gustRatio: [0.2, 0.45],
  horizontalM: [0.4, 0.9],
  verticalM: [0.4, 0.8],
  attitudeDeg: [0.15, 0.35],
  // The Channel's surface from February to November, and the sand by how much it has cooled below it at night.
  seaC: [8, 12],
  wetSandBelowSeaK: [1.8, 3],
  drySandBelowWetK: [1.4, 2.2],
  grassBelowDryK: [0.8, 1.5],
  roadAboveWetK: [0, 0.5],
  netdK: [0.05, 0.08],
  /** Beside one that lies at the waterline. */
  countOfCarriedBoats: [0, 1],
  countOfBoatsAfloat: [1, 2],
  boatLengthM: [7, 10],
  boatWidthM: [1.8, 2.3],
  countOfGroups: [2, 3],
  peopleInGroup: [4, 7],
  countOfWaders: [0, 3],
  countOfVehicles: [1, 3],
  vehicleLengthM: [4.2, 5.4],
  countOfRocks: [5, 9],
  countOfGulls: [2, 4],
  countOfGlints: [3, 5],
} as const satisfies Readonly<Record<string, Range>>;

export const between = (rng: Rng, [least, most]: Range): number => least + rng.uniform() * (most - least);
/** A whole number, both ends as likely as those between. */
export const wholeBetween = (rng: Rng, [least, most]: Range): number =>
  least + Math.floor(rng.uniform() * (most - least + 1));
