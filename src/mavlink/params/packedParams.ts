/**
 * ArduPilot's `@PARAM/param.pck` (libraries/AP_Filesystem/AP_Filesystem_Param.cpp), little endian:
 *
 *   header: uint16 magic (0x671b, or 0x671c with defaults), uint16 how many are in the file, uint16 how many there are
 *   each:   any number of zero bytes (padding, so that no value lies across two reads)
 *           type (4 bits: 1 int8, 2 int16, 3 int32, 4 float), flags (4 bits: 1 = a default follows the value)
 *           bytes of the name shared with the one before (4 bits), number of bytes that follow minus 1 (4 bits)
 *           the rest of the name, the value, the default where flagged (else the value is the default)
 */
import { err, ok, type Result } from "../../core/result.js";
import type { ParamType } from "../../vehicle/params.js";
import type { ListedParam } from "./listedParam.js";

/** With default values where the autopilot supports it (ArduPilot 4.2 on); older ones ignore the query. */
export const PACKED_PARAMS_PATH = "@PARAM/param.pck?withdefaults=1";

const MAGIC = 0x671b;
const MAGIC_WITH_DEFAULTS = 0x671c;
const HEADER_BYTES = 6;

type Value = {
  readonly type: ParamType;
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
};
const VALUES: Readonly<Record<number, Value>> = {
  1: { type: "int8", bytes: 1, read: (view, at) => view.getInt8(at) },
  2: { type: "int16", bytes: 2, read: (view, at) => view.getInt16(at, true) },
  3: { type: "int32", bytes: 4, read: (view, at) => view.getInt32(at, true) },
  4: { type: "real32", bytes: 4, read: (view, at) => view.getFloat32(at, true) },
};

type PackedFailure =
  | { readonly kind: "not-packed" }
  | { readonly kind: "broken"; readonly atByte: number }
  /** The number of parameters changed while the file was read, or the file is incomplete. */
  | { readonly kind: "count"; readonly countOfRead: number; readonly countOfDeclared: number };

export function readPackedParams(file: Uint8Array): Result<readonly ListedParam[], PackedFailure> {
  if (file.byteLength < HEADER_BYTES) return err({ kind: "not-packed" });
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = view.getUint16(0, true);
  if (magic !== MAGIC && magic !== MAGIC_WITH_DEFAULTS) return err({ kind: "not-packed" });
  const countOfDeclared = view.getUint16(2, true);
  const params: ListedParam[] = [];
  let at = HEADER_BYTES;
  let lastName = "";
  for (;;) {
    while (at < file.byteLength && file[at] === 0) at++;
    if (at >= file.byteLength) break;
    const entry = readEntry(view, at, lastName);
    if (!entry) return err({ kind: "broken", atByte: at });
    params.push(entry.param);
    lastName = entry.param.name;
    at = entry.next;
  }
  return params.length === countOfDeclared
    ? ok(params)
    : err({ kind: "count", countOfRead: params.length, countOfDeclared });
}

function readEntry(view: DataView, at: number, lastName: string): { param: ListedParam; next: number } | undefined {
  if (at + 2 > view.byteLength) return undefined;
  const [kinds, lengths] = [view.getUint8(at), view.getUint8(at + 1)];
  const value = VALUES[kinds & 0x0f];
  const hasDefault = (kinds & 0x10) !== 0;
  const countOfShared = lengths & 0x0f;
  const nameEnd = at + 2 + (lengths >> 4) + 1;
  if (!value || countOfShared > lastName.length) return undefined;
  const next = nameEnd + value.bytes * (hasDefault ? 2 : 1);
  if (next > view.byteLength) return undefined;
  let name = lastName.slice(0, countOfShared);
  for (let i = at + 2; i < nameEnd; i++) name += String.fromCharCode(view.getUint8(i));
  const number = value.read(view, nameEnd);
  const withDefault = view.getUint16(0, true) === MAGIC_WITH_DEFAULTS;
  const defaultValue = hasDefault ? value.read(view, nameEnd + value.bytes) : number;
  const param = { name, value: number, type: value.type, ...(withDefault ? { defaultValue } : {}) };
  return { param, next };
}
