/** Packs with pictures that have a world file, and with drawings: carried with all that they are read with, or refused with a word. */
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { PackManifest } from "../geo/pack/packManifest.js";
import { encodeColourPng } from "../io/png.js";
import { openMaps } from "../station/maps/openMaps.js";
import { packGround } from "../station/packs/packGround.js";
import { nodeIo } from "./commandIo.js";
import { runPack } from "./packCommand.js";

const NOON_MS = Date.parse("2026-12-01T12:00:00Z");
const folder = mkdtempSync(path.join(tmpdir(), "vigie-pack-drawings-"));
const at = (name: string): string => path.join(folder, name);
const hasGdal = spawnSync("gdal_translate", ["--version"]).status === 0;

async function pack(words: readonly string[], data = at("data")) {
  const [out, log]: [string[], string[]] = [[], []];
  const io = { ...nodeIo, stdout: (line: string) => out.push(line), stderr: (line: string) => log.push(line) };
  const env = { io, dataFolder: data, nowUnixMs: NOON_MS, shouldStop: () => false };
  return { status: await runPack(words, env), out, log };
}
const newData = (): string => mkdtempSync(at("data-"));
const make = (name: string, ...maps: readonly string[]) =>
  pack([
    ...["make", "--name", name, "--out", at(`${name}.vigiepack`), "--json"],
    ...maps.flatMap((map) => ["--map", map]),
    ...["--licence", `${path.basename(maps[0] ?? "")}=SHOM 2026`],
  ]);
const manifestIn = (made: { readonly out: readonly string[] }) => JSON.parse(made.out.join("")) as PackManifest;

const PICTURE = encodeColourPng(16, 12, new Uint8Array(16 * 12 * 4).fill(255));
/** 0.2 by 0.15 degrees, from 1.5 E and 50.85 N. */
const WORLD = "0.0125\n0\n0\n-0.0125\n1.50625\n50.84375\n";
const AREA = ["need", "--area", "1.52,50.72,1.68,50.84"];
const IN_AREA = "1.61,50.73,0 1.62,50.74,0";
const LINE = `<Placemark><LineString><coordinates>${IN_AREA}</coordinates></LineString></Placemark>`;
const ground = (href: string): string =>
  `<GroundOverlay><Icon><href>${href}</href></Icon><LatLonBox><north>50.8</north><south>50.7</south><east>1.7</east><west>1.6</west></LatLonBox></GroundOverlay>`;
const kml = (...parts: readonly string[]): string =>
  `<kml><Document><name>Chart</name>${parts.join("")}</Document></kml>`;

mkdirSync(at("scans"));
writeFileSync(at("scans/port.png"), PICTURE);
writeFileSync(at("scans/port.pgw"), WORLD);
writeFileSync(at("scans/port.txt"), "not of the picture");
writeFileSync(at("chart.kml"), kml(LINE, ground("chart.png")));
writeFileSync(at("chart.png"), PICTURE);
writeFileSync(
  at("zones.kmz"),
  zipSync({ "doc.kml": strToU8(kml(LINE, ground("files/a.png"))), "files/a.png": PICTURE }),
);
writeFileSync(
  at("zones.geojson"),
  JSON.stringify({
    type: "LineString",
    coordinates: [
      [1.61, 50.73],
      [1.62, 50.74],
    ],
  }),
);
const ALL = [at("scans/port.png"), at("chart.kml"), at("zones.kmz"), at("zones.geojson")];

