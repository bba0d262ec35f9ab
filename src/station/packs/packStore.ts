/**
 * The imported packs of this installation: a folder each in `packs`, named like the pack, which holds its files and its manifest.
 *
 * A pack is unpacked beside, under `.new-PROCESS-…`, and renamed when it is complete. An older one of the same name waits as
 * `.NAME.old` for the moment of two renames; should the program end just then, the next use of the store puts it back.
 */
import { lstat, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileNameProblem } from "../../core/fileName.js";
import { err, ok, type Result } from "../../core/result.js";
import { MANIFEST_CHARS_MAX, MANIFEST_NAME, type PackManifest, readPackManifest } from "../../geo/pack/packManifest.js";
import { ioFailure, listFolder, readText } from "../../io/fileStore.js";
import { extractPack, type PackDisk, realDisk } from "./extractPack.js";
import type { PackProblem, PackWatch } from "./packProblem.js";

export type StoredPack = {
  readonly name: string;
  readonly folder: string;
  /** Sizes are compared, not hashes: that was done when it was imported. */
  readonly manifest: Result<PackManifest, PackProblem>;
};

const packsFolderOf = (dataFolder: string): string => path.join(dataFolder, "packs");

/** After a failure an older pack of the same name is as it was. */
export async function importPack(
  file: string,
  dataFolder: string,
  watch: PackWatch,
  disk: PackDisk = realDisk,
): Promise<Result<PackManifest, PackProblem>> {
  const packs = packsFolderOf(dataFolder);
  let aside: string | undefined;
  try {
    await mkdir(packs, { recursive: true });
    await tidy(packs);
    aside = await mkdtemp(path.join(packs, `.new-${process.pid}-`));
    const manifest = await extractPack(file, aside, watch, disk);
    if (!manifest.ok) return manifest;
    if (watch.shouldStop()) return err({ kind: "stopped" });
    await moveIn(aside, { packs, name: manifest.value.name }, disk);
    return manifest;
  } catch (cause: unknown) {
    return err(ioFailure("write", cause));
  } finally {
    // After a success there is nothing left under this name; a failure to tidy up is made good by the next import.
    if (aside !== undefined) await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }
}

type PackPlace = { readonly packs: string; readonly name: string };

async function moveIn(aside: string, { packs, name }: PackPlace, disk: PackDisk): Promise<void> {
  const [place, old] = [path.join(packs, name), path.join(packs, `.${name}.old`)];
  const hasOld = await exists(place);
  if (hasOld) await disk.rename(place, old);
  try {
    await disk.rename(aside, place);
  } catch (cause: unknown) {
    if (hasOld) await disk.rename(old, place);
    throw cause;
  }
  // The new one is in place: what cannot be removed now is removed by the next use of the store.
  await rm(old, { recursive: true, force: true }).catch(() => undefined);
}

/** All packs, by name; a broken one has its problem instead of a manifest. */
export async function listPacks(dataFolder: string): Promise<readonly StoredPack[]> {
  const packs = packsFolderOf(dataFolder);
  // Where the folder may only be read, the packs in it are still of use.
  await tidy(packs).catch(() => undefined);
  const folders = (await listFolder(packs)).filter(({ name, isFolder }) => isFolder && !name.startsWith("."));
  return Promise.all(
    folders.map(async ({ name, path: folder }) => ({ name, folder, manifest: await storedManifest(folder) })),
  );
}

async function storedManifest(folder: string): Promise<Result<PackManifest, PackProblem>> {
  const text = await readText(path.join(folder, MANIFEST_NAME), MANIFEST_CHARS_MAX);
  if (!text.ok) return text.error.code === "ENOENT" ? err({ kind: "no-manifest" }) : text;
  const manifest = readPackManifest(text.value, MANIFEST_NAME);
  if (!manifest.ok) return manifest;
  for (const { path: name, sizeBytes } of manifest.value.files) {
    // Nothing that was imported is a link.
    const found = await lstat(path.join(folder, name)).catch(() => undefined);
    if (!found?.isFile()) return err({ kind: "not-in-pack", name });
    if (found.size !== sizeBytes)
      return err({ kind: "size-differs", name, statedBytes: sizeBytes, foundBytes: found.size });
  }
  return manifest;
}

export async function removePack(name: string, dataFolder: string): Promise<Result<void, PackProblem>> {
  const packs = packsFolderOf(dataFolder);
  const place = path.join(packs, name);
  if (fileNameProblem(name) !== undefined) return err({ kind: "no-such-pack", name });
  try {
    await tidy(packs);
    if (!(await exists(place))) return err({ kind: "no-such-pack", name });
    // Away at once: a pack of which only a part is removed would be a broken one.
    const aside = await mkdtemp(path.join(packs, `.new-${process.pid}-`));
    await rename(place, path.join(aside, "removed"));
    await rm(aside, { recursive: true, force: true });
    return ok(undefined);
  } catch (cause: unknown) {
    return err(ioFailure("remove", cause));
  }
}

const exists = (place: string): Promise<boolean> =>
  lstat(place).then(
    () => true,
    () => false,
  );

/** Makes good what a program that ended in the middle has left. */
async function tidy(packs: string): Promise<void> {
  const names = await readdir(packs).catch(() => []);
  for (const name of names) {
    const isLeft = isOfEndedProcess(/^\.new-(\d+)-/.exec(name)?.[1]);
    if (isLeft) await rm(path.join(packs, name), { recursive: true, force: true });
    const replaced = /^\.(.+)\.old$/.exec(name)?.[1];
    if (replaced === undefined) continue;
    const [old, place] = [path.join(packs, name), path.join(packs, replaced)];
    if (await exists(place)) await rm(old, { recursive: true, force: true });
    else await rename(old, place);
  }
}

function isOfEndedProcess(id: string | undefined): boolean {
  if (id === undefined) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (cause: unknown) {
    // EPERM: it runs, and belongs to somebody else.
    return (cause as NodeJS.ErrnoException).code === "ESRCH";
  }
}
