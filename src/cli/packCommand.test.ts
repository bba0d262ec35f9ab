import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { strToU8, unzipSync, zipSync, type Zippable } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { aGeoTiff } from "../io/geoTiff/testing/tiffBytes.js";
import { colourPng } from "../io/pictures/testing/colourPng.js";
import { writePmTiles } from "../station/maps/testing/tileFiles.js";
import { nodeIo } from "./commandIo.js";
import { runPack } from "./packCommand.js";

const NOON_MS = Date.parse("2026-12-01T12:00:00Z");
const folder = mkdtempSync(path.join(tmpdir(), "vigie-pack-test-"));
const at = (name: string): string => path.join(folder, name);

const MAP = at("opal.pmtiles");
writePmTiles(MAP, {
  tiles: [{ zoom: 3, column: 4, row: 2, bytes: Buffer.alloc(3_000_000, "tile") }],
  encoding: "png",
  metadata: { name: "Opal coast", attribution: "© OpenStreetMap contributors" },
});
const HEIGHTS = at("heights.tif");
writeFileSync(HEIGHTS, aGeoTiff([]));
const COAST = at("line.geojson");
const ring = [
  [1.6, 50.7],
  [1.7, 50.7],
  [1.7, 50.8],
  [1.6, 50.7],
];
writeFileSync(
  COAST,
  JSON.stringify({
    ...{ type: "Polygon", coordinates: [ring], attribution: "© IGN", licence: "Licence Ouverte 2.0", date: "2025-06" },
  }),
);

type Given = { readonly data?: string; readonly stopAfter?: number };

async function pack(words: readonly string[], { data = at("data"), stopAfter = Number.POSITIVE_INFINITY }: Given = {}) {
  const [out, log]: [string[], string[]] = [[], []];
  const io = { ...nodeIo, stdout: (line: string) => out.push(line), stderr: (line: string) => log.push(line) };
  let asked = 0;
  const shouldStop = () => ++asked > stopAfter;
  const status = await runPack(words, { io, dataFolder: data, nowUnixMs: NOON_MS, shouldStop });
  return { status, out, log };
}
const makeWords = (out: string, name = "Opal"): readonly string[] => [
  ...["make", "--name", name, "--out", out, "--map", MAP, "--terrain", HEIGHTS, "--coast", COAST],
  ...["--licence", "heights.tif=SRTM, NASA, public domain", "--dated", "heights.tif=2000-02"],
];
const packs = (data: string): readonly string[] => readdirSync(path.join(data, "packs")).toSorted();
const newData = (): string => mkdtempSync(at("data-"));

const GOOD = at("good.vigiepack");
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const HEIGHTS_BYTES = new Uint8Array(readFileSync(HEIGHTS));
const listed = (name: string, bytes: Uint8Array) => ({
  ...{ path: name, kind: "terrain", sizeBytes: bytes.length, sha256: sha256(bytes), attribution: "x" },
});
const manifestOf = (files: readonly object[], name = "Opal"): Uint8Array =>
  strToU8(
    JSON.stringify({
      ...{ format: "vigiepack", version: 1, name, madeAt: "2026-11-01T00:00:00Z", files },
      area: { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2 },
    }),
  );
/** A pack made by another program than ours. */
function packOf(name: string, members: Zippable): string {
  writeFileSync(at(name), zipSync(members));
  return at(name);
}
const honest = { "manifest.json": manifestOf([listed("heights.tif", HEIGHTS_BYTES)]), "heights.tif": HEIGHTS_BYTES };

