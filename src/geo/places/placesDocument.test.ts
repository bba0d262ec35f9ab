import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { placeName } from "./place.js";
import { readPlaces } from "./placesDocument.js";

const SHIPPED = readFileSync("missions/places/channel.json", "utf8");
const WISSANT = {
  ...{ name: "Wissant", kind: "village", population: 1052, isApproximate: false },
  position: { latitudeDeg: 50.8853, longitudeDeg: 1.66263 },
};
const read = (places: unknown, attribution: unknown = "GeoNames CC BY 4.0") =>
  readPlaces(JSON.stringify({ attribution, places }), "places.json");

it("reads the file that is shipped: villages, and landmarks that are all approximate, inside the coast's box", () => {
  const result = readPlaces(SHIPPED, "channel.json");
  if (!result.ok) throw new Error(result.error.problem);
  const { places, attribution } = result.value;
  expect(attribution).toBe("GeoNames CC BY 4.0");
  expect(SHIPPED.length).toBeLessThan(100_000);
  const named = (name: string) => places.find((place) => place.name === name);
  expect(named("Wissant")).toEqual({ ...WISSANT, nameIn: {} });
  for (const name of ["Audresselles", "Ambleteuse", "Berck-Plage", "Dover"]) expect(named(name)).toBeDefined();
  const dunkirk = named("Dunkerque");
  expect(dunkirk && [placeName(dunkirk, "en"), placeName(dunkirk, "fr")]).toEqual(["Dunkirk", "Dunkerque"]);
  for (const { kind, population, isApproximate, position } of places) {
    expect(isApproximate).toBe(population === undefined);
    expect(["city", "town", "village"].includes(kind)).toBe(!isApproximate);
    expect(position.latitudeDeg >= 49.8 && position.latitudeDeg <= 51.5).toBe(true);
    expect(position.longitudeDeg >= 0.8 && position.longitudeDeg <= 2.7).toBe(true);
  }
});

it.each<readonly [string, unknown]>([
  ["places", { Wissant: WISSANT }],
  ["places[1]", [WISSANT, "Berck"]],
  ["places[0].name", [{ ...WISSANT, name: " " }]],
  ["places[0].name", [{ ...WISSANT, name: "x".repeat(61) }]],
  ["places[0].nameIn", [{ ...WISSANT, nameIn: { de: "Wissant" } }]],
  ["places[0].nameIn", [{ ...WISSANT, nameIn: { fr: 5 } }]],
  ["places[0].kind", [{ ...WISSANT, kind: "hamlet" }]],
  ["places[0].position", [{ ...WISSANT, position: { latitudeDeg: 90.1, longitudeDeg: 1 } }]],
  ["places[0].position", [{ ...WISSANT, position: { latitudeDeg: 50, longitudeDeg: 181 } }]],
  ["places[0].position", [{ ...WISSANT, position: undefined }]],
  ["places[0].population", [{ ...WISSANT, population: -1 }]],
  ["places[0].isApproximate", [{ ...WISSANT, isApproximate: undefined }]],
])("refuses the whole file for one bad entry, and says where: %s", (where, places) => {
  const result = read(places);
  expect(result).toMatchObject({ ok: false, error: { kind: "bad-file", path: "places.json", where } });
});

it("refuses names without a source, and what is no JSON", () => {
  expect(read([WISSANT], "")).toMatchObject({ error: { where: "attribution" } });
  expect(readPlaces("[1", "places.json")).toMatchObject({ ok: false });
});
