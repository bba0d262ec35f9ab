/**
 * Encoder for MISB ST 0601 (UAS Datalink Local Set), only for the tags this camera has. Independent of the station's decoder, so
 * that each checks the other.
 */
const UNIVERSAL_KEY = Uint8Array.of(0x06, 0x0e, 0x2b, 0x34, 2, 0x0b, 1, 1, 0x0e, 1, 3, 1, 1, 0, 0, 0);
const CHECKSUM_TAG = 1;

export type KlvItem = { readonly tag: number; readonly bytes: Uint8Array };

function bigEndian(value: bigint, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  let rest = BigInt.asUintN(count * 8, value);
  for (let i = count - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

/** Unsigned linear mapping of `low`..`high` to `count` bytes; values outside are clamped. */
export function unsignedItem(tag: number, count: 1 | 2 | 4, value: number, range: readonly [number, number]): KlvItem {
  const [low, high] = range;
  const most = 2 ** (8 * count) - 1;
  const code = Math.round(((Math.min(high, Math.max(low, value)) - low) / (high - low)) * most);
  return { tag, bytes: bigEndian(BigInt(code), count) };
}

/** Signed linear mapping of -`half`..`half`; a value outside becomes the standard's "out of range" code. */
export function signedItem(tag: number, count: 2 | 4, value: number, half: number): KlvItem {
  const most = 2 ** (8 * count - 1) - 1;
  const code = Math.abs(value) > half ? -most - 1 : Math.round((value / half) * most);
  return { tag, bytes: bigEndian(BigInt(code), count) };
}

export const timeItem = (unixTimeUs: number): KlvItem => ({
  tag: 2,
  bytes: bigEndian(BigInt(Math.round(unixTimeUs)), 8),
});
export const byteItem = (tag: number, value: number): KlvItem => ({ tag, bytes: Uint8Array.of(value) });
export const textItem = (tag: number, text: string): KlvItem => ({ tag, bytes: new TextEncoder().encode(text) });

/** BER length: one byte up to 127, otherwise the number of length bytes and then those. */
function berLength(length: number): number[] {
  if (length < 128) return [length];
  return length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

/** Sum of big-endian 16-bit words; an odd last byte is the high byte of one. */
export function klvChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += (bytes[i] ?? 0) << (i % 2 === 0 ? 8 : 0);
  return sum & 0xffff;
}

/** A complete packet: key, length, the items in the given order, checksum last. Pass the time (tag 2) first. */
export function encodeKlv(items: readonly KlvItem[]): Uint8Array {
  const body: number[] = [];
  for (const { tag, bytes } of items) {
    // BER-OID: tags above 127 take two bytes.
    if (tag > 127) body.push(0x80 | (tag >> 7));
    body.push(tag & 0x7f, ...berLength(bytes.length), ...bytes);
  }
  body.push(CHECKSUM_TAG, 2);
  const packet = Uint8Array.from([...UNIVERSAL_KEY, ...berLength(body.length + 2), ...body, 0, 0]);
  const sum = klvChecksum(packet.subarray(0, packet.length - 2));
  packet[packet.length - 2] = sum >> 8;
  packet[packet.length - 1] = sum & 0xff;
  return packet;
}
