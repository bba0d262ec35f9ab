import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { deflateSync, gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { aGeoTiff, geoKeys, tags, without } from "../../io/geoTiff/testing/tiffBytes.js";
import { encodeColourPng } from "../../io/png.js";
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

const { double, long, short } = tags;

/** 16 x 12 greys of 8 bits, a thousandth of a degree each, near Boulogne. */
const aPicture = (changes: Parameters<typeof aGeoTiff>[0] = [], data = new Uint8Array(16 * 12).fill(200)) =>
  aGeoTiff(
    [
      ...[long(256, 16), long(257, 12), short(258, 8), long(278, 12), long(279, data.byteLength), short(339, 1)],
      ...[double(33_550, 0.001, 0.001, 0), ...changes],
    ],
    data,
  );
const HERE = { zoom: 15, column: 16_520, row: 11_006 };

describe("a picture with a place on earth", () => {
  async function problemOf(bytes: Uint8Array) {
    writeFileSync(at("scan.tif"), bytes);
    const map = await openMap(at("scan.tif"), "");
    if (map.ok) await map.value.close();
    return map.ok ? undefined : map.error;
  }

  it("gives tiles of PNG where it is, and none elsewhere", async () => {
    writeFileSync(at("scan.tif"), aPicture([tags.ascii(33_432, "© SHOM")]));
    const map = await opened("scan.tif");
    expect(map.description).toMatchObject({ name: "scan", attribution: "© SHOM", encoding: "png", isOnline: false });
    expect(map.description.bounds.northDeg).toBeCloseTo(50.8, 9);
    expect(map.description.bounds.eastDeg).toBeCloseTo(1.516, 9);
    const { zoomMax } = map.description;
    const column = Math.floor(((1.508 + 180) / 360) * 2 ** zoomMax);
    const tiles = await Promise.all(
      Array.from({ length: 2 ** 12 }, (_, row) => row + Math.floor(0.3 * 2 ** zoomMax)).map((row) =>
        map.tile({ zoom: zoomMax, column, row }),
      ),
    );
    const found = tiles.filter((tile) => tile.ok && tile.value !== undefined);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(20);
    const [tile] = found;
    expect(tile?.ok && Buffer.from(tile.value ?? []).toString("latin1", 1, 4)).toBe("PNG");
    await map.close();
  });

  it.each([
    ["nothing that says where", aPicture([without(33_922)]), { kind: "not-placed" }],
    ["no system", aPicture([without(34_735)]), { kind: "unknown-projection" }],
    ["a system that nobody knows", aPicture([geoKeys({ 3072: 2193 })]), { kind: "unknown-projection", epsg: 2193 }],
    ["a place off the earth", aPicture([double(33_922, 0, 0, 0, 500, 50, 0)]), { kind: "not-on-earth" }],
    ["16 bits", aGeoTiff(), { kind: "form-not-read" }],
    ["colours of ink", aPicture([short(262, 5)]), { kind: "form-not-read" }],
    [
      "a compression that nobody knows",
      aPicture([short(259, 999)]),
      { kind: "form-not-read", form: "compression 999" },
    ],
    ["an end before its pixels", aPicture([long(279, 1000)]), { kind: "damaged" }],
    ["more blocks than places", aPicture([long(278, 1)]), { kind: "damaged" }],
    ["10 GB by its header", aPicture([long(256, 100_000), long(257, 100_000)]), { kind: "damaged" }],
    ["more than anybody has", aPicture([long(256, 1e6), long(257, 1e6)]), { kind: "form-not-read" }],
    ["no pixels", aPicture([long(256, 0)]), { kind: "damaged" }],
    [
      "values without end",
      aPicture([{ tag: 320, type: "short", values: [1, 2, 3], count: 4e9 }, short(262, 3)]),
      { kind: "damaged" },
    ],
    ["no TIFF", new Uint8Array(300).fill(7), { kind: "not-this-format", format: "TIFF" }],
    ["nothing at all", new Uint8Array(0), { kind: "not-this-format", format: "TIFF" }],
  ])("is refused in words: %s", async (_, bytes, error) => {
    expect(await problemOf(bytes)).toMatchObject(error);
  });

  it("whose directories go round in a circle is refused", async () => {
    const bytes = aPicture();
    const entries = new DataView(bytes.buffer).getUint16(8, true);
    new DataView(bytes.buffer).setUint32(10 + 12 * entries, 8, true);
    expect(await problemOf(bytes)).toMatchObject({ kind: "damaged", reason: expect.stringContaining("circles") });
  });

  it("whose block unpacks to far more than its pixels has a damaged tile there, and nothing is held", async () => {
    writeFileSync(at("scan.tif"), aPicture([short(259, 8)], deflateSync(new Uint8Array(64 * 2 ** 20))));
    const map = await opened("scan.tif");
    const { zoomMax } = map.description;
    const tile = { zoom: zoomMax, column: Math.floor((181.508 / 360) * 2 ** zoomMax), row: 0 };
    const rows = Array.from({ length: 2 ** zoomMax }, (_, row) => row).filter(
      (row) => Math.abs(row / 2 ** zoomMax - 0.3359) < 0.002,
    );
    const found = await Promise.all(rows.map((row) => map.tile({ ...tile, row })));
    expect(found.some((one) => !one.ok && one.error.kind === "broken")).toBe(true);
    await map.close();
  });

  it("is cut off anywhere, or has a byte changed: a word or a map, and no end of the station", async () => {
    const whole = aPicture([short(259, 8)], deflateSync(new Uint8Array(16 * 12)));
    for (let length = 0; length < whole.byteLength; length += 5) await problemOf(whole.subarray(0, length));
    const rng = seededRng(12);
    for (let turn = 0; turn < 300; turn++) {
      const bytes = whole.slice();
      bytes[4 + Math.floor(rng.uniform() * (bytes.byteLength - 4))] = Math.floor(rng.uniform() * 256);
      writeFileSync(at("scan.tif"), bytes);
      const map = await openMap(at("scan.tif"), "");
      if (!map.ok) continue;
      await map.value.tile(HERE);
      await map.value.close();
    }
  });
});

describe("a picture with a world file", () => {
  const WORLD = "0.001\n0\n0\n-0.001\n1.5005\n50.7995\n";
  beforeEach(() => writeFileSync(at("scan.png"), encodeColourPng(16, 12, new Uint8Array(16 * 12 * 4).fill(255))));

  it("lies where the file says, from the middle of its first pixel", async () => {
    writeFileSync(at("scan.pgw"), WORLD);
    const { description, close, besides } = await opened("scan.png");
    expect(description.bounds.westDeg).toBeCloseTo(1.5, 9);
    expect(description.bounds.northDeg).toBeCloseTo(50.8, 9);
    expect(besides).toEqual([at("scan.pgw")]);
    await close();
  });

  it.each([
    ["there is none", {}, { kind: "not-placed" }],
    ["it is no six numbers", { "scan.pgw": "1 2 3" }, { kind: "bad-world-file" }],
    ["its pixels have no width", { "scan.pgw": "0 0 0 -1 1 1" }, { kind: "bad-world-file" }],
    ["it counts in metres, of what it does not say", { "scan.pgw": "5 0 0 -5 600000 7000000" }, { kind: "no-system" }],
    [
      "in a system by no known name",
      { "scan.pgw": WORLD, "scan.prj": 'GEOGCS["Mars"]' },
      { kind: "unknown-projection" },
    ],
    ["the picture is none", { "scan.pgw": WORLD, "scan.png": "hello" }, { kind: "not-this-format" }],
    [
      "the picture is cut off",
      { "scan.pgw": WORLD, "scan.png": Buffer.from(encodeColourPng(16, 12, new Uint8Array(768))).subarray(0, 45) },
      { kind: "damaged" },
    ],
  ])("is refused in words where %s", async (_, files, error) => {
    for (const [name, content] of Object.entries<string | Buffer>(files)) writeFileSync(at(name), content);
    expect(await openMap(at("scan.png"), "")).toMatchObject({ ok: false, error });
  });

  it("is known by a number in its .prj, or by the name of the whole system", async () => {
    writeFileSync(at("scan.pgw"), "5 0 0 -5 600000 7070000");
    for (const text of ["EPSG:2154", 'PROJCS["RGF_1993_Lambert_93",GEOGCS["x",AUTHORITY["EPSG","4171"]]]']) {
      writeFileSync(at("scan.prj"), text);
      const { description, close } = await opened("scan.png");
      expect(description.bounds.northDeg).toBeCloseTo(50.73, 1);
      await close();
    }
  });
});
