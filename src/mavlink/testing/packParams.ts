import type { ListedParam } from "../params/listedParam.js";

const TYPE: Readonly<Record<string, readonly [number: number, bytes: number]>> = {
  int8: [1, 1],
  int16: [2, 2],
  int32: [3, 4],
  real32: [4, 4],
};

/** Encodes parameters as ArduPilot's `pack_param` does, padded for reads of `readSize` bytes. */
export function packParams(params: readonly ListedParam[], withDefaults = true, readSize = 239): Uint8Array {
  const out: number[] = [];
  const uint16 = (value: number) => out.push(value & 0xff, value >> 8);
  uint16(withDefaults ? 0x671c : 0x671b);
  uint16(params.length);
  uint16(params.length);
  let lastName = "";
  for (const param of params) {
    const entry = entryOf(param, lastName, withDefaults);
    const [, bytes] = TYPE[param.type]!;
    const over = (out.length + entry.length) % readSize;
    if (bytes > 1 && over > 0 && over < bytes) out.push(...Array<number>(bytes - over).fill(0));
    out.push(...entry);
    lastName = param.name;
  }
  return Uint8Array.from(out);
}

function entryOf({ name, type, value, defaultValue }: ListedParam, lastName: string, withDefaults: boolean): number[] {
  const [number, bytes] = TYPE[type]!;
  let common = 0;
  while (common < name.length - 1 && common < 15 && name[common] === lastName[common]) common++;
  const rest = Array.from(name.slice(common), (character) => character.charCodeAt(0));
  const hasDefault = withDefaults && defaultValue !== undefined && defaultValue !== value;
  const stored = hasDefault ? [value, defaultValue] : [value];
  const values = stored.flatMap((each) => storedBytes(each, type, bytes));
  return [number | (hasDefault ? 0x10 : 0), common | ((rest.length - 1) << 4), ...rest, ...values];
}

function storedBytes(value: number, type: string, bytes: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  if (type === "real32") view.setFloat32(0, value, true);
  else view.setInt32(0, value, true);
  return [...new Uint8Array(view.buffer)].slice(0, bytes);
}
