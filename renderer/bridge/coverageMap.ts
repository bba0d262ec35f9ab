import type { CoverageUpdate } from "../../src/contract/flightMemory.js";
import type { Position } from "../../src/geo/position.js";
import { Latest } from "./latest.js";

type Tile = {
  readonly column: number;
  readonly row: number;
  readonly seen: Uint8Array;
  /** Value of `changes` when this tile was received. */
  readonly change: number;
};

/** The ground covered in this flight, as published by the station (layout: `src/contract/flightMemory.ts`). */
export class CoverageMap {
  /** Incremented with every coverage message. */
  readonly changes = new Latest(0);
  readonly #tiles = new Map<string, Tile>();
  #origin: Position | undefined;
  #cellM = 1;
  #tileCells = 1;
  /** Value of `changes` when the whole map was last replaced. */
  #wholeSince = 0;

  apply({ isWhole, origin, cellM, tileCells, tiles, seen }: CoverageUpdate): void {
    const change = this.changes.get() + 1;
    if (isWhole) {
      this.#tiles.clear();
      this.#wholeSince = change;
    }
    this.#origin = origin;
    this.#cellM = cellM;
    this.#tileCells = tileCells;
    const bytes = (tileCells * tileCells) / 8;
    tiles.forEach(({ column, row }, i) => {
      this.#tiles.set(`${column}/${row}`, { column, row, change, seen: seen.slice(i * bytes, (i + 1) * bytes) });
    });
    this.changes.set(change);
  }

  /** Where east and north are counted from; undefined until something was seen. */
  get origin(): Position | undefined {
    return this.#origin;
  }

  get tileM(): number {
    return this.#cellM * this.#tileCells;
  }

  /**
   * True when the map was replaced after change number `change`: what was drawn until then belongs to another flight.
   */
  isReplacedSince(change: number): boolean {
    return this.#wholeSince > change;
  }

  /** South-west corners of the tiles that came after change number `change`, metres from the origin. */
  tilesSince(change: number): readonly { readonly eastM: number; readonly northM: number }[] {
    const changed = [...this.#tiles.values()].filter((tile) => tile.change > change);
    return changed.map(({ column, row }) => ({ eastM: column * this.tileM, northM: row * this.tileM }));
  }

  isSeen(eastM: number, northM: number): boolean {
    const [column, row] = [Math.floor(eastM / this.#cellM), Math.floor(northM / this.#cellM)];
    const cells = this.#tileCells;
    const tile = this.#tiles.get(`${Math.floor(column / cells)}/${Math.floor(row / cells)}`);
    if (!tile) return false;
    const at = (row - tile.row * cells) * cells + (column - tile.column * cells);
    return ((tile.seen[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
  }
}
