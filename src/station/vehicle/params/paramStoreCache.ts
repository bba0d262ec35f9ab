import { join } from "node:path";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../../core/boundedJson.js";
import { readText, writeAtomic } from "../../../io/fileStore.js";
import type { ListedParam } from "../../../mavlink/params/listedParam.js";
import { px4ParamHash } from "../../../mavlink/params/paramHash.js";
import { paramTypeNumber, paramTypeOf } from "../../../mavlink/protocols/params/paramWire.js";

type CachedParams = {
  readonly params: readonly ListedParam[];
  /** As the autopilot told it for exactly these values; undefined after any of them changed. */
  readonly hash: number | undefined;
  /** Their values change by themselves and are not in the hash. */
  readonly volatileNames: readonly string[];
};

/** Parameters of vehicles met before: a file each, named after the autopilot's own number or its system id. */
export const paramCachePath = (dataFolder: string, uid: string | undefined, systemId: number): string =>
  join(dataFolder, "params", `px4-${uid?.replace(/[^0-9A-Za-z]/g, "") ?? `system-${systemId}`}.json`);

export async function writeParamCache(path: string, { params, hash, volatileNames }: CachedParams): Promise<void> {
  const rows = params.map(({ name, value, type }) => [name, paramTypeNumber(type), value]);
  // A cache that cannot be written costs the next start some time and nothing else.
  await writeAtomic(path, JSON.stringify({ format: 1, hash, volatileNames, params: rows }));
}

/** The cached table when it is what the hash stands for, else undefined. */
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
      // JSON has no NaN.
      params: rows.map(([name, type, value]) => ({ name, type: paramTypeOf(type), value: value ?? NaN })),
      hash: typeof json.hash === "number" ? json.hash : undefined,
      volatileNames: Array.isArray(json.volatileNames) ? (json.volatileNames as string[]) : [],
    };
  } catch {
    // A broken cache is no cache.
    return undefined;
  }
}
