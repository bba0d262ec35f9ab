/** GeoTIFF files that GDAL has written, in every layout it knows, at places that GDAL calculates. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { readGeoTiff } from "../../io/geoTiff/readGeoTiff.js";
import { geoTiffSource } from "./geoTiffSource.js";
import { planeProjection } from "./planeProjection.js";
import type { TerrainSource } from "./terrain.js";

const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;
const SIDE = 1201;
const NAME = "N50E001.hgt";
const COUNT = 10_000;

let folder = "";
const inFolder = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vigie-geotiff-"));
  const bytes = Buffer.alloc(2 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) bytes.writeInt16BE(heightAt(i % SIDE, Math.floor(i / SIDE)), 2 * i);
  writeFileSync(inFolder(NAME), bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Hills, a cliff, land under the sea's level and a void. */
function heightAt(column: number, row: number): number {
  if (column === 300 && row === 400) return -32_768;
  const hills = 60 * Math.sin(column / 37) * Math.cos(row / 53);
  return Math.round(hills + (column > 600 ? 134 : -3) + ((column * 7919 + row * 104_729) % 5));
}

function run(program: string, words: readonly string[], input = ""): string {
  const { stdout, stderr, status } = spawnSync(program, words, { input, encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
  return stdout;
}

async function sourceOf(file: string): Promise<TerrainSource> {
  const content = await readGeoTiff(readFileSync(file));
  if (!content.ok) throw new Error(JSON.stringify(content.error));
  const source = geoTiffSource(content.value, path.basename(file));
  if (!source.ok) throw new Error(JSON.stringify(source.error));
  return source.value;
}

type Sample = { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly heightM: number };

/** The middles of the file's pixels and their heights; GDAL's own way from pixel to place. */
function byGdal(file: string, count: number): readonly Sample[] {
  const [, columns = "", rows = ""] = /Size is (\d+), (\d+)/.exec(run("gdalinfo", [file])) ?? [];
  const rng = seededRng(8);
  const pixels = Array.from({ length: count }, () => [
    Math.floor(rng.uniform() * Number(columns)),
    Math.floor(rng.uniform() * Number(rows)),
  ]);
  const middles = pixels.map(([column = 0, row = 0]) => `${column + 0.5} ${row + 0.5}`).join("\n");
  const places = run("gdaltransform", ["-t_srs", "EPSG:4326", file], middles).trim().split("\n");
  const heights = run("gdallocationinfo", ["-valonly", "-b", "1", file], pixels.map((at) => at.join(" ")).join("\n"));
  return heights
    .split("\n")
    .slice(0, count)
    .map((height, i) => {
      const [longitudeDeg = 0, latitudeDeg = 0] = (places[i] ?? "").split(" ").map(Number);
      return { latitudeDeg, longitudeDeg, heightM: Number(height) };
    });
}

/** A height of ours may be unknown beside a void; elsewhere it is GDAL's. Returns the largest difference. */
function expectSame(source: TerrainSource, samples: readonly Sample[], voidM: number): number {
  let known = 0;
  let worstM = 0;
  for (const { heightM, ...position } of samples) {
    const ours = source.heightAt(position);
    if (heightM === voidM || ours === undefined) continue;
    known++;
    worstM = Math.max(worstM, Math.abs(ours - heightM));
  }
  expect(known).toBeGreaterThan(samples.length * 0.7);
  return worstM;
}

const LAYOUTS: readonly (readonly [name: string, words: readonly string[]])[] = [
  ["strips, not packed", []],
  ["tiles, LZW with differences", ["-co", "TILED=YES", "-co", "COMPRESS=LZW", "-co", "PREDICTOR=2"]],
  [
    "small tiles, deflate",
    ["-co", "TILED=YES", "-co", "BLOCKXSIZE=64", "-co", "BLOCKYSIZE=32", "-co", "COMPRESS=DEFLATE"],
  ],
  ["floats, deflate with their own differences", ["-ot", "Float32", "-co", "COMPRESS=DEFLATE", "-co", "PREDICTOR=3"]],
  ["doubles, Zstandard", ["-ot", "Float64", "-co", "COMPRESS=ZSTD"]],
  ["PackBits, big-endian", ["-co", "COMPRESS=PACKBITS", "-co", "ENDIANNESS=BIG"]],
  ["BigTIFF, big-endian, tiles", ["-co", "BIGTIFF=YES", "-co", "ENDIANNESS=BIG", "-co", "TILED=YES"]],
  ["BigTIFF, 32 bit", ["-ot", "Int32", "-co", "BIGTIFF=YES", "-co", "COMPRESS=LZW"]],
  ["LERC", ["-ot", "Float32", "-co", "COMPRESS=LERC"]],
  ["LERC with deflate", ["-ot", "Float32", "-co", "TILED=YES", "-co", "COMPRESS=LERC_DEFLATE"]],
  ["LERC with Zstandard", ["-ot", "Float32", "-co", "TILED=YES", "-co", "COMPRESS=LERC_ZSTD"]],
  ["heights at points", ["-mo", "AREA_OR_POINT=Point"]],
  ["two bands side by side", ["-b", "1", "-b", "1", "-co", "INTERLEAVE=PIXEL"]],
  ["two bands one after the other", ["-b", "1", "-b", "1", "-co", "INTERLEAVE=BAND", "-co", "TILED=YES"]],
];

const PROJECTIONS: readonly (readonly [name: string, epsg: number, worstM: number])[] = [
  ["UTM", 32_631, 0.01],
  ["UTM on ETRS89", 25_831, 0.01],
  ["Lambert-93", 2154, 0.01],
  ["a French conic zone", 3950, 0.01],
  ["web Mercator", 3857, 0.01],
  ["Europe's equal-area grid", 3035, 0.01],
];

/** Systems whose ellipsoid is not WGS 84's: GDAL moves between them by other parameters, or by grids, that differ by metres. */
const OLD_SYSTEMS: readonly (readonly [name: string, epsg: number, longitudeDeg: number, latitudeDeg: number])[] = [
  ["British National Grid", 27_700, 1.35, 51.12],
  ["Belgian Lambert 72", 31_370, 2.95, 51.2],
  ["Belgian Lambert 2008", 3812, 2.95, 51.2],
  ["RD New", 28_992, 4.4, 51.9],
];

describe.skipIf(!hasGdal)("a GeoTIFF, read as GDAL does (skipped without gdal-bin)", () => {
  it.each(LAYOUTS)("%s", async (_, words) => {
    run("gdal_translate", ["-q", ...words, inFolder(NAME), inFolder("layout.tif")]);
    const source = await sourceOf(inFolder("layout.tif"));
    expect(expectSame(source, byGdal(inFolder("layout.tif"), COUNT), -32_768)).toBeLessThan(0.01);
    expect(source.datum).toBe("egm96");
    expect(source.heightAt({ latitudeDeg: 51 - 400 / 1200, longitudeDeg: 1 + 300 / 1200 })).toBeUndefined();
  });

  it.each(["DEFLATE", "LERC", "LERC_DEFLATE", "LERC_ZSTD"])(
    "floats that are no number, packed by %s, are unknown",
    async (packing) => {
      const [plain, packed] = [inFolder("nan.tif"), inFolder("nan-packed.tif")];
      run("gdalwarp", [
        "-q",
        "-overwrite",
        "-ot",
        "Float32",
        "-dstnodata",
        "nan",
        "-te",
        "0.9",
        "50",
        "2",
        "51",
        inFolder(NAME),
        plain,
      ]);
      run("gdal_translate", ["-q", "-co", "TILED=YES", "-co", `COMPRESS=${packing}`, plain, packed]);
      const source = await sourceOf(packed);
      expect(source.heightAt({ latitudeDeg: 50.5, longitudeDeg: 0.95 })).toBeUndefined();
      expect(source.heightAt({ latitudeDeg: 50.5, longitudeDeg: 1.2 })).toBeDefined();
    },
  );

  it.each([
    ["little-endian", ["-ot", "Int16", "-a_nodata", "-9999"]],
    ["big-endian", ["-ot", "Int16", "-a_nodata", "-9999", "-co", "ENDIANNESS=BIG"]],
    ["without a number for none", ["-ot", "Float32"]],
  ])("tiles that were left out are unknown, never 0: %s", async (_, words) => {
    const file = inFolder("sparse.tif");
    const place = ["-outsize", "300", "300", "-a_srs", "EPSG:4326", "-a_ullr", "1.5", "50.9", "1.8", "50.6"];
    run("gdal_create", ["-of", "GTiff", ...place, ...words, "-co", "TILED=YES", "-co", "SPARSE_OK=TRUE", file]);
    expect((await sourceOf(file)).heightAt({ latitudeDeg: 50.75, longitudeDeg: 1.65 })).toBeUndefined();
  });

  it("12 bits are read; differences in a big-endian file, which would be read wrongly, are refused", async () => {
    const heights = ["-scale", "-70", "200", "0", "4000", "-ot", "UInt16", "-a_nodata", "none"];
    run("gdal_translate", ["-q", ...heights, "-co", "NBITS=12", inFolder(NAME), inFolder("bits.tif")]);
    const source = await sourceOf(inFolder("bits.tif"));
    expect(expectSame(source, byGdal(inFolder("bits.tif"), 1000), -32_768)).toBeLessThan(0.01);
    const words = ["-co", "ENDIANNESS=BIG", "-co", "COMPRESS=LZW", "-co", "PREDICTOR=2"];
    run("gdal_translate", ["-q", ...words, inFolder(NAME), inFolder("differences.tif")]);
    expect(await readGeoTiff(readFileSync(inFolder("differences.tif")))).toEqual({
      ok: false,
      error: { kind: "form-not-read", form: "differences, big-endian" },
    });
  });

  it.each(PROJECTIONS)("%s", async (_, epsg, worstM) => {
    const file = inFolder(`projected-${epsg}.tif`);
    run("gdalwarp", ["-q", "-t_srs", `EPSG:${epsg}`, "-r", "near", inFolder(NAME), file]);
    const source = await sourceOf(file);
    expect(expectSame(source, byGdal(file, COUNT), -32_768)).toBeLessThan(worstM);
    // What lies outside the file is unknown, not 0.
    expect(source.heightAt({ latitudeDeg: 52, longitudeDeg: 1.5 })).toBeUndefined();
  });

  it.each(OLD_SYSTEMS)("%s, within 6 m", (_, epsg, longitudeDeg, latitudeDeg) => {
    const words = ["-s_srs", "EPSG:4326", "-t_srs", `EPSG:${epsg}`];
    const [x = 0, y = 0] = run("gdaltransform", words, `${longitudeDeg} ${latitudeDeg}`).split(" ").map(Number);
    const ours = planeProjection(epsg)?.toPlane({ latitudeDeg, longitudeDeg });
    expect(Math.hypot((ours?.x ?? 0) - x, (ours?.y ?? 0) - y)).toBeLessThan(6);
  });
});
