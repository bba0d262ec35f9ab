import { join } from "node:path";
import type { SortieDisk } from "../../io/sortieDisk.js";
import type { SortieEvent } from "../../sortie/eventChain.js";
import { SORTIE_FILES } from "../../sortie/layout.js";
import { manifestText, type ManifestFile, type SortieClocks } from "../../sortie/manifest.js";
import { signatureText } from "../../sortie/signature.js";
import type { StationKey } from "./stationKey.js";

export type SealFacts = {
  /** Why the sortie ended. */
  readonly because: string;
  readonly clocks: SortieClocks;
  /** Undefined without a key: the sortie is then sealed but not signed. */
  readonly key: StationKey | undefined;
};

type Sealing = {
  readonly disk: SortieDisk;
  readonly folder: string;
  readonly facts: SealFacts;
  readonly unixUs: () => number;
  /**
   * Writes the last event to disk; returns the hash at the end of the event chain, or undefined when it could not be
   * written.
   */
  readonly lastEvent: (event: SortieEvent) => Promise<string | undefined>;
  /** The files as the writer wrote them, including the last event. */
  readonly written: () => readonly ManifestFile[];
};

/**
 * Seals a sortie. The manifest lists what the writer wrote, never what is on the disk at the end: a file truncated,
 * swapped or removed during the recording is then found by `verify` like one changed later. Last event and manifest are
 * written within a moment, so that a log which ends in "sortie-closed" without a manifest is evidence that the manifest
 * was removed.
 */
export async function sealFolder({ disk, folder, facts, unixUs, lastEvent, written }: Sealing): Promise<boolean> {
  const { because, clocks, key } = facts;
  const end = await lastEvent({ unixTimeUs: unixUs(), kind: "sortie-closed", facts: { because } });
  if (end === undefined) return false;
  const text = manifestText(unixUs(), end, written(), {
    clocks,
    ...(key ? { signedBy: key.fingerprint } : {}),
  });
  const write = async (name: string, content: string): Promise<boolean> =>
    (await disk.writeWhole(join(folder, name), content)).ok;
  // The manifest is written last: once it exists, everything that it lists exists.
  if (key) {
    const isSigned =
      (await write(SORTIE_FILES.publicKey, key.publicKeyPem)) &&
      (await write(SORTIE_FILES.signature, signatureText(key.sign(text))));
    if (!isSigned) return false;
  }
  return write(SORTIE_FILES.manifest, text);
}
