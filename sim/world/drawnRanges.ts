import type { Rng } from "../../src/core/rng.js";

/** Minimum and maximum, both included (though a uniform draw practically never gives the maximum). */
export type Range = readonly [least: number, most: number];

/**
 * Ranges from which scenes are drawn. Chosen from the committed scenarios and from typical nights on this coast, before any drawn scene
 * was flown; not to be changed because of detection results.
 */
export const RANGES = {
  homeInlandM: [105, 135],
  homeAltitudeAmslM: [3, 8],
  windFromDeg: [0, 360],
  windMeanMps: [1, 7],
  /** Gusts above the mean wind, as a fraction of it. */
  gustRatio: [0.2, 0.45],
  horizontalM: [0.4, 0.9],
  verticalM: [0.4, 0.8],
  attitudeDeg: [0.15, 0.35],
  // Surface of the Channel from February to November; the sand by how much it has cooled below it at night.
  seaC: [8, 12],
  wetSandBelowSeaK: [1.8, 3],
  drySandBelowWetK: [1.4, 2.2],
  grassBelowDryK: [0.8, 1.5],
  roadAboveWetK: [0, 0.5],
  netdK: [0.05, 0.08],
  /** In addition to the boat at the waterline. */
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
/** A random integer, both ends as likely as the values between. */
export const wholeBetween = (rng: Rng, [least, most]: Range): number =>
  least + Math.floor(rng.uniform() * (most - least + 1));
