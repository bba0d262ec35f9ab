import { err, ok, type Result } from "../../core/result.js";
import type { Position } from "../position.js";
import { type PositionTextFailure, readPositionText } from "../positionText.js";
import { foldedName } from "./foldedName.js";
import { type Place, placeFame } from "./place.js";

/**
 * A name of the list in any of its languages, whole or only its first words ("Boulogne" of Boulogne-sur-Mer), the best known of several;
 * else a position as `readPositionText` reads it.
 */
export function readPlaceOrPosition(typed: string, places: readonly Place[]): Result<Position, PositionTextFailure> {
  const wanted = foldedName(typed);
  const isCalled = (place: Place, is: (name: string) => boolean): boolean =>
    [place.name, place.nameIn.en, place.nameIn.fr].some((name) => name !== undefined && is(foldedName(name)));
  const bestKnown = places.toSorted((a, b) => placeFame(b) - placeFame(a));
  const named =
    bestKnown.find((place) => isCalled(place, (name) => name === wanted)) ??
    bestKnown.find((place) => isCalled(place, (name) => name.startsWith(`${wanted} `)));
  if (named && wanted !== "") return ok(named.position);
  const read = readPositionText(typed);
  return read.ok ? ok(read.value.position) : err(read.error);
}