describe("vigie pack make", () => {
  it("packs files with their hashes, and says what is inside", async () => {
    const { status, out, log } = await pack(makeWords(GOOD));
    expect(log).toEqual(["  opal.pmtiles", "  heights.tif", "  line.geojson"]);
    expect(status).toBe(0);
    expect(out).toEqual([
      "Opal: 3 files, 3.0 MB, made 2026-12-01 (less than a day ago)",
      // The map's box, and the west of the coast and the heights within it.
      "area: south 50.500, west 1.500, north 51.100, east 2.600 degrees",
      "map: opal.pmtiles, 3.0 MB, data of an unknown date, © OpenStreetMap contributors",
      "terrain: heights.tif, 0.0 MB, data of 2000-02, SRTM, NASA, public domain",
      "coast: line.geojson, 0.0 MB, data of 2025-06, © IGN, Licence Ouverte 2.0",
    ]);
    // Read by another reader than ours.
    const members = unzipSync(readFileSync(GOOD));
    expect(Object.keys(members).toSorted()).toEqual(["heights.tif", "line.geojson", "manifest.json", "opal.pmtiles"]);
    expect(Buffer.from(members["opal.pmtiles"]!).equals(readFileSync(MAP))).toBe(true);
    const manifest = JSON.parse(Buffer.from(members["manifest.json"]!).toString()) as { files: object[] };
    expect(manifest.files[1]).toMatchObject({ sha256: sha256(HEIGHTS_BYTES), sizeBytes: HEIGHTS_BYTES.length });
    // Tiles are packed already: stored as they are.
    expect(readFileSync(GOOD).includes(readFileSync(MAP))).toBe(true);
  });

  it("takes heights as tiles", async () => {
    const tiles = at("heights.mapbox.pmtiles");
    const bytes = colourPng({ widthPx: 64, heightPx: 64, colourAt: () => 0x01_86_a0 });
    writePmTiles(tiles, { tiles: [{ zoom: 12, column: 2067, row: 1375, bytes }], encoding: "png", metadata: {} });
    const words = ["make", "--name", "Tiles", "--out", at("tiles.vigiepack"), "--terrain", tiles];
    const { status, out } = await pack([...words, "--licence", "heights.mapbox.pmtiles=public domain"]);
    expect(status).toBe(0);
    expect(out).toContain("terrain: heights.mapbox.pmtiles, 0.0 MB, data of an unknown date, public domain");
    expect(out).toContain("area: south 50.736, west 1.670, north 50.792, east 1.758 degrees");
  });

  it("refuses what cannot be used without a network, by its reader, or twice, and then writes nothing", async () => {
    const refused = at("refused.vigiepack");
    const make = (...files: readonly string[]) => pack(["make", "--name", "Opal", "--out", refused, ...files]);
    writeFileSync(at("server.map.json"), "{}");
    writeFileSync(at("notes.txt"), "Cap Gris-Nez is 45 m high");
    mkdirSync(at("other"));
    writeFileSync(at("other/Heights.tif"), HEIGHTS_BYTES);
    expect(await make("--map", at("server.map.json"))).toMatchObject({
      ...{ status: 1, out: [], log: [expect.stringMatching(/server\.map\.json .* needs a network/)] },
    });
    expect((await make("--terrain", at("notes.txt"))).log[0]).toContain("notes.txt: is no file of heights");
    expect((await make("--map", at("notes.txt"))).log[0]).toContain("notes.txt: is no map");
    expect((await make("--coast", at("notes.txt"))).log[0]).toContain("notes.txt: ");
    expect((await make("--map", at("none.pmtiles"))).log[0]).toContain("none.pmtiles: no such file");
    const twice = await make("--terrain", HEIGHTS, "--terrain", at("other/Heights.tif"));
    expect(twice.log[0]).toContain("two files are named Heights.tif");
    expect(existsSync(refused)).toBe(false);
  });

  it("stopped, it leaves nothing half-made, and an older pack as it was", async () => {
    const place = at("stopped.vigiepack");
    writeFileSync(place, "older");
    const { status, log } = await pack(makeWords(place), { stopAfter: 2 });
    expect(status).toBe(1);
    expect(log.at(-1)).toContain("stopped");
    expect(readFileSync(place, "utf8")).toBe("older");
    expect(readdirSync(folder).filter((name) => name.endsWith(".writing"))).toEqual([]);
  });

  it("a folder that cannot be written to is named with the reason", async () => {
    expect((await pack(makeWords(at("nowhere/a.vigiepack")))).log.at(-1)).toContain("no such file or folder");
  });

  it.each([
    [[]],
    [["pack"]],
    [["toString"]],
    [["make"]],
    [["make", "--name", "a/b", "--out", "a.vigiepack", "--map", MAP]],
    [["make", "--name", "a", "--out", "a.zip", "--map", MAP]],
    [["make", "--name", "a", "--out", "a.vigiepack"]],
    [["make", "--name", "a", "--out", "a.vigiepack", "--map", MAP, "--licence", "other=x"]],
    [["make", "--name", "a", "--out", "a.vigiepack", "--map", MAP, "--dated", "opal.pmtiles=soon"]],
    [["need"]],
    [["need", "--area", "1.5,50.7,1.7"]],
    [["need", "--area", "1.5,50.7,1.7,50.9", "--from", "Wissant"]],
    [["need", "--from", "Wissant"]],
    [["need", "--from", "Wissant", "--to", "Atlantis"]],
    [["need", "--from", "Wissant", "--to", "Calais", "--width", "80"]],
    [["need", "--corner", "50.7N 1.5E"]],
    [["check"]],
    [["check", "a", "b"]],
    [["import"]],
    [["remove"]],
    [["list", "a"]],
  ])("wrong use: %j", async (words) => {
    expect(await pack(words)).toMatchObject({ status: 2, out: [] });
  });
});

