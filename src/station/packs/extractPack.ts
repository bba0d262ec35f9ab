import { createHash } from "node:crypto";
import { open, rename, statfs, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import { textFrom } from "../../core/utf8.js";
import {
  MANIFEST_CHARS_MAX,
  MANIFEST_NAME,
  PACK_FILES_MAX,
  type PackFile,
  type PackManifest,
  packNameKey,
  readPackManifest,
} from "../../geo/pack/packManifest.js";
import { ioFailure } from "../../io/fileStore.js";
import type { ZipMember } from "../../io/pack/zipDirectory.js";
import { openZipFile, type ZipFile } from "../../io/pack/zipFile.js";
import { openPackFile } from "./openPackFile.js";
import type { PackProblem, PackWatch } from "./packProblem.js";

/** What tests replace. */
export type PackDisk = {
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly rename: (from: string, to: string) => Promise<void>;
};

export const realDisk: PackDisk = {
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  rename,
};

/**
 * Unpacks a pack into `folder`, an empty folder of our own, and checks everything on the way: names, sizes, hashes, and that each
 * file can be used. What is left in the folder after a failure is for the caller to remove.
 */
export async function extractPack(
  file: string,
  folder: string,
  watch: PackWatch,
  { freeBytes }: Pick<PackDisk, "freeBytes"> = realDisk,
): Promise<Result<PackManifest, PackProblem>> {
  const zip = await openZipFile(file, PACK_FILES_MAX + 1);
  if (!zip.ok) return zip;
  try {
    const manifest = await manifestOf(zip.value);
    if (!manifest.ok) return manifest;
    const { text, ...read } = manifest.value;
    const members = listedMembers(zip.value, read.manifest);
    if (!members.ok) return members;
    const room = roomFor(read.manifest, await freeBytes(folder));
    if (!room.ok) return room;
    for (const { listed, member } of members.value) {
      watch.onFile(listed.path);
      const extracted = await extractFile(
        { zip: zip.value, listed, member, to: path.join(folder, listed.path) },
        watch,
      );
      if (!extracted.ok) return extracted;
    }
    const usable = await checkUse(folder, read.manifest, watch);
    if (!usable.ok) return usable;
    for (const { path: name } of read.manifest.files)
      await sealTime(path.join(folder, name), read.manifest.madeAtUnixMs);
    await writeFile(path.join(folder, MANIFEST_NAME), text, { flag: "wx", flush: true });
    return ok(read.manifest);
  } catch (cause: unknown) {
    return err(ioFailure("write", cause));
  } finally {
    await zip.value.close();
  }
}

/** What is said to be in a pack, without unpacking anything but its manifest. */
export async function readPackInside(file: string): Promise<Result<PackManifest, PackProblem>> {
  const zip = await openZipFile(file, PACK_FILES_MAX + 1);
  if (!zip.ok) return zip;
  try {
    const read = await manifestOf(zip.value);
    if (!read.ok) return read;
    const members = listedMembers(zip.value, read.value.manifest);
    return members.ok ? ok(read.value.manifest) : members;
  } finally {
    await zip.value.close();
  }
}

type ReadManifest = { readonly manifest: PackManifest; readonly text: string };

async function manifestOf(zip: ZipFile): Promise<Result<ReadManifest, PackProblem>> {
  const member = zip.members.find(({ name }) => name === MANIFEST_NAME);
  if (!member) return err({ kind: "no-manifest" });
  const problem = "the manifest is larger than any that is read here";
  if (member.sizeBytes > MANIFEST_CHARS_MAX)
    return err({ kind: "bad-file", path: MANIFEST_NAME, where: undefined, problem });
  const pieces: Uint8Array[] = [];
  const read = await zip.read<never>(member, (piece) => {
    pieces.push(piece);
    return Promise.resolve(ok(undefined));
  });
  if (!read.ok) return read;
  const text = textFrom(Buffer.concat(pieces), "utf-8");
  if (text === undefined) return err({ kind: "member-damaged", name: MANIFEST_NAME });
  const manifest = readPackManifest(text, MANIFEST_NAME);
  return manifest.ok ? ok({ manifest: manifest.value, text }) : manifest;
}

type ListedMember = { readonly listed: PackFile; readonly member: ZipMember };

/** Every listed file is there with the stated size, and no other one. */
function listedMembers(zip: ZipFile, { files }: PackManifest): Result<readonly ListedMember[], PackProblem> {
  const byName = new Map(zip.members.map((member) => [member.name, member]));
  byName.delete(MANIFEST_NAME);
  const found: ListedMember[] = [];
  for (const listed of files) {
    const member = byName.get(listed.path);
    if (!member) return err({ kind: "not-in-pack", name: listed.path });
    if (member.sizeBytes !== listed.sizeBytes) return err(sizeDiffers(listed, member.sizeBytes));
    byName.delete(listed.path);
    found.push({ listed, member });
  }
  const [unlisted] = byName.keys();
  return unlisted === undefined ? ok(found) : err({ kind: "not-listed", name: unlisted });
}

const sizeDiffers = ({ path: name, sizeBytes }: PackFile, foundBytes: number): PackProblem => ({
  ...{ kind: "size-differs", name, statedBytes: sizeBytes, foundBytes },
});

/** Asked first: a small file may honestly unpack to gigabytes. */
function roomFor({ files }: PackManifest, freeBytes: number): Result<void, PackProblem> {
  const neededBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return freeBytes < neededBytes ? err({ kind: "no-space", neededBytes, freeBytes }) : ok(undefined);
}

type Extraction = ListedMember & { readonly zip: ZipFile; readonly to: string };

async function extractFile(
  { zip, listed, member, to }: Extraction,
  { shouldStop, onBytes }: PackWatch,
): Promise<Result<void, PackProblem>> {
  const hash = createHash("sha256");
  // Fails for a name that is there already.
  const out = await open(to, "wx");
  try {
    const read = await zip.read<PackProblem>(member, async (piece) => {
      if (shouldStop()) return err({ kind: "stopped" });
      hash.update(piece);
      await out.writeFile(piece);
      onBytes?.(piece.length);
      return ok(undefined);
    });
    if (!read.ok) return read;
    await out.sync();
  } finally {
    await out.close();
  }
  return hash.digest("hex") === listed.sha256 ? ok(undefined) : err({ kind: "hash-differs", name: listed.path });
}

/** Opens each file, once all are there: some maps are read with others. What nothing is read with has no place in a pack. */
async function checkUse(
  folder: string,
  { files }: PackManifest,
  { shouldStop }: PackWatch,
): Promise<Result<void, PackProblem>> {
  const used = new Set<string>();
  for (const { path: name, kind } of files) {
    if (kind === "beside") continue;
    if (shouldStop()) return err({ kind: "stopped" });
    const opened = await openPackFile(kind, path.join(folder, name));
    if (!opened.ok) return err({ kind: "unusable", file: name, problem: opened.error });
    for (const beside of opened.value.besides) used.add(packNameKey(path.basename(beside)));
  }
  const unused = files.find(({ path: name, kind }) => kind === "beside" && !used.has(packNameKey(name)));
  return unused ? err({ kind: "not-used", name: unused.path }) : ok(undefined);
}

/**
 * Gives a file that was found right the time at which its pack was made: one that has another time has been written since, or copied.
 * Where the system does not take that time, the file counts as such too.
 */
export const sealTime = (file: string, madeAtUnixMs: number): Promise<void> =>
  utimes(file, madeAtUnixMs / 1000, madeAtUnixMs / 1000).catch(() => undefined);
