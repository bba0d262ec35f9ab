import { parseBoundedJson, type JsonLimits } from "../core/boundedJson.js";
import { utf8OrLatin1 } from "../core/utf8.js";
import { readXz } from "./params/xz.js";

/** Upper limit for one file. For scale: 1,500 parameters with descriptions take 1 MB, all events 160 kB. */
export const METADATA_CHARS_MAX = 4 * 1024 * 1024;
const LIMITS: JsonLimits = { charsMax: METADATA_CHARS_MAX, depthMax: 32, valuesMax: 200_000 };

/** A vehicle's metadata file as parsed JSON, plain or xz-compressed; undefined when it is neither, or damaged. */
export function metadataJson(bytes: Uint8Array): unknown {
  const isXz = bytes[0] === 0xfd && bytes[1] === 0x37;
  const unpacked = isXz ? readXz(bytes, LIMITS.charsMax) : undefined;
  const plain = isXz ? (unpacked?.ok ? unpacked.value : undefined) : bytes;
  if (!plain) return undefined;
  const parsed = parseBoundedJson(utf8OrLatin1(plain), LIMITS);
  return parsed.ok ? parsed.value : undefined;
}
