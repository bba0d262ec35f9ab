import { expect, it } from "vitest";
import type { Place } from "./place.js";
import { readPlaceOrPosition } from "./placeOrPosition.js";

const place = (name: string, latitudeDeg: number, population: number, nameIn: Place["nameIn"] = {}): Place => ({
  ...{ name, nameIn, kind: "town", population, isApproximate: false },
  position: { latitudeDeg, longitudeDeg: 1 },
});
const PLACES = [
  place("Saint-Étienne", 1, 10),
  place("Saint-Étienne", 2, 500),
  place("Dunkerque", 3, 90_000, { en: "Dunkirk" }),
];

it.each([
  ["saint etienne", 2],
  ["DUNKIRK", 3],
  ["Saint", 2],
  ["dunkerque", 3],
  ["50°46.5'N 001°36'E", 50.775],
] as const)("%s", (typed, latitudeDeg) => {
  expect(readPlaceOrPosition(typed, PLACES)).toMatchObject({ ok: true, value: { latitudeDeg } });
});

it.each([
  ["Dunk", "not-a-position"],
  ["", "not-a-position"],
  ["50.5", "one-coordinate"],
] as const)("neither: %s", (typed, kind) => {
  expect(readPlaceOrPosition(typed, PLACES)).toEqual({ ok: false, error: { kind } });
});
