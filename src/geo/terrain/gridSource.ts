import type { Position } from "../position.js";
import { rasterGrid, type GridGradient, type RasterGrid } from "./rasterGrid.js";
import type { Bounds, HeightRaster, MeasuredRaster, Slope, TerrainSource } from "./terrain.js";

/** A place is looked up with this error, so that the last column and row belong to the raster: a tenth of a millimetre. */
const EDGE_CELLS = 1e-6;
/** Places along each edge whose latitudes and longitudes bound the raster: between them a projected edge is straight. */
const EDGE_PLACES = 64;

export function measuredRaster(raster: HeightRaster): MeasuredRaster {
  const placed = placedRaster(raster);
  const gradients = [...edgePlaces(placed, 1)].map((place) => placed.grid.gradientAt(place));
  return {
    ...raster,
    bounds: boundsOf(placed),
    resolutionM: Math.max(
      ...gradients.map(({ columnEast, columnNorth }) => 1 / Math.hypot(columnEast, columnNorth)),
      ...gradients.map(({ rowEast, rowNorth }) => 1 / Math.hypot(rowEast, rowNorth)),
    ),
    steepestRatio: steepest(raster, gradients),
  };
}

/** Heights between the raster's own by bilinear interpolation, as GDAL's `-r bilinear` does. */
export function gridSource(raster: MeasuredRaster): TerrainSource {
  const { name, datum, accuracy, bounds, resolutionM, steepestRatio } = raster;
  const placed = placedRaster(raster);
  return {
    ...{ name, datum, accuracy, bounds, resolutionM, steepestRatio, raster },
    heightAt: (position) => {
      const cell = cellAt(placed, position);
      return cell && blended(cell);
    },
    slopeAt: (position) => {
      const cell = cellAt(placed, position);
      return cell && slopeOf(cell, placed.grid.gradientAt(position));
    },
  };
}

type PlacedRaster = Pick<HeightRaster, "columns" | "rows" | "marginCells" | "heightsM"> & { readonly grid: RasterGrid };

const placedRaster = ({ columns, rows, marginCells, heightsM, placement }: HeightRaster): PlacedRaster => ({
  ...{ columns, rows, marginCells, heightsM },
  grid: rasterGrid(placement),
});

/** Corners and, with more than one part, places between them along the outermost heights' edge. */
function* edgePlaces({ columns, rows, grid, marginCells }: PlacedRaster, parts: number): Iterable<Position> {
  const [left, right] = [-marginCells, columns - 1 + marginCells];
  const [top, bottom] = [-marginCells, rows - 1 + marginCells];
  for (let i = 0; i <= parts; i++) {
    const [column, row] = [left + ((right - left) * i) / parts, top + ((bottom - top) * i) / parts];
    yield grid.positionOf({ column, row: top });
    yield grid.positionOf({ column, row: bottom });
    yield grid.positionOf({ column: left, row });
    yield grid.positionOf({ column: right, row });
  }
}

function boundsOf(raster: PlacedRaster): Bounds {
  const places = [...edgePlaces(raster, EDGE_PLACES)];
  const latitudes = places.map(({ latitudeDeg }) => latitudeDeg);
  const longitudes = places.map(({ longitudeDeg }) => longitudeDeg);
  return {
    ...{ southDeg: Math.min(...latitudes), northDeg: Math.max(...latitudes) },
    ...{ westDeg: Math.min(...longitudes), eastDeg: Math.max(...longitudes) },
  };
}

/** The four heights around a place, and how far it lies from the first towards the next column and row, 0 to 1. */
type Cell = {
  readonly firstM: number;
  readonly nextColumnM: number;
  readonly nextRowM: number;
  readonly nextBothM: number;
  readonly column: number;
  readonly row: number;
};

function cellAt({ columns, rows, grid, marginCells, heightsM }: PlacedRaster, position: Position): Cell | undefined {
  const at = grid.pointOf(position);
  const margin = marginCells + EDGE_CELLS;
  // Written so that NaN is outside too.
  const isInside =
    at.column >= -margin && at.column <= columns - 1 + margin && at.row >= -margin && at.row <= rows - 1 + margin;
  if (!isInside) return undefined;
  const column = clamped(Math.floor(at.column), columns - 2);
  const row = clamped(Math.floor(at.row), rows - 2);
  const first = row * columns + column;
  const cell: Cell = {
    firstM: heightsM[first] ?? Number.NaN,
    nextColumnM: heightsM[first + 1] ?? Number.NaN,
    nextRowM: heightsM[first + columns] ?? Number.NaN,
    nextBothM: heightsM[first + columns + 1] ?? Number.NaN,
    column: clamped(at.column - column, 1),
    row: clamped(at.row - row, 1),
  };
  // A void next to the place makes it unknown, also on the edge of the cell: nothing is made up.
  return Number.isNaN(cell.firstM + cell.nextColumnM + cell.nextRowM + cell.nextBothM) ? undefined : cell;
}

const clamped = (value: number, max: number): number => Math.min(Math.max(value, 0), max);

function blended({ firstM, nextColumnM, nextRowM, nextBothM, column, row }: Cell): number {
  const aboveM = firstM + (nextColumnM - firstM) * column;
  const belowM = nextRowM + (nextBothM - nextRowM) * column;
  return aboveM + (belowM - aboveM) * row;
}

function slopeOf(cell: Cell, { columnEast, columnNorth, rowEast, rowNorth }: GridGradient): Slope {
  const { firstM, nextColumnM, nextRowM, nextBothM, column, row } = cell;
  const perColumnM = (nextColumnM - firstM) * (1 - row) + (nextBothM - nextRowM) * row;
  const perRowM = (nextRowM - firstM) * (1 - column) + (nextBothM - nextColumnM) * column;
  return {
    eastRatio: perColumnM * columnEast + perRowM * rowEast,
    northRatio: perColumnM * columnNorth + perRowM * rowNorth,
  };
}

/**
 * Within a cell no rise is steeper than those along its edges together, where cells are smallest. `gradients`: at the
 * raster's corners.
 */
function steepest({ columns, rows, heightsM }: HeightRaster, gradients: readonly GridGradient[]): number {
  let columnM = 0;
  let rowM = 0;
  for (let at = 0; at < columns * rows; at++) {
    const heightM = heightsM[at] ?? Number.NaN;
    // A comparison with NaN is false: voids do not count.
    const perColumnM = (at + 1) % columns === 0 ? 0 : Math.abs((heightsM[at + 1] ?? Number.NaN) - heightM);
    const perRowM = Math.abs((heightsM[at + columns] ?? Number.NaN) - heightM);
    if (perColumnM > columnM) columnM = perColumnM;
    if (perRowM > rowM) rowM = perRowM;
  }
  return Math.max(...gradients.map((gradient) => steepestWith(gradient, columnM, rowM)));
}

/** |a + b| is at most the square root of (a² + b²)(1 + |cosine of their angle|). */
function steepestWith({ columnEast, columnNorth, rowEast, rowNorth }: GridGradient, columnM: number, rowM: number) {
  const [perColumn, perRow] = [Math.hypot(columnEast, columnNorth), Math.hypot(rowEast, rowNorth)];
  const cosine = (columnEast * rowEast + columnNorth * rowNorth) / (perColumn * perRow);
  return Math.hypot(columnM * perColumn, rowM * perRow) * Math.sqrt(1 + Math.abs(cosine));
}
