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
  type GroundFileKind,
  type PackFile,
  type PackFileKind,
  type PackManifest,
} from "../../geo/pack/packManifest.js";
import { createZip, type ZipWriter } from "../../io/pack/writeZip.js";
import { openPackFile, type PackFileFacts } from "./openPackFile.js";
import type { PackProblem, PackWatch } from "./packProblem.js";

/** A file that is to go into a pack, and what a person has said of it. */
export type NamedPackFile = {
  readonly kind: GroundFileKind;
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
  const files = allToWrite(opened.value);
  const twice = nameTwice(files);
  if (twice !== undefined) return err({ kind: "same-name", name: twice });
  const area = areaAround(opened.value.map(({ facts }) => facts.bounds));
  const zip = await createZip(wanted.out, { ...watch, bytesMax: PACK_BYTES_MAX });
  if (!zip.ok) return zip;
  try {
    return await written(zip.value, { ...wanted, files, area }, watch);
  } finally {
    await zip.value.abandon();
  }
}

type OpenedFile = { readonly named: NamedPackFile; readonly facts: PackFileFacts };

async function openAll(files: readonly NamedPackFile[]): Promise<Result<readonly OpenedFile[], PackProblem>> {
  const opened: OpenedFile[] = [];
  for (const named of files) {
    const { kind, file } = named;
    if (kind === "map" && path.extname(file).toLowerCase() === ".json") return err({ kind: "online-map", file });
    const facts = await openPackFile(kind, file);
    if (!facts.ok) return err({ kind: "unusable", file, problem: facts.error });
    opened.push({ named, facts: facts.value });
  }
  return ok(opened);
}

type ToWrite = Said & { readonly kind: PackFileKind; readonly file: string };
type Said = Pick<PackFile, "attribution" | "dataDate">;

/** The named files, each followed by those beside it that it is read with and that are not named themselves. */
function allToWrite(opened: readonly OpenedFile[]): readonly ToWrite[] {
  const seen = new Set(opened.map(({ named }) => named.file));
  return opened.flatMap(({ named, facts }) => {
    const said: Said = {
      attribution: named.attribution ?? (isPackWords(facts.attribution) ? facts.attribution : "not stated"),
      dataDate: named.dataDate ?? facts.dataDate,
    };
    const besides = facts.besides.filter((file) => !seen.has(file));
    for (const file of besides) seen.add(file);
    const { kind, file } = named;
    return [{ ...said, kind, file }, ...besides.map((beside): ToWrite => ({ ...said, kind: "beside", file: beside }))];
  });
}

const stemKey = (name: string): string => packNameKey(name.slice(0, name.length - path.extname(name).length));

/**
 * A pack has no folders: two files of one name cannot both be in it. Nor can a file from one folder and one that would be found beside it,
 * by its name, from another: a map would be laid where the other's world file says.
 */
function nameTwice(files: readonly ToWrite[]): string | undefined {
  const keys = new Set([packNameKey(MANIFEST_NAME)]);
  for (const { kind, file } of files) {
    const name = path.basename(file);
    if (keys.has(packNameKey(name))) return name;
    keys.add(packNameKey(name));
    const isBesideOther = ({ file: other }: ToWrite): boolean =>
      path.dirname(other) !== path.dirname(file) && stemKey(path.basename(other)) === stemKey(name);
    if (kind === "beside" && files.some(isBesideOther)) return name;
  }
  return undefined;
}

type WantedInFull = Pick<PackManifest, "name" | "area" | "madeAtUnixMs"> & { readonly files: readonly ToWrite[] };

/** Tiles and pictures are packed already, drawings are text. */
const isWorthDeflating = (kind: PackFileKind, file: string): boolean =>
  kind === "map" ? /\.(kml|geojson)$/i.test(file) : kind !== "beside";

async function written(
  zip: ZipWriter,
  { name, area, madeAtUnixMs, files: toWrite }: WantedInFull,
  { onFile }: PackWatch,
): Promise<Result<PackManifest, PackProblem>> {
  const files: PackFile[] = [];
  for (const { kind, file, attribution, dataDate } of toWrite) {
    const packed = path.basename(file);
    onFile(packed);
    const added = await zip.addFile(packed, file, isWorthDeflating(kind, file));
    if (!added.ok) return added;
    files.push({ path: packed, kind, ...added.value, attribution, dataDate });
  }
  const text = packManifestText({ name, area, madeAtUnixMs, files });
  // What this program would not read again is not written either: names of files, words, sizes.
  const manifest = readPackManifest(text, MANIFEST_NAME);
  if (!manifest.ok) return manifest;
  const added = await zip.addText(MANIFEST_NAME, text);
  const finished = added.ok ? await zip.finish() : added;
  return finished.ok ? manifest : finished;
}
