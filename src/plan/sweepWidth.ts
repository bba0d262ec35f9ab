import { RAD_PER_DEG } from "../geo/angles.js";
import type { AircraftCamera } from "./aircraft.js";

export type SeenObject = "person" | "boat";

/**
 * Pixels needed across an object to find it and tell it from clutter. A person seen from above is half a metre across; an
 * inflatable of the kind launched on this coast is 8 m long.
 */
export const NEEDED_PIXELS: Readonly<Record<SeenObject, { readonly sizeM: number; readonly neededPx: number }>> = {
  person: { sizeM: 0.5, neededPx: 5 },
  boat: { sizeM: 8, neededPx: 20 },
};

/**
 * Chance that an object in the swath and above its pixel limit is found in one pass. It decides every sweep width, and with
 * that every probability of detection this program shows. It is an assumption, not a measurement.
 *
 * To measure it: people and boats at surveyed places, overflown by night and by day at the planned height, and the
 * share of passes in which each became a contact, by lateral distance from the track; or, until there are such flights,
 * simulated scenes drawn by seed that were not used for tuning. On real thermal pictures of unseen flight dates the detector alone
 * finds far fewer people than this in one picture (F1 0.29); but one pass shows each of them in some hundred pictures.
 */
const FOUND_IN_SWATH = 0.9;

/** Width of the picture on flat ground along its centre row, metres. */
export function swathM(camera: AircraftCamera, heightAboveGroundM: number): number {
  const slantM = heightAboveGroundM / Math.sin(camera.depressionDeg * RAD_PER_DEG);
  return 2 * slantM * Math.tan((camera.hfovDeg / 2) * RAD_PER_DEG);
}

/** Pixels across the object at the picture's centre. */
export function pixelsOn(object: SeenObject, camera: AircraftCamera, heightAboveGroundM: number): number {
  return (NEEDED_PIXELS[object].sizeM * camera.widthPx) / swathM(camera, heightAboveGroundM);
}

/** The greatest height above ground, metres, at which the object still has its needed pixels. */
export function greatestHeightM(object: SeenObject, camera: AircraftCamera): number {
  return pixelsOn(object, camera, 1) / NEEDED_PIXELS[object].neededPx;
}

/** Sweep width W = ∫p(x)dx over the swath, metres; 0 where the object has too few pixels, since nothing can be claimed then. */
export function sweepWidthM(object: SeenObject, camera: AircraftCamera, heightAboveGroundM: number): number {
  const isSeen = pixelsOn(object, camera, heightAboveGroundM) >= NEEDED_PIXELS[object].neededPx - 1e-9;
  return isSeen ? swathM(camera, heightAboveGroundM) * FOUND_IN_SWATH : 0;
}

/**
 * Probability of detection from the coverage factor C = W/S, by Koopman's random search formula, the conservative one. Results
 * of trials lie between it and the inverse cube law.
 */
export const probabilityOfDetection = (coverageFactor: number): number => 1 - Math.exp(-Math.max(0, coverageFactor));

/** Inverse of `probabilityOfDetection`: the coverage factor for `pod` (0 ≤ x < 1). */
export const coverageFactorFor = (pod: number): number => -Math.log(1 - pod);
