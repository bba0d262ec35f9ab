import { join } from "node:path";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../../core/boundedJson.js";
import { readText, writeAtomic } from "../../../io/fileStore.js";
import type { ListedParam } from "../../../mavlink/params/listedParam.js";
import { px4ParamHash } from "../../../mavlink/params/paramHash.js";
import { paramTypeNumber, paramTypeOf } from "../../../mavlink/protocols/params/paramWire.js";

type CachedParams = {
  readonly params: readonly ListedParam[];
  /** The autopilot's hash of exactly these values; undefined after any of them changed. */
  readonly hash: number | undefined;
  /** Parameters that change by themselves and are not part of the hash. */
  readonly volatileNames: readonly string[];
};

/** The cache of one vehicle's parameters: a file named after the autopilot's hardware id or its system id. */
export const paramCachePath = (dataFolder: string, uid: string | undefined, systemId: number): string =>
  join(dataFolder, "params", `px4-${uid?.replace(/[^0-9A-Za-z]/g, "") ?? `system-${systemId}`}.json`);

/** Replaces the cache file. A failure to write is ignored. */
export async function writeParamCache(path: string, { params, hash, volatileNames }: CachedParams): Promise<void> {
  const rows = params.map(({ name, value, type }) => [name, paramTypeNumber(type), value]);
  // When the cache cannot be written, the next start only takes longer.
  await writeAtomic(path, JSON.stringify({ format: 1, hash, volatileNames, params: rows }));
}

/** The cached table when its hash is `hashNow`, else undefined. */
export async function readParamCache(path: string, hashNow: number): Promise<CachedParams | undefined> {
  const text = await readText(path);
  const cached = text.ok ? cachedFrom(text.value) : undefined;
  if (!cached) return undefined;
  const volatileNames = new Set(cached.volatileNames);
  const isSame = cached.hash === hashNow || px4ParamHash(cached.params, (name) => volatileNames.has(name)) === hashNow;
  return isSame ? { ...cached, hash: hashNow } : undefined;
}

function cachedFrom(text: string): CachedParams | undefined {
  const parsed = parseBoundedJson(text, SMALL_FILE_LIMITS);
  if (!parsed.ok) return undefined;
  try {
    const json = parsed.value as { hash?: unknown; volatileNames?: unknown; params?: unknown };
    if (!Array.isArray(json.params)) return undefined;
    const rows = json.params as readonly (readonly [string, number, number | null])[];
    return {
      // JSON has no NaN: it was written as null.
      params: rows.map(([name, type, value]) => ({ name, type: paramTypeOf(type), value: value ?? NaN })),
      hash: typeof json.hash === "number" ? json.hash : undefined,
      volatileNames: Array.isArray(json.volatileNames) ? (json.volatileNames as string[]) : [],
    };
  } catch {
    // A damaged cache counts as none.
    return undefined;
  }
}
