/** PMTiles version 3: one file, read in ranges. Source: github.com/protomaps/PMTiles, spec/v3. */
import type { FileHandle } from "node:fs/promises";
import { Compression, PMTiles, ResolvedValueCache, TileType, type Header, type RangeResponse } from "pmtiles";
import { err, ok, type Result } from "../../core/result.js";
import { openRegularFile } from "../regularFile.js";
import { TILE_BYTES_MAX, type ContainerProblem, type StatedMap, type TileFile } from "./tileContainer.js";
import { pmTilesAddresses } from "./pmTilesAddresses.js";
import { unpackedBrotli, unpackedGzip } from "./unpackTile.js";

/** A directory lists some ten thousands of tiles in a few hundred kilobytes: more than this, unpacked, is none that a writer makes. */
const DIRECTORY_BYTES_MAX = 4 * 2 ** 20;

const ENCODINGS: Partial<Record<TileType, string>> = {
  [TileType.Mvt]: "mvt",
  [TileType.Png]: "png",
  [TileType.Jpeg]: "jpg",
  [TileType.Webp]: "webp",
};

export async function openPmTiles(file: string): Promise<Result<TileFile, ContainerProblem>> {
  const opened = await openRegularFile(file);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  const directories = new ResolvedValueCache(64, true, unpackWithin(DIRECTORY_BYTES_MAX));
  const archive = new PMTiles(rangesOf(handle, bytes), directories, unpackWithin(TILE_BYTES_MAX));
  try {
    const header = await archive.getHeader();
    const metadata = ((await archive.getMetadata()) ?? {}) as Metadata;
    return ok({
      stated: statedBy(header, metadata),
      statedHeights: typeof metadata.encoding === "string" ? metadata.encoding : undefined,
      addresses: async (zoom, countMax) => {
        try {
          const directoryAt = (offset: number, length: number) =>
            directories.getDirectory(archive.source, offset, length, header);
          return ok(await pmTilesAddresses(header, directoryAt, zoom, countMax));
        } catch (cause) {
          return err({ kind: "broken", reason: reasonOf(cause) });
        }
      },
      tile: async ({ zoom, column, row }) => {
        try {
          const found = await archive.getZxy(zoom, column, row);
          return ok(found && new Uint8Array(found.data));
        } catch (cause) {
          return err({ kind: "broken", reason: reasonOf(cause) });
        }
      },
      close: () => handle.close(),
    });
  } catch (cause) {
    await handle.close();
    const isOther = reasonOf(cause).includes("magic number");
    return err(isOther ? { kind: "not-this-format", format: "PMTiles" } : { kind: "damaged", reason: reasonOf(cause) });
  }
}

/** What is read first, header and root directory together; a small file may be shorter. */
const FIRST_BYTES = 16_384;

/** Ranges of an open file; one that ends beyond the file, or asks for more than any directory or tile has, fails. */
const rangesOf = (handle: FileHandle, fileBytes: number) => ({
  getKey: () => "file",
  getBytes: async (offset: number, stated: number): Promise<RangeResponse> => {
    const length = offset === 0 && stated === FIRST_BYTES ? Math.min(stated, fileBytes) : stated;
    if (length > TILE_BYTES_MAX) throw new RangeError(`${length} bytes at once`);
    const wanted = Buffer.alloc(length);
    let count = 0;
    while (count < length) {
      const { bytesRead } = await handle.read(wanted, count, length - count, offset + count);
      if (bytesRead === 0) throw new RangeError(`it ends before byte ${offset + length}`);
      count += bytesRead;
    }
    return { data: wanted.buffer.slice(wanted.byteOffset, wanted.byteOffset + length) };
  },
});

const unpackWithin =
  (bytesMax: number) =>
  async (data: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> => {
    const bytes = new Uint8Array(data);
    switch (compression) {
      case Compression.None:
      case Compression.Unknown:
        return data;
      case Compression.Gzip:
        return exactly(await unpackedGzip(bytes, bytesMax));
      case Compression.Brotli:
        return exactly(await unpackedBrotli(bytes, bytesMax));
      case Compression.Zstd:
        throw new Error("packed with Zstandard, which is not read");
    }
  };

const exactly = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

type Metadata = { readonly name?: unknown; readonly attribution?: unknown; readonly encoding?: unknown };

function statedBy(header: Header, { name, attribution }: Metadata): StatedMap {
  return {
    name: typeof name === "string" ? name : undefined,
    attribution: typeof attribution === "string" ? attribution : undefined,
    encoding: ENCODINGS[header.tileType] ?? `type ${header.tileType}`,
    zoomMin: header.minZoom,
    zoomMax: header.maxZoom,
    boundsDeg: [header.minLon, header.minLat, header.maxLon, header.maxLat],
  };
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
