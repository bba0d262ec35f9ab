/** Where the pixels of a tile lie on a picture with a place on earth. */
import type { RasterGrid } from "../terrain/rasterGrid.js";
import { type GeoBounds, isInBounds } from "./geoBounds.js";
import { TILE_PX } from "./pictureExtent.js";
import { positionOfTilePoint, type TileAddress } from "./webMercator.js";

/** A tile is looked at in squares of so many pixels, over which most projections are as good as straight. */
export const CELL_PX = 16;
export const CELLS = TILE_PX / CELL_PX;
const CORNERS = CELLS + 1;
/** In pixels of the tile: where a straight line is further off than this, every pixel is projected by itself. */
const ERROR_MAX_PX = 0.1;

type Point = { readonly column: number; readonly row: number };
const NOWHERE: Point = { column: Number.NaN, row: Number.NaN };

/** How far it is on the picture from one pixel of the tile to the next, to the right and down. */
type CellStep = { readonly across: number; readonly down: number };

export class TileOnPicture {
  readonly #grid: Pick<RasterGrid, "pointOf">;
  readonly #bounds: GeoBounds;
  readonly #tile: TileAddress;
  readonly #corners: readonly Point[];

  constructor(grid: Pick<RasterGrid, "pointOf">, bounds: GeoBounds, tile: TileAddress) {
    this.#grid = grid;
    this.#bounds = bounds;
    this.#tile = tile;
    this.#corners = Array.from({ length: CORNERS * CORNERS }, (_, i) =>
      this.#pointAt((i % CORNERS) * CELL_PX, Math.floor(i / CORNERS) * CELL_PX),
    );
  }

  /** The corners of a cell: upper left and right, lower left and right. */
  cornersOf(across: number, down: number): readonly [Point, Point, Point, Point] {
    const at = down * CORNERS + across;
    const corner = (index: number): Point => this.#corners[index] ?? NOWHERE;
    return [corner(at), corner(at + 1), corner(at + CORNERS), corner(at + CORNERS + 1)];
  }

  stepOf(across: number, down: number): CellStep {
    const [a, b, c] = this.cornersOf(across, down);
    return {
      across: (Math.abs(b.column - a.column) + Math.abs(c.column - a.column)) / CELL_PX,
      down: (Math.abs(b.row - a.row) + Math.abs(c.row - a.row)) / CELL_PX,
    };
  }

  /** The middles of a cell's pixels on the picture, row after row; NaN where the picture's system has no such place. */
  pixelsOf(across: number, down: number, columns: Float64Array, rows: Float64Array): void {
    const [a, b, c, d] = this.cornersOf(across, down);
    if (this.#isStraight(across, down)) {
      fillBetween(columns, [a.column, b.column, c.column, d.column]);
      fillBetween(rows, [a.row, b.row, c.row, d.row]);
      return;
    }
    for (let at = 0; at < CELL_PX * CELL_PX; at++) {
      const [x, y] = [(at % CELL_PX) + 0.5, Math.floor(at / CELL_PX) + 0.5];
      const point = this.#boundedPointAt(across * CELL_PX + x, down * CELL_PX + y);
      columns[at] = point.column;
      rows[at] = point.row;
    }
  }

  #isStraight(across: number, down: number): boolean {
    const [a, b, c, d] = this.cornersOf(across, down);
    const middle = this.#pointAt((across + 0.5) * CELL_PX, (down + 0.5) * CELL_PX);
    const step = this.stepOf(across, down);
    return (
      Math.abs(middle.column - (a.column + b.column + c.column + d.column) / 4) <= ERROR_MAX_PX * step.across &&
      Math.abs(middle.row - (a.row + b.row + c.row + d.row) / 4) <= ERROR_MAX_PX * step.down
    );
  }

  #positionAt(x: number, y: number) {
    const { zoom, column, row } = this.#tile;
    return positionOfTilePoint({ zoom, column: column + x / TILE_PX, row: row + y / TILE_PX });
  }

  #pointAt(x: number, y: number): Point {
    return this.#grid.pointOf(this.#positionAt(x, y));
  }

  /** Far from where it is meant for, a projection may come round again and answer with a place inside the picture. */
  #boundedPointAt(x: number, y: number): Point {
    const position = this.#positionAt(x, y);
    return isInBounds(this.#bounds, position) ? this.#grid.pointOf(position) : NOWHERE;
  }
}

type Corners = readonly [upperLeft: number, upperRight: number, lowerLeft: number, lowerRight: number];

/** The values at the middles of a cell's pixels, between those at its corners. */
function fillBetween(to: Float64Array, [upperLeft, upperRight, lowerLeft, lowerRight]: Corners): void {
  for (let y = 0, at = 0; y < CELL_PX; y++) {
    const lower = (y + 0.5) / CELL_PX;
    const left = upperLeft + (lowerLeft - upperLeft) * lower;
    const right = upperRight + (lowerRight - upperRight) * lower;
    for (let x = 0; x < CELL_PX; x++, at++) to[at] = left + ((right - left) * (x + 0.5)) / CELL_PX;
  }
}
