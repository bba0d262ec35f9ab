import { gunzipSync } from "node:zlib";
import { METADATA_CHARS_MAX, metadataJson } from "../../mavlink/metadataJson.js";

/**
 * Decompresses (plain, gzip or xz as PX4 uses, by the first bytes) and parses JSON. Undefined for anything else, or
 * when broken.
 */
export function unpackedMetadata(bytes: Uint8Array): unknown {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return metadataJson(bytes);
  try {
    return metadataJson(gunzipSync(bytes, { maxOutputLength: METADATA_CHARS_MAX }));
  } catch {
    // Damaged, or larger than allowed: in both cases there is no metadata.
    return undefined;
  }
}
