import { join } from "node:path";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../core/boundedJson.js";
import { readText, writeAtomic } from "../../io/fileStore.js";
import { createSecretStore, type Sealer, type SecretStore } from "../../io/keychain.js";
import { createFileSealer } from "../../io/keychainFile.js";
import { createSecretToolSealer } from "../../io/keychainSecretTool.js";
import { createShellSealer, type ShellSeal } from "../../io/keychainShell.js";
import { keyPairFrom, newKeySecret, type KeyPair } from "../../io/stationKeyPair.js";

export type StationKey = KeyPair;

const NAME = "station-identity";
/** Fingerprints of every key that this data folder's station has signed with, and of those that a person added. */
const KNOWN_KEYS = "known-station-keys.json";

/** Loads the key that seals this station's sorties, or creates it once; the private half is kept in the keychain. */
export function createStationKey(
  dataFolder: string,
  shell: ShellSeal | undefined,
): () => Promise<StationKey | undefined> {
  const sealers: Sealer[] = [createSecretToolSealer(), createFileSealer(join(dataFolder, "station-key.key"))];
  if (shell) sealers.unshift(createShellSealer(shell));
  return stationKeyOn(createSecretStore(join(dataFolder, "station-key.json"), sealers), dataFolder);
}

/** Loads the key on first use; every caller gets the same one. */
export function stationKeyOn(store: SecretStore, dataFolder: string): () => Promise<StationKey | undefined> {
  let loading: Promise<StationKey | undefined> | undefined;
  return () => (loading ??= loadOrMake(store, dataFolder));
}

async function loadOrMake(store: SecretStore, dataFolder: string): Promise<StationKey | undefined> {
  const kept = await store.get(NAME);
  const key = kept && keyPairFrom(kept);
  if (key) {
    await makeKnown(dataFolder, key.fingerprint);
    return key;
  }
  // The key is missing or encrypted by another machine's keychain: earlier signatures stay known by its fingerprint.
  const secret = newKeySecret();
  const isKept = (await store.set(NAME, secret)).ok;
  const made = isKept ? keyPairFrom(secret) : undefined;
  if (made) await makeKnown(dataFolder, made.fingerprint);
  return made;
}

/** Empty when the file is missing or damaged. */
export async function knownFingerprints(dataFolder: string): Promise<ReadonlySet<string>> {
  const text = await readText(join(dataFolder, KNOWN_KEYS), 1_000_000);
  const parsed = text.ok ? parseBoundedJson(text.value, SMALL_FILE_LIMITS) : text;
  const keys = parsed.ok ? (parsed.value as { readonly fingerprints?: unknown } | null)?.fingerprints : undefined;
  return new Set(Array.isArray(keys) ? keys.filter((key): key is string => typeof key === "string") : []);
}

async function makeKnown(dataFolder: string, fingerprint: string): Promise<void> {
  const known = await knownFingerprints(dataFolder);
  if (known.has(fingerprint)) return;
  const fingerprints = [...known, fingerprint];
  await writeAtomic(join(dataFolder, KNOWN_KEYS), `${JSON.stringify({ version: 1, fingerprints }, undefined, 2)}\n`);
}
