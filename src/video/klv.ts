/** Key-length-value triplets (SMPTE ST 336): finding keys, BER lengths, BER-OID tags. */

type BerNumber = { readonly value: number; readonly next: number };

// The metadata of one frame is some hundred bytes; a longer length is garbage.
const LENGTH_MAX = 2 ** 24;

/** BER length (short or long form) at `at`; undefined when truncated, indefinite or too large. `next` is the index after it. */
export function readBerLength(bytes: Uint8Array, at: number): BerNumber | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { value: first, next: at + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 8 || at + 1 + count > bytes.byteLength) return undefined;
  let value = 0;
  for (let i = 1; i <= count; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value > LENGTH_MAX ? undefined : { value, next: at + 1 + count };
}

/** BER-OID tag: 7 bits per byte, the top bit set when more follow. Undefined when truncated or beyond 28 bits. */
export function readBerOid(bytes: Uint8Array, at: number): BerNumber | undefined {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return undefined;
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, next: at + i + 1 };
  }
  return undefined;
}

/** Index of `key` at or after `from`, or -1. */
export function findKey(bytes: Uint8Array, key: Uint8Array, from = 0): number {
  const first = key[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (at + key.byteLength > bytes.byteLength) return -1;
    if (key.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

export type LocalItem = { readonly tag: number; readonly valueAt: number; readonly value: Uint8Array };

/** The items of a local set, in order; undefined when a tag or length runs past `end`. */
export function readLocalSet(bytes: Uint8Array, from: number, end: number): readonly LocalItem[] | undefined {
  const items: LocalItem[] = [];
  const set = bytes.subarray(0, end);
  for (let at = from; at < end;) {
    const tag = readBerOid(set, at);
    const length = tag && readBerLength(set, tag.next);
    if (!tag || !length || length.next + length.value > end) return undefined;
    items.push({ tag: tag.value, valueAt: length.next, value: set.subarray(length.next, length.next + length.value) });
    at = length.next + length.value;
  }
  return items;
}

/** Sum of the 16-bit big-endian words, modulo 2^16; an odd last byte is the high byte of one (ST 0601, tag 1). */
export function klvChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.byteLength; i++) sum += i % 2 === 0 ? (bytes[i] ?? 0) << 8 : (bytes[i] ?? 0);
  return sum & 0xffff;
}
