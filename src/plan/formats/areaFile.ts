import { err, ok } from "../../core/result.js";
import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import { featuresOf, isShapeProblem, ringsOf } from "../../geo/geoJsonShape.js";
import type { GeoJsonFeature, ShapeProblem } from "../../geo/geoJsonShape.js";
import { joinedAt180 } from "../../geo/joinHalves.js";
import { parseJsonObject } from "../../geo/jsonText.js";
import type { JsonObject } from "../../geo/jsonText.js";
import type { Position } from "../../geo/position.js";
import type { PlannedHome } from "../plan.js";
import { isKmlText, kmlAreas } from "./kmlArea.js";

export type AreaDocument = {
  readonly name: string | undefined;
  readonly area: readonly Position[];
  /** Property `vigie:home` = [longitude, latitude, height above mean sea level]. */
  readonly home: PlannedHome | undefined;
  /** Property `vigie:training`. */
  readonly isTraining: boolean;
};

/**
 * GeoJSON with exactly one Polygon without holes (bare, in a Feature or in a FeatureCollection; points and lines beside it are
 * ignored), or KML with one. An area split at the antimeridian (RFC 7946) is joined into one.
 */
export function readAreaFile(text: string, path: string): Result<AreaDocument, BadFile> {
  const bad = ({ where, problem }: ShapeProblem): Result<AreaDocument, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  const foreign = otherFormat(text);
  if (foreign) return bad(foreign);
  if (isKmlText(text)) return reportedOr(bad, areaOfKml(text));
  const parsed = parseJsonObject(text, path);
  return parsed.ok ? reportedOr(bad, areaOfGeoJson(parsed.value)) : parsed;
}

const reportedOr = (
  bad: (problem: ShapeProblem) => Result<AreaDocument, BadFile>,
  document: AreaDocument | ShapeProblem,
): Result<AreaDocument, BadFile> => (isShapeProblem(document) ? bad(document) : ok(document));

/** Recognises, by the first characters, other file formats that hold areas but cannot be read here. */
function otherFormat(text: string): ShapeProblem | undefined {
  const start = text.slice(0, 200).replace(/^\ufeff?\s*/, "");
  const say = (problem: string): ShapeProblem => ({ where: undefined, problem });
  if (start.startsWith("PK\u0003\u0004"))
    return say("this is a ZIP archive, perhaps KMZ: unpack it and give the KML inside");
  if (/^QGC\s+WPL/i.test(start))
    return say("this is a Mission Planner mission (QGC WPL), no area: it can be checked and flown as it is");
  if (start.startsWith("\u0000\u0000'\n")) return say("this is a shapefile: convert it to GeoJSON first");
  return undefined;
}

function areaOfKml(text: string): AreaDocument | ShapeProblem {
  const areas = kmlAreas(text);
  if ("problem" in areas) return areas;
  const outlines = joinedAt180(areas.map(({ area }) => area));
  const [area] = outlines;
  if (!area) return { where: undefined, problem: "there is no area (Polygon) in it" };
  if (outlines.length > 1) return { where: undefined, problem: `one area at a time; there are ${outlines.length}` };
  if (areas.some(({ hasHoles }) => hasHoles)) return { where: undefined, problem: HOLES };
  return { name: areas[0]?.name, area, home: undefined, isTraining: false };
}

const HOLES = "areas with holes cannot be swept yet: leave the hole out, or cut the area in two";

function areaOfGeoJson(top: JsonObject): AreaDocument | ShapeProblem {
  if (top["fileType"] === "Plan") {
    return { where: "fileType", problem: "this is a plan, no area: it can be checked and flown as it is" };
  }
  const features = featuresOf(top);
  if (isShapeProblem(features)) return features;
  const areas = features.filter(({ type }) => type === "Polygon" || type === "MultiPolygon");
  const [feature] = areas;
  if (!feature) return { where: undefined, problem: "there is no area (Polygon) in it" };
  const area = oneOutline(areas);
  if (isShapeProblem(area)) return area;
  const home = homeOf(feature);
  if (home && isShapeProblem(home)) return home;
  const { name } = feature.properties;
  return {
    name: typeof name === "string" && name !== "" ? name : undefined,
    area,
    home,
    isTraining: feature.properties["vigie:training"] === true,
  };
}

function oneOutline(areas: readonly GeoJsonFeature[]): readonly Position[] | ShapeProblem {
  const outlines: (readonly Position[])[] = [];
  for (const area of areas) {
    const own = outlinesOf(area);
    if (isShapeProblem(own)) return own;
    outlines.push(...own);
  }
  const joined = joinedAt180(outlines);
  const [outline] = joined;
  if (joined.length === 1 && outline) return outline;
  const place = areas[areas.length > 1 ? 1 : 0]?.where;
  const what = areas.length > 1 ? "there are" : "this MultiPolygon has";
  return { where: place === "" ? undefined : place, problem: `one area at a time; ${what} ${joined.length}` };
}

function outlinesOf({ type, coordinates, where }: GeoJsonFeature): readonly (readonly Position[])[] | ShapeProblem {
  const inside = where === "" ? "coordinates" : `${where}.coordinates`;
  const polygons: readonly unknown[] =
    type !== "MultiPolygon" ? [coordinates] : Array.isArray(coordinates) ? coordinates : [];
  if (polygons.length === 0) return { where: inside, problem: "a list of polygons was expected" };
  const outlines: (readonly Position[])[] = [];
  for (const [i, polygon] of polygons.entries()) {
    const at = type === "MultiPolygon" ? `${inside}[${i}]` : inside;
    const rings = ringsOf(polygon, at);
    if (isShapeProblem(rings)) return rings;
    if (rings.length > 1) return { where: `${at}[1]`, problem: HOLES };
    outlines.push(rings[0] ?? []);
  }
  return outlines;
}

function homeOf({ properties, where }: GeoJsonFeature): PlannedHome | ShapeProblem | undefined {
  const stated = properties["vigie:home"];
  if (stated === undefined) return undefined;
  const inside = `${where.replace(/\.?geometry$/, "")}.properties["vigie:home"]`.replace(/^\./, "");
  const problem = { where: inside, problem: "longitude, latitude and height above sea level were expected" };
  if (!Array.isArray(stated) || stated.length !== 3) return problem;
  const [longitudeDeg, latitudeDeg, altitudeAmslM] = stated.map((value: unknown) =>
    typeof value === "number" ? value : Number.NaN,
  );
  if (longitudeDeg === undefined || latitudeDeg === undefined || altitudeAmslM === undefined) return problem;
  const isPlace =
    Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180 && altitudeAmslM >= -1000 && altitudeAmslM <= 100_000;
  return isPlace ? { position: { latitudeDeg, longitudeDeg }, altitudeAmslM } : problem;
}
