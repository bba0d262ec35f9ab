/** A tile's pixels from a picture's: each is the mean of what it covers, or between its neighbours where it is finer than they are. */
import { CHANNELS, type PictureWindow } from "../../core/pictureLevels.js";
import { TILE_PX } from "./pictureExtent.js";
import { CELL_PX, CELLS, type TileOnPicture } from "./tileOnPicture.js";

type PictureSize = { readonly columns: number; readonly rows: number };
/** A coarser version of a picture: so many pixels of the picture in one of its own. */
export type LevelScale = PictureSize & { readonly acrossRatio: number; readonly downRatio: number };

/** The finest step between a tile's pixels, in pixels of the picture; undefined where the tile shows nothing of it. */
export function finestStep(tile: TileOnPicture, picture: PictureSize): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  eachCellOn(tile, picture, (across, down) => {
    const step = tile.stepOf(across, down);
    least = Math.min(least, step.across, step.down);
  });
  return Number.isFinite(least) ? least : undefined;
}

/** The part of a level that a tile is painted from. */
export function windowFor(tile: TileOnPicture, picture: PictureSize, level: LevelScale): PictureWindow | undefined {
  let [left, top, right, bottom] = [level.columns, level.rows, 0, 0];
  eachCellOn(tile, picture, (across, down) => {
    const [columns, rows] = rangesOf(tile, across, down);
    // Half the box of a pixel may reach over the cell's edge.
    const step = tile.stepOf(across, down);
    const [marginAcross, marginDown] = [step.across / level.acrossRatio + 2, step.down / level.downRatio + 2];
    left = Math.min(left, Math.floor(columns.least / level.acrossRatio - marginAcross));
    right = Math.max(right, Math.ceil(columns.most / level.acrossRatio + marginAcross));
    top = Math.min(top, Math.floor(rows.least / level.downRatio - marginDown));
    bottom = Math.max(bottom, Math.ceil(rows.most / level.downRatio + marginDown));
  });
  [left, top] = [Math.max(left, 0), Math.max(top, 0)];
  const [columns, rows] = [Math.min(right, level.columns) - left, Math.min(bottom, level.rows) - top];
  return columns > 0 && rows > 0 ? { left, top, columns, rows } : undefined;
}

type Window = PictureWindow & { readonly pixels: Uint8Array };

/** Red, green, blue and opacity of each of the tile's pixels; undefined where all of them are clear. */
export function paintTile(
  tile: TileOnPicture,
  picture: PictureSize,
  level: LevelScale,
  window: Window,
): Uint8Array<ArrayBuffer> | undefined {
  const painted = new Uint8Array(TILE_PX * TILE_PX * CHANNELS);
  const columns = new Float64Array(CELL_PX * CELL_PX);
  const rows = new Float64Array(CELL_PX * CELL_PX);
  let countOfPixels = 0;
  eachCellOn(tile, picture, (across, down) => {
    tile.pixelsOf(across, down, columns, rows);
    const step = tile.stepOf(across, down);
    const box: Box = {
      ...{ column: 0, row: 0 },
      halfColumns: Math.max(1, step.across / level.acrossRatio) / 2,
      halfRows: Math.max(1, step.down / level.downRatio) / 2,
    };
    for (let i = 0; i < columns.length; i++) {
      box.column = (columns[i] ?? Number.NaN) / level.acrossRatio - window.left;
      box.row = (rows[i] ?? Number.NaN) / level.downRatio - window.top;
      const at = ((down * CELL_PX + Math.floor(i / CELL_PX)) * TILE_PX + across * CELL_PX + (i % CELL_PX)) * CHANNELS;
      if (putMean(window, box, painted, at)) countOfPixels++;
    }
  });
  return countOfPixels > 0 ? painted : undefined;
}

type Range = { readonly least: number; readonly most: number };
function rangesOf(tile: TileOnPicture, across: number, down: number): readonly [columns: Range, rows: Range] {
  const corners = tile.cornersOf(across, down);
  const range = (values: readonly number[]): Range => ({ least: Math.min(...values), most: Math.max(...values) });
  return [range(corners.map(({ column }) => column)), range(corners.map(({ row }) => row))];
}

/** The cells that may show something of the picture. NaN at a corner leaves the cell out: the system has no such place. */
function eachCellOn(tile: TileOnPicture, picture: PictureSize, visit: (across: number, down: number) => void): void {
  for (let down = 0; down < CELLS; down++) {
    for (let across = 0; across < CELLS; across++) {
      const [columns, rows] = rangesOf(tile, across, down);
      const isOn =
        columns.most >= -1 && columns.least <= picture.columns + 1 && rows.most >= -1 && rows.least <= picture.rows + 1;
      if (isOn) visit(across, down);
    }
  }
}

/** One for all pixels of a cell, moved from one to the next. */
type Box = {
  column: number;
  row: number;
  readonly halfColumns: number;
  readonly halfRows: number;
};

/** Writes the mean colour of a box; what lies outside the window is clear. False where nothing of it is to be seen. */
function putMean(window: Window, box: Box, to: Uint8Array, at: number): boolean {
  const left = box.column - box.halfColumns;
  const right = box.column + box.halfColumns;
  const top = box.row - box.halfRows;
  const bottom = box.row + box.halfRows;
  const { pixels, columns } = window;
  const lastRow = Math.min(window.rows, bottom);
  const lastColumn = Math.min(columns, right);
  let red = 0;
  let green = 0;
  let blue = 0;
  let opacity = 0;
  for (let y = Math.max(0, Math.floor(top)); y < lastRow; y++) {
    const height = Math.min(bottom, y + 1) - Math.max(top, y);
    for (let x = Math.max(0, Math.floor(left)); x < lastColumn; x++) {
      const from = (y * columns + x) * CHANNELS;
      const weight = height * (Math.min(right, x + 1) - Math.max(left, x)) * (pixels[from + 3] ?? 0);
      red += weight * (pixels[from] ?? 0);
      green += weight * (pixels[from + 1] ?? 0);
      blue += weight * (pixels[from + 2] ?? 0);
      opacity += weight;
    }
  }
  const whole = 4 * box.halfColumns * box.halfRows;
  if (!(opacity / whole >= 0.5)) return false;
  to[at] = red / opacity + 0.5;
  to[at + 1] = green / opacity + 0.5;
  to[at + 2] = blue / opacity + 0.5;
  to[at + 3] = opacity / whole + 0.5;
  return true;
}
