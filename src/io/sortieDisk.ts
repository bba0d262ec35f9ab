import { rm, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Result } from "../core/result.js";
import { openAppend, type AppendFile } from "./appendFile.js";
import { listFolder, makeFolder, sha256OfFile, writeAtomic, type IoFailure } from "./fileStore.js";

/** The disk operations of a recorder; tests use one that can fail at any call. */
export type SortieDisk = {
  readonly makeFolder: (path: string) => Promise<Result<void, IoFailure>>;
  /** The names in a folder; empty where it does not exist. */
  readonly names: (folder: string) => Promise<readonly string[]>;
  /** `before`: the same file when it was closed; without it the file must be new. */
  readonly openAppend: (path: string, before: AppendFile | undefined) => Result<AppendFile, IoFailure>;
  /** Written whole or not at all. */
  readonly writeWhole: (path: string, content: string | Uint8Array) => Promise<Result<void, IoFailure>>;
  readonly remove: (path: string) => Promise<void>;
  /** Free bytes for this user on the disk that holds the path; undefined where the system does not report it. */
  readonly freeBytes: (path: string) => Promise<number | undefined>;
};

/** `path` is relative to the folder, with forward slashes. */
type HashedFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

export const realSortieDisk: SortieDisk = {
  makeFolder,
  names: async (folder) => (await listFolder(folder)).map(({ name }) => name),
  openAppend: (path, before) => openAppend(path, before),
  writeWhole: writeAtomic,
  // A file that cannot be removed stays; that does no harm to the recorded data.
  remove: (path) => rm(path, { force: true }).catch(() => undefined),
  freeBytes,
};

async function freeBytes(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(await nearestExisting(path));
    return bavail * bsize;
  } catch {
    // The file system does not report it: the recorder notices a full disk by a failed write.
    return undefined;
  }
}

/** The nearest existing parent: the sortie's folder is created only with the sortie. */
async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const isThere = await stat(at).then(
      () => true,
      () => false,
    );
    if (isThere || dirname(at) === at) return at;
  }
}

/**
 * The plain files under the folder with their hashes. Files that cannot be read are left out, and so reported as
 * missing.
 */
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

/** Links to folders are not followed: they may lead outside, or in a circle. */
async function filesUnder(folder: string, prefix: string): Promise<string[]> {
  const entries = await listFolder(folder);
  const nested = entries.map(({ name, path, isFolder, isLink }) =>
    isFolder && !isLink ? filesUnder(path, `${prefix}${name}/`) : Promise.resolve([`${prefix}${name}`]),
  );
  return (await Promise.all(nested)).flat();
}
