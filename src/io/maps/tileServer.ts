/**
 * Tiles of a server on the network, politely: two requests at once, each tile kept on the disk and asked for again only after its age, and
 * then with its entity tag (RFC 9110, 13.1.2). Without a network the kept tile is given, however old.
 */
import { err, ok, type Result } from "../../core/result.js";
import { openTileCache, type CachedTile, type TileCache } from "./tileCache.js";
import {
  TILE_BYTES_MAX,
  type StatedMap,
  type TileContainer,
  type TileNumbers,
  type TileProblem,
} from "./tileContainer.js";
import { unpackedGzip } from "./unpackTile.js";

type TileServer = {
  /** An http or https address with {z}, {x} and {y}, or {-y} for rows from the south. */
  readonly url: string;
  readonly stated: StatedMap;
  readonly cache: { readonly folder: string; readonly bytesMax: number; readonly daysMax: number };
  readonly userAgent: string;
};

const REQUESTS_AT_ONCE = 2;
const TIMEOUT_MS = 15_000;
/** After a failure the server is left alone for so long. */
const REST_AFTER_FAILURE_MS = 10_000;
const DAY_MS = 86_400_000;

export function openTileServer(server: TileServer): TileContainer {
  const cache = openTileCache(server.cache.folder, server.cache.bytesMax);
  const queue = createQueue(REQUESTS_AT_ONCE);
  const closing = new AbortController();
  let restsUntilMs = 0;
  const fetchTile = async (at: TileNumbers, kept: CachedTile | undefined): Promise<CachedTile> => {
    if (Date.now() < restsUntilMs) throw new Error("the server did not answer a moment ago");
    try {
      return await fetched(server, at, kept, closing.signal);
    } catch (cause) {
      restsUntilMs = Date.now() + REST_AFTER_FAILURE_MS;
      throw cause;
    }
  };
  return {
    stated: server.stated,
    tile: async (at) => {
      const kept = await cache.read(at);
      if (kept && Date.now() - kept.fetchedUnixMs < server.cache.daysMax * DAY_MS) return ok(bytesOf(kept));
      return queue(() => freshOrKept({ at, kept, cache, fetchTile }));
    },
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

type Wanted = {
  readonly at: TileNumbers;
  readonly kept: CachedTile | undefined;
  readonly cache: TileCache;
  readonly fetchTile: (at: TileNumbers, kept: CachedTile | undefined) => Promise<CachedTile>;
};

async function freshOrKept({
  at,
  kept,
  cache,
  fetchTile,
}: Wanted): Promise<Result<Uint8Array | undefined, TileProblem>> {
  try {
    const tile = await fetchTile(at, kept);
    await cache.write(at, tile);
    return ok(bytesOf(tile));
  } catch (cause) {
    return kept ? ok(bytesOf(kept)) : err({ kind: "offline", reason: reasonOf(cause) });
  }
}

const bytesOf = ({ bytes }: CachedTile): Uint8Array | undefined => (bytes.length === 0 ? undefined : bytes);

async function fetched(
  { url, userAgent }: TileServer,
  at: TileNumbers,
  kept: CachedTile | undefined,
  closing: AbortSignal,
): Promise<CachedTile> {
  const headers: Record<string, string> = { "user-agent": userAgent };
  if (kept?.etag !== undefined) headers["if-none-match"] = kept.etag;
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), TIMEOUT_MS);
  const give = (): void => ending.abort();
  closing.addEventListener("abort", give);
  try {
    const response = await fetch(tileUrl(url, at), { headers, signal: ending.signal, redirect: "follow" });
    if (response.status === 304 && kept) return { ...kept, fetchedUnixMs: Date.now() };
    // Servers answer so beyond their area. An empty tile is kept, so that it is not asked for at every move of the map.
    const hasNone = response.status === 404 || response.status === 204;
    if (!hasNone && !response.ok) throw new Error(`HTTP ${response.status}`);
    const bytes = hasNone ? new Uint8Array() : await unpackedGzip(await limitedBody(response));
    return { bytes, etag: response.headers.get("etag") ?? undefined, fetchedUnixMs: Date.now() };
  } finally {
    clearTimeout(timer);
    closing.removeEventListener("abort", give);
  }
}

async function limitedBody(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let count = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part?.value) break;
    count += part.value.length;
    if (count > TILE_BYTES_MAX) {
      await reader?.cancel();
      throw new Error(`a tile of more than ${TILE_BYTES_MAX} bytes`);
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

/** The address of one tile. */
const tileUrl = (url: string, { zoom, column, row }: TileNumbers): string =>
  url
    .replaceAll("{z}", String(zoom))
    .replaceAll("{x}", String(column))
    .replaceAll("{-y}", String(2 ** zoom - 1 - row))
    .replaceAll("{y}", String(row));

/** Runs at most `atOnce` tasks; the latest waiting one first, since that is what the screen shows now. */
function createQueue(atOnce: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  const release = (): void => {
    running--;
    waiting.pop()?.();
  };
  return async (task) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await task();
    } finally {
      release();
    }
  };
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
