import geodesicModule from "geographiclib-geodesic";
import type { Position } from "./position.js";
import { wrap360 } from "./angles.js";

/** The ellipsoid, for what GeographicLib computes on it. */
export const { WGS84 } = geodesicModule.Geodesic;

/** Shortest distance on the WGS-84 ellipsoid, metres (Karney 2013, nanometre accuracy). */
export function geodesicDistanceM(from: Position, to: Position): number {
  return WGS84.Inverse(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg).s12 ?? 0;
}

/** True bearing at `from` towards `to`, 0 ≤ x < 360. For two equal points the result (180 or 0) has no meaning. */
export function initialBearingDeg(from: Position, to: Position): number {
  return wrap360(WGS84.Inverse(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg).azi1 ?? 0);
}

/** The point `lengthM` metres from `from` along the geodesic that starts at the true bearing `bearingDeg`. */
export function destination(from: Position, bearingDeg: number, lengthM: number): Position {
  const end = WGS84.Direct(from.latitudeDeg, from.longitudeDeg, bearingDeg, lengthM);
  return { latitudeDeg: end.lat2 ?? Number.NaN, longitudeDeg: end.lon2 ?? Number.NaN };
}
