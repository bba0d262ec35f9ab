const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * The CRC-32 of PX4 (`crc32part`), ArduPilot (`crc_crc32`) and MAVFTP: the usual polynomial, but without the inversions
 * before and after. `sum` is the result for the earlier parts; start with 0.
 */
export function crc32Part(bytes: Uint8Array, sum = 0): number {
  let crc = sum;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc >>> 0;
}

/**
 * The usual CRC-32 (ISO 3309, as in PNG and zip). Not by zlib.crc32, which Node 18 in older Electrons does not have.
 */
export const crc32 = (bytes: Uint8Array): number => ~crc32Part(bytes, 0xffffffff) >>> 0;
