/** PAT and PMT of a transport stream with one program: H.264 and synchronous KLV metadata (ISO 13818-1, ST 1402). */
export const PID = { pat: 0, pmt: 0x1000, video: 0x100, klv: 0x101 } as const;

const PROGRAMME = 1;
const STREAM_TYPE_H264 = 0x1b;
const STREAM_TYPE_METADATA = 0x15;
const KLVA = [0x4b, 0x4c, 0x56, 0x41];

/** CRC-32/MPEG-2, which ends every section. */
export function crc32Mpeg(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

const word = (value: number): [number, number] => [(value >> 8) & 0xff, value & 0xff];
const reservedWord = (reserved: number, value: number): [number, number] => word(reserved | value);

function section(tableId: number, id: number, body: readonly number[]): Uint8Array {
  const length = 5 + body.length + 4;
  // Version 0, current, section 0 of 0 (the only one).
  const bytes = [tableId, ...reservedWord(0xb000, length), ...word(id), 0xc1, 0, 0, ...body];
  const crc = crc32Mpeg(bytes);
  return Uint8Array.from([...bytes, crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff]);
}

export const patSection = (): Uint8Array => section(0, 1, [...word(PROGRAMME), ...reservedWord(0xe000, PID.pmt)]);

export function pmtSection(): Uint8Array {
  // metadata_descriptor: application "general" 0x0100, format by identifier KLVA, service 0, no decoder configuration.
  const metadata = [0x26, 9, 0x01, 0x00, 0xff, ...KLVA, 0x00, 0x0f];
  // metadata_STD_descriptor: required with synchronous metadata; input leak rate 0 = unspecified.
  const std = [0x27, 9, 0xc0, 0, 0, 0xc0, 0, 0, 0xc0, 0, 0];
  const descriptors = [...metadata, ...std];
  return section(2, PROGRAMME, [
    ...reservedWord(0xe000, PID.video),
    ...reservedWord(0xf000, 0),
    ...[STREAM_TYPE_H264, ...reservedWord(0xe000, PID.video), ...reservedWord(0xf000, 0)],
    ...[STREAM_TYPE_METADATA, ...reservedWord(0xe000, PID.klv), ...reservedWord(0xf000, descriptors.length)],
    ...descriptors,
  ]);
}
