/** Heights of a GeoTIFF file, once its place, its unit and its zero are understood; else why not. */
import type { GeoTiffContent } from "../../core/geoTiffContent.js";
import { err, ok, type Result } from "../../core/result.js";
import { withAssumedAccuracy } from "./assumedAccuracy.js";
import type { BadTerrain } from "./badTerrain.js";
import { HIGHEST_M, LOWEST_M } from "./earthHeights.js";
import { gridSource } from "./gridSource.js";
import { planeProjection } from "./planeProjection.js";
import { graticule, type RasterPlacement } from "./rasterGrid.js";
import type { Bounds, HeightDatum, TerrainSource } from "./terrain.js";

/** GeoTIFF 1.1, section 7: keys. */
const KEY = { geodeticSystem: 2048, projectedSystem: 3072, verticalSystem: 4096, verticalUnit: 4099 } as const;
/** "User-defined", in each key: the file describes a system of its own. */
const OWN_SYSTEM = 32_767;
const METRE = 9001;
/** EPSG unit of length → metres. */
const METRES_PER_UNIT: ReadonlyMap<number, number> = new Map([
  [METRE, 1],
  [9002, 0.3048],
  [9003, 1200 / 3937],
]);
const METRES_BY_NAME: ReadonlyMap<string, number> = new Map([
  ...["m", "metre", "meter", "metres", "meters"].map((name) => [name, 1] as const),
  ...["ft", "foot", "feet"].map((name) => [name, 0.3048] as const),
  ...["us-ft", "us survey foot", "ftus"].map((name) => [name, 1200 / 3937] as const),
]);
/**
 * Zeroes that are mean sea level within less than a metre on this coast: EGM96, EGM2008, mean sea level, France's NGF-IGN69,
 * Britain's Newlyn, Belgium's Oostende (whose 0 is low water, 2.3 m under mean sea level, and so is not here), EVRF.
 */
const SEA_LEVEL: ReadonlySet<number> = new Set([5773, 3855, 5714, 5720, 5701, 5621, 5730, 9389, 5129]);
/** Systems whose third axis is the height above the ellipsoid. */
const ELLIPSOID: ReadonlySet<number> = new Set([4979, 4937, 4964, 7912, 5030, 5019]);

export function geoTiffSource(content: GeoTiffContent, name: string): Result<TerrainSource, BadTerrain> {
  const { columns, rows, samples, keys } = content;
  if (columns < 2 || rows < 2) return err({ kind: "bad-header", field: "width and height", at: 0 });
  const epsg = keys.get(KEY.projectedSystem) ?? keys.get(KEY.geodeticSystem) ?? OWN_SYSTEM;
  const projection = planeProjection(epsg);
  if (!projection) return err({ kind: "unknown-projection", epsg: epsg === OWN_SYSTEM ? undefined : epsg });
  const axis = verticalAxis(content);
  if (!axis.ok) return axis;
  const { metresPerUnit, datum } = axis.value;
  const heightsM = heightsOf(samples, metresPerUnit);
  const placement = placementOf(content, epsg, projection.isGeographic);
  // Half a cell outwards also where heights stand at points: the tiles of Copernicus do not overlap.
  const raster = { ...{ name, datum, columns, rows, heightsM, placement }, marginCells: 0.5 } as const;
  const measured = withAssumedAccuracy(raster);
  return isOnEarth(measured.bounds) ? ok(gridSource(measured)) : err({ kind: "not-on-earth" });
}

/** Not a number beyond any place on earth: files mark voids by such a number without saying which. */
function heightsOf(samples: Float32Array, metresPerUnit: number): Float32Array {
  const isHeight = (valueM: number): boolean => valueM >= LOWEST_M && valueM <= HIGHEST_M;
  const isAsItIs = metresPerUnit === 1 && samples.every((height) => Number.isNaN(height) || isHeight(height));
  if (isAsItIs) return samples;
  return samples.map((height) => (isHeight(height * metresPerUnit) ? height * metresPerUnit : Number.NaN));
}

function verticalAxis({ keys, unit = "" }: GeoTiffContent) {
  const epsg = keys.get(KEY.verticalUnit) ?? METRE;
  // The band's own word is nearer to its numbers than the system's.
  const metresPerUnit = unit === "" ? METRES_PER_UNIT.get(epsg) : METRES_BY_NAME.get(unit.toLowerCase());
  if (metresPerUnit === undefined) {
    return err({ kind: "unknown-unit" as const, unit: unit === "" ? `EPSG:${epsg}` : unit });
  }
  const datum = datumOf(keys);
  if (!datum) return err({ kind: "unknown-datum" as const, datum: `EPSG:${keys.get(KEY.verticalSystem) ?? ""}` });
  return ok({ metresPerUnit, datum });
}

/** False for NaN too, as a projection answers far outside its plane. */
const isOnEarth = ({ southDeg, northDeg, westDeg, eastDeg }: Bounds): boolean =>
  southDeg >= -90 && northDeg <= 90 && westDeg >= -180 && eastDeg <= 180;

/** Most files of heights do not say from what they count; all that are published for this coast count from sea level. */
function datumOf(keys: ReadonlyMap<number, number>): HeightDatum | undefined {
  const vertical = keys.get(KEY.verticalSystem);
  if (vertical === undefined) return ELLIPSOID.has(keys.get(KEY.geodeticSystem) ?? 0) ? "ellipsoid" : "egm96";
  if (ELLIPSOID.has(vertical)) return "ellipsoid";
  return SEA_LEVEL.has(vertical) ? "egm96" : undefined;
}

/** The file's transform counts from the corner of the first square, or from the first point: a grid from the first height. */
function placementOf({ toPlane, isArea }: GeoTiffContent, epsg: number, isGeographic: boolean): RasterPlacement {
  const { x0, xPerColumn, xPerRow, y0, yPerColumn, yPerRow } = toPlane;
  const half = isArea ? 0.5 : 0;
  const first = {
    ...toPlane,
    x0: x0 + half * (xPerColumn + xPerRow),
    y0: y0 + half * (yPerColumn + yPerRow),
  };
  const isNorthUp = isGeographic && xPerRow === 0 && yPerColumn === 0 && xPerColumn > 0 && yPerRow < 0;
  return isNorthUp
    ? graticule({ latitudeDeg: first.y0, longitudeDeg: first.x0 }, xPerColumn, -yPerRow)
    : { kind: "plane", epsg, toPlane: first };
}
