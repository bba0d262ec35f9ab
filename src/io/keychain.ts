import { parseBoundedJson, SMALL_FILE_LIMITS } from "../core/boundedJson.js";
import { err, ok, type Result } from "../core/result.js";
import { ioFailure, readText, writeAtomic, type IoFailure } from "./fileStore.js";

/** One way to encrypt a secret: the result of `seal` may be stored in a file that others can read. */
export type Sealer = {
  /** Stored with each secret, so that it is opened by the sealer that sealed it. */
  readonly id: "shell" | "secret-tool" | "file";
  readonly store: "keychain" | "encrypted-file";
  readonly isAvailable: () => Promise<boolean>;
  readonly seal: (name: string, secret: Uint8Array) => Promise<Result<string, IoFailure>>;
  /** Undefined when the secret is gone or cannot be opened on this machine. */
  readonly open: (name: string, sealed: string) => Promise<Uint8Array | undefined>;
  readonly forget: (name: string) => Promise<void>;
};

export type SecretStore = {
  readonly store: () => Promise<Sealer["store"]>;
  readonly names: () => Promise<readonly string[]>;
  readonly get: (name: string) => Promise<Uint8Array | undefined>;
  readonly set: (name: string, secret: Uint8Array) => Promise<Result<void, IoFailure>>;
  readonly remove: (name: string) => Promise<Result<void, IoFailure>>;
};

type Entry = { readonly by: string; readonly sealed: string };

/** Stores named secrets in one file, each sealed by the first of `sealers` that works on this machine (best first). */
export function createSecretStore(path: string, sealers: readonly Sealer[]): SecretStore {
  let chosen: Promise<Sealer | undefined> | undefined;
  const best = (): Promise<Sealer | undefined> => (chosen ??= firstAvailable(sealers));
  const read = async (): Promise<ReadonlyMap<string, Entry>> => {
    const text = await readText(path);
    return text.ok ? entriesIn(text.value) : new Map<string, Entry>();
  };
  const write = (entries: ReadonlyMap<string, Entry>): Promise<Result<void, IoFailure>> =>
    writeAtomic(path, `${JSON.stringify({ version: 1, secrets: Object.fromEntries(entries) }, undefined, 2)}\n`);
  return {
    store: async () => (await best())?.store ?? "encrypted-file",
    names: async () => [...(await read()).keys()].sort(),
    get: async (name) => {
      const entry = (await read()).get(name);
      return entry && sealers.find(({ id }) => id === entry.by)?.open(name, entry.sealed);
    },
    set: async (name, secret) => {
      const sealer = await best();
      if (!sealer) return err(ioFailure("keep a key", "no keychain"));
      const sealed = await sealer.seal(name, secret);
      if (!sealed.ok) return sealed;
      return write(new Map(await read()).set(name, { by: sealer.id, sealed: sealed.value }));
    },
    remove: async (name) => {
      const entries = new Map(await read());
      const entry = entries.get(name);
      if (!entry) return ok(undefined);
      await sealers.find(({ id }) => id === entry.by)?.forget(name);
      entries.delete(name);
      return write(entries);
    },
  };
}

async function firstAvailable(sealers: readonly Sealer[]): Promise<Sealer | undefined> {
  for (const sealer of sealers) if (await sealer.isAvailable()) return sealer;
  return undefined;
}

/** A damaged file counts as empty; it is replaced when the next secret is stored. */
function entriesIn(text: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const json = parseBoundedJson(text, SMALL_FILE_LIMITS);
  const { secrets } = (json.ok ? (json.value ?? {}) : {}) as { readonly secrets?: unknown };
  if (typeof secrets !== "object" || secrets === null) return entries;
  for (const [name, entry] of Object.entries(secrets as Readonly<Record<string, Partial<Entry> | null>>)) {
    const { by, sealed } = entry ?? {};
    if (typeof by === "string" && typeof sealed === "string") entries.set(name, { by, sealed });
  }
  return entries;
}
