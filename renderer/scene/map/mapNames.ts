/** Names that stand in vector tiles: of places, in maps; of what a person has drawn. */
import type { VectorTile } from "@mapbox/vector-tile";
import type { Place, PlaceKind } from "../../../src/geo/places/place.js";
import { positionOfTilePoint, type TileAddress } from "../../../src/geo/tiles/webMercator.js";

/** One name in a tile; its place in parts of the tile's side from the north-west corner. */
export type NameInTile = {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly nameIn: Place["nameIn"];
  readonly kind: PlaceKind;
  readonly population: number;
  /** Of a drawing, not of a map. */
  readonly isDrawn: boolean;
};

/** By the names of layers in OpenMapTiles, Protomaps' basemap, Shortbread and Mapbox Streets. */
const PLACE_LAYERS: readonly string[] = ["place", "places", "place_labels", "place_label"];
const DRAWN_LAYER = "overlay_name";
/** What a settlement is called, and how many people live in one of which the map says no number. */
const SETTLEMENTS: Readonly<Record<string, readonly [kind: PlaceKind, population: number]>> = {
  city: ["city", 100_000],
  town: ["town", 10_000],
  village: ["village", 800],
  locality: ["village", 800],
  suburb: ["village", 600],
  hamlet: ["village", 200],
};
const NAMES_MAX = 500;
const CHARS_MAX = 80;
/** An ordinary village's: so far a drawing's names are seen. */
const DRAWN_POPULATION = 500;

export function namesIn({ layers }: VectorTile): readonly NameInTile[] {
  const names: NameInTile[] = [];
  for (const [layerName, layer] of Object.entries(layers)) {
    const isDrawn = layerName === DRAWN_LAYER;
    if (!isDrawn && !PLACE_LAYERS.includes(layerName)) continue;
    for (let i = 0; i < layer.length && names.length < NAMES_MAX; i++) {
      const feature = layer.feature(i);
      const about = isDrawn ? drawn(feature.properties) : settlement(feature.properties);
      const point = feature.type === 1 ? feature.loadGeometry()[0]?.[0] : undefined;
      if (about && point) names.push({ ...about, isDrawn, x: point.x / layer.extent, y: point.y / layer.extent });
    }
  }
  // In the margin of a tile stand the names of its neighbours.
  return names.filter(({ x, y }) => x >= 0 && x < 1 && y >= 0 && y < 1);
}

type Properties = Readonly<Record<string, unknown>>;
type About = Omit<NameInTile, "x" | "y" | "isDrawn">;

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, CHARS_MAX) : undefined;

function drawn(properties: Properties): About | undefined {
  const name = text(properties["name"]);
  return name === undefined ? undefined : { name, nameIn: {}, kind: "village", population: DRAWN_POPULATION };
}

function settlement(properties: Properties): About | undefined {
  const name = text(properties["name"]);
  // Protomaps says "locality" of all settlements, and more in another word.
  const words = ["kind_detail", "class", "kind", "type"].map((word) => text(properties[word])?.toLowerCase());
  const known = words.find((word) => word !== undefined && Object.hasOwn(SETTLEMENTS, word));
  const [kind, usual] = SETTLEMENTS[known ?? ""] ?? [];
  if (name === undefined || kind === undefined || usual === undefined) return undefined;
  const stated = properties["population"];
  const [en, fr] = ["en", "fr"].map((language) =>
    text(properties[`name:${language}`] ?? properties[`name_${language}`]),
  );
  return {
    ...{ name, kind, population: typeof stated === "number" && stated > 0 ? stated : usual },
    nameIn: { ...(en !== undefined && en !== name ? { en } : {}), ...(fr !== undefined && fr !== name ? { fr } : {}) },
  };
}

/** Names of maps, and those of drawings. */
export type MapNames = { readonly places: readonly Place[]; readonly drawn: readonly Place[] };
export const NO_NAMES: MapNames = { places: [], drawn: [] };

const KEPT_MAX = 3000;
/** The same village stands in tiles of several zooms, a little elsewhere in each. */
const SAME_DEG = 0.03;

/** The names of all tiles of a map or drawing that have come so far. */
export class MapNameList {
  readonly #places: Place[] = [];
  readonly #drawn: Place[] = [];

  /** True when there was a new one among them. */
  add(tile: TileAddress, names: readonly NameInTile[]): boolean {
    let isNew = false;
    for (const { x, y, isDrawn, name, nameIn, kind, population } of names) {
      const list = isDrawn ? this.#drawn : this.#places;
      const position = positionOfTilePoint({ ...tile, column: tile.column + x, row: tile.row + y });
      const place: Place = { name, nameIn, kind, population, position, isApproximate: false };
      if (list.length >= KEPT_MAX || isNamedIn(list, place, isDrawn ? SAME_DEG / 100 : SAME_DEG)) continue;
      list.push(place);
      isNew = true;
    }
    return isNew;
  }

  get(): MapNames {
    return { places: [...this.#places], drawn: [...this.#drawn] };
  }
}

/** Those of the map that the list of places does not know already, after it. */
export const withMapPlaces = (places: readonly Place[], ofMap: readonly Place[]): readonly Place[] =>
  ofMap.length === 0 ? places : [...places, ...ofMap.filter((place) => !isNamedIn(places, place, SAME_DEG))];

/** Whether a place of that name, in any language, is there already. */
function isNamedIn(places: readonly Place[], { name, nameIn, position }: Place, nearDeg: number): boolean {
  const words = [name, nameIn.en, nameIn.fr].map(plain);
  return places.some(
    (other) =>
      Math.abs(other.position.latitudeDeg - position.latitudeDeg) < nearDeg &&
      Math.abs(other.position.longitudeDeg - position.longitudeDeg) < nearDeg * 1.5 &&
      [other.name, other.nameIn.en, other.nameIn.fr].some((word) => word !== undefined && words.includes(plain(word))),
  );
}

/** Without accents, hyphens and case, in which lists of names differ. */
const plain = (word: string | undefined): string | undefined =>
  word
    ?.normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .toLowerCase();
