import type { FieldDefinition, MessageDefinition, ScalarType } from "./definitions.js";
import type { FieldValue, MavlinkFields } from "./frame.js";

type ReadNumber = (view: DataView, start: number) => number;
type ReadField = (view: DataView, start: number) => FieldValue;

// A closure a field, its offset bound in: measured at four fifths of generated code and needs no `new Function`.
const NUMBER_AT: Readonly<Record<Exclude<ScalarType, "int64_t" | "uint64_t">, (offset: number) => ReadNumber>> = {
  char: (offset) => (view, start) => view.getUint8(start + offset),
  int8_t: (offset) => (view, start) => view.getInt8(start + offset),
  uint8_t: (offset) => (view, start) => view.getUint8(start + offset),
  int16_t: (offset) => (view, start) => view.getInt16(start + offset, true),
  uint16_t: (offset) => (view, start) => view.getUint16(start + offset, true),
  int32_t: (offset) => (view, start) => view.getInt32(start + offset, true),
  uint32_t: (offset) => (view, start) => view.getUint32(start + offset, true),
  float: (offset) => (view, start) => view.getFloat32(start + offset, true),
  double: (offset) => (view, start) => view.getFloat64(start + offset, true),
};

const NUMBER_BYTES: Readonly<Record<keyof typeof NUMBER_AT, number>> = {
  char: 1,
  int8_t: 1,
  uint8_t: 1,
  int16_t: 2,
  uint16_t: 2,
  int32_t: 4,
  uint32_t: 4,
  float: 4,
  double: 8,
};

/**
 * Text up to the first NUL, or the whole field when there is none. MAVLink says ASCII; UTF-8 is what vehicles that use
 * more send, so well-formed UTF-8 is read as such and any other byte as Latin-1.
 */
function readText(view: DataView, start: number, length: number): string {
  let text = "";
  let isAscii = true;
  for (let i = 0; i < length; i++) {
    const byte = view.getUint8(start + i);
    if (byte === 0) break;
    if (byte > 127) isAscii = false;
    text += String.fromCharCode(byte);
  }
  return isAscii ? text : utf8OrLatin1(text);
}

function utf8OrLatin1(bytesAsText: string): string {
  try {
    // `escape`-free UTF-8 decoding without TextDecoder, which pure rooms lack: percent-encode, then decode.
    const percent = Array.from(bytesAsText, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
    return decodeURIComponent(percent);
  } catch {
    // Not UTF-8 (or a piece cut inside a character): Latin-1 loses nothing.
    return bytesAsText;
  }
}

function arrayReader(field: FieldDefinition, type: keyof typeof NUMBER_AT): ReadField {
  const step = NUMBER_BYTES[type];
  const readers = Array.from({ length: field.arrayLength }, (_, i) => NUMBER_AT[type](field.offset + i * step));
  return (view, start) => readers.map((read) => read(view, start));
}

function fieldReader(field: FieldDefinition): ReadField {
  const { type, offset, arrayLength } = field;
  if (type === "int64_t") return (view, start) => view.getBigInt64(start + offset, true);
  if (type === "uint64_t") return (view, start) => view.getBigUint64(start + offset, true);
  if (arrayLength === 0) return NUMBER_AT[type](offset);
  if (type === "char") return (view, start) => readText(view, start + offset, arrayLength);
  return arrayReader(field, type);
}

/** Decodes the payload that starts at `start`; at least as many bytes as the definition needs must follow. */
export type PayloadDecoder = (view: DataView, start: number) => MavlinkFields;

function makeDecoder(fields: readonly FieldDefinition[]): PayloadDecoder {
  const names = fields.map((field) => field.name);
  const readers = fields.map(fieldReader);
  return (view, start) => {
    const out: Record<string, FieldValue> = {};
    for (let i = 0; i < readers.length; i++) {
      const read = readers[i];
      const name = names[i];
      if (read && name !== undefined) out[name] = read(view, start);
    }
    return out;
  };
}

type DecoderPair = { readonly base: PayloadDecoder; readonly full: PayloadDecoder };
const decoders = new Map<number, DecoderPair>();

function decodersOf(definition: MessageDefinition): DecoderPair {
  const known = decoders.get(definition.id);
  if (known) return known;
  const pair = {
    base: makeDecoder(definition.fields.filter((field) => !field.isExtension)),
    full: makeDecoder(definition.fields),
  };
  decoders.set(definition.id, pair);
  return pair;
}

// MAVLink 2 cuts trailing zeros: short payloads are decoded from here, zeros put back. 512 > any payload (255).
const scratch = new Uint8Array(512);
const scratchView = new DataView(scratch.buffer);

export type Payload = {
  readonly version: 1 | 2;
  readonly data: Uint8Array;
  readonly view: DataView;
  readonly start: number;
  readonly length: number;
};

/**
 * All fields of a message. MAVLink 1 has no extension fields, and then neither has the result; but pymavlink sends them
 * in version 1 frames all the same, and what is there is read.
 */
export function decodePayload(definition: MessageDefinition, payload: Payload): MavlinkFields {
  const pair = decodersOf(definition);
  const isBaseOnly = payload.version === 1 && payload.length <= definition.baseLength;
  const decode = isBaseOnly ? pair.base : pair.full;
  const needed = isBaseOnly ? definition.baseLength : definition.fullLength;
  if (payload.length >= needed) return decode(payload.view, payload.start);
  for (let i = 0; i < payload.length; i++) scratch[i] = payload.data[payload.start + i] ?? 0;
  scratch.fill(0, payload.length, needed);
  return decode(scratchView, 0);
}
