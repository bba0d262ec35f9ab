import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";
import { aPlace } from "../../../src/geo/places/testing/placeBuilders.js";
import { writeVectorTile } from "../../../src/io/maps/vectorTileWriter.js";
import { MapNameList, namesIn, withMapPlaces } from "./mapNames.js";

type Named = {
  readonly x?: number;
  readonly y?: number;
  readonly properties: Readonly<Record<string, string | number>>;
};
const namesOf = (layer: string, ...named: readonly Named[]) =>
  namesIn(
    new VectorTile(
      new PbfReader(
        writeVectorTile([
          {
            ...{ name: layer, extent: 100 },
            features: named.map(({ x = 50, y = 50, properties }) => ({
              type: "point",
              parts: [[{ x, y }]],
              properties,
            })),
          },
        ]),
      ),
    ),
  );
/** Boulogne lies in it. */
const TILE = { zoom: 10, column: 516, row: 344 };

describe("names in vector tiles", () => {
  it.each([
    ["OpenMapTiles", "place", { name: "Wissant", class: "village" }],
    ["Protomaps", "places", { name: "Wissant", kind: "locality", kind_detail: "village" }],
    ["Shortbread", "place_labels", { name: "Wissant", kind: "village" }],
    ["Mapbox Streets", "place_label", { name: "Wissant", type: "village" }],
  ])("are those of settlements, as %s says them", (_, layer, properties) => {
    expect(namesOf(layer, { properties })).toMatchObject([
      { name: "Wissant", kind: "village", x: 0.5, y: 0.5, isDrawn: false },
    ]);
  });

  it("are no countries, no streets, and not those of the tile's neighbours", () => {
    expect(namesOf("place", { properties: { name: "France", class: "country" } })).toEqual([]);
    expect(namesOf("transportation_name", { properties: { name: "D940", class: "village" } })).toEqual([]);
    expect(namesOf("place", { x: 104, properties: { name: "Wissant", class: "village" } })).toEqual([]);
    expect(namesOf("place", { properties: { class: "village" } })).toEqual([]);
  });

  it("are known as well as their people are many, and in both languages", () => {
    const [dunkirk] = namesOf("place", {
      properties: {
        name: "Dunkerque",
        class: "city",
        population: 86_000,
        "name:en": "Dunkirk",
        "name:fr": "Dunkerque",
      },
    });
    expect(dunkirk).toMatchObject({ population: 86_000, nameIn: { en: "Dunkirk" } });
    expect(namesOf("place", { properties: { name: "X", class: "town" } })[0]?.population).toBe(10_000);
  });

  it("stand once each, though several zooms have them", () => {
    const list = new MapNameList();
    const village = { name: "Wissant", class: "village" };
    expect(list.add(TILE, namesOf("place", { properties: village }))).toBe(true);
    expect(list.add(TILE, namesOf("place", { x: 51, properties: village }))).toBe(false);
    expect(list.add({ ...TILE, column: 530 }, namesOf("place", { properties: village }))).toBe(true);
    expect(list.add(TILE, namesOf("overlay_name", { properties: { name: "Chenal" } }))).toBe(true);
    expect(list.get()).toMatchObject({ places: [{ name: "Wissant" }, {}], drawn: [{ name: "Chenal" }] });
    expect(list.get().places[0]?.position.latitudeDeg).toBeCloseTo(50.6, 0);
  });

  it("are not said twice beside those of the list of places, whatever their accents", () => {
    const cote = aPlace("Équihen-Plage", 50.68, 1.57);
    const same = aPlace("Equihen Plage", 50.679, 1.571);
    const other = aPlace("Equihen Plage", 51.2, 1.571);
    expect(withMapPlaces([cote], [same, other])).toEqual([cote, other]);
  });
});
