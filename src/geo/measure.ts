import { geodesicDistanceM, initialBearingDeg, WGS84 } from "./geodesic.js";
import type { Position } from "./position.js";

/** From one place to the next along the geodesic; the bearing is true, at its start, 0 ≤ x < 360. */
export type MeasuredLeg = { readonly lengthM: number; readonly bearingDeg: number };

/** The legs between places in their order; back to the first where the line is closed. */
export function legsOf(places: readonly Position[], isClosed = false): readonly MeasuredLeg[] {
  const first = places[0];
  const stops = isClosed && first ? [...places, first] : places;
  return stops.slice(1).map((to, i) => {
    const from = stops[i] ?? to;
    return { lengthM: geodesicDistanceM(from, to), bearingDeg: initialBearingDeg(from, to) };
  });
}

/**
 * Area on the WGS-84 ellipsoid inside the geodesics between the corners, square metres, whichever way round (Karney 2013). Less
 * than half the earth; without meaning where edges cross.
 */
export function ringAreaM2(corners: readonly Position[]): number {
  const polygon = WGS84.Polygon(false);
  for (const { latitudeDeg, longitudeDeg } of corners) polygon.AddPoint(latitudeDeg, longitudeDeg);
  return Math.abs(polygon.Compute(false, true).area ?? 0);
}
