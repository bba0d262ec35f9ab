/** Pictures with a place on earth, in every system and layout, against the tiles that GDAL makes of the same files. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TileAddress, tilePointOf } from "../../geo/tiles/webMercator.js";
import { systemOfProjectionFile } from "../../geo/tiles/worldFile.js";
import { openMap } from "./openMap.js";

const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;
const TILE_PX = 256;
const WORLD_M = 2 * Math.PI * 6_378_137;
const SIDE_PX = 900;

let folder = "";
const inFolder = (name: string): string => path.join(folder, name);

function run(program: string, ...words: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(program, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
  return stdout;
}
const translate = (...words: readonly string[]) => run("gdal_translate", "-q", ...words);
const warp = (...words: readonly string[]) => run("gdalwarp", "-q", "-overwrite", ...words);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vigie-pictures-"));
  if (!hasGdal) return;
  // A chart of sorts: soft colours, hard edges, thin lines; about 10 by 10 km around Boulogne in degrees.
  const pixels = Buffer.alloc(SIDE_PX * SIDE_PX * 3);
  for (let i = 0; i < SIDE_PX * SIDE_PX; i++) pixels.set(colourAt(i % SIDE_PX, Math.floor(i / SIDE_PX)), 3 * i);
  writeFileSync(inFolder("chart.ppm"), Buffer.concat([Buffer.from(`P6 ${SIDE_PX} ${SIDE_PX} 255\n`), pixels]));
  const corners = ["-a_ullr", "1.55", "50.78", "1.69", "50.69"];
  translate("-a_srs", "EPSG:4326", ...corners, inFolder("chart.ppm"), inFolder("degrees.tif"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function colourAt(x: number, y: number): readonly [number, number, number] {
  if (x % 97 < 3 || y % 83 < 3) return [20, 30, 60];
  const land = Math.sin(x / 70) + Math.cos(y / 90) > 0.3;
  return land ? [230, 210, 150 + (x % 64)] : [140 + Math.floor(y / 20), 190, 235];
}

/** Bands of a picture, by GDAL. */
function bandsOf(file: string): readonly Uint8Array[] {
  const raw = inFolder("raw.bin");
  translate("-of", "ENVI", "-co", "INTERLEAVE=BSQ", file, raw);
  const bytes = readFileSync(raw);
  const size = TILE_PX * TILE_PX;
  return Array.from({ length: bytes.byteLength / size }, (_, band) => bytes.subarray(band * size, (band + 1) * size));
}

/** GDAL's tile: warped, with opacity, and nothing of ours in between. */
function byGdal(file: string, { zoom, column, row }: TileAddress, method: string): readonly Uint8Array[] {
  const width = WORLD_M / 2 ** zoom;
  const [west, north] = [column * width - WORLD_M / 2, WORLD_M / 2 - row * width];
  const extent = [west, north - width, west + width, north].map(String);
  const size = ["-ts", String(TILE_PX), String(TILE_PX)];
  const words = [
    "-t_srs",
    "EPSG:3857",
    "-te",
    ...extent,
    ...size,
    "-r",
    method,
    "-dstalpha",
    "-et",
    "0",
    "-ovr",
    "NONE",
  ];
  warp(...words, file, inFolder("expected.tif"));
  return bandsOf(inFolder("expected.tif"));
}

async function opened(file: string) {
  const map = await openMap(file, inFolder("cache"));
  if (!map.ok) throw new Error(JSON.stringify(map.error));
  return map.value;
}

