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
    const value = JSON.parse(text) as Partial<Manifest> | null;
    const isManifest = value?.format === "vigie-sortie" && value.version === 1 && Array.isArray(value.files);
    if (!isManifest || typeof value.lastEventSha256 !== "string") return undefined;
    return value.files?.every(isFile) === true ? (value as Manifest) : undefined;
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
