/** Tiles of a server on the disk, so that what was once seen can be seen without a network. A file a tile. */
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import type { TileNumbers } from "./tileContainer.js";

export type CachedTile = {
  /** Empty where the server has no such tile. */
  readonly bytes: Uint8Array;
  readonly etag: string | undefined;
  /** When it was fetched, or last found unchanged. */
  readonly fetchedUnixMs: number;
};

export type TileCache = {
  readonly read: (at: TileNumbers) => Promise<CachedTile | undefined>;
  /** Fails in silence on a full disk: the map works without a cache. */
  readonly write: (at: TileNumbers, tile: CachedTile) => Promise<void>;
};

/** After so many writes, and at the first, the cache is measured. */
const MEASURED_EVERY = 200;
/** A cache over its size is cut to this part of it, the longest unused first. */
const KEPT_FRACTION = 0.8;

/** An entity tag has neither spaces nor line ends (RFC 9110, 8.8.3); a server's that has is not kept. */
const isPlain = (etag: string): boolean => /^[!-~]+$/.test(etag);

/** Each file is a line with time and entity tag, then the tile's bytes. */
export function openTileCache(folder: string, bytesMax: number): TileCache {
  const fileOf = ({ zoom, column, row }: TileNumbers): string => path.join(folder, `${zoom}-${column}-${row}.tile`);
  let writes = 0;
  return {
    read: async (at) => {
      const file = fileOf(at);
      try {
        const bytes = await readFile(file);
        const tile = parse(bytes);
        // The time of the file's last use: what is longest unused goes first.
        if (tile) await utimes(file, new Date(), new Date());
        return tile;
      } catch {
        // Not there, or not readable: it is fetched.
        return undefined;
      }
    },
    write: async (at, { bytes, etag, fetchedUnixMs }) => {
      const file = fileOf(at);
      const aside = `${file}.${process.pid}.part`;
      try {
        await mkdir(folder, { recursive: true });
        const head = Buffer.from(`${fetchedUnixMs} ${etag !== undefined && isPlain(etag) ? etag : ""}\n`);
        await writeFile(aside, Buffer.concat([head, bytes]));
        await rename(aside, file);
        if (writes++ % MEASURED_EVERY === 0) await cutTo(folder, bytesMax);
      } catch {
        await rm(aside, { force: true }).catch(() => undefined);
      }
    },
  };
}

function parse(bytes: Buffer): CachedTile | undefined {
  const end = bytes.indexOf(0x0a);
  if (end < 0) return undefined;
  const [time, etag = ""] = bytes.toString("utf8", 0, end).split(" ", 2);
  const fetchedUnixMs = Number(time);
  if (!Number.isFinite(fetchedUnixMs)) return undefined;
  return { bytes: bytes.subarray(end + 1), etag: etag === "" ? undefined : etag, fetchedUnixMs };
}

async function cutTo(folder: string, bytesMax: number): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const file = path.join(folder, name);
      const { size, mtimeMs } = await stat(file);
      return { file, size, mtimeMs };
    }),
  );
  let total = files.reduce((sum, { size }) => sum + size, 0);
  if (total <= bytesMax) return;
  files.sort((one, other) => one.mtimeMs - other.mtimeMs);
  for (const { file, size } of files) {
    if (total <= bytesMax * KEPT_FRACTION) return;
    await rm(file, { force: true });
    total -= size;
  }
}
