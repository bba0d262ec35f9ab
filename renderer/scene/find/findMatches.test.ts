import { expect, it } from "vitest";
import { aPlace } from "../../../src/geo/places/testing/placeBuilders.js";
import { aContact } from "../../bridge/testing/builders.js";
import { type FindMatch, findMatches } from "./findMatches.js";

const ORIGIN = { latitudeDeg: 50.75, longitudeDeg: 1.6 };
const PLACES = [
  aPlace("Wissant", 50.8853, 1.66263, { population: 1052 }),
  aPlace("Boulogne-sur-Mer", 50.72485, 1.61373, { kind: "city", population: 40_664 }),
  aPlace("Boulonnais", 50.7, 1.8, { population: 90 }),
  aPlace("Étaples", 50.51834, 1.63981, { kind: "town", population: 11_177 }),
  aPlace("Dunkerque", 51.0344, 2.37681, { kind: "city", population: 71_287, nameIn: { en: "Dunkirk" } }),
  aPlace("Cap Gris-Nez", 50.87, 1.5835, { kind: "cape", isApproximate: true }),
];
const CONTACTS = ["C-1", "C-14", "C-2"].map((id) => aContact({ id }));

const nameOf = (match: FindMatch): string =>
  match.kind === "place" ? match.place.name : match.kind === "contact" ? match.contact.id : "position";
const found = (typed: string) => findMatches(typed, { places: PLACES, contacts: CONTACTS, origin: ORIGIN });
const names = (typed: string): readonly string[] => found(typed).matches.map(nameOf);

it.each([
  ["wis", ["Wissant"]],
  ["boulo", ["Boulogne-sur-Mer", "Boulonnais"]],
  ["BOULOGNE SUR", ["Boulogne-sur-Mer"]],
  ["etap", ["Étaples"]],
  ["Dunkirk", ["Dunkerque"]],
  ["dunkerq", ["Dunkerque"]],
  ["gris", ["Cap Gris-Nez"]],
  ["ris", []],
  ["c14", ["C-14"]],
  ["14", ["C-14"]],
  ["C-1", ["C-1", "C-14"]],
  ["  ", []],
])("%s finds %j", (typed, expected) => {
  expect(names(typed)).toEqual(expected);
});

it("reads a position before all else, and says why a text is none", () => {
  const { matches, failure } = found("50°46.47'N 1°36.45'E");
  expect(failure).toBeUndefined();
  expect(matches).toMatchObject([{ kind: "position", isTooFar: false, squareM: undefined }]);
  expect(found("38SMB4488").matches).toMatchObject([{ kind: "position", isTooFar: true, squareM: 1000 }]);
  expect(found("50.7N").failure).toEqual({ kind: "one-coordinate" });
  expect(found("Calais")).toEqual({ matches: [], failure: { kind: "not-a-position" } });
});

it("lists six at most", () => {
  const places = Array.from({ length: 9 }, (_, i) => aPlace(`Saint ${i}`, 50, 1, { population: i }));
  const { matches } = findMatches("saint", { places, contacts: [], origin: ORIGIN });
  expect(matches.map(nameOf)).toEqual(["Saint 8", "Saint 7", "Saint 6", "Saint 5", "Saint 4", "Saint 3"]);
});
