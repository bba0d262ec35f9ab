import { join } from "node:path";
import { err, ok, type Result } from "../../core/result.js";
import type { StationFailure } from "../../contract/failures.js";
import { listFolder, openPlainFile, readText, sha256Hex } from "../../io/fileStore.js";
import { hashFilesUnder } from "../../io/sortieDisk.js";
import { checkSignature } from "../../io/stationKeyPair.js";
import { EventLogReader, type EventLog } from "../../sortie/eventChain.js";
import { isSealFile, SORTIE_FILES } from "../../sortie/layout.js";
import { verifySortie, type SortieVerdict } from "../../sortie/verifySortie.js";
import { sealedHereSha256 } from "./sealedJournal.js";
import { isBeingRecordedElsewhere } from "./sortieLock.js";
import { knownFingerprints } from "./stationKey.js";

/**
 * Reads a sortie folder without changing it and gives a verdict. `dataFolder` is the station's own: its known keys and
 * its journal of sealed sorties.
 */
export async function verifySortieFolder(
  folder: string,
  dataFolder?: string,
): Promise<Result<SortieVerdict, StationFailure>> {
  const names = (await listFolder(folder)).map((file) => file.name);
  const isSortie = names.includes(SORTIE_FILES.events) || names.includes(SORTIE_FILES.manifest);
  if (!isSortie) return err({ kind: "not-found", what: `sortie in ${folder}` });
  const text = async (name: string): Promise<string | undefined> => {
    const read = names.includes(name) ? await readText(join(folder, name)) : undefined;
    return read?.ok === true ? read.value : undefined;
  };
  // A file that exists but cannot be read is not missing: an empty text is neither a valid manifest nor a signature.
  const present = async (name: string): Promise<string | undefined> =>
    (await text(name)) ?? (names.includes(name) ? "" : undefined);
  const content = {
    manifestText: await present(SORTIE_FILES.manifest),
    log: await readEventLogFile(join(folder, SORTIE_FILES.events)),
    files: await hashFilesUnder(folder, (path) => !isSealFile(path)),
    signatureText: await present(SORTIE_FILES.signature),
    publicKeyPem: await text(SORTIE_FILES.publicKey),
    isBeingRecorded: await isBeingRecordedElsewhere(folder),
    sealedHereSha256: dataFolder === undefined ? undefined : await sealedHereSha256(dataFolder, folder),
  };
  const known = dataFolder === undefined ? new Set<string>() : await knownFingerprints(dataFolder);
  return ok(verifySortie(content, sha256Hex, { check: checkSignature, knownFingerprints: known }));
}

/** Reads a log of any length piece by piece; undefined where there is none. */
export async function readEventLogFile(path: string): Promise<EventLog | undefined> {
  const reader = new EventLogReader(sha256Hex);
  try {
    const file = await openPlainFile(path);
    for await (const text of file.createReadStream({ encoding: "utf8" }) as AsyncIterable<string>) reader.push(text);
    return reader.finish();
  } catch {
    // Absent, unreadable or not a regular file: treated as no log.
    return undefined;
  }
}
