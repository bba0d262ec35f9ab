import type { Position } from "../position.js";
import type { RasterGrid } from "../terrain/rasterGrid.js";
import type { GeoBounds } from "./geoBounds.js";
import { tilePointOf } from "./webMercator.js";

/** Width of a tile that is made from a picture, and its height. */
export const TILE_PX = 256;
/** Along each edge, so many places are looked at: a projected rectangle bulges on the map. */
const STEPS = 32;

type PictureSize = { readonly columns: number; readonly rows: number };

/** The bounds of a picture; undefined where it lies, or reaches, off the earth as its system describes it. */
export function pictureBounds(grid: Pick<RasterGrid, "positionOf">, size: PictureSize): GeoBounds | undefined {
  const edge = edgeOf(grid, size);
  const latitudes = edge.map(({ latitudeDeg }) => latitudeDeg);
  const longitudes = edge.map(({ longitudeDeg }) => longitudeDeg);
  const bounds = {
    ...{ southDeg: Math.min(...latitudes), northDeg: Math.max(...latitudes) },
    ...{ westDeg: Math.min(...longitudes), eastDeg: Math.max(...longitudes) },
  };
  // Comparisons that are false for NaN too. A picture of the whole world may have its edge half a pixel beyond.
  const isOnEarth =
    bounds.southDeg >= -90.5 && bounds.northDeg <= 90.5 && bounds.westDeg >= -180.5 && bounds.eastDeg <= 180.5;
  const within = (deg: number, limitDeg: number): number => Math.min(Math.max(deg, -limitDeg), limitDeg);
  return isOnEarth && bounds.southDeg < bounds.northDeg && bounds.westDeg < bounds.eastDeg
    ? {
        ...{ southDeg: within(bounds.southDeg, 90), northDeg: within(bounds.northDeg, 90) },
        ...{ westDeg: within(bounds.westDeg, 180), eastDeg: within(bounds.eastDeg, 180) },
      }
    : undefined;
}

function edgeOf(grid: Pick<RasterGrid, "positionOf">, { columns, rows }: PictureSize): readonly Position[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS).flatMap((part) => [
    grid.positionOf({ column: part * columns, row: 0 }),
    grid.positionOf({ column: part * columns, row: rows }),
    grid.positionOf({ column: 0, row: part * rows }),
    grid.positionOf({ column: columns, row: part * rows }),
  ]);
}

/** The zoom, not rounded, whose tiles have pixels as fine as the picture's in its middle. */
export function zoomOfPixels(grid: Pick<RasterGrid, "positionOf">, { columns, rows }: PictureSize): number {
  const at = (column: number, row: number) => tilePointOf(grid.positionOf({ column, row }), 0);
  const [column, row] = [columns / 2, rows / 2];
  const here = at(column, row);
  const finest = Math.min(
    ...[at(column + 1, row), at(column, row + 1)].map((other) =>
      Math.hypot(other.column - here.column, other.row - here.row),
    ),
  );
  return Math.log2(1 / (finest * TILE_PX));
}
