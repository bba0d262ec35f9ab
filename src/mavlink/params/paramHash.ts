import { crc32Part } from "../../core/crc32.js";
import type { ListedParam } from "./listedParam.js";

/**
 * PX4's `_HASH_CHECK` (`param_hash_check` in src/lib/parameters): CRC-32 over name and four value bytes of every
 * parameter in use, in the autopilot's order, without the volatile ones, which only the metadata mark.
 */
export function px4ParamHash(params: readonly ListedParam[], isVolatile: (name: string) => boolean): number {
  const value = new DataView(new ArrayBuffer(4));
  let sum = 0;
  for (const param of params) {
    if (isVolatile(param.name)) continue;
    sum = crc32Part(
      Uint8Array.from(param.name, (character) => character.charCodeAt(0)),
      sum,
    );
    if (param.type === "real32") value.setFloat32(0, param.value, true);
    else value.setInt32(0, param.value, true);
    sum = crc32Part(new Uint8Array(value.buffer), sum);
  }
  return sum;
}
