/** Little-endian TIFF files of one directory, made tag by tag: also such as no honest program writes. */
const TYPE = { ascii: 2, short: 3, long: 4, double: 12 } as const;
const BYTES = { ascii: 1, short: 2, long: 4, double: 8 } as const;

export type TiffTag = {
  readonly tag: number;
  readonly type: keyof typeof TYPE;
  readonly values: readonly number[];
  /** What the directory claims instead of how many there are. */
  readonly count?: number;
};

const HEADER_BYTES = 8;
const ENTRY_BYTES = 12;

/** The tags' long values follow the directory, then `data`, at whose place the tag 273 or 324 points. */
export function tiffBytes(tags: readonly TiffTag[], data: Uint8Array): Uint8Array {
  const sorted = tags.toSorted((a, b) => a.tag - b.tag);
  const directoryBytes = 2 + sorted.length * ENTRY_BYTES + 4;
  let valuesAt = HEADER_BYTES + directoryBytes;
  const sizes = sorted.map(({ type, values }) => BYTES[type] * values.length);
  const dataAt = valuesAt + sizes.reduce((sum, size) => sum + (size > 4 ? size + (size % 2) : 0), 0);
  const bytes = new Uint8Array(dataAt + data.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0, HEADER_BYTES]);
  view.setUint16(HEADER_BYTES, sorted.length, true);
  sorted.forEach(({ tag, type, values, count = values.length }, i) => {
    const at = HEADER_BYTES + 2 + i * ENTRY_BYTES;
    const size = sizes[i] ?? 0;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, TYPE[type], true);
    view.setUint32(at + 4, count, true);
    const to = size > 4 ? valuesAt : at + 8;
    if (size > 4) {
      view.setUint32(at + 8, valuesAt, true);
      valuesAt += size + (size % 2);
    }
    const isPlace = tag === 273 || tag === 324;
    values.forEach((value, k) => write(view, to + k * BYTES[type], type, isPlace ? dataAt + value : value));
  });
  bytes.set(data, dataAt);
  return bytes;
}

function write(view: DataView, at: number, type: TiffTag["type"], value: number): void {
  if (type === "ascii") view.setUint8(at, value);
  else if (type === "short") view.setUint16(at, value, true);
  else if (type === "long") view.setUint32(at, value, true);
  else view.setFloat64(at, value, true);
}

const ascii = (tag: number, text: string): TiffTag => ({
  tag,
  type: "ascii",
  values: [...Buffer.from(`${text}\0`, "latin1")],
});
const long = (tag: number, ...values: readonly number[]): TiffTag => ({ tag, type: "long", values });
const short = (tag: number, ...values: readonly number[]): TiffTag => ({ tag, type: "short", values });
const double = (tag: number, ...values: readonly number[]): TiffTag => ({ tag, type: "double", values });

/** GeoTIFF keys as number and value. */
export const geoKeys = (keys: Readonly<Record<number, number>>): TiffTag =>
  short(
    34_735,
    ...[1, 1, 0, Object.keys(keys).length],
    ...Object.entries(keys).flatMap(([key, value]) => [Number(key), 0, 1, value]),
  );

/** Four columns and three rows of 16-bit heights, 0 to 11, in degrees near Boulogne; `changes` replace tags by number. */
export function aGeoTiff(changes: readonly TiffTag[] = [], data?: Uint8Array): Uint8Array {
  const heights = new Uint8Array(Int16Array.from({ length: 12 }, (_, i) => i).buffer);
  const packed = data ?? heights;
  const plain: readonly TiffTag[] = [
    ...[long(256, 4), long(257, 3), short(258, 16), short(259, 1), short(262, 1), long(273, 0), short(277, 1)],
    ...[long(278, 3), long(279, packed.byteLength), short(284, 1), short(339, 2)],
    ...[double(33_550, 0.01, 0.02, 0), double(33_922, 0, 0, 0, 1.5, 50.8, 0)],
    geoKeys({ 1024: 2, 1025: 1, 2048: 4326 }),
  ];
  const changed = new Set(changes.map(({ tag }) => tag));
  const tags = [...plain.filter(({ tag }) => !changed.has(tag)), ...changes.filter(({ values }) => values.length > 0)];
  return tiffBytes(tags, packed);
}

/** Leaves a tag out of `aGeoTiff`. */
export const without = (tag: number): TiffTag => ({ tag, type: "short", values: [] });
export const tags = { ascii, long, short, double } as const;
