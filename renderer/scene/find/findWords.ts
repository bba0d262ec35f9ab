import { shownPlaceName } from "../../../src/geo/places/place.js";
import type { PositionTextFailure } from "../../../src/geo/positionText.js";
import type { Format } from "../../app/format.js";
import type { Translate } from "../../app/text.js";
import type { FindMatch } from "./findMatches.js";

type MatchWords = { readonly key: string; readonly title: string; readonly facts: string };

/** What a match is called, and what it is; a position is repeated in the form of the settings, so that it can be checked. */
export function matchWords(match: FindMatch, t: Translate, format: Format): MatchWords {
  const where = format.positionText(match.position);
  const facts = (...parts: readonly string[]): string =>
    [...parts, ...(match.isTooFar ? [t("scene.find.too-far")] : [])].join(" · ");
  if (match.kind === "contact") {
    const { id, class: what } = match.contact;
    return { key: `contact ${id}`, title: id, facts: facts(t(`object.${what}`), where) };
  }
  if (match.kind === "place") {
    const { kind, name } = match.place;
    const title = shownPlaceName(match.place, format.language);
    return { key: `place ${name} ${where}`, title, facts: facts(t(`scene.find.kind.${kind}`), where) };
  }
  const square = match.squareM === undefined ? [] : [t("scene.find.square", { side: format.wayText(match.squareM) })];
  return { key: "position", title: where, facts: facts(t("scene.find.kind.position"), ...square) };
}

/** Why nothing was found, as the user can mend it. */
export function whyNoPosition(failure: PositionTextFailure, t: Translate): string {
  if (failure.kind === "out-of-range") return t(`scene.find.not.range.${failure.part}`);
  if (failure.kind === "grid-reference") return t(`scene.find.not.grid.${failure.problem}`);
  return t(`scene.find.not.${failure.kind}`);
}
