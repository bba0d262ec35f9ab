/**
 * How a DataFlash log describes its own format: one FMT record for each kind of record, with its length, one letter for
 * each field's type and the fields' names; MULT and FMTU give the factor of each stored number.
 * https://ardupilot.org/dev/docs/code-overview-adding-a-new-log-message.html
 */
import { textFromByteString } from "../../../core/utf8.js";

type FieldType = {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number | string;
  /** A factor that belongs to the type itself, whatever FMTU says: "c" is hundredths. */
  readonly scale?: number;
};

type RecordField = { readonly name: string; readonly offset: number; readonly type: FieldType };
export type RecordFormat = {
  readonly id: number;
  readonly name: string;
  /** Bytes of the whole record, its header of three bytes included. */
  readonly length: number;
  readonly fields: ReadonlyMap<string, RecordField>;
  /** In the order of the record: FMTU refers to fields by position. */
  readonly fieldNames: readonly string[];
};

export const HEADER_BYTES = 3;
export const FMT_ID = 128;

function textOf(view: DataView, at: number, length: number): string {
  let text = "";
  for (let i = 0; i < length; i++) {
    const byte = view.getUint8(at + i);
    if (byte === 0) break;
    text += String.fromCharCode(byte);
  }
  return textFromByteString(text);
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const int8 = (view: DataView, at: number): number => view.getInt8(at);
const uint8 = (view: DataView, at: number): number => view.getUint8(at);
const int16 = (view: DataView, at: number): number => view.getInt16(at, true);
const uint16 = (view: DataView, at: number): number => view.getUint16(at, true);
const int32 = (view: DataView, at: number): number => view.getInt32(at, true);
const uint32 = (view: DataView, at: number): number => view.getUint32(at, true);
// Times since boot and counters: far below 2^53, so exact.
const int64 = (view: DataView, at: number): number => view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
const uint64 = (view: DataView, at: number): number =>
  view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);

const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  a: { bytes: 64, read: () => "" }, // an array of 32 numbers, of which this station reads none
  b: { bytes: 1, read: int8 },
  B: { bytes: 1, read: uint8 },
  M: { bytes: 1, read: uint8 },
  h: { bytes: 2, read: int16 },
  H: { bytes: 2, read: uint16 },
  i: { bytes: 4, read: int32 },
  I: { bytes: 4, read: uint32 },
  f: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  d: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  g: { bytes: 2, read: (view, at) => halfFloat(view.getUint16(at, true)) },
  q: { bytes: 8, read: int64 },
  Q: { bytes: 8, read: uint64 },
  c: { bytes: 2, read: int16, scale: 0.01 },
  C: { bytes: 2, read: uint16, scale: 0.01 },
  e: { bytes: 4, read: int32, scale: 0.01 },
  E: { bytes: 4, read: uint32, scale: 0.01 },
  L: { bytes: 4, read: int32, scale: 1e-7 },
  n: { bytes: 4, read: (view, at) => textOf(view, at, 4) },
  N: { bytes: 16, read: (view, at) => textOf(view, at, 16) },
  Z: { bytes: 64, read: (view, at) => textOf(view, at, 64) },
};

type Described = {
  readonly id: number;
  readonly name: string;
  readonly length: number;
  readonly types: string;
  readonly labels: string;
};

/** Undefined when the description contradicts itself: fields that do not fill the length, or an unknown type letter. */
export function recordFormatFrom({ id, name, length, types, labels }: Described): RecordFormat | undefined {
  if (!/^[A-Z][A-Z0-9_]*$/i.test(name)) return undefined;
  const fieldNames = labels === "" ? [] : labels.split(",").map((label) => label.trim());
  const fields = new Map<string, RecordField>();
  let offset = HEADER_BYTES;
  for (let i = 0; i < types.length; i++) {
    const type = FIELD_TYPES[types[i] ?? ""];
    const fieldName = fieldNames[i];
    if (!type) return undefined;
    if (fieldName !== undefined) fields.set(fieldName, { name: fieldName, offset, type });
    offset += type.bytes;
  }
  return offset === length ? { id, name, length, fields, fieldNames } : undefined;
}

const FMT = recordFormatFrom({
  id: FMT_ID,
  name: "FMT",
  length: 89,
  types: "BBnNZ",
  labels: "Type,Length,Name,Format,Columns",
});
if (!FMT) throw new Error("Invariant: the format of formats is sound");
export const FMT_FORMAT: RecordFormat = FMT;

/** A record's fields by name, from a binary log or a text log. */
export type LogRecord = {
  readonly format: { readonly name: string };
  /**
   * The value in the field's unit, scaled; undefined when this version of the record has no such field, or the value is
   * not finite.
   */
  readonly number: (name: string) => number | undefined;
  /** The value as stored, without a scale: for counters and timestamps. */
  readonly stored: (name: string) => number | undefined;
  readonly text: (name: string) => string | undefined;
};

/** Moves through a log from record to record. */
export type RecordSource = {
  /** The next valid record, undefined at the end. */
  readonly next: () => LogRecord | undefined;
  /** Offset of the byte after the current record. */
  readonly at: number;
  readonly unknownRecords: number;
  readonly problems: readonly string[];
  /** Remembers this position: calling the result opens another source that continues from it. */
  readonly bookmark: () => () => RecordSource;
};

/** Decodes a binary record's fields by name, on request. */
export class RecordReader implements LogRecord {
  readonly #view: DataView;
  readonly #at: number;
  readonly format: RecordFormat;
  readonly #multipliers: ReadonlyMap<string, number> | undefined;

  /** `multipliers`: factors of this format's fields, from FMTU and MULT. */
  constructor(view: DataView, at: number, format: RecordFormat, multipliers?: ReadonlyMap<string, number>) {
    this.#view = view;
    this.#at = at;
    this.format = format;
    this.#multipliers = multipliers;
  }

  /**
   * The value in the field's unit, scaled; undefined when this version of the record has no such field, or the value is
   * not finite.
   */
  number(name: string): number | undefined {
    const field = this.format.fields.get(name);
    if (!field) return undefined;
    const raw = field.type.read(this.#view, this.#at + field.offset);
    if (typeof raw !== "number" || !Number.isFinite(raw)) return undefined;
    return raw * (field.type.scale ?? this.#multipliers?.get(name) ?? 1);
  }

  /** The value as stored, without a scale: for counters and timestamps. */
  stored(name: string): number | undefined {
    const field = this.format.fields.get(name);
    const raw = field?.type.read(this.#view, this.#at + field.offset);
    return typeof raw === "number" ? raw : undefined;
  }

  text(name: string): string | undefined {
    const field = this.format.fields.get(name);
    const raw = field?.type.read(this.#view, this.#at + field.offset);
    return typeof raw === "string" ? raw : undefined;
  }
}