async function ours(file: string, at: TileAddress): Promise<readonly Uint8Array[]> {
  const map = await opened(file);
  const tile = await map.tile(at);
  await map.close();
  if (!tile.ok || !tile.value) throw new Error(`no tile of ${file} at ${JSON.stringify(at)}`);
  writeFileSync(inFolder("tile.png"), tile.value);
  return bandsOf(inFolder("tile.png"));
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How much colours differ where both have some, and of how many pixels only one has any. */
function compared(one: readonly Uint8Array[], other: readonly Uint8Array[]) {
  const isSeen = (bands: readonly Uint8Array[], i: number): boolean => (bands[3]?.[i] ?? 0) > 127;
  const pixels = Array.from({ length: TILE_PX * TILE_PX }, (_, i) => i);
  const lone = pixels.filter((i) => isSeen(one, i) !== isSeen(other, i)).length;
  const differences = pixels
    .filter((i) => isSeen(one, i) && isSeen(other, i))
    .flatMap((i) => [0, 1, 2].map((band) => Math.abs((one[band]?.[i] ?? 0) - (other[band]?.[i] ?? 0))));
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  return { median: median(differences), mean, lone, countOfPixels: differences.length / 3 };
}

const tileAt = (latitudeDeg: number, longitudeDeg: number, zoom: number): TileAddress => {
  const { column, row } = tilePointOf({ latitudeDeg, longitudeDeg }, zoom);
  return { zoom, column: Math.floor(column), row: Math.floor(row) };
};

/** How far GDAL's way between the system and WGS 84 is from ours, which for some old systems it knows grids or other parameters for. */
const SAME = { median: 1, mean: 3, lone: 130 };
const METRES_OFF = { median: 2, mean: 26, lone: 900 };
const SYSTEMS: readonly (readonly [name: string, epsg: number, most: typeof SAME])[] = [
  ["degrees on WGS 84", 4326, SAME],
  ["degrees on ETRS89", 4258, SAME],
  ["UTM", 32_631, SAME],
  ["UTM on ETRS89", 25_831, SAME],
  ["Lambert-93", 2154, SAME],
  ["a French conic zone", 3950, SAME],
  ["web Mercator", 3857, SAME],
  ["Europe's equal-area grid", 3035, SAME],
  ["Belgian Lambert 2008", 3812, SAME],
  ["British National Grid", 27_700, SAME],
  ["Belgian Lambert 72", 31_370, METRES_OFF],
  ["RD New", 28_992, METRES_OFF],
];

const INSIDE = tileAt(50.73, 1.61, 15);
/** Coarser than the picture, with its edge. */
const ACROSS_EDGE = tileAt(50.73, 1.61, 12);

function expectSame(one: readonly Uint8Array[], other: readonly Uint8Array[], most: typeof SAME): void {
  const { median: middle, mean, lone, countOfPixels } = compared(one, other);
  expect(countOfPixels).toBeGreaterThan(10_000);
  expect({ middle, mean, lone }).toSatisfy(() => middle <= most.median && mean <= most.mean && lone <= most.lone);
}

describe.skipIf(!hasGdal)("a picture on the ground, as GDAL lays it (skipped without gdal-bin)", () => {
  it.each(SYSTEMS)("%s", async (_, epsg, most) => {
    const file = inFolder(`in-${epsg}.tif`);
    warp("-t_srs", `EPSG:${epsg}`, "-dstalpha", "-r", "bilinear", inFolder("degrees.tif"), file);
    expectSame(await ours(file, INSIDE), byGdal(file, INSIDE, "bilinear"), most);
    expectSame(await ours(file, ACROSS_EDGE), byGdal(file, ACROSS_EDGE, "average"), most);
  });

  const tiled = ["-co", "TILED=YES", "-co", "BLOCKXSIZE=128", "-co", "BLOCKYSIZE=64"];
  const jpeg = ["-co", "COMPRESS=JPEG", ...tiled];
  it.each<readonly [string, readonly string[]]>([
    ["strips", []],
    ["tiles, LZW with differences", [...tiled, "-co", "COMPRESS=LZW", "-co", "PREDICTOR=2"]],
    ["tiles, deflate, bands apart", [...tiled, "-co", "COMPRESS=DEFLATE", "-co", "INTERLEAVE=BAND"]],
    ["PackBits, big-endian", ["-co", "COMPRESS=PACKBITS", "-co", "ENDIANNESS=BIG"]],
    [
      "BigTIFF, big-endian, Zstandard",
      [...tiled, "-co", "BIGTIFF=YES", "-co", "ENDIANNESS=BIG", "-co", "COMPRESS=ZSTD"],
    ],
    ["JPEG in YCbCr", [...jpeg, "-co", "PHOTOMETRIC=YCBCR", "-co", "JPEG_QUALITY=95"]],
    ["JPEG in RGB", [...jpeg, "-co", "PHOTOMETRIC=RGB"]],
    ["grey", ["-b", "1", ...tiled]],
    ["JPEG in grey", ["-b", "1", ...jpeg]],
    ["middles of pixels", ["-mo", "AREA_OR_POINT=Point"]],
  ])("layout: %s", async (_, words) => {
    const file = inFolder("layout.tif");
    translate(...words, inFolder("degrees.tif"), file);
    const expected = byGdal(file, ACROSS_EDGE, "average");
    // GDAL's grey has one band, and its opacity.
    const [grey = new Uint8Array()] = expected;
    const bands = expected.length === 2 ? [grey, grey, grey, expected[1] ?? grey] : expected;
    expectSame(await ours(file, ACROSS_EDGE), bands, SAME);
  });

  it.each([8, 4, 1])("a palette of %i bits", async (bits) => {
    const file = inFolder(`palette-${bits}.tif`);
    translate(
      "-b",
      "1",
      "-scale",
      "0",
      "255",
      "0",
      String(2 ** bits - 1),
      "-ot",
      "Byte",
      inFolder("degrees.tif"),
      inFolder("steps.tif"),
    );
    translate("-of", "VRT", inFolder("steps.tif"), inFolder("steps.vrt"));
    const entries = Array.from(
      { length: 2 ** bits },
      (_, i) => `<Entry c1="${(i * 83) % 256}" c2="${255 - i}" c3="${(i * 29) % 256}" c4="255"/>`,
    );
    const vrt = readFileSync(inFolder("steps.vrt"), "utf8").replace(
      /<ColorInterp>\w+<.ColorInterp>/,
      `<ColorInterp>Palette</ColorInterp><ColorTable>${entries.join("")}</ColorTable>`,
    );
    writeFileSync(inFolder("palette.vrt"), vrt);
    translate("-co", `NBITS=${bits}`, "-co", "COMPRESS=DEFLATE", inFolder("palette.vrt"), file);
    translate("-expand", "rgba", file, inFolder("expanded.tif"));
    expectSame(await ours(file, ACROSS_EDGE), byGdal(inFolder("expanded.tif"), ACROSS_EDGE, "average"), SAME);
  });

  it.each([
    ["a palette of 8 bits", ["palette-8.tif"]],
    ["a palette of 4 bits", ["palette-4.tif"]],
    ["colours", ["degrees.tif"]],
    ["greys", ["-b", "1", "degrees.tif"]],
    ["greys of 16 bits", ["-b", "1", "-ot", "UInt16", "-scale", "0", "255", "0", "65535", "degrees.tif"]],
    ["colours with opacity", ["opacity.tif"]],
  ])("a PNG with %s, one of them clear", async (name, source) => {
    warp(
      "-t_srs",
      "EPSG:4326",
      "-te",
      "1.54",
      "50.68",
      "1.7",
      "50.79",
      "-dstalpha",
      inFolder("degrees.tif"),
      inFolder("opacity.tif"),
    );
    const words = source.map((word) => (word.endsWith(".tif") ? inFolder(word) : word));
    const clear = name.endsWith("opacity")
      ? []
      : ["-a_nodata", { "a palette of 4 bits": "7", "greys of 16 bits": "5140" }[name] ?? "20"];
    translate("-of", "PNG", "-co", "WORLDFILE=YES", ...clear, ...words, inFolder("scan.png"));
    rmSync(inFolder("scan.png.aux.xml"), { force: true });
    const eightBits = name.includes("16 bits") ? ["-ot", "Byte", "-scale", "0", "65535", "0", "255"] : [];
    const expand = name.includes("palette") ? ["-expand", "rgba"] : eightBits;
    translate("-a_srs", "EPSG:4326", ...expand, inFolder("scan.png"), inFolder("expanded.tif"));
    const at = tileAt(50.73, 1.61, 13);
    const expected = byGdal(inFolder("expanded.tif"), at, "bilinear");
    const [grey = new Uint8Array()] = expected;
    const bands = expected.length === 2 ? [grey, grey, grey, expected[1] ?? grey] : expected;
    expectSame(await ours(inFolder("scan.png"), at), bands, { ...SAME, mean: 6, lone: 1500 });
  });

  it("what is marked as no value is clear, by a number, by a mask inside the file, by opacity", async () => {
    const white = ["-a_nodata", "none"];
    warp("-t_srs", "EPSG:2154", "-dstnodata", "0", "-r", "near", inFolder("degrees.tif"), inFolder("collar.tif"));
    warp("-t_srs", "EPSG:2154", "-dstalpha", "-r", "near", inFolder("degrees.tif"), inFolder("opacity.tif"));
    const masked = ["-b", "1", "-b", "2", "-b", "3", "-mask", "4", "--config", "GDAL_TIFF_INTERNAL_MASK", "YES"];
    translate(...white, ...masked, inFolder("opacity.tif"), inFolder("mask.tif"));
    for (const name of ["collar.tif", "opacity.tif", "mask.tif"]) {
      const found = await ours(inFolder(name), ACROSS_EDGE);
      expectSame(found, byGdal(inFolder(name), ACROSS_EDGE, "average"), SAME);
      expect(found[3]?.filter((opacity) => opacity === 0).length).toBeGreaterThan(5000);
    }
  });

  it("overviews of the file are used where they are fine enough, and look like the whole", async () => {
    translate(...tiled, inFolder("degrees.tif"), inFolder("overviews.tif"));
    run("gdaladdo", "-q", "-r", "average", inFolder("overviews.tif"), "2", "4");
    const at = tileAt(50.73, 1.61, 11);
    const expected = byGdal(inFolder("degrees.tif"), at, "average");
    expectSame(await ours(inFolder("overviews.tif"), at), expected, { ...SAME, mean: 5 });
    expectSame(await ours(inFolder("degrees.tif"), at), expected, { ...SAME, mean: 5 });
    // The overviews' last rows made black: what is shown from afar is painted from them.
    const bytes = readFileSync(inFolder("overviews.tif"));
    writeFileSync(inFolder("black.tif"), bytes.fill(0, bytes.byteLength - 50_000));
    const [red] = await ours(inFolder("black.tif"), at);
    expect(red?.filter((value, i) => value === 0 && expected[3]?.[i] === 255).length).toBeGreaterThan(1000);
  });
});

describe.skipIf(!hasGdal)("a picture with a world file, as GDAL lays it (skipped without gdal-bin)", () => {
  const projectionOf = (epsg: number, form = "wkt_esri"): string =>
    run("gdalsrsinfo", "--single-line", "-o", form, `EPSG:${epsg}`).trim();

  it.each([
    ["PNG", "png", "pgw", 2154],
    ["JPEG", "jpg", "jgw", 27_700],
    ["PNG", "png", "wld", 32_631],
    ["TIFF", "tif", "tfw", 3857],
  ])("%s, .%s with .%s, EPSG:%i", async (_, extension, ending, epsg) => {
    warp("-t_srs", `EPSG:${epsg}`, "-r", "bilinear", inFolder("degrees.tif"), inFolder("placed.tif"));
    const file = inFolder(`scan.${extension}`);
    const format = { png: "PNG", jpg: "JPEG", tif: "GTiff" }[extension] ?? "";
    const plain = extension === "tif" ? ["-co", "PROFILE=BASELINE", "-co", "TFW=YES"] : ["-co", "WORLDFILE=YES"];
    translate("-of", format, ...plain, inFolder("placed.tif"), file);
    rmSync(`${file}.aux.xml`, { force: true });
    const written = extension === "tif" ? "tfw" : "wld";
    if (written !== ending) {
      copyFileSync(inFolder(`scan.${written}`), inFolder(`scan.${ending.toUpperCase()}`));
      rmSync(inFolder(`scan.${written}`));
    }
    writeFileSync(inFolder("scan.prj"), projectionOf(epsg));
    const found = await ours(file, INSIDE);
    expectSame(found, byGdal(inFolder("placed.tif"), INSIDE, "bilinear"), { ...SAME, median: 2, mean: 6 });
    for (const name of [`scan.${extension}`, `scan.${ending}`, `scan.${ending.toUpperCase()}`, "scan.prj"])
      rmSync(inFolder(name), { force: true });
  });

  it("turned, and in degrees without a word about it", async () => {
    translate("-of", "PNG", inFolder("degrees.tif"), inFolder("turned.png"));
    rmSync(inFolder("turned.png.aux.xml"), { force: true });
    writeFileSync(inFolder("turned.pgw"), "0.00014\n-0.00002\n-0.00003\n-0.0001\n1.56\n50.78\n");
    const at = tileAt(50.74, 1.61, 13);
    warp(
      "-s_srs",
      "EPSG:4326",
      "-t_srs",
      "EPSG:4326",
      "-tr",
      "0.00002",
      "0.00002",
      inFolder("turned.png"),
      inFolder("north.tif"),
    );
    expectSame(await ours(inFolder("turned.png"), at), byGdal(inFolder("north.tif"), at, "average"), {
      median: 1,
      mean: 8,
      lone: 400,
    });
  });

  it.each(SYSTEMS)("knows the system by what GDAL writes into a .prj: %s", (_, epsg) => {
    for (const form of ["wkt_esri", "wkt1", "wkt2"])
      expect([form, systemOfProjectionFile(projectionOf(epsg, form))]).toEqual([form, epsg]);
  });
});

describe.skipIf(!hasGdal)("a chart of 20,000 x 20,000 pixels (skipped without gdal-bin)", () => {
  it("is opened and shown, close and from afar, without being read whole", async () => {
    const file = inFolder("large.tif");
    const place = ["-a_srs", "EPSG:4326", "-a_ullr", "1", "51", "2", "50"];
    const form = ["-outsize", "20000", "20000", "-bands", "3", "-burn", "10", "-burn", "90", "-burn", "200"];
    run("gdal_create", "-of", "GTiff", ...form, ...place, "-co", "TILED=YES", "-co", "COMPRESS=DEFLATE", file);
    const map = await opened(file);
    const { zoomMin, zoomMax } = map.description;
    const before = process.memoryUsage().arrayBuffers;
    for (const zoom of [zoomMax, zoomMin]) {
      const tile = await map.tile(tileAt(50.5, 1.5, zoom));
      if (!tile.ok || !tile.value) throw new Error("the chart is there");
      writeFileSync(inFolder("tile.png"), tile.value);
      const middle = bandsOf(inFolder("tile.png")).map((band) => band[128 * TILE_PX + 128]);
      expect(middle).toEqual([10, 90, 200, 255]);
    }
    // Of 1.6 GB of colours.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(300e6);
    await map.close();
  });
});
