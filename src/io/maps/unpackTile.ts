import { promisify } from "node:util";
import { brotliDecompress, gunzip } from "node:zlib";
import { TILE_BYTES_MAX } from "./tileContainer.js";

const gunzipAsync = promisify(gunzip);
const brotliAsync = promisify(brotliDecompress);

/** Unpacks gzip by its first bytes, as vector tiles have it in most files. Fails when more than `TILE_BYTES_MAX` come out. */
export async function unpackedGzip(bytes: Uint8Array, bytesMax = TILE_BYTES_MAX): Promise<Uint8Array> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isPacked ? gunzipAsync(bytes, { maxOutputLength: bytesMax }) : bytes;
}

export const unpackedBrotli = (bytes: Uint8Array, bytesMax = TILE_BYTES_MAX): Promise<Uint8Array> =>
  brotliAsync(bytes, { maxOutputLength: bytesMax });
