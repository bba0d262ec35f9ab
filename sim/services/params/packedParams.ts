import type { OpenFile } from "../files/fileTree.js";
import { PARAM_TYPE, type ParamDefinition, type ParamType } from "./definitions.js";
import type { ParamTable } from "./paramTable.js";

const MAGIC = 0x671b;
const MAGIC_WITH_DEFAULTS = 0x671c;
const HEADER_BYTES = 6;

/** AP_Param's own type numbers and sizes. */
const PACKED: Readonly<Record<ParamType, { readonly type: number; readonly bytes: number }>> = {
  [PARAM_TYPE.int8]: { type: 1, bytes: 1 },
  [PARAM_TYPE.int16]: { type: 2, bytes: 2 },
  [PARAM_TYPE.int32]: { type: 3, bytes: 4 },
  [PARAM_TYPE.real32]: { type: 4, bytes: 4 },
};

function valueBytes(type: ParamType, value: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(PACKED[type].bytes));
  if (type === PARAM_TYPE.int8) bytes.setInt8(0, value);
  else if (type === PARAM_TYPE.int16) bytes.setInt16(0, value, true);
  else if (type === PARAM_TYPE.int32) bytes.setInt32(0, value, true);
  else bytes.setFloat32(0, value, true);
  return new Uint8Array(bytes.buffer);
}

/** Length of the common prefix with the previous name; at least one letter is always sent. */
function commonLength(name: string, before: string): number {
  let common = 0;
  while (common < name.length && name[common] === before[common]) common++;
  return common === name.length ? common - 1 : common;
}

type Query = { readonly start: number; readonly count: number; readonly hasDefaults: boolean };

/** Parses `start=10&count=5&withdefaults=1`; undefined when a number is too large, as in ArduPilot. */
function packedQueryFrom(text: string): Query | undefined {
  const given = new Map(text.split("&").map((part) => part.split("=", 2) as [string, string | undefined]));
  const numberOf = (name: string): number => Number.parseInt(given.get(name) ?? "0", 10);
  const [start, count, defaults] = [numberOf("start"), numberOf("count"), numberOf("withdefaults")];
  const isGood = start < 65_535 && count < 65_535 && defaults <= 1;
  return isGood ? { start, count, hasDefaults: defaults === 1 } : undefined;
}

type Packing = { readonly table: ParamTable; readonly query: Query; readonly readBytes: number };

function packOne(definition: ParamDefinition, before: string, { table, query }: Packing): readonly number[] {
  const { name, type, value: usual } = definition;
  const value = table.valueOf(definition);
  const common = commonLength(name, before);
  const rest = name.slice(common);
  const addsDefault = query.hasDefaults && value !== usual;
  return [
    PACKED[type].type | (addsDefault ? 0x10 : 0),
    common | ((rest.length - 1) << 4),
    ...Buffer.from(rest, "latin1"),
    ...valueBytes(type, value),
    ...(addsDefault ? valueBytes(type, usual) : []),
  ];
}

/**
 * `@PARAM/param.pck`: header (magic, number that follow, total number), then per parameter type and flags, lengths of the shared and
 * own parts of its name, name, value and, if requested and different, its default. Zero bytes are inserted so that no value
 * crosses the border between two reads of `readBytes`.
 * Source: libraries/AP_Filesystem/AP_Filesystem_Param.cpp.
 */
function packed(packing: Packing): Uint8Array {
  const { table, query, readBytes } = packing;
  const all = table.listed();
  const chosen = all.slice(query.start, query.count > 0 ? query.start + query.count : undefined);
  const bytes: number[] = [];
  let before = "";
  for (const definition of chosen) {
    const one = packOne(definition, before, packing);
    const { bytes: width } = PACKED[definition.type];
    const over = (bytes.length + HEADER_BYTES + one.length) % readBytes;
    if (width > 1 && over > 0 && over < width) bytes.push(...Array.from({ length: width - over }, () => 0));
    bytes.push(...one);
    before = definition.name;
  }
  const file = Buffer.alloc(HEADER_BYTES + bytes.length);
  file.writeUInt16LE(query.hasDefaults ? MAGIC_WITH_DEFAULTS : MAGIC, 0);
  file.writeUInt16LE(chosen.length, 2);
  file.writeUInt16LE(all.length, 4);
  file.set(bytes, HEADER_BYTES);
  return file;
}

/** ArduPilot reports an estimated size without packing: about a quarter too large. */
export const reportedPackedSizeBytes = (table: ParamTable): number => table.listed().length * 12;

/** All reads of one opening must have the same size, because the padding depends on it. */
export function openPackedParams(table: ParamTable, queryText: string): OpenFile | undefined {
  const query = packedQueryFrom(queryText);
  if (!query) return undefined;
  let made: { readonly readBytes: number; readonly bytes: Uint8Array } | undefined;
  return {
    reportedSizeBytes: reportedPackedSizeBytes(table),
    read: (offset, length) => {
      if (query.start >= table.listed().length || (made && made.readBytes !== length)) return undefined;
      made ??= { readBytes: length, bytes: packed({ table, query, readBytes: length }) };
      return made.bytes.subarray(Math.min(offset, made.bytes.length), offset + length);
    },
  };
}
