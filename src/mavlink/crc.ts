/**
 * CRC-16/MCRF4XX, MAVLink's checksum ("X.25" in its documents): polynomial 0x1021 reflected, start 0xFFFF, no final
 * inversion. https://mavlink.io/en/guide/serialization.html#checksum
 */
const TABLE = new Uint16Array(256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  TABLE[byte] = crc;
}

export const CRC_START = 0xffff;

/** Adds one byte, e.g. the message's CRC extra. */
export const crcWith = (crc: number, byte: number): number => (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);

/** Adds `bytes` from `from` up to but not including `to`. */
export function crcOver(crc: number, bytes: Uint8Array, from: number, to: number): number {
  let sum = crc;
  for (let i = from; i < to; i++) sum = (sum >>> 8) ^ (TABLE[(sum ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return sum;
}
