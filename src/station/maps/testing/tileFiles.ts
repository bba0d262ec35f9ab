/** Tile files for tests, written after the specifications, and pictures to fill them. */
import { gzipSync } from "node:zlib";
import { writeFileSync } from "node:fs";
import sqlite from "node-sqlite3-wasm";
import { zxyToTileId } from "pmtiles";
import type { TileAddress } from "../../../geo/tiles/webMercator.js";

export type WrittenTile = TileAddress & { readonly bytes: Uint8Array };
export type WrittenMap = {
  readonly tiles: readonly WrittenTile[];
  readonly encoding: "png" | "mvt";
  readonly metadata: Readonly<Record<string, string>>;
};

const HEADER_BYTES = 127;
const TYPES = { png: 2, mvt: 1 };

/** PMTiles, spec/v3: header, root directory, metadata, no leaves, tiles. Directory and metadata packed with gzip. */
export function writePmTiles(file: string, { tiles, encoding, metadata }: WrittenMap): void {
  const byId = tiles
    .map((tile) => ({ ...tile, id: zxyToTileId(tile.zoom, tile.column, tile.row) }))
    .sort((one, other) => one.id - other.id);
  const numbers: number[] = [byId.length];
  byId.forEach(({ id }, i) => numbers.push(id - (byId[i - 1]?.id ?? 0)));
  byId.forEach(() => numbers.push(1));
  byId.forEach(({ bytes }) => numbers.push(bytes.length));
  let offset = 0;
  for (const { bytes } of byId) {
    numbers.push(offset + 1);
    offset += bytes.length;
  }
  const directory = gzipSync(Buffer.concat(numbers.map(varint)));
  const packedMetadata = gzipSync(JSON.stringify(metadata));
  const data = Buffer.concat(byId.map(({ bytes }) => bytes));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("PMTiles", 0, "latin1");
  header[7] = 3;
  const sections = [directory.length, packedMetadata.length, 0, data.length];
  let at = HEADER_BYTES;
  sections.forEach((length, i) => {
    header.writeBigUInt64LE(BigInt(at), 8 + i * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + i * 16);
    at += length;
  });
  const zooms = byId.map(({ zoom }) => zoom);
  header.set([1, 2, 1, TYPES[encoding], Math.min(...zooms), Math.max(...zooms)], 96);
  const bounds = [1.5, 50.5, 2.6, 51.1];
  bounds.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4));
  writeFileSync(file, Buffer.concat([header, directory, packedMetadata, data]));
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

/** MBTiles 1.3. */
export function writeMbTiles(file: string, { tiles, metadata }: Omit<WrittenMap, "encoding">): void {
  const database = new sqlite.Database(file);
  database.exec("CREATE TABLE metadata (name text, value text)");
  database.exec("CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)");
  for (const [name, value] of Object.entries(metadata))
    database.run("INSERT INTO metadata VALUES (?, ?)", [name, value]);
  for (const { zoom, column, row, bytes } of tiles)
    database.run("INSERT INTO tiles VALUES (?, ?, ?, ?)", [zoom, column, 2 ** zoom - 1 - row, bytes]);
  database.close();
}