describe("vigie pack need", () => {
  const box = ["need", "--area", "1.5,50.74,1.54,50.8"];

  it("says of a box what is there by what share, how old, whose, and how to get the rest", async () => {
    const { status, out } = await pack([...box, "--terrain", HEIGHTS], { data: newData() });
    expect(status).toBe(0);
    // 0.06 degrees of latitude by 0.04 of longitude at 50.77 N: 6.67 by 2.82 km.
    expect(out.slice(0, 3)).toEqual([
      "area: 19 km2",
      "coast line: present",
      expect.stringMatching(
        /earth-seas-10m.*: 100 % by its frame .*, data of 2017-11-30 \(9\.0 years\), © OpenStreetMap/,
      ),
    ]);
    expect(out).toContain("heights: present");
    expect(out).toContainEqual(
      expect.stringMatching(/^ {2}heights\.tif: 100 %, \d+ m, data of an unknown date, 0\.0 MB, licence not stated$/),
    );
    expect(out).toContain("map: missing");
    expect(out).toContain(
      "  to get it: name a map with --map FILE (PMTiles, MBTiles, GeoTIFF, a picture with a world file), or import a pack that has one",
    );
    expect(out).toContain("airspace: missing");
  });

  it("counts the files of imported packs, unless they are left out", async () => {
    const data = newData();
    await pack(makeWords(GOOD));
    await pack(["import", GOOD], { data });
    const json = async (...words: readonly string[]) =>
      JSON.parse((await pack([...box, "--json", ...words], { data })).out.join("")) as {
        needs: { kind: string; state: string; pieces: { pack?: string; dataDate?: string }[] }[];
      };
    const heightsOf = async (...words: readonly string[]) =>
      (await json(...words)).needs.find(({ kind }) => kind === "terrain");
    expect(await heightsOf()).toMatchObject({
      ...{ state: "old", howToGet: expect.stringContaining("--terrain") },
      pieces: [{ name: "heights.tif", pack: "Opal", dataDate: "2000-02", ageYears: expect.closeTo(26.8, 1) }],
    });
    expect(await heightsOf("--no-packs")).toMatchObject({ state: "missing", pieces: [] });
  });

  it("takes a stretch between two places by their names, and corners in any form", async () => {
    const data = newData();
    const stretch = await pack(["need", "--from", "Wissant", "--to", "calais", "--width", "2", "--json"], { data });
    const { coastKm, areaKm2 } = JSON.parse(stretch.out.join("")) as { coastKm: number; areaKm2: number };
    // 17 km as the crow flies, on a coast without deep bays.
    expect(coastKm).toBeGreaterThan(16);
    expect(coastKm).toBeLessThan(30);
    expect(areaKm2).toBeGreaterThan(60);
    const corners = await pack(["need", "--corner", "50°48'N 001°30'E", "--corner", "50.74N 1.54E"], { data });
    expect(corners.out[0]).toBe("area: 19 km2");
    expect(await pack(["need", "--from", "Calais", "--to", "Dover"], { data })).toMatchObject({
      ...{ status: 1, out: [], log: ["vigie pack: no coast line leads from one place to the other"] },
    });
  });
});

