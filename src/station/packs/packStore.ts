/**
 * The imported packs of this installation: a folder each in `packs`, named like the pack, which holds its files and its manifest.
 *
 * A pack is unpacked beside, under `.new-PROCESS-…`, and renamed when it is complete. An older one of the same name waits as
 * `.NAME.old` for the moment of two renames; should the program end just then, the next use of the store puts it back.
 */
import { createHash } from "node:crypto";
import { lstat, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileNameProblem } from "../../core/fileName.js";
import { err, ok, type Result } from "../../core/result.js";
import {
  MANIFEST_CHARS_MAX,
  MANIFEST_NAME,
  type PackFile,
  type PackManifest,
  readPackManifest,
} from "../../geo/pack/packManifest.js";
import { isEndedProcess } from "../../io/endedProcess.js";
import { ioFailure, listFolder, openPlainFile, readText, writeAtomic } from "../../io/fileStore.js";
import { extractPack, type PackDisk, realDisk, sealTime } from "./extractPack.js";
import type { PackProblem, PackWatch } from "./packProblem.js";

export type StoredPack = {
  readonly name: string;
  readonly folder: string;
  /** Sizes are compared, not hashes: that was done when it was imported, and is done again by `checkStoredPack`. */
  readonly manifest: Result<PackManifest, PackProblem>;
  /** A file of the right size that was written or copied since it was imported: nobody knows whether it is still the same. */
  readonly touchedFile: string | undefined;
};

/** In a pack's folder when a check has found a file damaged: holds that file's name. No file of a pack begins with a dot. */
const DAMAGED_NAME = ".damaged";
/** Times of files on a stick (FAT) come in steps of two seconds. */
const TIME_STEP_MS = 2000;
const PIECE_BYTES = 1024 * 1024;

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
  return Promise.all(folders.map(async ({ name, path: folder }) => ({ name, folder, ...(await storedState(folder)) })));
}

type StoredState = Pick<StoredPack, "manifest" | "touchedFile">;

async function storedState(folder: string): Promise<StoredState> {
  const broken = (error: PackProblem): StoredState => ({ manifest: err(error), touchedFile: undefined });
  const manifest = await storedManifest(folder);
  if (!manifest.ok) return broken(manifest.error);
  const damaged = await readText(path.join(folder, DAMAGED_NAME), MANIFEST_CHARS_MAX);
  if (damaged.ok) return broken({ kind: "hash-differs", name: damaged.value });
  let touchedFile: string | undefined;
  for (const { path: name, sizeBytes } of manifest.value.files) {
    // Nothing that was imported is a link.
    const found = await lstat(path.join(folder, name)).catch(() => undefined);
    if (!found?.isFile()) return broken({ kind: "not-in-pack", name });
    if (found.size !== sizeBytes)
      return broken({ kind: "size-differs", name, statedBytes: sizeBytes, foundBytes: found.size });
    if (Math.abs(found.mtimeMs - manifest.value.madeAtUnixMs) > TIME_STEP_MS) touchedFile ??= name;
  }
  return { manifest, touchedFile };
}

async function storedManifest(folder: string): Promise<Result<PackManifest, PackProblem>> {
  const text = await readText(path.join(folder, MANIFEST_NAME), MANIFEST_CHARS_MAX);
  if (!text.ok) return text.error.code === "ENOENT" ? err({ kind: "no-manifest" }) : text;
  return readPackManifest(text.value, MANIFEST_NAME);
}

/**
 * Reads every byte of an imported pack. What is found is kept: a damaged pack is not used until it is imported again or a later check
 * finds it whole.
 */
export async function checkStoredPack(
  name: string,
  dataFolder: string,
  watch: PackWatch,
): Promise<Result<PackManifest, PackProblem>> {
  const folder = path.join(packsFolderOf(dataFolder), name);
  if (fileNameProblem(name) !== undefined || !(await exists(folder))) return err({ kind: "no-such-pack", name });
  const manifest = await storedManifest(folder);
  if (!manifest.ok) return manifest;
  for (const listed of manifest.value.files) {
    watch.onFile(listed.path);
    const whole = await wholeFile(path.join(folder, listed.path), listed, watch);
    if (whole.ok) continue;
    if (whole.error.kind === "hash-differs") await writeAtomic(path.join(folder, DAMAGED_NAME), listed.path);
    return whole;
  }
  await rm(path.join(folder, DAMAGED_NAME), { force: true }).catch(() => undefined);
  for (const { path: file } of manifest.value.files)
    await sealTime(path.join(folder, file), manifest.value.madeAtUnixMs);
  return manifest;
}

async function wholeFile(
  file: string,
  { path: name, sizeBytes, sha256 }: PackFile,
  { shouldStop, onBytes }: PackWatch,
): Promise<Result<void, PackProblem>> {
  const hash = createHash("sha256");
  let foundBytes = 0;
  try {
    const handle = await openPlainFile(file);
    // Ended early, the stream closes the file.
    for await (const piece of handle.createReadStream({ highWaterMark: PIECE_BYTES }) as AsyncIterable<Uint8Array>) {
      if (shouldStop()) return err({ kind: "stopped" });
      hash.update(piece);
      foundBytes += piece.length;
      onBytes?.(piece.length);
    }
  } catch (cause: unknown) {
    const failure = ioFailure("read", cause);
    return err(failure.code === "ENOENT" ? { kind: "not-in-pack", name } : failure);
  }
  if (foundBytes !== sizeBytes) return err({ kind: "size-differs", name, statedBytes: sizeBytes, foundBytes });
  return hash.digest("hex") === sha256 ? ok(undefined) : err({ kind: "hash-differs", name });
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
    const ofProcess = /^\.new-(\d+)-/.exec(name)?.[1];
    if (ofProcess !== undefined && isEndedProcess(Number(ofProcess)))
      await rm(path.join(packs, name), { recursive: true, force: true });
    const replaced = /^\.(.+)\.old$/.exec(name)?.[1];
    if (replaced === undefined) continue;
    const [old, place] = [path.join(packs, name), path.join(packs, replaced)];
    if (await exists(place)) await rm(old, { recursive: true, force: true });
    else await rename(old, place);
  }
}
