import { rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Result } from "../core/result.js";
import { openAppend, type AppendFile } from "./appendFile.js";
import { listFolder, makeFolder, sha256OfFile, writeAtomic, type IoFailure } from "./fileStore.js";

/** What a recorder asks of the disk; tests have one that fails at any call. */
export type SortieDisk = {
  readonly makeFolder: (path: string) => Promise<Result<void, IoFailure>>;
  /** The names in a folder; none where it does not exist. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  /** `before`: the same file as it was closed; without it the file must be new. */
  readonly openAppend: (path: string, before: AppendFile | undefined) => Result<AppendFile, IoFailure>;
  /** Whole or not at all. */
  readonly writeWhole: (path: string, content: string | Uint8Array) => Promise<Result<void, IoFailure>>;
  readonly remove: (path: string) => Promise<void>;
  /** Of the disk that holds the path, for this user; undefined where the system does not say. */
  readonly freeBytes: (path: string) => Promise<number | undefined>;
};

/** `path` from the folder, with forward slashes. */
type HashedFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

export const realSortieDisk: SortieDisk = {
  makeFolder,
  names: async (folder) => (await listFolder(folder)).map(({ name }) => name),
  openAppend: (path, before) => openAppend(path, before),
  writeWhole: writeAtomic,
  // What cannot be removed stays where it is, which does no harm to what was written.
  remove: (path) => rm(path, { force: true }).catch(() => undefined),
  freeBytes,
};

async function freeBytes(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(await nearestExisting(path));
    return bavail * bsize;
  } catch {
    // A file system that does not say: the recorder then learns of a full disk by its failure.
    return undefined;
  }
}

/** The folder itself is made only with the sortie. */
async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const isThere = await stat(at).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(at) === at) return at;
  }
}

/** The plain files under the folder with their hashes. What cannot be read is left out, and so reported as missing. */
export async function hashFilesUnder(
  folder: string,
  isWanted: (path: string) => boolean,
): Promise<readonly HashedFile[]> {
  const hashed: HashedFile[] = [];
  for (const path of await filesUnder(folder, "")) {
    if (!isWanted(path)) continue;
    const file = await sha256OfFile(`${folder}/${path}`);
    if (file.ok) hashed.push({ path, ...file.value });
  }
  return hashed;
}

/** Links to folders are not followed: they may lead anywhere, also back. */
async function filesUnder(folder: string, prefix: string): Promise<string[]> {
  const entries = await listFolder(folder);
  const nested = entries.map(({ name, path, isFolder, isLink }) =>
    isFolder && !isLink ? filesUnder(path, `${prefix}${name}/`) : Promise.resolve([`${prefix}${name}`]),
  );
  return (await Promise.all(nested)).flat();
}
