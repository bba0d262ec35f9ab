const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/**
 * The CRC-32 both autopilots use (`crc_crc32`, NuttX `crc32part`): the usual polynomial without the inversions at the
 * beginning and the end. Start with 0, or with the sum so far.
 */
export function crc32part(bytes: Uint8Array, sum = 0): number {
  let value = sum;
  for (const byte of bytes) value = ((TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)) >>> 0;
  return value >>> 0;
}
