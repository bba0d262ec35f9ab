import { parseBoundedJson, type JsonLimits } from "../core/boundedJson.js";
import { textFromByteString } from "../core/utf8.js";
import { readXz } from "./params/xz.js";

/** 1,500 parameters in words take 1 MB, all events 160 kB. */
export const METADATA_CHARS_MAX = 4 * 1024 * 1024;
const LIMITS: JsonLimits = { charsMax: METADATA_CHARS_MAX, depthMax: 32, valuesMax: 200_000 };
const SLICE_BYTES = 8192;

/** A vehicle's metadata file, plain or packed with xz; undefined when it is neither, or broken. */
export function metadataJson(bytes: Uint8Array): unknown {
  const isXz = bytes[0] === 0xfd && bytes[1] === 0x37;
  const unpacked = isXz ? readXz(bytes, LIMITS.charsMax) : undefined;
  const plain = isXz ? (unpacked?.ok ? unpacked.value : undefined) : bytes;
  if (!plain) return undefined;
  const parsed = parseBoundedJson(textOf(plain), LIMITS);
  return parsed.ok ? parsed.value : undefined;
}

function textOf(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += SLICE_BYTES)
    text += String.fromCharCode(...bytes.subarray(at, at + SLICE_BYTES));
  return textFromByteString(text);
}
