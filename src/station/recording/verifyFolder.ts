import { join } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { listFolder, readText, sha256Hex } from "../../io/fileStore.js";
import { SORTIE_FILES } from "../../sortie/layout.js";
import { verifySortie, type SortieVerdict } from "../../sortie/verifySortie.js";
import { hashSortieFiles } from "./sortieWriter.js";

/** Reads a sortie folder as it is and judges it. */
export async function verifySortieFolder(folder: string): Promise<Result<SortieVerdict, StationFailure>> {
  const names = (await listFolder(folder)).map((file) => file.name);
  const isSortie = names.includes(SORTIE_FILES.events) || names.includes(SORTIE_FILES.manifest);
  if (!isSortie) return err({ kind: "not-found", what: `a sortie in ${folder}` });
  const manifest = await readText(join(folder, SORTIE_FILES.manifest));
  const events = await readText(join(folder, SORTIE_FILES.events));
  const files = await hashSortieFiles(folder);
  return ok(
    verifySortie(
      {
        manifestText: manifest.ok ? manifest.value : undefined,
        eventsText: events.ok ? events.value : undefined,
        files,
      },
      sha256Hex,
    ),
  );
}
