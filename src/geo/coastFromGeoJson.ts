import type { JsonLimits } from "../core/boundedJson.js";
import { err, ok } from "../core/result.js";
import type { Result } from "../core/result.js";
import type { BadFile } from "./badFile.js";
import type { CoastDocument } from "./coastDocument.js";
import { COAST_FILE_BYTES_MAX, lineProblem } from "./coastLimits.js";
import { featuresOf, isShapeProblem, ringsOf } from "./geoJsonShape.js";
import type { GeoJsonFeature, ShapeProblem } from "./geoJsonShape.js";
import { isObject, parseJsonObject } from "./jsonText.js";
import type { JsonObject } from "./jsonText.js";
import type { Position } from "./position.js";

type Land = CoastDocument["land"][number];
type Box = CoastDocument["box"];

// A line that does not state its error gets the measured error of the built-in line that it replaces.
const UNSTATED_ERROR = { medianM: 43, p90M: 118, worstM: 466 };
const BOX_LIMIT_DEG = 5;
/** Room for the longest form in use: 15 digits a coordinate, one coordinate a line, indented. */
const LIMITS: JsonLimits = { charsMax: COAST_FILE_BYTES_MAX, depthMax: 64, valuesMax: 2_000_000 };

/**
 * A user's own better line, which replaces the built-in coast: GeoJSON with land as Polygon or MultiPolygon (Feature,
 * FeatureCollection or bare). "bbox" [west, south, east, north] says where the data is valid, else the corners' own box;
 * edges along it are not waterline. Top-level "vigie:error" {medianM, p90M, worstM} states the line's error; "name",
 * "attribution", "licence" and "date" are shown. Line geometries are refused, since they do not tell which side is land.
 */
export function coastFromGeoJson(text: string, path: string): Result<CoastDocument, BadFile> {
  const bad = ({ where, problem }: ShapeProblem): Result<CoastDocument, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  const parsed = parseJsonObject(text, path, LIMITS);
  if (!parsed.ok) return parsed;
  const top = parsed.value;
  const features = featuresOf(top);
  if (isShapeProblem(features)) return bad(features);
  const land: Land[] = [];
  for (const feature of features) {
    const areas = landOf(feature);
    if (isShapeProblem(areas)) return bad(areas);
    for (const area of areas) land.push(area);
  }
  if (land.length === 0) return bad({ where: undefined, problem: "there is no land area in it" });
  const problem = lineProblem(land);
  if (problem !== undefined) return bad({ where: undefined, problem });
  const box = boxOf(top["bbox"], land);
  if (isShapeProblem(box)) return bad(box);
  const error = errorOf(top["vigie:error"]);
  if (isShapeProblem(error)) return bad(error);
  const words = (key: string, fallback: string): string => wordsAt(top, key, fallback);
  return ok({
    attribution: words("attribution", "your own coast line"),
    source: words("name", path),
    licence: words("licence", "not stated"),
    date: words("date", "not stated"),
    error,
    box,
    land,
    harbours: [],
    relief: undefined,
  });
}

const wordsAt = (source: JsonObject, key: string, fallback: string): string => {
  const value = source[key];
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : fallback;
};

function landOf({ type, coordinates, where }: GeoJsonFeature): readonly Land[] | ShapeProblem {
  const inside = where === "" ? "coordinates" : `${where}.coordinates`;
  if (type === "Polygon") return onePolygon(coordinates, inside);
  if (type !== "MultiPolygon") {
    const isLine = type === "LineString" || type === "MultiLineString";
    const why = isLine ? ": a line does not say on which side the land is" : "";
    return { where: where || undefined, problem: `land must be Polygon or MultiPolygon, not ${type}${why}` };
  }
  if (!Array.isArray(coordinates)) return { where: inside, problem: "a list of polygons was expected" };
  const areas: Land[] = [];
  for (const [i, polygon] of coordinates.entries()) {
    const read = onePolygon(polygon, `${inside}[${i}]`);
    if (isShapeProblem(read)) return read;
    for (const area of read) areas.push(area);
  }
  return areas;
}

function onePolygon(coordinates: unknown, where: string): readonly Land[] | ShapeProblem {
  const rings = ringsOf(coordinates, where);
  if (isShapeProblem(rings)) return rings;
  const [outline, ...holes] = rings;
  return outline ? [{ outline, holes }] : [];
}

function boxOf(bbox: unknown, land: readonly Land[]): Box | ShapeProblem {
  const box = bbox === undefined ? boxAround(land.flatMap(({ outline }) => outline)) : statedBox(bbox);
  if (isShapeProblem(box)) return box;
  const widthDeg = box.eastDeg - box.westDeg;
  const heightDeg = box.northDeg - box.southDeg;
  if (widthDeg <= BOX_LIMIT_DEG && heightDeg <= BOX_LIMIT_DEG) return box;
  return {
    where: bbox === undefined ? undefined : "bbox",
    problem: `larger than ${BOX_LIMIT_DEG} degrees; cut it to the area you fly`,
  };
}

function statedBox(bbox: unknown): Box | ShapeProblem {
  const values: readonly unknown[] = Array.isArray(bbox) && bbox.length === 4 ? bbox : [];
  const degreesAt = (i: number): number => {
    const value = values[i];
    return typeof value === "number" ? value : Number.NaN;
  };
  const box = { westDeg: degreesAt(0), southDeg: degreesAt(1), eastDeg: degreesAt(2), northDeg: degreesAt(3) };
  const isOnEarth = box.westDeg >= -180 && box.eastDeg <= 180 && box.southDeg >= -90 && box.northDeg <= 90;
  if (isOnEarth && box.westDeg < box.eastDeg && box.southDeg < box.northDeg) return box;
  return { where: "bbox", problem: "four numbers were expected: west, south, east, north" };
}

function boxAround(corners: readonly Position[]): Box {
  const box = { westDeg: 180, eastDeg: -180, southDeg: 90, northDeg: -90 };
  for (const { latitudeDeg, longitudeDeg } of corners) {
    box.westDeg = Math.min(box.westDeg, longitudeDeg);
    box.eastDeg = Math.max(box.eastDeg, longitudeDeg);
    box.southDeg = Math.min(box.southDeg, latitudeDeg);
    box.northDeg = Math.max(box.northDeg, latitudeDeg);
  }
  return box;
}

function errorOf(stated: unknown): CoastDocument["error"] | ShapeProblem {
  if (stated === undefined) return UNSTATED_ERROR;
  const { medianM, p90M, worstM } = isObject(stated) ? stated : {};
  const isGood = (value: unknown): value is number => typeof value === "number" && value >= 0 && value < 1e5;
  if (isGood(medianM) && isGood(p90M) && isGood(worstM) && medianM <= p90M && p90M <= worstM) {
    return { medianM, p90M, worstM };
  }
  return { where: "vigie:error", problem: "medianM ≤ p90M ≤ worstM in metres were expected" };
}
