import { gunzipSync } from "node:zlib";
import { METADATA_CHARS_MAX, metadataJson } from "../../mavlink/metadataJson.js";

/** Plain, gzip or xz (PX4), by its first bytes. Undefined when it is none of these, or broken: nothing is known then. */
export function unpackedMetadata(bytes: Uint8Array): unknown {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return metadataJson(bytes);
  try {
    return metadataJson(gunzipSync(bytes, { maxOutputLength: METADATA_CHARS_MAX }));
  } catch {
    // Damaged, or larger than metadata may be: both mean that nothing is known.
    return undefined;
  }
}
