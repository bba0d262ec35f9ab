import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { openMap } from "./openMap.js";
import { writeMbTiles, writePmTiles } from "./testing/tileFiles.js";

const TILES = [
  { zoom: 1, column: 0, row: 0, bytes: Buffer.from("north-west") },
  { zoom: 1, column: 1, row: 1, bytes: Buffer.from("south-east") },
  { zoom: 12, column: 2066, row: 1376, bytes: Buffer.from("Wissant") },
];
const METADATA = {
  name: "Côte d'Opale",
  attribution: '<a href="x">© Somebody</a>',
  format: "png",
  bounds: "1,50,2,51",
};

let folder: string;
const at = (name: string): string => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "vigie-maps-test-"));
});

async function opened(name: string) {
  const map = await openMap(at(name), at("cache"));
  if (!map.ok) throw new Error(map.error.kind);
  return map.value;
}
const textOf = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

describe.each(["pmtiles", "mbtiles"])("a map in a file: %s", (kind) => {
  beforeEach(() => {
    if (kind === "pmtiles") writePmTiles(at("map.pmtiles"), { tiles: TILES, encoding: "png", metadata: METADATA });
    else writeMbTiles(at("map.mbtiles"), { tiles: TILES, metadata: METADATA });
  });

  it("says what it is, in words", async () => {
    const map = await opened(`map.${kind}`);
    expect(map.description).toMatchObject({ name: "Côte d'Opale", attribution: "© Somebody", encoding: "png" });
    expect(map.description).toMatchObject({ zoomMin: 1, zoomMax: 12, isOnline: false });
    expect(map.description.bounds.northDeg).toBeCloseTo(kind === "pmtiles" ? 51.1 : 51, 6);
    await map.close();
  });

  it("gives the tile that is asked for, rows counted from the north, and none where it has none", async () => {
    const map = await opened(`map.${kind}`);
    const tile = async (zoom: number, column: number, row: number) => {
      const found = await map.tile({ zoom, column, row });
      return found.ok ? textOf(found.value) : found.error;
    };
    expect(await tile(1, 0, 0)).toBe("north-west");
    expect(await tile(1, 1, 1)).toBe("south-east");
    expect(await tile(12, 2066, 1376)).toBe("Wissant");
    expect(await tile(1, 1, 0)).toBeUndefined();
    expect(await tile(5, 3, 3)).toBeUndefined();
    expect(await tile(1, 7, 0)).toBeUndefined();
    await map.close();
  });
});

describe("vector tiles in MBTiles", () => {
  it("are unpacked", async () => {
    const tiles = [{ zoom: 0, column: 0, row: 0, bytes: gzipSync("layers") }];
    writeMbTiles(at("map.mbtiles"), { tiles, metadata: { format: "pbf" } });
    const map = await opened("map.mbtiles");
    expect(map.description).toMatchObject({ encoding: "mvt", name: "map", attribution: "" });
    const found = await map.tile({ zoom: 0, column: 0, row: 0 });
    expect(found.ok && textOf(found.value)).toBe("layers");
    await map.close();
  });

  it("that unpack to more than a tile ever has are refused", async () => {
    const tiles = [{ zoom: 0, column: 0, row: 0, bytes: gzipSync(Buffer.alloc(100 * 2 ** 20)) }];
    writeMbTiles(at("map.mbtiles"), { tiles, metadata: { format: "pbf" } });
    const map = await opened("map.mbtiles");
    expect(await map.tile({ zoom: 0, column: 0, row: 0 })).toMatchObject({ ok: false, error: { kind: "broken" } });
    await map.close();
  });
});

describe("an MBTiles file on a stick", () => {
  it("is read although another process left its lock, and nothing is written beside it", async () => {
    writeMbTiles(at("map.mbtiles"), { tiles: TILES, metadata: METADATA });
    mkdirSync(at("map.mbtiles.lock"));
    const before = readdirSync(folder);
    const map = await opened("map.mbtiles");
    expect((await map.tile({ zoom: 1, column: 0, row: 0 })).ok).toBe(true);
    await map.close();
    expect(readdirSync(folder)).toEqual(before);
    expect(existsSync(at("cache"))).toBe(false);
  });
});

describe("what is no map", () => {
  it.each([
    ["a file of another kind", "map.txt", "hello", { kind: "no-map" }],
    ["no PMTiles", "map.pmtiles", "x".repeat(20_000), { kind: "not-this-format", format: "PMTiles" }],
    ["an empty PMTiles", "map.pmtiles", "", { kind: "damaged" }],
    ["no MBTiles", "map.mbtiles", "x".repeat(20_000), { kind: "not-this-format", format: "MBTiles" }],
    ["a database without tiles", "map.mbtiles", `SQLite format 3\0${"\0".repeat(5000)}`, { kind: "damaged" }],
    ["no document", "a.map.json", "{", { kind: "bad-file" }],
    ["a document of another kind", "a.map.json", "{}", { kind: "bad-file", where: "name" }],
    ["a document of megabytes", "a.map.json", "x".repeat(30_000), { kind: "no-map" }],
  ])("is refused in words: %s", async (_, name, content, error) => {
    writeFileSync(at(name), content);
    expect(await openMap(at(name), at("cache"))).toMatchObject({ ok: false, error });
  });

  it("is refused where it is not there, or is a folder", async () => {
    mkdirSync(at("folder.pmtiles"));
    expect(await openMap(at("none.mbtiles"), "")).toMatchObject({ ok: false, error: { kind: "not-there" } });
    expect(await openMap(at("folder.pmtiles"), "")).toMatchObject({ ok: false, error: { kind: "not-a-file" } });
  });

  it("is refused when its tiles are of a kind that is not read", async () => {
    writeMbTiles(at("map.mbtiles"), { tiles: TILES, metadata: { ...METADATA, format: "gif" } });
    expect(await openMap(at("map.mbtiles"), "")).toMatchObject({
      ok: false,
      error: { kind: "unknown-encoding", encoding: "gif" },
    });
  });
});

describe("a PMTiles file that was cut off", () => {
  it("gives the tiles that are left, and a word for the others", async () => {
    writePmTiles(at("map.pmtiles"), { tiles: TILES, encoding: "png", metadata: METADATA });
    const map = await opened("map.pmtiles");
    await map.close();
    truncateSync(at("map.pmtiles"), statSync(at("map.pmtiles")).size - 3);
    const cut = await openMap(at("map.pmtiles"), "");
    if (!cut.ok) throw new Error(cut.error.kind);
    const found = await cut.value.tile({ zoom: 12, column: 2066, row: 1376 });
    expect(found).toMatchObject({ ok: false, error: { kind: "broken" } });
    expect(await cut.value.tile({ zoom: 1, column: 0, row: 0 })).toMatchObject({ ok: true });
    await cut.value.close();
  });
});