describe("a pack with pictures and drawings", () => {
  it("holds them and what they are read with, and no more", async () => {
    const made = await make("All", ...ALL);
    expect({ status: made.status, log: made.log }).toMatchObject({ status: 0 });
    const files = manifestIn(made).files.map(({ path: name, kind, attribution }) => `${kind} ${name} ${attribution}`);
    expect(files).toEqual([
      "map port.png SHOM 2026",
      "beside port.pgw SHOM 2026",
      "map chart.kml not stated",
      "beside chart.png not stated",
      "map zones.kmz not stated",
      "map zones.geojson not stated",
    ]);
    const members = unzipSync(readFileSync(at("All.vigiepack")));
    expect(Buffer.from(members["port.pgw"] ?? []).toString()).toBe(WORLD);
    expect(Buffer.from(members["chart.png"] ?? []).equals(PICTURE)).toBe(true);
  });

  it("imported, they are the same maps to a station as the files themselves", async () => {
    const data = newData();
    await make("All", ...ALL);
    expect((await pack(["import", at("All.vigiepack")], data)).status).toBe(0);
    const { maps, problems, touched } = await packGround(data);
    expect({ problems, touched }).toEqual({ problems: [], touched: [] });
    const [theirs, ours] = [
      await openMaps({ files: ALL, cacheFolder: data }),
      await openMaps({ files: maps, cacheFolder: data }),
    ];
    expect(ours.problems).toEqual([]);
    // A picture, a picture and a line of each drawing that has both, a line.
    expect(ours.maps).toHaveLength(6);
    expect(ours.maps).toEqual(theirs.maps);
    await Promise.all([ours.close(), theirs.close()]);
  });

  it("the picture counts as a map where its frame is, the drawings are listed and count as none", async () => {
    const data = newData();
    await make("All", ...ALL);
    await pack(["import", at("All.vigiepack")], data);
    const { out } = await pack(AREA, data);
    expect(out).toContain("map: present");
    expect(out).toContainEqual(expect.stringMatching(/^ {2}port: 100 % by its frame .*, pack All, SHOM 2026$/));
    for (const name of ["chart.kml", "zones.kmz", "zones.geojson"])
      expect(out).toContainEqual(
        expect.stringMatching(new RegExp(`^ {2}${name}: a drawing, which counts as no map, .*, pack All, `)),
      );
    const drawing = await make("Line", at("zones.geojson"));
    expect(drawing.status).toBe(0);
    const other = newData();
    await pack(["import", at("Line.vigiepack")], other);
    const only = await pack(AREA, other);
    expect(only.out).toContain("map: missing");
    expect(only.out.join()).toContain("zones.geojson: a drawing");
    // Of another coast it is not listed.
    expect((await pack(["need", "--area", "1.0,50.0,1.1,50.1"], other)).out.join()).not.toContain("zones.geojson");
  });

  it("a world file that was changed after the import is found by its hash, one that was removed at once", async () => {
    const data = newData();
    await make("All", ...ALL);
    await pack(["import", at("All.vigiepack")], data);
    const world = path.join(data, "packs", "All", "port.pgw");
    writeFileSync(world, WORLD.replace("1.50625", "1.60625"));
    expect((await pack(["list"], data)).log[0]).toContain("port.pgw was written since it was imported");
    const checked = await pack(["check", "All"], data);
    expect(checked.log.at(-1)).toContain("port.pgw in it is not what was packed (its SHA-256 differs)");
    expect((await packGround(data)).maps).toEqual([]);
    await pack(["import", at("All.vigiepack")], data);
    rmSync(world);
    expect((await pack(["list"], data)).log[0]).toContain("port.pgw is missing from it");
  });

  it.skipIf(!hasGdal)(
    "a picture in Lambert 93, with its .prj, lies where GDAL says (skipped without gdal-bin)",
    async () => {
      const { status, stderr } = spawnSync("gdal_translate", [
        ...["-q", "-of", "PNG", "-co", "WORLDFILE=YES", "-a_srs", "EPSG:2154"],
        ...["-a_ullr", "600000", "7080000", "608000", "7074000", at("chart.png"), at("lambert.png")],
      ]);
      expect([status, String(stderr)]).toEqual([0, ""]);
      copyFileSync(at("lambert.wld"), at("lambert.pgw"));
      rmSync(at("lambert.wld"));
      writeFileSync(at("lambert.prj"), spawnSync("gdalsrsinfo", ["-o", "wkt_esri", "EPSG:2154"]).stdout);
      const made = await make("Lambert", at("lambert.png"));
      expect(made.status).toBe(0);
      const { files, area } = manifestIn(made);
      expect(files.map(({ path: name }) => name)).toEqual(["lambert.png", "lambert.pgw", "lambert.prj"]);
      const corners = spawnSync("gdaltransform", ["-s_srs", "EPSG:2154", "-t_srs", "EPSG:4326", "-output_xy"], {
        input: "600000 7080000\n608000 7080000\n608000 7074000\n600000 7074000\n",
        encoding: "utf8",
      });
      const degrees = corners.stdout
        .trim()
        .split("\n")
        .map((line) => line.split(" ").map(Number));
      const [eastDeg, northDeg] = [0, 1].map((i) => degrees.map((pair) => pair[i] ?? Number.NaN));
      // A hundredth of a pixel of 500 m is 0.00007 degrees; edges bend by less than a metre.
      expect(area.westDeg).toBeCloseTo(Math.min(...(eastDeg ?? [])), 4);
      expect(area.eastDeg).toBeCloseTo(Math.max(...(eastDeg ?? [])), 4);
      expect(area.southDeg).toBeCloseTo(Math.min(...(northDeg ?? [])), 4);
      expect(area.northDeg).toBeCloseTo(Math.max(...(northDeg ?? [])), 4);
      expect((await pack(["import", at("Lambert.vigiepack")], newData())).status).toBe(0);
    },
  );
});

