import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { Position } from "../geo/position.js";
import { COVERAGE_CELL_M, LAYER_BYTES, TILE_BYTES, tileKeyOf, tilePlaceOf } from "./coverageTiles.js";
import type { CoveragePatch, TilePlace } from "./coverageTiles.js";
import { cellsOf, type Footprint } from "./footprintCells.js";

/** `coverage.json`: ground area inside the pictures, and the part where an object of that size had enough pixels. */
export type Coverage = {
  readonly areaM2: number;
  readonly seenPersonM2: number;
  readonly seenBoatM2: number;
  /**
   * The part of `areaM2` that was judged as if the ground were level: no file of heights knows it, or what lies between it and the
   * camera. There a crest may have hidden what is counted as seen. At sea, beside files of heights, nothing is.
   */
  readonly onFlatGroundM2: number;
  /** Set when the limit of the grid was reached: the areas are then too small. */
  readonly isLimited?: true;
};

/**
 * About 200 km², 16 MB: more than a flight on any battery covers. Ground beyond is not counted, and the summary says
 * so.
 */
const TILES_MAX = 8000;
const TILE_WORDS = TILE_BYTES / 4;
const LAYER_WORDS = LAYER_BYTES / 4;
const CELL_M2 = COVERAGE_CELL_M * COVERAGE_CELL_M;

/** A tile's position, and which of its cells were seen: one bit a cell, rows from the south, lowest bit in the west. */
type SeenTile = TilePlace & { readonly seen: Uint8Array };

/**
 * The union of footprints on a grid of 2.5 m cells around the first one. Its area sums are updated with every
 * footprint.
 */
export class CoverageGrid {
  readonly #tiles = new Map<number, Uint32Array>();
  readonly #changed = new Set<number>();
  /** By layer: seen, seen with enough pixels for a person, for a boat, seen over known ground. */
  readonly #counts = [0, 0, 0, 0];
  #frame: LocalFrame | undefined;
  #origin: Position | undefined;
  #isLimited = false;

  /** The grid's origin; undefined until the first footprint. */
  get origin(): Position | undefined {
    return this.#origin;
  }

  /** The tiles in which more was seen since the previous call. */
  takeChanged(): readonly SeenTile[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed.map((key) => this.#seenTile(key));
  }

  tiles(): readonly SeenTile[] {
    return [...this.#tiles.keys()].map((key) => this.#seenTile(key));
  }

  /** Computes the cells of a footprint and merges them, on the calling thread. */
  add(footprint: Footprint): void {
    const [first] = footprint.corners;
    if (!first) return;
    this.#frame ??= localFrameAt(this.#origin ?? first.position);
    const patch = cellsOf(footprint, this.#frame);
    if (patch) this.merge(patch);
  }

  /** Returns false and merges nothing when the patch has another origin than the grid. */
  merge({ origin, tiles, cells }: CoveragePatch): boolean {
    this.#origin ??= origin;
    if (!isSamePosition(origin, this.#origin)) return false;
    tiles.forEach(({ column, row }, index) => {
      const key = tileKeyOf(column, row);
      const tile = this.#tileAt(key);
      // `slice` copies to a new buffer, which a Uint32Array needs for its alignment.
      const next = new Uint32Array(cells.slice(index * TILE_BYTES, (index + 1) * TILE_BYTES).buffer);
      if (tile && this.#mergeTile(tile, next)) this.#changed.add(key);
    });
    return true;
  }

  summary(): Coverage {
    const [seen = 0, seenPerson = 0, seenBoat = 0, onKnownGround = 0] = this.#counts;
    return {
      areaM2: seen * CELL_M2,
      seenPersonM2: seenPerson * CELL_M2,
      seenBoatM2: seenBoat * CELL_M2,
      onFlatGroundM2: (seen - onKnownGround) * CELL_M2,
      ...(this.#isLimited ? { isLimited: true } : {}),
    };
  }

  /** True when more cells are seen than before: only these are drawn on screens. */
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

/** The number of bits set in 32; Hacker's Delight, figure 5-2. */
function countOfBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
