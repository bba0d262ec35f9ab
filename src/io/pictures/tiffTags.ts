/**
 * The directories of a TIFF (TIFF 6.0, section 2). EXIF in a JPEG or PNG has the same structure: its orientation is
 * read here (exifr would add 1.5 MB for that one tag, and this code is needed for TIFF anyway).
 */

/** Bytes a value of each type; rational and other types are not read. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 7: 1, 8: 2, 9: 4, 13: 4 };
const ENTRY_BYTES = 12;
/** Upper limit: real directories have some dozens; it bounds the time that each page of a hostile file costs. */
const ENTRIES_MAX = 4096;
/** Upper limit for strip offsets and counts: one strip for each row of the tallest picture. */
const VALUES_MAX = 70_000;
const ORIENTATION = 274;

export type TiffHeader = { readonly view: DataView; readonly isLittleEndian: boolean; readonly firstAt: number };
export type TiffDirectory = {
  /** Values of a tag; empty when it is absent or lies outside the file. */
  readonly values: (tag: number) => readonly number[];
  /** Undefined when the tag is absent. */
  readonly value: (tag: number) => number | undefined;
  readonly text: (tag: number) => string | undefined;
  /** Offset of the next directory; 0 after the last. */
  readonly nextAt: number;
};

/** Undefined when the bytes are not a TIFF with 32-bit offsets. */
export function readTiffHeader(bytes: Uint8Array): TiffHeader | undefined {
  if (bytes.byteLength < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const isLittleEndian = order === 0x4949;
  if (view.getUint16(2, isLittleEndian) !== 42) return undefined;
  return { view, isLittleEndian, firstAt: view.getUint32(4, isLittleEndian) };
}

type Entry = { readonly type: number; readonly count: number; readonly at: number };

/** Undefined when the directory lies outside the file. */
export function readDirectory({ view, isLittleEndian }: TiffHeader, at: number): TiffDirectory | undefined {
  if (at < 8 || at + 2 > view.byteLength) return undefined;
  const count = view.getUint16(at, isLittleEndian);
  const end = at + 2 + count * ENTRY_BYTES;
  if (end > view.byteLength || count > ENTRIES_MAX) return undefined;
  const entries = new Map<number, Entry>();
  for (let entryAt = at + 2; entryAt < end; entryAt += ENTRY_BYTES) {
    const type = view.getUint16(entryAt + 2, isLittleEndian);
    const countOfValues = view.getUint32(entryAt + 4, isLittleEndian);
    const bytes = (TYPE_BYTES[type] ?? 0) * countOfValues;
    const valueAt = bytes <= 4 ? entryAt + 8 : view.getUint32(entryAt + 8, isLittleEndian);
    const isReadable = bytes > 0 && countOfValues <= VALUES_MAX && valueAt + bytes <= view.byteLength;
    if (!isReadable) continue;
    entries.set(view.getUint16(entryAt, isLittleEndian), { type, count: countOfValues, at: valueAt });
  }
  const number = ({ type, at: from }: Entry, index: number): number => {
    const bytes = TYPE_BYTES[type] ?? 1;
    if (bytes === 1) return view.getUint8(from + index);
    return bytes === 2
      ? view.getUint16(from + 2 * index, isLittleEndian)
      : view.getUint32(from + 4 * index, isLittleEndian);
  };
  const values = (tag: number): readonly number[] => {
    const entry = entries.get(tag);
    return entry ? Array.from({ length: entry.count }, (_, index) => number(entry, index)) : [];
  };
  return {
    values,
    value: (tag) => {
      const entry = entries.get(tag);
      return entry && number(entry, 0);
    },
    text: (tag) => (entries.has(tag) ? String.fromCharCode(...values(tag).filter((code) => code !== 0)) : undefined),
    nextAt: end + 4 <= view.byteLength ? view.getUint32(end, isLittleEndian) : 0,
  };
}

/** 1 (as stored) when the block has no orientation or is damaged. */
export function exifOrientation(exif: Uint8Array): number {
  const header = readTiffHeader(exif);
  return (header && readDirectory(header, header.firstAt)?.value(ORIENTATION)) ?? 1;
}
