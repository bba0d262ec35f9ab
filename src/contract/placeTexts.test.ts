import { expect, it } from "vitest";
import type { Place } from "../geo/places/place.js";
import { aPlace } from "../geo/places/testing/placeBuilders.js";
import { nearPlaceText, placeTexts } from "./placeTexts.js";

const KM = { name: "km", m: 1000 } as const;
const sayer =
  (language: "en" | "fr") =>
  (name: string, distanceM: number, bearingDeg: number, more: Partial<Place> = {}): string =>
    nearPlaceText(
      (key, facts = {}) => placeTexts[language][key].replace(/\{\{(\w+)\}\}/g, (_, fact: string) => facts[fact] ?? "?"),
      { place: aPlace(name, 50, 1, more), distanceM, bearingDeg },
      { language, unit: KM },
    ).replaceAll("\u00a0", " ");
const [inEnglish, inFrench] = [sayer("en"), sayer("fr")];

it("is a distance in tenths, a direction of eight, and the name", () => {
  expect(inEnglish("Wissant", 1449, 337.4)).toBe("1.4 km north-west of Wissant");
  expect(inFrench("Wissant", 1449, 337.4)).toBe("1,4 km au nord-ouest de Wissant");
  const points = [0, 45, 90, 135, 180, 225, 270, 315, 359];
  expect(points.map((bearingDeg) => inEnglish("X", 2000, bearingDeg).split(" ")[2])).toEqual(
    "north north-east east south-east south south-west west north-west north".split(" "),
  );
  expect(points.slice(1, 4).map((bearingDeg) => inFrench("X", 2000, bearingDeg))).toEqual([
    "2,0 km au nord-est de X",
    "2,0 km à l'est de X",
    "2,0 km au sud-est de X",
  ]);
});

it("has no direction at the place itself", () => {
  expect([inEnglish("Wissant", 49, 180), inFrench("Wissant", 49, 180)]).toEqual([
    "within 0.1 km of Wissant",
    "à moins de 0,1 km de Wissant",
  ]);
  expect(inEnglish("Wissant", 51, 180)).toBe("0.1 km south of Wissant");
});

it("says that a place is approximate, and calls it as the language does", () => {
  const more = { kind: "lighthouse", isApproximate: true, nameIn: { en: "Calais lighthouse" } } as const;
  expect(inEnglish("phare de Calais", 3000, 0, more)).toBe("≈ 3.0 km north of Calais lighthouse");
  expect(inFrench("phare de Calais", 3000, 0, more)).toBe("≈ 3,0 km au nord du phare de Calais");
});

it.each([
  ["Ambleteuse", "d'Ambleteuse"],
  ["Équihen-Plage", "d'Équihen-Plage"],
  ["Le Touquet-Paris-Plage", "du Touquet-Paris-Plage"],
  ["Les Attaques", "des Attaques"],
  ["La Capelle", "de La Capelle"],
  ["Cap Gris-Nez", "du Cap Gris-Nez"],
  ["port de Boulogne", "du port de Boulogne"],
  ["plage de Berck", "de la plage de Berck"],
  ["Pointe du Hourdel", "de la Pointe du Hourdel"],
  ["Leffrinckoucke", "de Leffrinckoucke"],
])("French has its articles: %s", (name, wanted) => {
  expect(inFrench(name, 1000, 0)).toBe(`1,0 km au nord ${wanted}`);
});
