import { crc32Part } from "../../../src/core/crc32.js";

/**
 * Writes an uncompressed .xz file: PX4 serves its component information in this format, and Node has no encoder for it.
 * https://tukaani.org/xz/xz-file-format.txt: stream header, one block with LZMA2 "uncompressed" chunks, index, footer.
 */
const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const FOOTER_MAGIC = [0x59, 0x5a];
/** Stream flags: CRC-32 as the block check. */
const FLAGS = [0x00, 0x01];
const MOST_IN_CHUNK = 0x10000;
const RESETS_DICTIONARY = 0x01;
const KEEPS_DICTIONARY = 0x02;

/** Standard CRC-32: the autopilots' CRC with inverted initial and final value. */
const sumOf = (bytes: readonly number[] | Uint8Array): readonly number[] =>
  littleEndian(~crc32Part(Uint8Array.from(bytes), 0xffffffff));
const littleEndian = (value: number): readonly number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
const padded = (bytes: readonly number[]): readonly number[] => [...bytes, ...zeros((4 - (bytes.length % 4)) % 4)];
const zeros = (count: number): readonly number[] => Array.from({ length: count }, () => 0);

/** Variable-length integer: 7 bits per byte, lowest first. */
function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function chunks(content: Uint8Array): readonly number[] {
  const bytes: number[] = [];
  for (let at = 0; at < content.length; at += MOST_IN_CHUNK) {
    const piece = content.subarray(at, at + MOST_IN_CHUNK);
    const size = piece.length - 1;
    bytes.push(at === 0 ? RESETS_DICTIONARY : KEEPS_DICTIONARY, size >>> 8, size & 0xff, ...piece);
  }
  return [...bytes, 0];
}

export function storedXz(content: Uint8Array): Uint8Array {
  // Block header of 12 bytes: one filter, LZMA2 with a dictionary of 64 KiB (property 8), no sizes.
  const header = [2, 0, 0x21, 1, 8, 0, 0, 0];
  const body = chunks(content);
  const unpadded = 12 + body.length + 4;
  const index = padded([0, 1, ...varint(unpadded), ...varint(content.length)]);
  const backward = littleEndian((index.length + 4) / 4 - 1);
  const footer = [...backward, ...FLAGS];
  return Uint8Array.from([
    ...[...MAGIC, ...FLAGS, ...sumOf(FLAGS)],
    ...[...header, ...sumOf(header), ...padded(body), ...sumOf(content)],
    ...[...index, ...sumOf(index)],
    ...[...sumOf(footer), ...footer, ...FOOTER_MAGIC],
  ]);
}
