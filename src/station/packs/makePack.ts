import path from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import { areaAround } from "../../geo/pack/packArea.js";
import {
  isPackWords,
  MANIFEST_NAME,
  PACK_BYTES_MAX,
  packManifestText,
  packNameKey,
  readPackManifest,
  type PackFile,
  type PackFileKind,
  type PackManifest,
} from "../../geo/pack/packManifest.js";
import { createZip, type ZipWriter } from "../../io/pack/writeZip.js";
import { openPackFile, type PackFileFacts } from "./openPackFile.js";
import type { PackProblem, PackWatch } from "./packProblem.js";

/** A file that is to go into a pack, and what a person has said of it. */
export type NamedPackFile = {
  readonly kind: PackFileKind;
  readonly file: string;
  /** Instead of what the file says of itself. */
  readonly attribution: string | undefined;
  readonly dataDate: string | undefined;
};

export type PackWanted = {
  readonly name: string;
  readonly out: string;
  readonly madeAtUnixMs: number;
  readonly files: readonly NamedPackFile[];
};

/** Opens every file, then writes the pack; after a failure there is no pack, and an older one at the same place is as it was. */
export async function makePack(wanted: PackWanted, watch: PackWatch): Promise<Result<PackManifest, PackProblem>> {
  const opened = await openAll(wanted.files);
  if (!opened.ok) return opened;
  const zip = await createZip(wanted.out, { ...watch, bytesMax: PACK_BYTES_MAX });
  if (!zip.ok) return zip;
  try {
    return await written(zip.value, opened.value, wanted, watch);
  } finally {
    await zip.value.abandon();
  }
}

type OpenedFile = { readonly named: NamedPackFile; readonly facts: PackFileFacts };

async function openAll(files: readonly NamedPackFile[]): Promise<Result<readonly OpenedFile[], PackProblem>> {
  const opened: OpenedFile[] = [];
  const keys = new Set([packNameKey(MANIFEST_NAME)]);
  for (const named of files) {
    const { kind, file } = named;
    const name = path.basename(file);
    if (keys.has(packNameKey(name))) return err({ kind: "same-name", name });
    keys.add(packNameKey(name));
    if (kind === "map" && path.extname(file).toLowerCase() === ".json") return err({ kind: "online-map", file });
    const facts = await openPackFile(kind, file);
    if (!facts.ok) return err({ kind: "unusable", file, problem: facts.error });
    opened.push({ named, facts: facts.value });
  }
  return ok(opened);
}

async function written(
  zip: ZipWriter,
  opened: readonly OpenedFile[],
  { name, madeAtUnixMs }: PackWanted,
  { onFile }: PackWatch,
): Promise<Result<PackManifest, PackProblem>> {
  const files: PackFile[] = [];
  for (const { named, facts } of opened) {
    const { kind, file } = named;
    const packed = path.basename(file);
    onFile(packed);
    // Tiles are packed already.
    const added = await zip.addFile(packed, file, kind !== "map");
    if (!added.ok) return added;
    files.push({
      ...{ path: packed, kind, ...added.value },
      attribution: named.attribution ?? (isPackWords(facts.attribution) ? facts.attribution : "not stated"),
      dataDate: named.dataDate ?? facts.dataDate,
    });
  }
  const area = areaAround(opened.map(({ facts }) => facts.bounds));
  const text = packManifestText({ name, area, madeAtUnixMs, files });
  // What this program would not read again is not written either: names of files, words, sizes.
  const manifest = readPackManifest(text, MANIFEST_NAME);
  if (!manifest.ok) return manifest;
  const added = await zip.addText(MANIFEST_NAME, text);
  const finished = added.ok ? await zip.finish() : added;
  return finished.ok ? manifest : finished;
}
