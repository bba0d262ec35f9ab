/** Flight height and leg spacing, from the object that must be seen; the same for every pattern. */
import type { PatternRequest } from "./patterns/pattern.js";
import type { PlannedHome } from "./plan.js";
import * as sensing from "./sweepWidth.js";

// Highest: below the legal limit with a margin for the barometer's error. Lowest: clear of masts and dunes.
const HEIGHT_MOST_M = 110;
const HEIGHT_LEAST_M = 20;
// The cliffs of this coast reach 134 m. A home above this is inland, where the ground below the flight is as high as home.
const CLIFFS_MOST_M = 150;

export const seaBelowHomeM = ({ altitudeAmslM }: PlannedHome): number =>
  altitudeAmslM > CLIFFS_MOST_M ? 0 : Math.max(0, altitudeAmslM);

/** Metres above home: as high as the object allows (fewer legs), in steps of 5 m, below the legal limit over the sea too. */
export function heightFor({ see, aircraft, home }: Pick<PatternRequest, "see" | "aircraft" | "home">): number {
  const aboveSeaM = Math.min(sensing.greatestHeightM(see, aircraft.camera), HEIGHT_MOST_M);
  return Math.max(HEIGHT_LEAST_M, Math.floor((aboveSeaM - seaBelowHomeM(home)) / 5) * 5);
}

/** The widest leg spacing, metres, at that height above home that gives the wanted probability of detection without gaps. */
export function widestSpacingM({ see, aircraft, home, podWanted }: PatternRequest, heightAboveHomeM: number): number {
  const { camera } = aircraft;
  const surfaceM = heightAboveHomeM + seaBelowHomeM(home);
  const widthM = sensing.sweepWidthM(see, camera, surfaceM) || sensing.swathM(camera, surfaceM) * 0.5;
  return Math.max(1, widthM / Math.max(1, sensing.coverageFactorFor(Math.min(0.999, podWanted))));
}
