import { gridSource, measuredRaster } from "../gridSource.js";
import { graticule } from "../rasterGrid.js";
import type { HeightRaster, TerrainSource } from "../terrain.js";

/** North-west of the Boulonnais' capes. */
export const CORNER = { latitudeDeg: 50.95, longitudeDeg: 1.6 };
export const STEP_DEG = 1e-4;

/** A raster whose heights are a function of column and row; NaN is a void. */
export const aRaster = (
  heightAt: (column: number, row: number) => number,
  changes: Partial<HeightRaster> = {},
): HeightRaster => {
  const { columns = 101, rows = 101 } = changes;
  const heightsM = Float32Array.from({ length: columns * rows }, (_, i) =>
    heightAt(i % columns, Math.floor(i / columns)),
  );
  return {
    ...{ name: "made", datum: "egm96", accuracy: { verticalSigmaM: 3, horizontalSigmaM: 4 } },
    ...{ columns, rows, placement: graticule(CORNER, STEP_DEG, STEP_DEG), marginCells: 0, heightsM },
    ...changes,
  };
};

export const aSource = (
  heightAt: (column: number, row: number) => number,
  changes: Partial<HeightRaster> = {},
): TerrainSource => gridSource(measuredRaster(aRaster(heightAt, changes)));

/** The place so many columns east and rows south of the raster's first height. */
export const placeAt = (column: number, row: number) => ({
  latitudeDeg: CORNER.latitudeDeg - row * STEP_DEG,
  longitudeDeg: CORNER.longitudeDeg + column * STEP_DEG,
});
