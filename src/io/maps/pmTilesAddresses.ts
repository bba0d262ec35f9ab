import { tileIdToZxy, zxyToTileId, type Entry, type Header } from "pmtiles";
import type { TileNumbers } from "./tileContainer.js";

/** As deep as readers of PMTiles follow directories. */
const DEPTH_MAX = 4;
/** Directories, of some ten thousand tiles each, that one zoom is looked for in: a file with more points in circles. */
const DIRECTORIES_MAX = 4096;

type DirectoryAt = (offset: number, length: number) => Promise<readonly Entry[]>;

/** All tiles of a zoom as the directories list them, whatever the header says; undefined if they are more than `countMax`. */
export async function pmTilesAddresses(
  header: Header,
  directoryAt: DirectoryAt,
  zoom: number,
  countMax: number,
): Promise<readonly TileNumbers[] | undefined> {
  // Tiles are numbered zoom by zoom.
  const [from, end] = [zxyToTileId(zoom, 0, 0), zxyToTileId(zoom, 0, 0) + 4 ** zoom];
  const found: TileNumbers[] = [];
  let countOfDirectories = 0;
  /** False when there are too many. */
  const collect = async (offset: number, length: number, depth: number): Promise<boolean> => {
    if (depth > DEPTH_MAX || countOfDirectories++ > DIRECTORIES_MAX) throw new RangeError("directories without an end");
    const entries = await directoryAt(offset, length);
    for (const [i, entry] of entries.entries()) {
      if (entry.runLength > 0) {
        if (!addRun(found, entry, [from, end], countMax)) return false;
        continue;
      }
      const next = entries[i + 1]?.tileId ?? Number.POSITIVE_INFINITY;
      const isElsewhere = entry.tileId >= end || next <= from;
      if (isElsewhere) continue;
      if (!(await collect(header.leafDirectoryOffset + entry.offset, entry.length, depth + 1))) return false;
    }
    return true;
  };
  return (await collect(header.rootDirectoryOffset, header.rootDirectoryLength, 1)) ? found : undefined;
}

/** Tiles that follow each other and are alike are one entry, as the sea is. */
function addRun(
  found: TileNumbers[],
  { tileId, runLength }: Entry,
  [from, end]: readonly [number, number],
  countMax: number,
): boolean {
  for (let id = Math.max(tileId, from); id < Math.min(tileId + runLength, end); id++) {
    if (found.length === countMax) return false;
    const [zoom, column, row] = tileIdToZxy(id);
    found.push({ zoom, column, row });
  }
  return true;
}
