/**
 * The directories of a TIFF or BigTIFF that is too large to be held: only what is asked for is read, and no more than a limit.
 * TIFF 6.0, section 2; https://www.awaresystems.be/imaging/tiff/bigtiff.html
 */
import type { FileHandle } from "node:fs/promises";

/** Bytes a value of each type: bytes, text, shorts, longs, fractions, their signed kinds, floats, and BigTIFF's longs of 64 bits. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 },
};
/** A picture with ten overviews, each with a mask, has 22. */
const DIRECTORIES_MAX = 64;
const ENTRIES_MAX = 4096;
/** Places of four million strips or tiles: more than any picture that is read here has. */
const VALUE_BYTES_MAX = 32 * 2 ** 20;

export type TiffPage = {
  readonly isLittleEndian: boolean;
  readonly has: (tag: number) => boolean;
  /** Undefined when it is absent; fails on one that lies outside the file. */
  readonly numbers: (tag: number) => Promise<readonly number[] | undefined>;
  readonly number: (tag: number) => Promise<number | undefined>;
  readonly text: (tag: number) => Promise<string | undefined>;
  readonly bytes: (tag: number) => Promise<Uint8Array | undefined>;
};

type Entry = { readonly type: number; readonly count: number; readonly at: number };
type Layout = { readonly isLittleEndian: boolean; readonly isBig: boolean };

/** Bytes of an open file; fails where it ends before. */
export type ReadRange = (at: number, length: number) => Promise<Buffer>;

export const rangesOf =
  (handle: FileHandle, fileBytes: number): ReadRange =>
  async (at, length) => {
    if (!(at >= 0) || at + length > fileBytes) throw new RangeError(`it ends before byte ${at + length}`);
    const wanted = Buffer.alloc(length);
    for (let count = 0; count < length;) {
      const { bytesRead } = await handle.read(wanted, count, length - count, at + count);
      if (bytesRead === 0) throw new RangeError(`it ends before byte ${at + length}`);
      count += bytesRead;
    }
    return wanted;
  };

/** Undefined when the bytes are no TIFF. Fails on one whose directories are damaged. */
export async function readTiffPages(read: ReadRange): Promise<readonly TiffPage[] | undefined> {
  const head = await read(0, 8).catch(() => undefined);
  const layout = head && layoutOf(head);
  if (!layout) return undefined;
  const first = layout.isBig ? await read(8, 8) : head.subarray(4);
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  for (let at = placeIn(first, 0, layout); at !== 0;) {
    if (seen.has(at) || seen.size === DIRECTORIES_MAX) throw new RangeError("its directories go round in circles");
    seen.add(at);
    const { page, nextAt } = await readPage(read, at, layout);
    pages.push(page);
    at = nextAt;
  }
  return pages;
}

function layoutOf(head: Buffer): Layout | undefined {
  const order = head.toString("latin1", 0, 2);
  if (order !== "II" && order !== "MM") return undefined;
  const isLittleEndian = order === "II";
  const version = isLittleEndian ? head.readUInt16LE(2) : head.readUInt16BE(2);
  return version === 42 || version === 43 ? { isLittleEndian, isBig: version === 43 } : undefined;
}

/** A place in the file, or a count of values. */
const placeIn = (bytes: Buffer, at: number, { isLittleEndian, isBig }: Layout): number => {
  if (isBig) return Number(isLittleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return isLittleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
};
const short = (bytes: Buffer, at: number, { isLittleEndian }: Layout): number =>
  isLittleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);

async function readPage(read: ReadRange, at: number, layout: Layout) {
  const [countBytes, entryBytes, placeBytes] = layout.isBig ? [8, 20, 8] : [2, 12, 4];
  const stated = await read(at, countBytes);
  const count = layout.isBig ? placeIn(stated, 0, layout) : short(stated, 0, layout);
  if (count > ENTRIES_MAX) throw new RangeError(`a directory of ${count} entries`);
  const bytes = await read(at + countBytes, count * entryBytes + placeBytes);
  const entries = new Map<number, Entry>();
  for (let i = 0; i < count; i++) {
    const entryAt = i * entryBytes;
    const [type, countOfValues] = [short(bytes, entryAt + 2, layout), placeIn(bytes, entryAt + 4, layout)];
    const valueBytes = (TYPE_BYTES[type] ?? 0) * countOfValues;
    const inEntry = entryBytes - placeBytes;
    const valueAt =
      valueBytes <= placeBytes ? at + countBytes + entryAt + inEntry : placeIn(bytes, entryAt + inEntry, layout);
    entries.set(short(bytes, entryAt, layout), { type, count: countOfValues, at: valueAt });
  }
  return { page: pageOf(read, entries, layout), nextAt: placeIn(bytes, count * entryBytes, layout) };
}

function pageOf(read: ReadRange, entries: ReadonlyMap<number, Entry>, layout: Layout): TiffPage {
  const bytes = async (tag: number): Promise<Buffer | undefined> => {
    const entry = entries.get(tag);
    if (!entry) return undefined;
    const length = entry.count * (TYPE_BYTES[entry.type] ?? 0);
    if (length > VALUE_BYTES_MAX) throw new RangeError(`${entry.count} values of tag ${tag}`);
    return read(entry.at, length);
  };
  const numbers = async (tag: number): Promise<readonly number[] | undefined> => {
    const raw = await bytes(tag);
    return raw && numbersIn(raw, entries.get(tag)?.type ?? 0, layout.isLittleEndian);
  };
  return {
    isLittleEndian: layout.isLittleEndian,
    has: (tag) => entries.has(tag),
    numbers,
    number: async (tag) => (await numbers(tag))?.[0],
    text: async (tag) => (await bytes(tag))?.toString("latin1").replace(/\0[^]*$/, ""),
    bytes,
  };
}

function numbersIn(raw: Buffer, type: number, isLittleEndian: boolean): readonly number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const size = TYPE_BYTES[type] ?? 1;
  const readers: Readonly<Record<number, (at: number) => number>> = {
    3: (at) => view.getUint16(at, isLittleEndian),
    4: (at) => view.getUint32(at, isLittleEndian),
    11: (at) => view.getFloat32(at, isLittleEndian),
    12: (at) => view.getFloat64(at, isLittleEndian),
    13: (at) => view.getUint32(at, isLittleEndian),
    16: (at) => Number(view.getBigUint64(at, isLittleEndian)),
    18: (at) => Number(view.getBigUint64(at, isLittleEndian)),
  };
  const reader = readers[type] ?? ((at) => view.getUint8(at));
  return Array.from({ length: Math.floor(raw.byteLength / size) }, (_, i) => reader(i * size));
}