describe("a pack is not made", () => {
  const lastOf = async (...maps: readonly string[]) => (await make("Refused", ...maps)).log.at(-1);

  it("of a drawing whose picture lies in a folder: a pack has none", async () => {
    writeFileSync(at("far.kml"), kml(LINE, ground("scans/port.png")));
    expect(await lastOf(at("far.kml"))).toMatch(/far\.kml: draws scans.port\.png, which lies in another folder.*KMZ/);
  });

  it("of a drawing with a picture that is there and is none, which --map would leave out", async () => {
    writeFileSync(at("bad.kml"), kml(LINE, ground("bad.png")));
    writeFileSync(at("bad.png"), "hello");
    expect(await lastOf(at("bad.kml"))).toMatch(/bad\.kml: is no/);
  });

  it("of two folders whose files would be read together", async () => {
    mkdirSync(at("other"));
    writeFileSync(at("other/PORT.geojson"), readFileSync(at("zones.geojson")));
    expect(await lastOf(at("scans/port.png"), at("other/PORT.geojson"))).toContain(
      "port.pgw, or would be read together",
    );
    expect(readdirSync(folder)).not.toContain("Refused.vigiepack");
  });

  it("twice of a picture that is named and drawn: it is in it once", async () => {
    writeFileSync(at("both.kml"), kml(ground("scan.png")));
    writeFileSync(at("scan.png"), PICTURE);
    writeFileSync(at("scan.pgw"), WORLD);
    const made = await make("Both", at("both.kml"), at("scan.png"));
    const files = manifestIn(made).files.map(({ path: name, kind }) => `${kind} ${name}`);
    expect(files).toEqual(["map both.kml", "map scan.png", "beside scan.pgw"]);
    expect((await pack(["check", at("Both.vigiepack")])).status).toBe(0);
  });
});

