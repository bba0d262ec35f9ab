import { err, ok, type Result } from "../../core/result.js";
import type { Position } from "../position.js";
import { type PositionTextFailure, readPositionText } from "../positionText.js";
import { foldedName } from "./foldedName.js";
import { type Place, placeFame } from "./place.js";

/** A name of the list in any of its languages, the best known of several; else a position as `readPositionText` reads it. */
export function readPlaceOrPosition(typed: string, places: readonly Place[]): Result<Position, PositionTextFailure> {
  const wanted = foldedName(typed);
  const [named] = places
    .filter(({ name, nameIn }) =>
      [name, nameIn.en, nameIn.fr].some((one) => one !== undefined && foldedName(one) === wanted),
    )
    .toSorted((a, b) => placeFame(b) - placeFame(a));
  if (named && wanted !== "") return ok(named.position);
  const read = readPositionText(typed);
  return read.ok ? ok(read.value.position) : err(read.error);
}
