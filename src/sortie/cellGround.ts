import type { GroundHeight, GroundModel } from "../geo/ground/ground.js";
import type { LocalFrame } from "../geo/localFrame.js";
import { COVERAGE_CELL_M, tileKeyOf } from "./coverageTiles.js";

/** Cells a side that are kept: 2.5 km of coverage cells, twice what a camera covers round it; 5 MB. */
const KEPT_CELLS = 1024;
/** Cells are kept and forgotten in blocks of so many a side. */
const BLOCK_CELLS = 64;
const BLOCKS = KEPT_CELLS / BLOCK_CELLS;
const NO_BLOCK = -1;

/** What the height of a cell's ground rests on; 0: not asked for yet. */
export const CELL_BASIS = {
  /** A file of heights, or the coast's line, which says that it is sea. */
  known: 1,
  /** Taken for level between the sea and home, beside the waterline, where no crest can hide anything. */
  shore: 2,
  /** Taken for level: there may be anything. */
  flat: 3,
} as const;

/**
 * The ground under the cells of a grid, each asked for once: files of heights and the coast's line take microseconds a
 * place, and a camera looks at the same ground many times.
 */
class CellGround {
  readonly #ground: GroundModel;
  readonly #frame: LocalFrame;
  readonly #cellM: number;
  readonly #upM = new Float32Array(KEPT_CELLS * KEPT_CELLS);
  readonly #basis = new Uint8Array(KEPT_CELLS * KEPT_CELLS);
  /** Which block of the earth is in each block that is kept: one and the same for all that lie `KEPT_CELLS` apart. */
  readonly #blocks = new Float64Array(BLOCKS * BLOCKS).fill(NO_BLOCK);

  /** `frame`: the grid's. `cellM`: side of a cell. */
  constructor(ground: GroundModel, frame: LocalFrame, cellM: number) {
    this.#ground = ground;
    this.#frame = frame;
    this.#cellM = cellM;
  }

  /** Height of the ground in the middle of a cell, in metres up in the grid's frame. */
  upM(column: number, row: number): number {
    return this.#upM[this.#known(column, row)] ?? 0;
  }

  /** One of `CELL_BASIS`. */
  basis(column: number, row: number): number {
    return this.#basis[this.#known(column, row)] ?? CELL_BASIS.flat;
  }

  /** Between the middles of cells, metres east and north of the grid's origin: bilinear. */
  upMAt(eastM: number, northM: number): number {
    const [x, y] = [eastM / this.#cellM - 0.5, northM / this.#cellM - 0.5];
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [eastPart, northPart] = [x - column, y - row];
    const southM = this.upM(column, row) * (1 - eastPart) + this.upM(column + 1, row) * eastPart;
    const northernM = this.upM(column, row + 1) * (1 - eastPart) + this.upM(column + 1, row + 1) * eastPart;
    return southM * (1 - northPart) + northernM * northPart;
  }

  /** Where the cell is kept, once it has been asked for. */
  #known(column: number, row: number): number {
    // Two's complement: also for negative numbers the low bits count from the edge.
    const [keptColumn, keptRow] = [column & (KEPT_CELLS - 1), row & (KEPT_CELLS - 1)];
    const block = tileKeyOf(Math.floor(column / BLOCK_CELLS), Math.floor(row / BLOCK_CELLS));
    const keptBlock = Math.floor(keptRow / BLOCK_CELLS) * BLOCKS + Math.floor(keptColumn / BLOCK_CELLS);
    if (this.#blocks[keptBlock] !== block) this.#forget(keptBlock, block);
    const cell = keptRow * KEPT_CELLS + keptColumn;
    if (this.#basis[cell] === 0) this.#ask(column, row, cell);
    return cell;
  }

  #ask(column: number, row: number, cell: number): void {
    const middle = { eastM: (column + 0.5) * this.#cellM, northM: (row + 0.5) * this.#cellM, upM: 0 };
    const { position } = this.#frame.toPosition(middle);
    const found = this.#ground.heightAt(position);
    this.#upM[cell] = this.#frame.toEnu(position, found.heightAmslM).upM;
    this.#basis[cell] = basisOf(found);
  }

  #forget(keptBlock: number, block: number): void {
    this.#blocks[keptBlock] = block;
    const column = (keptBlock % BLOCKS) * BLOCK_CELLS;
    const row = Math.floor(keptBlock / BLOCKS) * BLOCK_CELLS;
    for (let i = 0; i < BLOCK_CELLS; i++) {
      const first = (row + i) * KEPT_CELLS + column;
      this.#basis.fill(0, first, first + BLOCK_CELLS);
    }
  }
}

/** The ground of a coverage grid. */
export type CoverageGround = {
  readonly frame: LocalFrame;
  readonly cells: CellGround;
  /** Where the cells' heights leap, as on a cliff, an edge has to be known better than to a cell: far behind it its shadow ends. */
  readonly edges: CellGround;
};

/** Between the heights beside a cliff's edge. */
export const EDGE_CELL_M = 0.5;

export const coverageGround = (ground: GroundModel, frame: LocalFrame): CoverageGround => ({
  frame,
  cells: new CellGround(ground, frame, COVERAGE_CELL_M),
  edges: new CellGround(ground, frame, EDGE_CELL_M),
});

function basisOf({ slope, surface }: GroundHeight): number {
  if (slope || surface === "sea") return CELL_BASIS.known;
  return surface === "waterline" ? CELL_BASIS.shore : CELL_BASIS.flat;
}
