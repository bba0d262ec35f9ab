import path from "node:path";
import { FILE_BYTES_MAX } from "../../geo/pack/packManifest.js";
import { readBytes } from "../../io/fileStore.js";
import type { ReadingService } from "../reading/readingService.js";
import { listPacks } from "./packStore.js";

/** `documentJson`: a `CoastDocument`. */
type PackCoast = { readonly pack: string; readonly documentJson: string };

/** The coast of the imported pack that was made last; undefined where no pack has one that can be read. */
export async function packCoast(dataFolder: string, reading: ReadingService): Promise<PackCoast | undefined> {
  const packs = (await listPacks(dataFolder)).flatMap(({ folder, manifest }) =>
    manifest.ok ? [{ folder, ...manifest.value }] : [],
  );
  for (const { folder, name, files } of packs.toSorted((one, other) => other.madeAtUnixMs - one.madeAtUnixMs)) {
    const coast = files.find(({ kind }) => kind === "coast");
    if (!coast) continue;
    const bytes = await readBytes(path.join(folder, coast.path), FILE_BYTES_MAX.coast);
    const document = bytes.ok ? await reading.read({ kind: "coast-line", bytes: bytes.value }) : bytes;
    // Why a pack is broken is said by `vigie start` and `vigie pack list`.
    if (document.ok) return { pack: name, documentJson: document.value };
  }
  return undefined;
}
