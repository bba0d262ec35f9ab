/**
 * WebSocket framing of the contract: JSON text for messages without bytes; a binary frame for messages with them,
 * `u32 headerLength (LE) | header JSON (UTF-8) | bytes`. The header holds `{"$bytes": n}` where the Uint8Array stood.
 * Numbers that JSON lacks travel as `{"$number": "-Infinity"}`: as null they would be another type at the other end.
 */
import { jsonExcess, type JsonLimits } from "../core/boundedJson.js";
import { textFrom, utf8Bytes } from "../core/utf8.js";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type WireFrame = string | Uint8Array<ArrayBuffer>;

/** Encodes a message that contains at most one Uint8Array. */
export function encodeWire(message: object): WireFrame {
  let found: Uint8Array | undefined;
  const json = JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
    if (!(value instanceof Uint8Array)) return value;
    if (found) throw new Error("Invariant: one byte array a message");
    found = value;
    return { $bytes: value.byteLength };
  });
  if (!found) return json;
  const header = utf8Bytes(json);
  const frame = new Uint8Array(4 + header.byteLength + found.byteLength);
  new DataView(frame.buffer).setUint32(0, header.byteLength, true);
  frame.set(header, 4);
  frame.set(found, 4 + header.byteLength);
  return frame;
}

/**
 * Decodes to an unvalidated value; undefined for anything that is not such a frame. `limits` bound the JSON of an
 * untrusted peer; the bytes beside it are bounded by the frame's size.
 */
export function decodeWire(frame: string | Uint8Array, limits?: JsonLimits): unknown {
  if (typeof frame === "string") return parse(frame, undefined, limits);
  if (frame.byteLength < 4) return undefined;
  const headerLength = new DataView(frame.buffer, frame.byteOffset).getUint32(0, true);
  if (4 + headerLength > frame.byteLength || (limits && headerLength > limits.charsMax)) return undefined;
  const header = textFrom(frame.subarray(4, 4 + headerLength), "utf-8");
  return header === undefined ? undefined : parse(header, frame.slice(4 + headerLength), limits);
}

const NUMBERS: ReadonlyMap<unknown, number> = new Map(
  [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((number) => [String(number), number]),
);

function parse(json: string, bytes: Uint8Array | undefined, limits: JsonLimits | undefined): unknown {
  if (limits && jsonExcess(json, limits)) return undefined;
  try {
    return JSON.parse(json, (_key, value: Json) => {
      if (typeof value !== "object" || value === null) return value;
      if ("$number" in value) return NUMBERS.get(value["$number"]) ?? value;
      return "$bytes" in value && bytes ? bytes : value;
    });
  } catch {
    // Not JSON: the caller counts it as an invalid message.
    return undefined;
  }
}

/** The WebSocket's close code for a page without the right token (4000 to 4999 are free for applications). */
export const CLOSED_WITHOUT_KEY = 4401;
