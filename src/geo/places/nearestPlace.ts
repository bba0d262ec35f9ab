import { RAD_PER_DEG } from "../angles.js";
import { geodesicDistanceM, initialBearingDeg } from "../geodesic.js";
import type { Position } from "../position.js";
import { type Place, placeFame } from "./place.js";

export type NearPlace = {
  readonly place: Place;
  readonly distanceM: number;
  /** True bearing from the place to the position, 0 ≤ x < 360; without meaning at the place itself. */
  readonly bearingDeg: number;
};

/** Further away a name does not help: the middle of the Strait is 20 km from either side. */
const PLACE_REACH_M = 40_000;
/** Two are about as near when the second is at most this much further: positions of names are no better. */
const SLACK_M = 300;
const SLACK_RATIO = 1.25;
const M_PER_DEG = 111_200;

/**
 * The place to name for a position: of those about as near as the nearest, the best known. Undefined out of reach. A bay is
 * never named: it is kilometres wide, and "east of its middle" helps nobody.
 */
export function nearestPlace(places: readonly Place[], position: Position): NearPlace | undefined {
  let nearestM = PLACE_REACH_M;
  for (const place of places)
    if (place.kind !== "bay") nearestM = Math.min(nearestM, roughDistanceM(place.position, position));
  const withinM = Math.min(PLACE_REACH_M, nearestM * SLACK_RATIO + SLACK_M);
  let best: Place | undefined;
  let bestFame = -1;
  let bestM = 0;
  for (const place of places) {
    if (place.kind === "bay") continue;
    const distanceM = roughDistanceM(place.position, position);
    const fame = placeFame(place);
    if (distanceM >= withinM || fame < bestFame || (fame === bestFame && distanceM >= bestM)) continue;
    [best, bestFame, bestM] = [place, fame, distanceM];
  }
  if (!best) return undefined;
  return {
    place: best,
    distanceM: geodesicDistanceM(best.position, position),
    bearingDeg: initialBearingDeg(best.position, position),
  };
}

/** Within half a percent below 40 km: enough to choose by, and a hundred times faster than a geodesic. */
function roughDistanceM(from: Position, to: Position): number {
  const eastDeg = (to.longitudeDeg - from.longitudeDeg) * Math.cos(to.latitudeDeg * RAD_PER_DEG);
  return Math.hypot(eastDeg, to.latitudeDeg - from.latitudeDeg) * M_PER_DEG;
}
