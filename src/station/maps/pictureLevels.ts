import { CHANNELS, type PictureLevel, readWindow } from "../../core/pictureLevels.js";
import type { LevelScale } from "../../geo/tiles/paintTile.js";

export type ScaledLevel = PictureLevel & LevelScale;

/** Blocks of one map that stay unpacked: some screens full of it, and coarse versions of a chart of 20,000 x 20,000 pixels. */
const CACHE_BYTES_MAX = 96 * 2 ** 20;
const BLOCK_PX = 256;
/** A coarse version that the file does not have is made of at most this many times as many pixels a side. */
export const HALVINGS_MAX = 4;

/** Unpacked blocks, the longest unused forgotten first. */
class BlockCache {
  readonly #blocks = new Map<string, { readonly block: Promise<Uint8Array | undefined>; readonly bytes: number }>();
  #bytes = 0;

  /** A level whose blocks are kept; `name` tells levels apart. */
  over(name: string, level: PictureLevel): PictureLevel {
    const bytes = level.blockColumns * level.blockRows * CHANNELS;
    return {
      ...level,
      block: (across, down) => this.#get(`${name} ${across} ${down}`, bytes, () => level.block(across, down)),
    };
  }

  #get(key: string, bytes: number, read: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> {
    const known = this.#blocks.get(key);
    const entry = known ?? { block: read(), bytes };
    this.#blocks.delete(key);
    this.#blocks.set(key, entry);
    if (!known) this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#blocks) {
      if (this.#bytes <= CACHE_BYTES_MAX || oldest === key) break;
      this.#blocks.delete(oldest);
      this.#bytes -= freed;
    }
    return entry.block;
  }
}

/** The levels of a picture with what is made up between and beyond them, each at most twice as coarse as the one before. */
export function scaledLevels(levels: readonly PictureLevel[]): readonly ScaledLevel[] {
  const cache = new BlockCache();
  const [finest] = levels;
  if (!finest) return [];
  const scaled = levels.map((level, i) => ({
    ...cache.over(`level ${i}`, level),
    ...{ acrossRatio: finest.columns / level.columns, downRatio: finest.rows / level.rows },
  }));
  const all: ScaledLevel[] = [];
  for (const [i, level] of scaled.entries()) {
    const next = scaled[i + 1];
    let last: ScaledLevel = level;
    all.push(last);
    for (let halving = 0; halving < HALVINGS_MAX; halving++) {
      // Half of it would be no finer than the file's own next one.
      if (next && last.acrossRatio * 2 > next.acrossRatio * 0.9) break;
      last = halved(cache, `${i} ${halving}`, last);
      all.push(last);
    }
  }
  return all;
}

function halved(cache: BlockCache, name: string, finer: ScaledLevel): ScaledLevel {
  const level: PictureLevel = {
    ...{ columns: Math.ceil(finer.columns / 2), rows: Math.ceil(finer.rows / 2) },
    ...{ blockColumns: BLOCK_PX, blockRows: BLOCK_PX },
    block: async (across, down) => {
      const size = 2 * BLOCK_PX;
      const window = { left: across * size, top: down * size, columns: size, rows: size };
      const pixels = await readWindow(finer, window);
      return pixels && meansOfFour(pixels);
    },
  };
  const ratios = { acrossRatio: finer.acrossRatio * 2, downRatio: finer.downRatio * 2 };
  return { ...cache.over(`half ${name}`, level), ...ratios };
}

/** Each pixel is the mean of four, of their colours by how opaque they are. */
function meansOfFour(fine: Uint8Array): Uint8Array {
  const coarse = new Uint8Array(BLOCK_PX * BLOCK_PX * CHANNELS);
  const fineRow = 2 * BLOCK_PX * CHANNELS;
  for (let row = 0, to = 0; row < BLOCK_PX; row++) {
    for (let column = 0, a = 2 * row * fineRow; column < BLOCK_PX; column++, to += CHANNELS, a += 2 * CHANNELS)
      putMean(coarse, to, fine, a);
  }
  return coarse;
}

/** Sixty million times for one tile of a large chart: nothing is allocated in here. */
function putMean(coarse: Uint8Array, to: number, fine: Uint8Array, a: number): void {
  const b = a + CHANNELS;
  const c = a + 2 * BLOCK_PX * CHANNELS;
  const d = c + CHANNELS;
  const ofA = fine[a + 3] ?? 0;
  const ofB = fine[b + 3] ?? 0;
  const ofC = fine[c + 3] ?? 0;
  const ofD = fine[d + 3] ?? 0;
  const opacity = ofA + ofB + ofC + ofD;
  if (opacity === 0) return;
  for (let i = 0; i < 3; i++) {
    const sum =
      ofA * (fine[a + i] ?? 0) + ofB * (fine[b + i] ?? 0) + ofC * (fine[c + i] ?? 0) + ofD * (fine[d + i] ?? 0);
    coarse[to + i] = sum / opacity + 0.5;
  }
  coarse[to + 3] = opacity / 4 + 0.5;
}
