/** Tiles of heights that GDAL has made, as PNG in an MBTiles file, against the heights that they were made of. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { readTerrainFile } from "../../station/terrain/readTerrainFile.js";

const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;
const SIDE = 1201;
const COUNT = 2000;

let folder = "";
const inFolder = (name: string): string => path.join(folder, name);

function run(program: string, words: readonly string[], input = ""): string {
  const { stdout, stderr, status } = spawnSync(program, words, { input, encoding: "utf8", maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
  return stdout;
}

/** Hills of tens of metres, a cliff, and land under the sea's level, in half metres. */
const heightAt = (column: number, row: number): number =>
  60 * Math.sin(column / 37) * Math.cos(row / 53) +
  (column > 600 ? 134 : -3) +
  ((column * 7919 + row * 104_729) % 5) / 2;

const ZOOM = 12;
const PIXEL_M = (2 * Math.PI * 6_378_137) / 2 ** (ZOOM + 8);
const HALF_M = Math.PI * 6_378_137;
/** Six by five tiles, within the square degree; less than whole tiles, so that some are filled in part. */
const [WEST_PX, NORTH_PX, COLUMNS, ROWS] = [2064 * 256, 1376 * 256, 6 * 256 - 100, 5 * 256 - 70];

/** One byte of the number that stands for a height. */
const CALCULATIONS = {
  terrarium: "floor((A.astype(float64) + 32768) * 256 + 0.5)",
  mapbox: "floor((A.astype(float64) + 10000) * 10 + 0.5)",
};

beforeAll(() => {
  if (!hasGdal) return;
  folder = mkdtempSync(path.join(tmpdir(), "vigie-height-tiles-"));
  const heights = Float32Array.from({ length: SIDE * SIDE }, (_, i) => heightAt(i % SIDE, Math.floor(i / SIDE)));
  writeFileSync(inFolder("heights.raw"), new Uint8Array(heights.buffer));
  writeFileSync(
    inFolder("heights.vrt"),
    `<VRTDataset rasterXSize="${SIDE}" rasterYSize="${SIDE}"><SRS>EPSG:4326</SRS>
    <GeoTransform>1, ${1 / SIDE}, 0, 51, 0, ${-1 / SIDE}</GeoTransform>
    <VRTRasterBand dataType="Float32" band="1" subClass="VRTRawRasterBand"><SourceFilename relativeToVRT="1">heights.raw</SourceFilename>
    <ByteOrder>LSB</ByteOrder></VRTRasterBand></VRTDataset>`,
  );
  const [westM, northM] = [WEST_PX * PIXEL_M - HALF_M, HALF_M - NORTH_PX * PIXEL_M];
  const extent = [westM, northM - ROWS * PIXEL_M, westM + COLUMNS * PIXEL_M, northM].map(String);
  run("gdalwarp", [
    ...["-q", "-t_srs", "EPSG:3857", "-r", "bilinear", "-te", ...extent],
    ...["-ts", String(COLUMNS), String(ROWS), inFolder("heights.vrt"), inFolder("mercator.tif")],
  ]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The heights as colours, by GDAL's calculator, then as tiles, by its writer. */
function tilesOf(encoding: keyof typeof CALCULATIONS): string {
  const number = CALCULATIONS[encoding];
  const bytes = [65_536, 256, 1].flatMap((unit) => ["--calc", `floor(${number} / ${unit}) % 256`]);
  const colours = inFolder(`${encoding}.tif`);
  const words = ["--quiet", "-A", inFolder("mercator.tif"), ...bytes, "--type", "Byte", "--outfile", colours];
  run("gdal_calc.py", words);
  const file = inFolder(`calais.${encoding}.mbtiles`);
  run("gdal_translate", ["-q", "-of", "MBTiles", "-co", "RESAMPLING=NEAREST", colours, file]);
  return file;
}

type Sample = { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly heightM: number };

/** The middles of the source's pixels: GDAL's own way from pixel to place. */
function middles(): readonly Sample[] {
  const rng = seededRng(8);
  const pixels = Array.from({ length: COUNT }, () => [
    Math.floor(rng.uniform() * COLUMNS),
    Math.floor(rng.uniform() * ROWS),
  ]);
  const file = inFolder("mercator.tif");
  const input = pixels.map(([column = 0, row = 0]) => `${column + 0.5} ${row + 0.5}`).join("\n");
  const places = run("gdaltransform", ["-t_srs", "EPSG:4326", file], input).trim().split("\n");
  const heights = run("gdallocationinfo", ["-valonly", file], pixels.map((at) => at.join(" ")).join("\n"));
  return samplesOf(places, heights);
}

/** Places between them, over the cliff: GDAL interpolates into a grid of degrees, finer than the pixels, else it would smooth. */
function between(): readonly Sample[] {
  const file = inFolder("degrees.tif");
  const extent = ["-te", "1.49", "50.6", "1.505", "50.61", "-ts", "61", "59"];
  run("gdalwarp", [
    "-q",
    "-overwrite",
    "-et",
    "0",
    "-t_srs",
    "EPSG:4326",
    "-r",
    "bilinear",
    ...extent,
    inFolder("mercator.tif"),
    file,
  ]);
  const pixels = Array.from({ length: 61 * 59 }, (_, i) => [i % 61, Math.floor(i / 61)]);
  const places = pixels.map(
    ([column = 0, row = 0]) => `${1.49 + ((column + 0.5) * 0.015) / 61} ${50.61 - ((row + 0.5) * 0.01) / 59}`,
  );
  return samplesOf(places, run("gdallocationinfo", ["-valonly", file], pixels.map((at) => at.join(" ")).join("\n")));
}

const samplesOf = (places: readonly string[], heights: string): readonly Sample[] =>
  heights
    .trim()
    .split("\n")
    .map((height, i) => {
      const [longitudeDeg = 0, latitudeDeg = 0] = (places[i] ?? "").split(" ").map(Number);
      return { latitudeDeg, longitudeDeg, heightM: Number(height) };
    });

describe.skipIf(!hasGdal)("tiles of heights made by GDAL (skipped without gdal-bin)", () => {
  it.each([
    ["terrarium", 1 / 256],
    ["mapbox", 0.1],
  ] as const)("%s: each height is its own, within half of what a colour counts in", async (encoding, quantumM) => {
    const read = await readTerrainFile(tilesOf(encoding));
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const source = read.value;
    expect(source.name).toBe(`calais.${encoding}.mbtiles, zoom 12`);
    const worstM = (samples: readonly Sample[]): number =>
      samples.reduce(
        (worst, { heightM, ...position }) =>
          Math.max(worst, Math.abs((source.heightAt(position) ?? Number.NaN) - heightM)),
        0,
      );
    const [exact, interpolated] = [middles(), between()];
    expect(exact).toHaveLength(COUNT);
    expect(worstM(exact)).toBeLessThanOrEqual(quantumM / 2 + 0.001);
    expect(interpolated.length).toBeGreaterThan(3000);
    expect(worstM(interpolated)).toBeLessThanOrEqual(quantumM / 2 + 0.01);
    // Tiles that GDAL filled in part have black or transparent pixels there.
    expect(source.heightAt({ latitudeDeg: 50.7, longitudeDeg: 1.9205 })).toBeUndefined();
    expect(
      readFileSync(inFolder(`calais.${encoding}.mbtiles`))
        .subarray(0, 15)
        .toString(),
    ).toBe("SQLite format 3");
  });
});
