/** MBTiles 1.3: tiles in an SQLite database. Source: github.com/mapbox/mbtiles-spec, 1.3. */
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sqlite from "node-sqlite3-wasm";
import { err, ok, type Result } from "../../core/result.js";
import { openRegularFile } from "../regularFile.js";
import {
  TILE_BYTES_MAX,
  type ContainerProblem,
  type StatedMap,
  type TileFile,
  type TileNumbers,
  type TileProblem,
} from "./tileContainer.js";
import { unpackedGzip } from "./unpackTile.js";

const SQLITE_MAGIC = "SQLite format 3\0";
const TILE_QUERY = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?";
const ADDRESSES_QUERY = "SELECT DISTINCT tile_column, tile_row FROM tiles WHERE zoom_level = ? LIMIT ?";
const ZOOMS_QUERY = "SELECT min(zoom_level) AS least, max(zoom_level) AS most FROM tiles";

export async function openMbTiles(file: string): Promise<Result<TileFile, ContainerProblem>> {
  const isDatabase = await startsAsDatabase(file);
  if (!isDatabase.ok) return isDatabase;
  if (!isDatabase.value) return err({ kind: "not-this-format", format: "MBTiles" });
  let folder: string | undefined;
  let database: sqlite.Database | undefined;
  try {
    folder = await mkdtemp(path.join(tmpdir(), "vigie-map-"));
    database = new sqlite.Database(await nameWithoutLock(file, folder), { readOnly: true, fileMustExist: true });
    return ok(containerOf(database, folder));
  } catch (cause) {
    database?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    return err({ kind: "damaged", reason: reasonOf(cause) });
  }
}

async function startsAsDatabase(file: string): Promise<Result<boolean, ContainerProblem>> {
  const opened = await openRegularFile(file);
  if (!opened.ok) return opened;
  const { handle } = opened.value;
  try {
    const { buffer } = await handle.read(Buffer.alloc(SQLITE_MAGIC.length), 0, SQLITE_MAGIC.length, 0);
    return ok(buffer.toString("latin1") === SQLITE_MAGIC);
  } catch (cause) {
    return err({ kind: "not-readable", reason: reasonOf(cause) });
  } finally {
    await handle.close();
  }
}

/**
 * The package locks a database by a folder beside it, which a read-only stick does not allow and a killed process leaves behind. Nobody
 * writes to a map: under another name, in a folder of our own, the lock is in nobody's way. Windows may refuse links: then the file itself.
 */
async function nameWithoutLock(file: string, folder: string): Promise<string> {
  const name = path.join(folder, "map");
  try {
    await symlink(path.resolve(file), name);
    return name;
  } catch {
    return file;
  }
}

function containerOf(database: sqlite.Database, folder: string): TileFile {
  const metadata = metadataOf(database);
  const query = database.prepare(TILE_QUERY);
  return {
    stated: statedBy(database, metadata),
    statedHeights: metadata.get("encoding"),
    addresses: (zoom, countMax) => Promise.resolve(addressesIn(database, zoom, countMax)),
    tile: async ({ zoom, column, row }) => {
      try {
        // MBTiles counts rows from the south (TMS).
        const found = query.get([zoom, column, 2 ** zoom - 1 - row]);
        const bytes = found?.["tile_data"];
        if (!(bytes instanceof Uint8Array)) return ok(undefined);
        if (bytes.length > TILE_BYTES_MAX) return err({ kind: "broken", reason: `a tile of ${bytes.length} bytes` });
        return ok(await unpackedGzip(bytes));
      } catch (cause) {
        return err({ kind: "broken", reason: reasonOf(cause) });
      }
    },
    close: async () => {
      query.finalize();
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function addressesIn(
  database: sqlite.Database,
  zoom: number,
  countMax: number,
): Result<readonly TileNumbers[] | undefined, TileProblem> {
  try {
    const rows = database.all(ADDRESSES_QUERY, [zoom, countMax + 1]);
    if (rows.length > countMax) return ok(undefined);
    return ok(
      rows.map(({ tile_column, tile_row }) => ({
        ...{ zoom, column: Number(tile_column), row: 2 ** zoom - 1 - Number(tile_row) },
      })),
    );
  } catch (cause) {
    return err({ kind: "broken", reason: reasonOf(cause) });
  }
}

function metadataOf(database: sqlite.Database): ReadonlyMap<string, string> {
  const metadata = new Map<string, string>();
  for (const { name, value } of database.all("SELECT name, value FROM metadata LIMIT 1000")) {
    if (typeof name === "string" && typeof value === "string") metadata.set(name, value);
  }
  return metadata;
}

function statedBy(database: sqlite.Database, metadata: ReadonlyMap<string, string>): StatedMap {
  const zooms = database.get(ZOOMS_QUERY);
  const bounds = metadata.get("bounds")?.split(",").map(Number);
  return {
    name: metadata.get("name"),
    attribution: metadata.get("attribution"),
    encoding: metadata.get("format") ?? "png",
    zoomMin: Number(zooms?.["least"] ?? 0),
    zoomMax: Number(zooms?.["most"] ?? 0),
    boundsDeg: bounds?.length === 4 ? bounds : undefined,
  };
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
