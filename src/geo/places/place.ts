import type { Position } from "../position.js";

export const SETTLEMENTS = ["city", "town", "village"] as const;
export const LANDMARKS = ["cape", "beach", "harbour", "lighthouse", "bay"] as const;
export type PlaceKind = (typeof SETTLEMENTS)[number] | (typeof LANDMARKS)[number];

/** A place that people on this coast call by its name. */
export type Place = {
  /** As the people there call it. */
  readonly name: string;
  /** Where a language of the screens calls it otherwise. */
  readonly nameIn: { readonly en?: string; readonly fr?: string };
  readonly kind: PlaceKind;
  readonly position: Position;
  /** Settlements only. */
  readonly population: number | undefined;
  /** Put down by hand: good to a kilometre. Always shown as such. */
  readonly isApproximate: boolean;
};

export const placeName = ({ name, nameIn }: Place, language: "en" | "fr"): string => nameIn[language] ?? name;

/** As it stands on the map and in sentences: an approximate place says so. */
export const shownPlaceName = (place: Place, language: "en" | "fr"): string =>
  `${place.isApproximate ? "≈\u00a0" : ""}${placeName(place, language)}`;

/** A landmark of this coast is known to as many as a town of this size. */
const KNOWN_AS_TOWN_OF: Readonly<Record<(typeof LANDMARKS)[number], number>> = {
  cape: 20_000,
  bay: 8000,
  harbour: 6000,
  lighthouse: 2000,
  // Of a village and its beach, the village is named: its position is not approximate.
  beach: 600,
};

/** How well known a place is, as the number of inhabitants of a town as well known. */
export const placeFame = ({ kind, population = 0 }: Place): number =>
  kind === "city" || kind === "town" || kind === "village" ? population : KNOWN_AS_TOWN_OF[kind];
