/** How things of a vector map look. Ours: everything that is not drawn leaves the scene's own ground and coast to be seen. */
import type { ScenePalette } from "../scenePalette.js";

/** Painted in this order, from the ground up. */
export const VECTOR_KINDS = [
  "wood",
  "sand",
  "water",
  "stream",
  "building",
  "path",
  "rail",
  "street",
  "road",
  "mainRoad",
] as const;
export type VectorKind = (typeof VECTOR_KINDS)[number];

/** Areas are filled; lines have a width on the ground, and never less than so many pixels. */
export type KindStyle =
  | { readonly fill: string }
  | { readonly stroke: string; readonly casing: string | undefined; readonly widthM: number; readonly leastPx: number };

type Colours = {
  readonly wood: string;
  readonly sand: string;
  readonly water: string;
  readonly building: string;
  readonly track: string;
  readonly street: string;
  readonly main: string;
  readonly casing: string;
};

const COLOURS: Readonly<Record<ScenePalette["name"], Colours>> = {
  night: {
    ...{ wood: "#1a2a1c", sand: "#6b5e42", water: "#123a4e", building: "#3d444c", casing: "#10161c" },
    ...{ track: "#56584e", street: "#6a7078", main: "#8d8468" },
  },
  day: {
    ...{ wood: "#86a56b", sand: "#ecdfb4", water: "#7fb4d6", building: "#b5a796", casing: "#6f6a60" },
    ...{ track: "#8a7a5c", street: "#ffffff", main: "#f3c469" },
  },
  red: {
    ...{ wood: "#1f0805", sand: "#3b130c", water: "#2a0906", building: "#47160e", casing: "#120302" },
    ...{ track: "#5a1d13", street: "#742618", main: "#96331f" },
  },
};

const line = (stroke: string, casing: string | undefined, widthM: number, leastPx: number): KindStyle => ({
  ...{ stroke, casing, widthM, leastPx },
});

/** The look of every kind in a theme. */
export function vectorStyle(theme: ScenePalette["name"]): Readonly<Record<VectorKind, KindStyle>> {
  const { wood, sand, water, building, track, street, main, casing } = COLOURS[theme];
  return {
    wood: { fill: wood },
    sand: { fill: sand },
    water: { fill: water },
    stream: line(water, undefined, 4, 1),
    building: { fill: building },
    path: line(track, undefined, 2, 0.8),
    rail: line(track, undefined, 4, 1.2),
    street: line(street, casing, 5, 1),
    road: line(street, casing, 8, 1.6),
    mainRoad: line(main, casing, 12, 2.2),
  };
}

const ROADS: Readonly<Record<string, VectorKind>> = {
  ...{ motorway: "mainRoad", trunk: "mainRoad", primary: "mainRoad", highway: "mainRoad" },
  ...{ secondary: "road", tertiary: "road", major_road: "road", medium_road: "road" },
  ...{ minor: "street", minor_road: "street", residential: "street", service: "street", street: "street" },
  ...{ living_street: "street", unclassified: "street", busway: "street" },
  ...{ path: "path", footway: "path", track: "path", cycleway: "path", bridleway: "path", steps: "path" },
  ...{ pedestrian: "path", other: "path" },
  ...{ rail: "rail", railway: "rail", transit: "rail", light_rail: "rail", tram: "rail" },
};
const GROUNDS: Readonly<Record<string, VectorKind>> = {
  ...{ wood: "wood", forest: "wood", sand: "sand", beach: "sand", dune: "sand" },
};
/** The coast file's line is the authority for where the sea is. */
const SEAS = new Set(["ocean", "sea", "bay", "strait"]);

type Properties = Readonly<Record<string, unknown>>;
const classOf = ({ class: openMapTiles, kind, highway }: Properties): string => {
  const found = [kind, openMapTiles, highway].find((value) => typeof value === "string");
  return typeof found === "string" ? found : "";
};
const ownEntry = (table: Readonly<Record<string, VectorKind>>, key: string): VectorKind | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

type Rule = (properties: Properties, isArea: boolean) => VectorKind | undefined;

const asWater: Rule = (properties, isArea) => {
  if (SEAS.has(classOf(properties))) return undefined;
  return isArea ? "water" : "stream";
};
const asBuilding: Rule = (_, isArea) => (isArea ? "building" : undefined);
const asRoad: Rule = (properties, isArea) => (isArea ? undefined : ownEntry(ROADS, classOf(properties)));
const asGround: Rule = (properties, isArea) => (isArea ? ownEntry(GROUNDS, classOf(properties)) : undefined);

const RULES: ReadonlyMap<string, Rule> = new Map([
  ["water", asWater],
  ["water_polygons", asWater],
  ["waterway", asWater],
  ["water_lines", asWater],
  ["building", asBuilding],
  ["buildings", asBuilding],
  ["transportation", asRoad],
  ["roads", asRoad],
  ["streets", asRoad],
  ["landcover", asGround],
  ["landuse", asGround],
  ["land", asGround],
  ["natural", asGround],
]);

/**
 * What a feature is drawn as, if at all: by the names that OpenMapTiles, Protomaps' basemap and Shortbread give to layers and classes
 * (openmaptiles.org/schema, docs.protomaps.com/basemaps/layers, shortbread-tiles.org/schema).
 */
export const vectorKindOf = (layer: string, properties: Properties, isArea: boolean): VectorKind | undefined =>
  RULES.get(layer)?.(properties, isArea);
