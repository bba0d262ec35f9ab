import type { Position } from "./position.js";

/** −180 ≤ x ≤ 180; what lies there already is left as it is. */
export function wrapLongitudeDeg(longitudeDeg: number): number {
  if (longitudeDeg >= -180 && longitudeDeg <= 180) return longitudeDeg;
  return longitudeDeg - 360 * Math.round(longitudeDeg / 360);
}

/**
 * The same places with longitudes that do not jump at 180 degrees: each the nearest to that of the first, so that some may lie
 * beyond ±180. For areas of less than half the earth.
 */
export function unwrapped(places: readonly Position[], around = places[0]?.longitudeDeg ?? 0): readonly Position[] {
  const turns = (longitudeDeg: number): number => Math.round((around - longitudeDeg) / 360);
  if (places.every(({ longitudeDeg }) => turns(longitudeDeg) === 0)) return places;
  return places.map(({ latitudeDeg, longitudeDeg }) => ({
    latitudeDeg,
    longitudeDeg: longitudeDeg + 360 * turns(longitudeDeg),
  }));
}
