import type { Position } from "./position.js";

/** Wraps to −180 ≤ x ≤ 180; a value already in that range is returned unchanged. */
export function wrapLongitudeDeg(longitudeDeg: number): number {
  if (longitudeDeg >= -180 && longitudeDeg <= 180) return longitudeDeg;
  return longitudeDeg - 360 * Math.round(longitudeDeg / 360);
}

/**
 * The same positions with longitudes continuous across the antimeridian: each is the value nearest to the first one's, so some
 * may be beyond ±180. For areas of less than half the earth.
 */
export function unwrapped(places: readonly Position[], around = places[0]?.longitudeDeg ?? 0): readonly Position[] {
  const turns = (longitudeDeg: number): number => Math.round((around - longitudeDeg) / 360);
  if (places.every(({ longitudeDeg }) => turns(longitudeDeg) === 0)) return places;
  return places.map(({ latitudeDeg, longitudeDeg }) => ({
    latitudeDeg,
    longitudeDeg: longitudeDeg + 360 * turns(longitudeDeg),
  }));
}
