import { isObject } from "./jsonText.js";
import type { JsonObject } from "./jsonText.js";
import { wrapLongitudeDeg } from "./longitudes.js";
import type { Position } from "./position.js";

/** A problem with its place inside a GeoJSON document, e.g. "features[2].geometry.coordinates[0][7]". */
export type ShapeProblem = { readonly where: string | undefined; readonly problem: string };

export type GeoJsonFeature = {
  readonly where: string;
  readonly type: string;
  readonly coordinates: unknown;
  readonly properties: JsonObject;
};

const COORDINATES_LIMIT = 500_000;

/** Every geometry of a document: bare, in a Feature or in a FeatureCollection. */
export function featuresOf(document: JsonObject): readonly GeoJsonFeature[] | ShapeProblem {
  const found: GeoJsonFeature[] = [];
  const problem = collect(document, "", {}, found);
  return problem ?? found;
}

function collect(
  value: unknown,
  where: string,
  properties: JsonObject,
  found: GeoJsonFeature[],
): ShapeProblem | undefined {
  if (!isObject(value)) return { where: where || undefined, problem: "a GeoJSON object was expected" };
  const inside = (name: string): string => (where === "" ? name : `${where}.${name}`);
  const each = (name: string, own: JsonObject): ShapeProblem | undefined => {
    const members: unknown = value[name];
    if (!Array.isArray(members)) return { where: inside(name), problem: "a list was expected" };
    for (const [i, member] of members.entries()) {
      const problem = collect(member, `${inside(name)}[${i}]`, own, found);
      if (problem) return problem;
    }
    return undefined;
  };
  switch (value["type"]) {
    case "FeatureCollection":
      return each("features", {});
    case "GeometryCollection":
      return each("geometries", properties);
    case "Feature": {
      const own = isObject(value["properties"]) ? value["properties"] : {};
      // RFC 7946 3.2: a feature may have no geometry; it is skipped.
      if (value["geometry"] === null || value["geometry"] === undefined) return undefined;
      return collect(value["geometry"], inside("geometry"), own, found);
    }
    default: {
      if (typeof value["type"] !== "string") return { where: inside("type"), problem: "this is no GeoJSON: no type" };
      found.push({ where, type: value["type"], coordinates: value["coordinates"], properties });
      return undefined;
    }
  }
}

/** The rings of a Polygon without their closing corner; the first is the outline, the others are holes. */
export function ringsOf(coordinates: unknown, where: string): readonly (readonly Position[])[] | ShapeProblem {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return { where, problem: "a polygon without rings" };
  const rings: (readonly Position[])[] = [];
  for (const [i, ring] of coordinates.entries()) {
    const read = ringAt(ring, `${where}[${i}]`);
    if (!Array.isArray(read)) return read as ShapeProblem;
    rings.push(read as readonly Position[]);
  }
  return rings;
}

function ringAt(ring: unknown, where: string): readonly Position[] | ShapeProblem {
  if (!Array.isArray(ring)) return { where, problem: "a list of corners was expected" };
  if (ring.length > COORDINATES_LIMIT) return { where, problem: `more than ${COORDINATES_LIMIT} corners` };
  const corners: Position[] = [];
  // Indexed loops: iterators and destructuring would take most of the time of a long line.
  for (let i = 0; i < ring.length; i++) {
    const pair: unknown = ring[i];
    const corner = cornerAt(pair);
    if (!corner)
      return { where: `${where}[${i}]`, problem: `longitude and latitude were expected, not ${brief(pair)}` };
    corners.push(corner);
  }
  if (isClosed(corners)) corners.pop();
  if (corners.length < 3) return { where, problem: `an area needs 3 corners, this one has ${corners.length}` };
  return corners;
}

function isClosed(corners: readonly Position[]): boolean {
  const [first, last] = [corners[0], corners.at(-1)];
  return corners.length > 1 && first?.latitudeDeg === last?.latitudeDeg && first?.longitudeDeg === last?.longitudeDeg;
}

/** GeoJSON order: longitude first. */
function cornerAt(pair: unknown): Position | undefined {
  if (!Array.isArray(pair)) return undefined;
  const longitudeDeg: unknown = pair[0];
  const latitudeDeg: unknown = pair[1];
  if (typeof longitudeDeg !== "number" || typeof latitudeDeg !== "number") return undefined;
  // Areas across the antimeridian are often drawn past it: 180.005 means -179.995.
  const isOnEarth = Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 360;
  return isOnEarth ? { latitudeDeg, longitudeDeg: wrapLongitudeDeg(longitudeDeg) } : undefined;
}

const brief = (value: unknown): string => {
  const text: string = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
};

export const isShapeProblem = (value: object): value is ShapeProblem => "problem" in value;
