import type { Position } from "../../geo/position.js";
import { graticule, rasterGrid } from "../../geo/terrain/rasterGrid.js";
import type { TerrainAccuracy } from "../../geo/terrain/terrain.js";
import { createTerrainModel, type TerrainModel } from "../../geo/terrain/terrainModel.js";
import { aSource } from "../../geo/terrain/testing/rasters.js";
import { metres, offset } from "./planBuilders.js";

const SIDE = 201;
const NORTH_WEST = metres(-1000, 1000);
const SOUTH_EAST = metres(1000, -1000);
const PLACEMENT = graticule(
  NORTH_WEST,
  (SOUTH_EAST.longitudeDeg - NORTH_WEST.longitudeDeg) / (SIDE - 1),
  (NORTH_WEST.latitudeDeg - SOUTH_EAST.latitudeDeg) / (SIDE - 1),
);
const LASER: TerrainAccuracy = { verticalSigmaM: 1, horizontalSigmaM: 0 };

/** Ground within a kilometre of the beach, a height every ten metres; NaN is a void. */
export function groundOf(heightAt: (eastM: number, northM: number) => number, accuracy = LASER): TerrainModel {
  const place = (column: number, row: number): Position => rasterGrid(PLACEMENT).positionOf({ column, row });
  const heights = (column: number, row: number): number => {
    const { xM, yM } = offset(place(column, row));
    return heightAt(Math.round(xM), Math.round(yM));
  };
  return createTerrainModel([aSource(heights, { placement: PLACEMENT, columns: SIDE, rows: SIDE, accuracy })]);
}
