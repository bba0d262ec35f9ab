import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../core/boundedJson.js";
import { appendText, readText, sha256Hex } from "../../io/fileStore.js";
import { SORTIE_FILES } from "../../sortie/layout.js";

/**
 * A journal with one line per sortie sealed by this station. To forge a sortie, even with the key, one would have to
 * change this file too.
 */
const JOURNAL = "sealed-sorties.jsonl";

/** Appends the folder and the SHA-256 of its manifest to the journal; does nothing without a readable manifest. */
export async function noteSealed(dataFolder: string, folder: string): Promise<void> {
  const manifest = await readText(join(folder, SORTIE_FILES.manifest));
  if (!manifest.ok) return;
  const line = { path: await placeOf(folder), manifestSha256: sha256Hex(manifest.value) };
  await appendText(join(dataFolder, JOURNAL), `${JSON.stringify(line)}\n`);
}

/** SHA-256 of the manifest with which this station last sealed that folder. */
export async function sealedHereSha256(dataFolder: string, folder: string): Promise<string | undefined> {
  const text = await readText(join(dataFolder, JOURNAL));
  if (!text.ok) return undefined;
  const path = await placeOf(folder);
  let found: string | undefined;
  for (const line of text.value.split("\n")) {
    const parsed = line === "" ? undefined : parseBoundedJson(line, SMALL_FILE_LIMITS);
    const value =
      parsed?.ok === true ? (parsed.value as { path?: unknown; manifestSha256?: unknown } | null) : undefined;
    if (value?.path === path && typeof value.manifestSha256 === "string") found = value.manifestSha256;
  }
  return found;
}

/** A folder that no longer exists keeps the path it was opened by. */
const placeOf = (folder: string): Promise<string> => realpath(folder).catch(() => folder);
