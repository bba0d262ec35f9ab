/** GeoJSON (RFC 7946) as a drawing, with colours by the simplestyle words (github.com/mapbox/simplestyle-spec) where it has them. */
import { err, ok, type Result } from "../../core/result.js";
import type { BadFile } from "../badFile.js";
import { featuresOf, type GeoJsonFeature, isShapeProblem, type ShapeProblem } from "../geoJsonShape.js";
import { type JsonObject, parseJsonObject } from "../jsonText.js";
import { wrapLongitudeDeg } from "../longitudes.js";
import type { Position } from "../position.js";
import {
  type Overlay,
  OVERLAY_CHARS_MAX,
  type OverlayFeature,
  type OverlayLook,
  type OverlayShape,
  PLAIN_LOOK,
} from "./overlay.js";

const LIMITS = { charsMax: OVERLAY_CHARS_MAX, depthMax: 64, valuesMax: 3_000_000 };
const NAME_CHARS_MAX = 80;
const STROKE_PX_MAX = 20;

export function readGeoJsonOverlay(text: string, path: string): Result<Overlay, BadFile> {
  const parsed = parseJsonObject(text, path, LIMITS);
  if (!parsed.ok) return parsed;
  const found = featuresOf(parsed.value);
  if (isShapeProblem(found)) return err({ kind: "bad-file", path, ...found });
  const features: OverlayFeature[] = [];
  for (const feature of found) {
    const read = drawn(feature);
    if (isShapeProblem(read)) return err({ kind: "bad-file", path, ...read });
    features.push(...read);
  }
  const name = parsed.value["name"];
  return ok({
    name: typeof name === "string" ? name.slice(0, NAME_CHARS_MAX) : "",
    features,
    pictures: [],
    links: [],
  });
}

/** How deep the list of coordinates is, what one geometry of it is, and whether there are several. */
const TYPES: Readonly<Record<string, { readonly shape: OverlayShape; readonly isMany: boolean }>> = {
  Point: { shape: "point", isMany: false },
  MultiPoint: { shape: "point", isMany: true },
  LineString: { shape: "line", isMany: false },
  MultiLineString: { shape: "line", isMany: true },
  Polygon: { shape: "area", isMany: false },
  MultiPolygon: { shape: "area", isMany: true },
};

function drawn({ where, type, coordinates, properties }: GeoJsonFeature): readonly OverlayFeature[] | ShapeProblem {
  const form = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (!form) return { where, problem: `a geometry of type ${type.slice(0, 40)} is not read` };
  const bad: ShapeProblem = { where, problem: "longitudes and latitudes were expected" };
  const many: unknown = form.isMany ? coordinates : [coordinates];
  if (!Array.isArray(many)) return bad;
  const features: OverlayFeature[] = [];
  for (const one of many as readonly unknown[]) {
    const parts = partsOf(form.shape, one);
    if (!parts) return bad;
    const look = lookOf(properties, form.shape);
    if (parts.length > 0) features.push({ name: nameOf(properties), shape: form.shape, parts, look });
  }
  return features;
}

function partsOf(shape: OverlayShape, coordinates: unknown): readonly (readonly Position[])[] | undefined {
  const lists = shape === "area" ? coordinates : [shape === "point" ? [coordinates] : coordinates];
  if (!Array.isArray(lists)) return undefined;
  const parts: (readonly Position[])[] = [];
  for (const list of lists as readonly unknown[]) {
    if (!Array.isArray(list)) return undefined;
    const positions = (list as readonly unknown[]).map(positionOf);
    if (positions.includes(undefined)) return undefined;
    const known = positions.filter((position) => position !== undefined);
    parts.push(shape === "area" ? known.slice(0, -1) : known);
  }
  return parts;
}

function positionOf(pair: unknown): Position | undefined {
  if (!Array.isArray(pair)) return undefined;
  const [longitudeDeg, latitudeDeg] = pair as readonly unknown[];
  if (typeof longitudeDeg !== "number" || typeof latitudeDeg !== "number") return undefined;
  const isOnEarth = Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 360;
  return isOnEarth ? { latitudeDeg, longitudeDeg: wrapLongitudeDeg(longitudeDeg) } : undefined;
}

function nameOf({ name, Name: capital, title }: JsonObject): string {
  const found = [name, capital, title].find((word) => typeof word === "string");
  return typeof found === "string" ? found.replace(/\s+/g, " ").trim().slice(0, NAME_CHARS_MAX) : "";
}

function lookOf(properties: JsonObject, shape: OverlayShape): OverlayLook {
  const word = shape === "point" ? "marker-color" : "stroke";
  const widthPx = properties["stroke-width"];
  return {
    stroke: colourOf(properties[word], properties["stroke-opacity"], 1) ?? PLAIN_LOOK.stroke,
    strokePx: typeof widthPx === "number" && widthPx >= 0 ? Math.min(widthPx, STROKE_PX_MAX) : PLAIN_LOOK.strokePx,
    // The specification's own opacity of areas.
    fill: colourOf(properties["fill"], properties["fill-opacity"], 0.6) ?? PLAIN_LOOK.fill,
  };
}

function colourOf(colour: unknown, opacity: unknown, usual: number): string | undefined {
  const [, digits = ""] = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(typeof colour === "string" ? colour : "") ?? [];
  if (digits === "") return undefined;
  const six = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  const part = typeof opacity === "number" ? Math.min(Math.max(opacity, 0), 1) : usual;
  return `#${six}${Math.round(part * 255)
    .toString(16)
    .padStart(2, "0")}`.toLowerCase();
}
