import path from "node:path";
import type { GroundFileKind } from "../../geo/pack/packManifest.js";
import type { StationFolders } from "../stationTypes.js";
import { openPackFile } from "./openPackFile.js";
import type { PackProblem } from "./packProblem.js";
import { listPacks, type StoredPack } from "./packStore.js";

type PackGround = {
  /** Full paths, pack after pack in the order of their names. */
  readonly maps: readonly string[];
  readonly terrain: readonly string[];
  readonly tide: readonly string[];
  readonly names: readonly string[];
  readonly problems: readonly { readonly pack: string; readonly problem: PackProblem }[];
  /** Packs with a file that was written or copied since the import; they are used all the same. */
  readonly touched: readonly { readonly pack: string; readonly file: string }[];
};

/** The files of all imported packs that can be used; the others, and why not. */
export async function packGround(dataFolder: string): Promise<PackGround> {
  const found: Readonly<Record<GroundFileKind, string[]>> = emptyFiles();
  const problems: { pack: string; problem: PackProblem }[] = [];
  const touched: { pack: string; file: string }[] = [];
  for (const pack of await listPacks(dataFolder)) {
    const problem = await addFiles(pack, found);
    if (problem) problems.push({ pack: pack.name, problem });
    else if (pack.touchedFile !== undefined) touched.push({ pack: pack.name, file: pack.touchedFile });
  }
  const { map: maps, terrain, tide, names } = found;
  return { maps, terrain, tide, names, problems, touched };
}

const emptyFiles = (): Readonly<Record<GroundFileKind, string[]>> => ({
  ...{ map: [], terrain: [], coast: [], tide: [], names: [] },
});

/** The first problem; files of a pack that can be read are used all the same. */
async function addFiles(
  { folder, manifest }: StoredPack,
  found: Readonly<Record<GroundFileKind, string[]>>,
): Promise<PackProblem | undefined> {
  if (!manifest.ok) return manifest.error;
  let problem: PackProblem | undefined;
  for (const { kind, path: name } of manifest.value.files) {
    if (kind === "beside") continue;
    const file = path.join(folder, name);
    const opened = await openPackFile(kind, file);
    if (opened.ok) found[kind].push(file);
    else problem ??= { kind: "unusable", file: name, problem: opened.error };
  }
  return problem;
}

/** All files of one kind in packs that are whole, those of the pack that was made last first. None is opened. */
async function packFiles(dataFolder: string, kind: GroundFileKind): Promise<readonly string[]> {
  const packs = (await listPacks(dataFolder)).flatMap(({ folder, manifest }) =>
    manifest.ok ? [{ folder, ...manifest.value }] : [],
  );
  return packs
    .toSorted((one, other) => other.madeAtUnixMs - one.madeAtUnixMs)
    .flatMap(({ folder, files }) =>
      files.filter((file) => file.kind === kind).map((file) => path.join(folder, file.path)),
    );
}

/** As `packFiles`, none where packs are left out. */
export const usedPackFiles = (folders: StationFolders | undefined, kind: GroundFileKind): Promise<readonly string[]> =>
  !folders || folders.withoutPacks === true ? Promise.resolve([]) : packFiles(folders.data, kind);
