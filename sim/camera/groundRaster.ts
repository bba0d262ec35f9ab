import type { LandSurface } from "../world/surface.js";

/** Temperatures on a square grid; row 0 is in the south. */
export type GroundRaster = {
  readonly westM: number;
  readonly southM: number;
  readonly cellM: number;
  readonly cells: number;
  readonly temperaturesC: Float32Array;
};

type Square = { readonly eastM: number; readonly northM: number; readonly cellM: number; readonly cells: number };

/** Samples the surface once, so that drawing a frame needs only lookups. */
export function bakeRaster(surface: LandSurface, square: Square): GroundRaster {
  const { cellM, cells } = square;
  const westM = square.eastM - (cells * cellM) / 2;
  const southM = square.northM - (cells * cellM) / 2;
  const temperaturesC = new Float32Array(cells * cells);
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      temperaturesC[row * cells + column] = surface(westM + (column + 0.5) * cellM, southM + (row + 0.5) * cellM);
    }
  }
  return { westM, southM, cellM, cells, temperaturesC };
}

export function isOnRaster(raster: GroundRaster, eastM: number, northM: number): boolean {
  const spanM = (raster.cells - 2) * raster.cellM;
  const x = eastM - raster.westM - raster.cellM;
  const y = northM - raster.southM - raster.cellM;
  return x > 0 && y > 0 && x < spanM && y < spanM;
}
