import { err, ok } from "../../core/result.js";
import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import { featuresOf, isShapeProblem, ringsOf } from "../../geo/geoJsonShape.js";
import type { GeoJsonFeature, ShapeProblem } from "../../geo/geoJsonShape.js";
import { parseJsonObject } from "../../geo/jsonText.js";
import type { Position } from "../../geo/position.js";
import type { PlannedHome } from "../plan.js";

export type AreaDocument = {
  readonly name: string | undefined;
  readonly area: readonly Position[];
  /** Property `vigie:home` = [longitude, latitude, height above mean sea level]. */
  readonly home: PlannedHome | undefined;
  /** Property `vigie:training`. */
  readonly isTraining: boolean;
};

/** GeoJSON with exactly one Polygon without holes, bare, in a Feature or in a FeatureCollection (points and lines beside it are left). */
export function readAreaFile(text: string, path: string): Result<AreaDocument, BadFile> {
  const bad = ({ where, problem }: ShapeProblem): Result<AreaDocument, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  const parsed = parseJsonObject(text, path);
  if (!parsed.ok) return parsed;
  const features = featuresOf(parsed.value);
  if (isShapeProblem(features)) return bad(features);
  const areas = features.filter(({ type }) => type === "Polygon" || type === "MultiPolygon");
  const [feature] = areas;
  if (!feature) return bad({ where: undefined, problem: "there is no area (Polygon) in it" });
  if (areas.length > 1)
    return bad({ where: areas[1]?.where, problem: `one area at a time; there are ${areas.length}` });
  const area = outlineOf(feature);
  if (isShapeProblem(area)) return bad(area);
  const home = homeOf(feature);
  if (home && isShapeProblem(home)) return bad(home);
  const { name } = feature.properties;
  return ok({
    name: typeof name === "string" && name !== "" ? name : undefined,
    area,
    home,
    isTraining: feature.properties["vigie:training"] === true,
  });
}

function outlineOf({ type, coordinates, where }: GeoJsonFeature): readonly Position[] | ShapeProblem {
  const isMulti = type === "MultiPolygon" && Array.isArray(coordinates);
  if (isMulti && coordinates.length !== 1) {
    return { where: where || undefined, problem: `one area at a time; this MultiPolygon has ${coordinates.length}` };
  }
  const inside = where === "" ? "coordinates" : `${where}.coordinates`;
  const rings = ringsOf(isMulti ? coordinates[0] : coordinates, isMulti ? `${inside}[0]` : inside);
  if (isShapeProblem(rings)) return rings;
  if (rings.length > 1) return { where: `${inside}[1]`, problem: "areas with holes cannot be swept yet" };
  return rings[0] ?? { where: inside, problem: "a polygon without rings" };
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
  const isPlace = Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180 && Math.abs(altitudeAmslM) < 9000;
  return isPlace ? { position: { latitudeDeg, longitudeDeg }, altitudeAmslM } : problem;
}
