import { parseBoundedJson } from "../core/boundedJson.js";

/** One file of a sortie, as it was when it was sealed. */
export type ManifestFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

export type Manifest = {
  readonly format: "vigie-sortie";
  readonly version: 1;
  readonly sealedUnixUs: number;
  /** Hash of the last line of `events.jsonl`: fixes the end of the chain. */
  readonly lastEventSha256: string;
  readonly files: readonly ManifestFile[];
  /** Fingerprint of the station's key; absent in a sortie that was not signed. */
  readonly signedBy?: string | undefined;
  readonly clocks?: SortieClocks | undefined;
};

/** Offsets between the clocks of the sortie. Every time in it is on the station's clock. */
export type SortieClocks = {
  /** The camera's clock minus the station's; absent where no camera sent its time. */
  readonly cameraMinusStationMs?: number;
  /** True when the camera's times were corrected by that offset. */
  readonly isCameraMapped: boolean;
  /** Video time minus telemetry time, from comparing their tracks; the last measured value. */
  readonly skewMs?: number;
  /** How often the station's own clock was set during the sortie; each time is recorded as an event too. */
  readonly countOfClockSteps: number;
};

export function manifestText(
  sealedUnixUs: number,
  lastEventSha256: string,
  files: readonly ManifestFile[],
  more: Pick<Manifest, "signedBy" | "clocks"> = {},
): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const head = { format: "vigie-sortie", version: 1, sealedUnixUs, lastEventSha256 } as const;
  const manifest: Manifest = { ...head, ...more, files: sorted };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Enough for ten thousand files in a sortie. */
const MANIFEST_LIMITS = { charsMax: 20_000_000, depthMax: 8, valuesMax: 200_000 };

/** Undefined for anything other than such a manifest. */
export function readManifest(text: string): Manifest | undefined {
  const parsed = parseBoundedJson(text, MANIFEST_LIMITS);
  if (!parsed.ok || typeof parsed.value !== "object" || parsed.value === null) return undefined;
  const value = parsed.value as Record<string, unknown>;
  if (value["format"] !== "vigie-sortie" || value["version"] !== 1) return undefined;
  const { files, lastEventSha256, sealedUnixUs, signedBy } = value;
  const isWhole = Array.isArray(files) && files.every(isFile);
  if (!isWhole || typeof lastEventSha256 !== "string" || typeof sealedUnixUs !== "number") return undefined;
  if (signedBy !== undefined && typeof signedBy !== "string") return undefined;
  return { format: "vigie-sortie", version: 1, sealedUnixUs, lastEventSha256, files, signedBy };
}

function isFile(value: unknown): value is ManifestFile {
  if (typeof value !== "object" || value === null) return false;
  const { path, bytes, sha256 } = value as Record<string, unknown>;
  return typeof path === "string" && typeof bytes === "number" && typeof sha256 === "string";
}
