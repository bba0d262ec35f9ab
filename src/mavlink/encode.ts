import { utf8Bytes } from "../core/utf8.js";
import { crcOver, crcWith, CRC_START } from "./crc.js";
import { definitionOfName, type FieldDefinition, type MessageDefinition, type ScalarType } from "./definitions.js";
import type { FieldValue, MavlinkFields } from "./frame.js";
import {
  CHECKSUM_BYTES,
  HEADER_BYTES_V1,
  HEADER_BYTES_V2,
  INCOMPAT_SIGNED,
  MAGIC_V1,
  MAGIC_V2,
  SIGNATURE_BYTES,
} from "./inspect.js";
import { signatureOf, type Signing } from "./signing.js";

type FrameToEncode = {
  readonly name: string;
  /**
   * Fields left out are sent as zero; set unused command params explicitly where the vehicle expects something else
   * (NaN).
   */
  readonly fields: MavlinkFields;
  readonly systemId: number;
  readonly componentId: number;
  /** 0..255, one counter for each link and sending component. */
  readonly seq: number;
  readonly version: 1 | 2;
  /** MAVLink 2 only. */
  readonly signing?: Signing;
};

/**
 * Throws when the message has no definition, does not exist in MAVLink 1 (id above 255), or version 1 is to be signed:
 * those are bugs.
 */
export function encodeFrame(frame: FrameToEncode): Uint8Array {
  const definition = definitionOfName(frame.name);
  if (!definition) throw new Error(`Invariant: no MAVLink message is called ${frame.name}`);
  return frame.version === 1 ? encodeV1(definition, frame) : encodeV2(definition, frame);
}

function encodeV1(definition: MessageDefinition, frame: FrameToEncode): Uint8Array {
  if (definition.id > 255) throw new Error(`Invariant: ${definition.name} does not exist in MAVLink 1`);
  if (frame.signing) throw new Error("Invariant: MAVLink 1 has no signatures");
  const bodyEnd = HEADER_BYTES_V1 + definition.baseLength;
  const bytes = new Uint8Array(bodyEnd + CHECKSUM_BYTES);
  bytes.set([MAGIC_V1, definition.baseLength, frame.seq, frame.systemId, frame.componentId, definition.id]);
  const baseFields = definition.fields.filter((field) => !field.isExtension);
  writePayload(bytes, HEADER_BYTES_V1, baseFields, frame.fields);
  writeChecksum(bytes, bodyEnd, definition.crcExtra);
  return bytes;
}

function encodeV2(definition: MessageDefinition, frame: FrameToEncode): Uint8Array {
  const payload = new Uint8Array(Math.max(1, definition.fullLength));
  writePayload(payload, 0, definition.fields, frame.fields);
  const length = trimmedLength(payload, definition.fullLength);
  const bodyEnd = HEADER_BYTES_V2 + length;
  const bytes = new Uint8Array(bodyEnd + CHECKSUM_BYTES + (frame.signing ? SIGNATURE_BYTES : 0));
  const { id } = definition;
  bytes.set([MAGIC_V2, length, frame.signing ? INCOMPAT_SIGNED : 0, 0, frame.seq, frame.systemId, frame.componentId]);
  bytes.set([id & 0xff, (id >> 8) & 0xff, id >> 16], 7);
  bytes.set(payload.subarray(0, length), HEADER_BYTES_V2);
  writeChecksum(bytes, bodyEnd, definition.crcExtra);
  if (frame.signing) bytes.set(signatureOf(bytes, bodyEnd + CHECKSUM_BYTES, frame.signing), bodyEnd + CHECKSUM_BYTES);
  return bytes;
}

/**
 * Trailing zeros are cut, but the first byte is always sent:
 * https://mavlink.io/en/guide/serialization.html#payload_truncation
 */
function trimmedLength(payload: Uint8Array, fullLength: number): number {
  let length = fullLength;
  while (length > 1 && payload[length - 1] === 0) length--;
  return length;
}

function writeChecksum(bytes: Uint8Array, bodyEnd: number, crcExtra: number): void {
  const crc = crcWith(crcOver(CRC_START, bytes, 1, bodyEnd), crcExtra);
  bytes[bodyEnd] = crc & 0xff;
  bytes[bodyEnd + 1] = crc >>> 8;
}

function writePayload(
  bytes: Uint8Array,
  start: number,
  fields: readonly FieldDefinition[],
  values: MavlinkFields,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const field of fields) {
    const value = values[field.name];
    if (value !== undefined) writeField(view, start + field.offset, field, value);
  }
}

type WriteNumber = (view: DataView, at: number, value: number) => void;
// Integers out of range wrap as C's casts do; DataView does the same.
const WRITE: Readonly<Record<Exclude<ScalarType, "int64_t" | "uint64_t">, { bytes: number; write: WriteNumber }>> = {
  char: { bytes: 1, write: (view, at, value) => view.setUint8(at, value) },
  int8_t: { bytes: 1, write: (view, at, value) => view.setInt8(at, value) },
  uint8_t: { bytes: 1, write: (view, at, value) => view.setUint8(at, value) },
  int16_t: { bytes: 2, write: (view, at, value) => view.setInt16(at, value, true) },
  uint16_t: { bytes: 2, write: (view, at, value) => view.setUint16(at, value, true) },
  int32_t: { bytes: 4, write: (view, at, value) => view.setInt32(at, value, true) },
  uint32_t: { bytes: 4, write: (view, at, value) => view.setUint32(at, value, true) },
  float: { bytes: 4, write: (view, at, value) => view.setFloat32(at, value, true) },
  double: { bytes: 8, write: (view, at, value) => view.setFloat64(at, value, true) },
};

function writeField(view: DataView, at: number, field: FieldDefinition, value: FieldValue): void {
  if (typeof value === "string") {
    writeText(view, at, field, value);
    return;
  }
  if (field.type === "float" && typeof value === "bigint") {
    // Raw bits: PX4 carries integers in PARAM_SET's float field, and bit patterns that look like NaN must pass
    // unchanged.
    view.setUint32(at, Number(BigInt.asUintN(32, value)), true);
    return;
  }
  if (field.type === "int64_t" || field.type === "uint64_t") {
    if (typeof value === "object") throw new Error(`Invariant: ${field.name} is one number`);
    // Two's complement: the same bytes for signed and unsigned.
    view.setBigUint64(at, BigInt.asUintN(64, BigInt(value)), true);
    return;
  }
  const { bytes, write } = WRITE[field.type];
  const elements = typeof value === "object" ? value.slice(0, Math.max(1, field.arrayLength)) : [Number(value)];
  elements.forEach((element, i) => write(view, at + i * bytes, element));
}

/**
 * MAVLink specifies ASCII; other characters are written as UTF-8 and cut between characters, so that no text throws.
 */
function writeText(view: DataView, at: number, field: FieldDefinition, text: string): void {
  if (field.type !== "char") throw new Error(`Invariant: ${field.name} is not text`);
  let offset = 0;
  for (const character of text) {
    const encoded = utf8Bytes(character);
    if (offset + encoded.length > field.arrayLength) return;
    for (const byte of encoded) view.setUint8(at + offset++, byte);
  }
}
