/**
 * Where a component keeps its metadata files: the general file names the others.
 * https://mavlink.io/en/services/component_metadata.html
 */
export const COMP_METADATA_TYPE = { parameter: 1, events: 4 } as const;

type MetadataPlace = { readonly path: string; readonly fileCrc: number | undefined };

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;
const listIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
const numberIn = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

/** "mftp://etc/x" or "mftp:///etc/x" as a path on the vehicle; undefined for a file that lies elsewhere (https). */
export function ftpPathOf(uri: unknown): string | undefined {
  const match = typeof uri === "string" ? /^mftp:\/\/(?:\[;comp=\d+\])?\/*(.+)$/i.exec(uri) : null;
  const path = match?.[1];
  if (path === undefined) return undefined;
  return path.startsWith("@") ? path : `/${path}`;
}

/**
 * Where the vehicle keeps its metadata file of a type, read from its general file; undefined when only the internet has
 * it.
 */
export function metadataPlace(generalJson: unknown, type: number): MetadataPlace | undefined {
  const types = isJson(generalJson) ? listIn(generalJson["metadataTypes"]) : [];
  const entry = types.find((one) => one["type"] === type);
  if (!entry) return undefined;
  const path = ftpPathOf(entry["uri"]);
  if (path !== undefined) return { path, fileCrc: numberIn(entry["fileCrc"]) };
  const fallback = ftpPathOf(entry["uriFallback"]);
  return fallback === undefined ? undefined : { path: fallback, fileCrc: numberIn(entry["fileCrcFallback"]) };
}
