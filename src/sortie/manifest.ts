/** One file of a sortie as it was when sealed. */
export type ManifestFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

export type Manifest = {
  readonly format: "vigie-sortie";
  readonly version: 1;
  readonly sealedUnixUs: number;
  /** Hash of the last line of `events.jsonl`: ties the manifest to the end of the chain. */
  readonly lastEventSha256: string;
  readonly files: readonly ManifestFile[];
};

export function manifestText(sealedUnixUs: number, lastEventSha256: string, files: readonly ManifestFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: Manifest = { format: "vigie-sortie", version: 1, sealedUnixUs, lastEventSha256, files: sorted };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Undefined for anything that is not such a manifest. */
export function readManifest(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null;
    if (value?.["format"] !== "vigie-sortie" || value["version"] !== 1) return undefined;
    const { files, lastEventSha256, sealedUnixUs } = value;
    const isWhole = Array.isArray(files) && files.every(isFile);
    if (!isWhole || typeof lastEventSha256 !== "string" || typeof sealedUnixUs !== "number") return undefined;
    return { format: "vigie-sortie", version: 1, sealedUnixUs, lastEventSha256, files };
  } catch {
    // Not JSON.
    return undefined;
  }
}

function isFile(value: unknown): value is ManifestFile {
  if (typeof value !== "object" || value === null) return false;
  const { path, bytes, sha256 } = value as Record<string, unknown>;
  return typeof path === "string" && typeof bytes === "number" && typeof sha256 === "string";
}