describe("vigie pack check", () => {
  it("reads an imported pack whole by its name", async () => {
    const data = newData();
    await pack(makeWords(GOOD));
    await pack(["import", GOOD], { data });
    expect((await pack(["check", "Opal"], { data })).out[0]).toMatch(/^Opal: 3 files/);
    const file = path.join(data, "packs", "Opal", "heights.tif");
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    expect((await pack(["list"], { data })).log).toEqual([
      "vigie pack: Opal: heights.tif was written since it was imported, and may be another: `vigie pack check Opal` reads all of it",
    ]);
    const { status, log } = await pack(["check", "Opal"], { data });
    expect({ status, last: log.at(-1) }).toEqual({
      status: 1,
      last: "vigie pack: Opal: heights.tif in it is not what was packed (its SHA-256 differs): copy it again",
    });
    expect((await pack(["list"], { data })).status).toBe(1);
    expect((await pack(["check", "Nowhere"], { data })).log.at(-1)).toContain('there is no pack "Nowhere"');
  });

  it("says of a whole pack what is inside, and leaves nothing behind", async () => {
    await pack(makeWords(GOOD));
    mkdirSync(at("temporary"));
    vi.stubEnv("TMPDIR", at("temporary"));
    expect((await pack(["check", GOOD])).out[0]).toMatch(/^Opal: 3 files/);
    const { status, out } = await pack(["check", GOOD, "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(out.join(""))).toMatchObject({ ok: true, name: "Opal", files: [{ kind: "map" }, {}, {}] });
    await pack(["check", packOf("more.vigiepack", { ...honest, "more.tif": HEIGHTS_BYTES })]);
    vi.unstubAllEnvs();
    expect(readdirSync(at("temporary"))).toEqual([]);
  });

  it("accepts an honest pack made by another program", async () => {
    expect(await pack(["check", packOf("honest.vigiepack", honest)])).toMatchObject({ status: 0 });
  });

  const bytesOf = (change: (bytes: Buffer) => Buffer) => () => change(Buffer.from(zipSync(honest, { level: 0 })));
  const patched = (from: string, offset: number, value: number) =>
    bytesOf((bytes) => {
      bytes.writeUInt32LE(value, bytes.lastIndexOf(Buffer.from(from, "latin1")) + offset);
      return bytes;
    });
  const DIRECTORY_ENTRY = "PK\u0001\u0002";
  const END = "PK\u0005\u0006";
  const zeros = new Uint8Array(20_000_000);
  const lying = { ...listed("heights.tif", HEIGHTS_BYTES), sizeBytes: HEIGHTS_BYTES.length };
  const other = (name: string): Zippable => ({
    "manifest.json": manifestOf([listed(name, HEIGHTS_BYTES)]),
    [name]: HEIGHTS_BYTES,
  });
  const bombed = (): Buffer => {
    // Deflated zeros, of which the directory and the manifest state as many as the heights have.
    const bytes = Buffer.from(zipSync({ "manifest.json": manifestOf([lying]), "heights.tif": zeros }));
    const entry = bytes.lastIndexOf(Buffer.from(DIRECTORY_ENTRY, "latin1"));
    const local = bytes.indexOf(Buffer.from("PK\u0003\u0004", "latin1"), 10);
    bytes.writeUInt32LE(HEIGHTS_BYTES.length, entry + 24);
    bytes.writeUInt32LE(HEIGHTS_BYTES.length, local + 22);
    return bytes;
  };

  it.each<readonly [string, () => Uint8Array, RegExp]>([
    ["no ZIP", () => Buffer.from("a text"), /is no area pack/],
    ["an empty file", () => Buffer.alloc(0), /is no area pack/],
    ["a truncated file", bytesOf((bytes) => bytes.subarray(0, -30)), /cut off/],
    ["a file cut in the middle", bytesOf((bytes) => bytes.subarray(0, bytes.length / 2)), /cut off/],
    ["bytes after the end", bytesOf((bytes) => Buffer.concat([bytes, Buffer.from("more")])), /cut off/],
    [
      "a changed byte",
      bytesOf((bytes) => {
        const i = bytes.indexOf(HEIGHTS_BYTES.subarray(-20)) + 3;
        bytes[i] = bytes[i]! ^ 1;
        return bytes;
      }),
      /heights\.tif in it is (damaged|not what was packed)/,
    ],
    [
      "a changed file with a right checksum",
      () => zipSync({ ...honest, "heights.tif": HEIGHTS_BYTES.map((byte) => byte ^ 1) }),
      /SHA-256 differs/,
    ],
    ["a path out of the pack", () => zipSync(other("../evil.tif")), /no plain file name/],
    ["a path out of it for Windows", () => zipSync(other("..\\evil.tif")), /no plain file name/],
    ["an absolute path", () => zipSync(other("/etc/evil.tif")), /no plain file name/],
    ["a drive letter", () => zipSync(other("C:evil.tif")), /no plain file name/],
    ["a folder", () => zipSync({ ...honest, "folder/": new Uint8Array(0) }), /no plain file name/],
    ["a name with NUL", () => zipSync(other("a\0.tif")), /"a\?\.tif", which is no plain file name/],
    ["an unlisted file", () => zipSync({ ...honest, "more.tif": HEIGHTS_BYTES }), /more\.tif, which its manifest/],
    ["two names for one file", () => zipSync({ ...honest, "HEIGHTS.tif": HEIGHTS_BYTES }), /twice/],
    ["a missing file", () => zipSync({ "manifest.json": honest["manifest.json"] }), /heights\.tif is missing/],
    ["no manifest", () => zipSync({ "heights.tif": HEIGHTS_BYTES }), /no manifest\.json/],
    ["a manifest that is none", () => zipSync({ "manifest.json": strToU8("{}") }), /manifest\.json: format/],
    ["an endless manifest", () => zipSync({ ...honest, "manifest.json": zeros }), /manifest is larger/],
    [
      "a size that lies in the manifest",
      () => zipSync({ ...honest, "manifest.json": manifestOf([{ ...lying, sizeBytes: 10 }]) }),
      /bytes instead of the 10 of its manifest/,
    ],
    [
      "10 GB in the manifest",
      () => zipSync({ ...honest, "manifest.json": manifestOf([{ ...lying, sizeBytes: 10e9 }]) }),
      /files\[0\]\.sizeBytes/,
    ],
    ["a size that lies in the directory", patched(DIRECTORY_ENTRY, 24, 4_000_000_000), /contradicts itself/],
    ["bytes beyond the file", patched(DIRECTORY_ENTRY, 42, 0xf0000000), /contradicts itself/],
    ["two files of the same bytes", patched(DIRECTORY_ENTRY, 42, 0), /contradicts itself/],
    ["a directory elsewhere", patched(END, 16, 4), /cut off/],
    ["65,000 files that are not there", patched(END, 8, 0xfde8fde8), /more than 501/],
    ["ZIP64", patched(END, 8, 0xffffffff), /ZIP64/],
    ["a password", patched(DIRECTORY_ENTRY, 8, 0x00000001), /with a password/],
    ["a compression that is not read", patched(DIRECTORY_ENTRY, 8, 0x000e0000), /compression other than/],
    ["a bomb: more than it states", bombed, /does not unpack to the \d+ bytes/],
    [
      "a file that is no use",
      () => zipSync({ "manifest.json": manifestOf([listed("a.tif", zeros)]), "a.tif": zeros }),
      /a\.tif: is no file of heights/,
    ],
  ])("refuses %s, with one line", async (name, bytes, words) => {
    const file = at(`${name.replaceAll(/\W/g, "-")}.vigiepack`);
    writeFileSync(file, bytes());
    const { status, out, log } = await pack(["check", file]);
    expect(log.filter((line) => !line.startsWith("  "))).toEqual([expect.stringMatching(words)]);
    expect({ status, out }).toEqual({ status: 1, out: [] });
    // An import refuses it with the same words, and keeps what is there.
    const data = newData();
    await pack(["import", at("honest.vigiepack")], { data });
    expect((await pack(["import", file], { data })).log.at(-1)).toBe(log.at(-1));
    expect(packs(data)).toEqual(["Opal"]);
    expect((await pack(["list"], { data })).status).toBe(0);
  });

  it("a file that is not there, or a folder", async () => {
    expect((await pack(["check", at("none.vigiepack")])).log[0]).toContain("no such file");
    expect((await pack(["check", folder, "--json"])).out).toEqual(['{"ok":false,"problem":"is a folder, not a file"}']);
  });
});

describe("vigie pack import, list, remove", () => {
  it("places a pack by its name, lists it, and removes it", async () => {
    const data = newData();
    await pack(makeWords(GOOD));
    expect(await pack(["list"], { data })).toEqual({ status: 0, out: ["no packs"], log: [] });
    expect((await pack(["import", GOOD], { data })).status).toBe(0);
    expect(packs(data)).toEqual(["Opal"]);
    const placed = path.join(data, "packs", "Opal");
    expect(readdirSync(placed).toSorted()).toEqual(["heights.tif", "line.geojson", "manifest.json", "opal.pmtiles"]);
    expect(readFileSync(path.join(placed, "opal.pmtiles")).equals(readFileSync(MAP))).toBe(true);
    expect((await pack(["list"], { data })).out[0]).toMatch(/^Opal: 3 files/);
    expect(JSON.parse((await pack(["list", "--json"], { data })).out.join(""))).toMatchObject([{ name: "Opal" }]);
    expect((await pack(["remove", "Opal"], { data })).status).toBe(0);
    expect(packs(data)).toEqual([]);
    for (const name of ["Opal", "../packs", ".."])
      expect((await pack(["remove", name], { data })).log[0]).toContain(`there is no pack "${name}"`);
  });

  it("a newer pack of the same name replaces the older one, and an interrupted import does not", async () => {
    const data = newData();
    await pack(["import", packOf("older.vigiepack", honest)], { data });
    await pack(makeWords(GOOD));
    const stopped = await pack(["import", GOOD], { data, stopAfter: 2 });
    expect(stopped).toMatchObject({ status: 1, out: [] });
    expect(stopped.log.at(-1)).toContain("stopped");
    expect(packs(data)).toEqual(["Opal"]);
    expect((await pack(["list"], { data })).out[0]).toMatch(/^Opal: 1 file,/);
    await pack(["import", GOOD], { data });
    expect(packs(data)).toEqual(["Opal"]);
    expect((await pack(["list"], { data })).out[0]).toMatch(/^Opal: 3 files/);
  });

  it("after a program that was killed in the middle: the older pack is put back, what was half-made is removed", async () => {
    const data = newData();
    await pack(["import", packOf("older.vigiepack", honest)], { data });
    const inPacks = (name: string) => path.join(data, "packs", name);
    renameSync(inPacks("Opal"), inPacks(".Opal.old"));
    // No process has this number.
    mkdirSync(inPacks(".new-99999999-abc"));
    mkdirSync(inPacks(`.new-${process.pid}-abc`));
    expect((await pack(["list"], { data })).out[0]).toMatch(/^Opal: 1 file,/);
    expect(packs(data)).toEqual([`.new-${process.pid}-abc`, "Opal"]);
    mkdirSync(inPacks(".Opal.old"));
    expect((await pack(["list"], { data })).out[0]).toMatch(/^Opal: 1 file,/);
    expect(packs(data)).toEqual([`.new-${process.pid}-abc`, "Opal"]);
  });

  it("a pack that is broken on disk is a line, and the others are listed", async () => {
    const data = newData();
    await pack(["import", packOf("older.vigiepack", honest)], { data });
    await pack(makeWords(GOOD, "Second"));
    await pack(["import", GOOD], { data });
    truncateSync(path.join(data, "packs", "Opal", "heights.tif"), 10);
    mkdirSync(path.join(data, "packs", "empty"));
    const { status, out, log } = await pack(["list"], { data });
    expect(status).toBe(1);
    expect(out[0]).toMatch(/^Second: /);
    expect(log).toEqual([
      expect.stringMatching(/^vigie pack: Opal: heights\.tif in it has 10 bytes/),
      expect.stringMatching(/^vigie pack: empty: has no manifest\.json/),
    ]);
  });
});