describe("a hostile pack", () => {
  type Members = Readonly<Record<string, Uint8Array | string>>;
  const kindOf = (name: string): string => (/\.(pgw|prj|wld)$/.test(name) || name.startsWith("b-") ? "beside" : "map");
  function packOf(members: Members): string {
    const bytes = Object.fromEntries(
      Object.entries(members).map(([name, one]) => [name, typeof one === "string" ? strToU8(one) : one]),
    );
    const files = Object.entries(bytes).map(([name, one]) => ({
      ...{ path: name, kind: kindOf(name), sizeBytes: one.length, attribution: "x" },
      sha256: createHash("sha256").update(one).digest("hex"),
    }));
    const area = { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2 };
    const head = { format: "vigiepack", version: 1, name: "Opal", madeAt: "2026-11-01T00:00:00Z", area, files };
    writeFileSync(at("hostile.vigiepack"), zipSync({ "manifest.json": strToU8(JSON.stringify(head)), ...bytes }));
    return at("hostile.vigiepack");
  }
  /** A KMZ whose last member states so many bytes, whatever it has. */
  function kmzStating(sizeBytes: number, members: Members): Uint8Array {
    const plain = Object.entries(members).map(([name, one]) => [name, typeof one === "string" ? strToU8(one) : one]);
    const bytes = Buffer.from(zipSync(Object.fromEntries(plain) as Record<string, Uint8Array>));
    bytes.writeUInt32LE(sizeBytes, bytes.lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1")) + 24);
    bytes.writeUInt32LE(sizeBytes, bytes.lastIndexOf(Buffer.from("PK\u0003\u0004", "latin1")) + 22);
    return bytes;
  }
  const ZEROS = new Uint8Array(1e7);
  const drawing = kml(LINE);

  it.each<readonly [string, () => Members, RegExp]>([
    ["a drawing out of the pack", () => ({ "../a.kml": drawing }), /"\.\.\/a\.kml", which is no plain file name/],
    ["a world file out of it", () => ({ "a.png": PICTURE, "../a.pgw": WORLD }), /no plain file name/],
    [
      "a drawing of a picture out of it",
      () => ({ "a.kml": kml(ground("../../chart.png")) }),
      /a\.kml: names the picture/,
    ],
    [
      "a KMZ with a path out of it",
      () => ({ "a.kmz": zipSync({ "doc.kml": strToU8(drawing), "../b": PICTURE }) }),
      /no plain path/,
    ],
    [
      "a KMZ that is a bomb",
      () => ({ "a.kmz": kmzStating(65 * 2 ** 20, { "doc.kml": ZEROS }) }),
      /doc\.kml in it is larger than 64 MB/,
    ],
    [
      "a KMZ with a picture that is one",
      () => ({ "a.kmz": kmzStating(129 * 2 ** 20, { "doc.kml": kml(LINE, ground("a.png")), "a.png": ZEROS }) }),
      /a\.png in it is larger than 128 MB/,
    ],
    [
      "a KMZ that lies about its size",
      () => ({ "a.kmz": kmzStating(100, { "doc.kml": kml(LINE, ground("a.png")), "a.png": ZEROS }) }),
      /a\.png in it does not unpack to the size/,
    ],
    ["no KMZ", () => ({ "a.kmz": "hello" }), /a\.kmz: is damaged/],
    ["entities without an end", () => ({ "a.kml": `<!DOCTYPE k [<!ENTITY a "b">]>${drawing}` }), /a\.kml: /],
    [
      "a drawing of nothing",
      () => ({ "a.geojson": '{"type":"FeatureCollection","features":[]}' }),
      /nothing to draw|a\.geojson/,
    ],
    [
      "a world file of words",
      () => ({ "a.png": PICTURE, "a.pgw": "north is up" }),
      /world file that is not six numbers/,
    ],
    ["one without width", () => ({ "a.png": PICTURE, "a.pgw": "0 0 0 0 1 50" }), /not six numbers/],
    ["one without an end", () => ({ "a.png": PICTURE, "a.pgw": "1e999 0 0 1 1 50" }), /not six numbers/],
    [
      "one off the earth",
      () => ({ "a.png": PICTURE, "a.pgw": "1e8 0 0 -1e8 1e9 1e9", "a.prj": "EPSG:3857" }),
      /outside the earth/,
    ],
    ["one in metres of nothing", () => ({ "a.png": PICTURE, "a.pgw": "5 0 0 -5 600000 7000000" }), /in which system/],
    ["no world file", () => ({ "a.png": PICTURE }), /does not say where on earth/],
    [
      "a file that no map is read with",
      () => ({ "a.kml": drawing, "b-more.png": PICTURE }),
      /b-more\.png beside a map, and no map/,
    ],
    ["only files beside others", () => ({ "a.pgw": WORLD }), /a\.pgw beside a map/],
    ["the address of a server", () => ({ "a.map.json": "{}" }), /a\.map\.json: is no map/],
  ])("is refused with one line: %s", async (_name, members, words) => {
    const data = newData();
    const { status, out, log } = await pack(["import", packOf(members())], data);
    expect(log.filter((line) => !line.startsWith("  "))).toEqual([expect.stringMatching(words)]);
    expect({ status, out, packs: readdirSync(path.join(data, "packs")) }).toEqual({ status: 1, out: [], packs: [] });
  });

  it("with all that is needed it is none", async () => {
    const members = { "a.kml": kml(LINE, ground("b-a.png")), "b-a.png": PICTURE, "a.png": PICTURE, "a.pgw": WORLD };
    expect((await pack(["check", packOf(members)])).status).toBe(0);
  });
});
