import { measuredRaster } from "./gridSource.js";
import type { HeightRaster, MeasuredRaster, TerrainAccuracy } from "./terrain.js";

/**
 * GeoTIFFs and tiles say nothing of their errors. From their resolution: airborne laser scans are good to half a metre,
 * Copernicus' 30 m to 4 m at 90 %, SRTM's to 16 m at 90 %; to the side each is known to half a cell.
 * Heights further apart than 100 m say less and less of the ground between them: about with the square root of their distance.
 */
function assumedAccuracy(resolutionM: number): TerrainAccuracy {
  const verticalSigmaM = resolutionM <= 6 ? 1 : resolutionM <= 35 ? 5 : 10 * Math.sqrt(Math.max(1, resolutionM / 100));
  return { verticalSigmaM, horizontalSigmaM: resolutionM / 2 };
}

export function withAssumedAccuracy(raster: Omit<HeightRaster, "accuracy">): MeasuredRaster {
  const measured = measuredRaster({ ...raster, accuracy: assumedAccuracy(0) });
  return { ...measured, accuracy: assumedAccuracy(measured.resolutionM) };
}
