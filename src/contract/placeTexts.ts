/** Where something is, by the name of a place, for the command line (English) and the screens (both languages). */
import type { NearPlace } from "../geo/places/nearestPlace.js";
import { placeName } from "../geo/places/place.js";

const POINTS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;
type Key = "place.near" | "place.at" | `place.direction.${(typeof POINTS)[number]}`;

const en: Readonly<Record<Key, string>> = {
  "place.near": "{{way}} {{direction}} {{ofPlace}}",
  "place.at": "within {{way}} {{ofPlace}}",
  "place.direction.n": "north",
  "place.direction.ne": "north-east",
  "place.direction.e": "east",
  "place.direction.se": "south-east",
  "place.direction.s": "south",
  "place.direction.sw": "south-west",
  "place.direction.w": "west",
  "place.direction.nw": "north-west",
};
const fr: typeof en = {
  "place.near": "{{way}} {{direction}} {{ofPlace}}",
  "place.at": "à moins de {{way}} {{ofPlace}}",
  "place.direction.n": "au nord",
  "place.direction.ne": "au nord-est",
  "place.direction.e": "à l'est",
  "place.direction.se": "au sud-est",
  "place.direction.s": "au sud",
  "place.direction.sw": "au sud-ouest",
  "place.direction.w": "à l'ouest",
  "place.direction.nw": "au nord-ouest",
};
export const placeTexts = { en, fr };

type Words = (key: Key, facts?: Readonly<Record<string, string>>) => string;
type NearPlaceForm = {
  readonly language: "en" | "fr";
  /** Distances are given in tenths of it: the name itself stands no better. */
  readonly unit: { readonly name: "km" | "NM"; readonly m: number };
};

/** "1.4 km north-west of Wissant"; "≈" before the distance to a place that was put down by hand. */
export function nearPlaceText(t: Words, near: NearPlace, { language, unit }: NearPlaceForm): string {
  const { place, distanceM, bearingDeg } = near;
  const tenths = Math.round((distanceM / unit.m) * 10);
  const ofPlace = (language === "fr" ? frenchOf : englishOf)(placeName(place, language));
  const number = (Math.max(1, tenths) / 10).toFixed(1).replace(".", language === "fr" ? "," : ".");
  const way = `${place.isApproximate ? "≈\u00a0" : ""}${number}\u00a0${unit.name}`;
  const point = POINTS[Math.round(bearingDeg / 45) % POINTS.length] ?? "n";
  // The bearing to the place itself has no meaning.
  return tenths < 1
    ? t("place.at", { way, ofPlace })
    : t("place.near", { way, direction: t(`place.direction.${point}`), ofPlace });
}

const englishOf = (name: string): string => `of ${name}`;

/** "de Wissant", "d'Ambleteuse", "du Touquet", "du phare de Calais", "de la plage de Berck". */
function frenchOf(name: string): string {
  const rest = (article: RegExp): string => name.replace(article, "");
  if (/^le /i.test(name)) return `du ${rest(/^le /i)}`;
  if (/^les /i.test(name)) return `des ${rest(/^les /i)}`;
  if (/^(cap|phare|port) /i.test(name)) return `du ${name}`;
  if (/^(plage|baie|pointe) /i.test(name)) return `de la ${name}`;
  return /^[aeiouyàâéèêëîïôœh]/i.test(name) ? `d'${name}` : `de ${name}`;
}
