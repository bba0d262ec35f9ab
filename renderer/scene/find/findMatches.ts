import { foldedName as folded } from "../../../src/geo/places/foldedName.js";
import { geodesicDistanceM } from "../../../src/geo/geodesic.js";
import { type Place, placeFame } from "../../../src/geo/places/place.js";
import type { Position } from "../../../src/geo/position.js";
import { type PositionTextFailure, readPositionText } from "../../../src/geo/positionText.js";
import type { Contact } from "../../../src/track/contact.js";

export type FindMatch = {
  readonly position: Position;
  /** Beyond the map: the scene's coordinates are of one place of the earth and end there. */
  readonly isTooFar: boolean;
} & (
  | { readonly kind: "position"; readonly squareM: number | undefined }
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "contact"; readonly contact: Contact }
);

type FindSources = {
  readonly places: readonly Place[];
  readonly contacts: readonly Contact[];
  /** Middle of the map. */
  readonly origin: Position;
};

export type Found = {
  readonly matches: readonly FindMatch[];
  /** Why the text is no position; undefined when it is one, or when nothing is typed. */
  readonly failure: PositionTextFailure | undefined;
};

const MATCHES_MAX = 6;
const NO_RANK = 3;
/** Further away the flat map is no longer true, and nothing of it would be in sight. */
const MAP_REACH_M = 150_000;

/**
 * What a typed text may mean: a position first, then contacts by their id, then places by their names in any language (accents,
 * capitals and hyphens do not count), the better known before the others. At most six.
 */
export function findMatches(typed: string, { places, contacts, origin }: FindSources): Found {
  const words = folded(typed);
  if (words === "") return { matches: [], failure: undefined };
  const isTooFar = (position: Position): boolean => geodesicDistanceM(origin, position) > MAP_REACH_M;
  const read = readPositionText(typed);
  const matches: FindMatch[] = [];
  if (read.ok) {
    const { position, squareM } = read.value;
    matches.push({ kind: "position", position, squareM, isTooFar: isTooFar(position) });
  }
  for (const contact of contactsOf(typed, contacts))
    matches.push({ kind: "contact", contact, position: contact.position, isTooFar: isTooFar(contact.position) });
  for (const place of placesOf(words, places))
    matches.push({ kind: "place", place, position: place.position, isTooFar: isTooFar(place.position) });
  return { matches: matches.slice(0, MATCHES_MAX), failure: read.ok ? undefined : read.error };
}

/** "c14", "C 14" and "14" mean C-14. */
function contactsOf(typed: string, contacts: readonly Contact[]): readonly Contact[] {
  const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const wanted = bare(typed);
  if (wanted === "") return [];
  const rankOf = (id: string): number => {
    if (bare(id) === wanted || id.replaceAll(/\D/g, "") === wanted) return 0;
    return bare(id).startsWith(wanted) ? 1 : NO_RANK;
  };
  return ranked(contacts, ({ id }) => rankOf(id)).slice(0, MATCHES_MAX / 2);
}

const placesOf = (words: string, places: readonly Place[]): readonly Place[] => {
  const better = [...places].sort((a, b) => placeFame(b) - placeFame(a));
  return ranked(better, ({ name, nameIn }) =>
    Math.min(...[name, nameIn.en ?? name, nameIn.fr ?? name].map((one) => rankOfName(folded(one), words))),
  );
};

/** 0 for the name itself, 1 for its beginning, 2 for the beginning of a word of it, 3 for none. */
function rankOfName(name: string, words: string): number {
  if (name === words) return 0;
  if (name.startsWith(words)) return 1;
  return name.includes(` ${words}`) ? 2 : NO_RANK;
}

/** Those with a rank, the best first, otherwise in their order. */
function ranked<T>(all: readonly T[], rankOf: (one: T) => number): readonly T[] {
  return all
    .map((one) => ({ one, rank: rankOf(one) }))
    .filter(({ rank }) => rank < NO_RANK)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}
