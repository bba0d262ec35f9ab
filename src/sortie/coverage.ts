import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { Position } from "../geo/position.js";
import { COVERAGE_CELL_M, LAYER_BYTES, TILE_BYTES, tileKeyOf, tilePlaceOf } from "./coverageTiles.js";
import type { CoveragePatch, TilePlace } from "./coverageTiles.js";
import { cellsOf, type Footprint } from "./footprintCells.js";

/** `coverage.json`: ground really inside the picture, and where an object of that size had enough pixels. */
export type Coverage = {
  readonly areaM2: number;
  readonly seenPersonM2: number;
  readonly seenBoatM2: number;
  /** Set when more ground was seen than is kept: the areas are then too small. */
  readonly isLimited?: true;
};

/** Some 200 km², 12 MB: more than any battery shows. What lies beyond is not counted, and the summary says so. */
const TILES_MAX = 8000;
const TILE_WORDS = TILE_BYTES / 4;
const LAYER_WORDS = LAYER_BYTES / 4;
const CELL_M2 = COVERAGE_CELL_M * COVERAGE_CELL_M;

/** Where a tile stands, and which of its cells were seen: a bit a cell, rows from the south, lowest bit west. */
type SeenTile = TilePlace & { readonly seen: Uint8Array };

/** The union of footprints on a grid of 2.5 m cells round the first one. Its sums are kept as it grows. */
export class CoverageGrid {
  readonly #tiles = new Map<number, Uint32Array>();
  readonly #changed = new Set<number>();
  /** By layer: seen, seen with enough pixels for a person, for a boat. */
  readonly #counts = [0, 0, 0];
  #frame: LocalFrame | undefined;
  #origin: Position | undefined;
  #isLimited = false;

  /** Where the cells are counted from; undefined until something was seen. */
  get origin(): Position | undefined {
    return this.#origin;
  }

  /** The tiles in which more was seen than when this was last asked. */
  takeChanged(): readonly SeenTile[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed.map((key) => this.#seenTile(key));
  }

  tiles(): readonly SeenTile[] {
    return [...this.#tiles.keys()].map((key) => this.#seenTile(key));
  }

  /** Finds the cells of a footprint and merges them, on this thread. */
  add(footprint: Footprint): void {
    const [first] = footprint.corners;
    if (!first) return;
    this.#frame ??= localFrameAt(this.#origin ?? first.position);
    const patch = cellsOf(footprint, this.#frame);
    if (patch) this.merge(patch);
  }

  /** False, and nothing is taken, when the patch counts its cells from another origin than what came before. */
  merge({ origin, tiles, cells }: CoveragePatch): boolean {
    this.#origin ??= origin;
    if (!isSamePosition(origin, this.#origin)) return false;
    tiles.forEach(({ column, row }, index) => {
      const key = tileKeyOf(column, row);
      const tile = this.#tileAt(key);
      // A copy is aligned to whole words, wherever the cells lie in their buffer.
      const next = new Uint32Array(cells.slice(index * TILE_BYTES, (index + 1) * TILE_BYTES).buffer);
      if (tile && this.#mergeTile(tile, next)) this.#changed.add(key);
    });
    return true;
  }

  summary(): Coverage {
    const [seen = 0, seenPerson = 0, seenBoat = 0] = this.#counts;
    return {
      areaM2: seen * CELL_M2,
      seenPersonM2: seenPerson * CELL_M2,
      seenBoatM2: seenBoat * CELL_M2,
      ...(this.#isLimited ? { isLimited: true } : {}),
    };
  }

  /** True when more cells are seen than before: that is what screens draw. */
  #mergeTile(tile: Uint32Array, next: Uint32Array): boolean {
    const before = this.#counts[0];
    for (let i = 0; i < TILE_WORDS; i++) {
      const had = tile[i] ?? 0;
      const fresh = (next[i] ?? 0) & ~had;
      if (fresh === 0) continue;
      tile[i] = had | fresh;
      const layer = Math.floor(i / LAYER_WORDS);
      this.#counts[layer] = (this.#counts[layer] ?? 0) + countOfBits(fresh);
    }
    return this.#counts[0] !== before;
  }

  #seenTile(key: number): SeenTile {
    const tile = this.#tiles.get(key);
    const seen = new Uint8Array(LAYER_BYTES);
    if (tile) seen.set(new Uint8Array(tile.buffer, 0, LAYER_BYTES));
    return { ...tilePlaceOf(key), seen };
  }

  #tileAt(key: number): Uint32Array | undefined {
    const known = this.#tiles.get(key);
    if (known) return known;
    if (this.#tiles.size >= TILES_MAX) {
      this.#isLimited = true;
      return undefined;
    }
    const made = new Uint32Array(TILE_WORDS);
    this.#tiles.set(key, made);
    return made;
  }
}

const isSamePosition = (a: Position, b: Position): boolean =>
  a.latitudeDeg === b.latitudeDeg && a.longitudeDeg === b.longitudeDeg;

/** Of 32 bits; Hacker's Delight, figure 5-2. */
function countOfBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
