/** Files of heights in tiles, good and hostile, as `vigie where`, `fly` and the station are given them. */
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { positionOfTilePoint, type TileAddress } from "../../geo/tiles/webMercator.js";
import { colourPng } from "../../io/pictures/testing/colourPng.js";
import { writeMbTiles, writePmTiles, type WrittenTile } from "../maps/testing/tileFiles.js";
import { readTerrainFile } from "./readTerrainFile.js";
import { terrainLine } from "./terrainLine.js";

const folder = mkdtempSync(path.join(tmpdir(), "vigie-height-tiles-"));
const at = (name: string): string => path.join(folder, name);

/** A level tile, terrarium. */
const level = (heightM: number, sidePx = 64): Buffer =>
  colourPng({ widthPx: sidePx, heightPx: sidePx, colourAt: () => Math.round((heightM + 32_768) * 256) });
const tile = (zoom: number, column: number, row: number, bytes: Uint8Array = level(10 * zoom)): WrittenTile => ({
  ...{ zoom, column, row, bytes },
});
const middle = ({ zoom, column, row }: TileAddress) =>
  positionOfTilePoint({ zoom, column: column + 0.5, row: row + 0.5 });

type Metadata = Readonly<Record<string, string>>;
const TERRARIUM: Metadata = { encoding: "terrarium" };

let countOfFiles = 0;
function written(
  tiles: readonly WrittenTile[],
  { ending = ".pmtiles", metadata = TERRARIUM }: { readonly ending?: string; readonly metadata?: Metadata } = {},
): string {
  const file = at(`heights-${countOfFiles++}${ending}`);
  if (ending.endsWith("pmtiles")) writePmTiles(file, { tiles, encoding: "png", metadata });
  else writeMbTiles(file, { tiles, metadata });
  return file;
}
async function sourceOf(file: string) {
  const read = await readTerrainFile(file);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
async function problemOf(file: string) {
  const read = await readTerrainFile(file);
  return read.ok ? undefined : read.error;
}

const HERE = { zoom: 12, column: 2066, row: 1376 };

describe.each([".pmtiles", ".mbtiles"])("heights in tiles, %s", (ending) => {
  const coarse = tile(11, 1033, 688);

  it("are those of the deepest zoom, which the source's name says", async () => {
    const file = written([coarse, tile(12, 2066, 1376, level(134.5)), tile(12, 2068, 1376, level(-2))], { ending });
    const source = await sourceOf(file);
    expect(source.name).toBe(`${path.basename(file)}, zoom 12`);
    expect(source.heightAt(middle(HERE))).toBe(134.5);
    expect(source.heightAt(middle({ ...HERE, column: 2068 }))).toBe(-2);
    // Between two tiles is one that is missing, which a coarser zoom would have.
    expect(source.heightAt(middle({ ...HERE, column: 2067 }))).toBeUndefined();
    expect(source.heightAt(middle({ ...HERE, row: 1377 }))).toBeUndefined();
    expect(source).toMatchObject({ datum: "egm96", accuracy: { verticalSigmaM: 10 } });
  });

  it("that lie too far apart for one raster are those of a coarser zoom, and the name says of which", async () => {
    const far = [tile(18, 0, 100_000), tile(18, 200_000, 100_000)];
    const source = await sourceOf(written([coarse, ...far], { ending }));
    expect(source.name).toMatch(/, zoom 11 of 18$/);
    expect(source.heightAt(middle(coarse))).toBe(110);
    expect(await problemOf(written(far, { ending }))).toMatchObject({ kind: "too-many-tiles" });
  });

  it("need no statement where the name has the word, and are refused without either", async () => {
    const byName = written([tile(12, 2066, 1376, level(7))], { ending: `.terrarium${ending}`, metadata: {} });
    expect((await sourceOf(byName)).heightAt(middle(HERE))).toBe(7);
    const silent = written([coarse], { ending, metadata: {} });
    expect(await problemOf(silent)).toEqual({ kind: "no-height-encoding", stated: undefined });
    const other = written([coarse], { ending, metadata: { encoding: "custom" } });
    expect(await problemOf(other)).toEqual({ kind: "no-height-encoding", stated: "custom" });
  });

  it("stated to be of the other kind are refused, not believed", async () => {
    const lying = written([coarse], { ending, metadata: { encoding: "mapbox" } });
    expect(await problemOf(lying)).toMatchObject({ kind: "no-such-height" });
  });

  it("with one tile that is cut off, of another size or no picture are refused, and it is named", async () => {
    const withTile = (bytes: Uint8Array) =>
      problemOf(written([tile(12, 2065, 1376), tile(12, 2066, 1376, bytes)], { ending }));
    const whole = level(5);
    const bad = { kind: "bad-tile", tile: HERE };
    expect(await withTile(whole.subarray(0, 60))).toMatchObject({ ...bad, problem: { kind: "cut-off" } });
    expect(await withTile(Buffer.from("<html>"))).toMatchObject({ ...bad, problem: { kind: "not-a-picture" } });
    expect(await withTile(level(5, 128))).toMatchObject({ kind: "tile-size", widthPx: 128, heightPx: 128 });
    const wide = colourPng({ widthPx: 64, heightPx: 32, colourAt: () => 0x80_00_00 });
    expect(await withTile(wide)).toMatchObject({ kind: "tile-size", heightPx: 32 });
    expect(await problemOf(written([tile(12, 2066, 1376, level(5, 48))], { ending }))).toMatchObject({
      kind: "tile-size",
    });
    const huge = colourPng({ widthPx: 4096, heightPx: 1, colourAt: () => 0x80_00_00 });
    expect(await withTile(huge)).toMatchObject({ ...bad, problem: { kind: "too-many-pixels" } });
  });

  it("of a file that is something else, cut off or empty are refused with a word", async () => {
    const other = at(`other${ending}`);
    writeFileSync(other, "II*\0 and so on");
    expect((await problemOf(other))?.kind).toMatch(/^(no-tile-file|damaged)$/);
    expect(await problemOf(at(`nowhere${ending}`))).toEqual({ kind: "not-there" });
    const cut = written([tile(12, 2066, 1376, Buffer.concat([level(5), Buffer.alloc(50_000)]))], { ending });
    truncateSync(cut, readFileSync(cut).byteLength - 45_000);
    expect((await problemOf(cut))?.kind).toBe("damaged");
  });
});

describe("what is wrong with a tile", () => {
  it.each([
    ["is cut off", level(5).subarray(0, 60)],
    ["is no PNG", Buffer.from("<html>")],
    ["is WebP: heights are read from PNG alone", Buffer.from("RIFF\x24\0\0\0WEBPVP8L", "latin1")],
  ])("is said in words: %s", async (words, bytes) => {
    const problem = await problemOf(written([tile(12, 2066, 1376, bytes)]));
    expect(problem && terrainLine("a.pmtiles", problem)).toBe(`a.pmtiles: its tile 12/2066/1376 ${words}`);
  });
});

describe("a header that lies", () => {
  /** Bytes 100 and 101: the least and the greatest zoom. */
  const withZooms = (least: number, most: number): string => {
    const file = written([tile(12, 2066, 1376)]);
    const bytes = readFileSync(file);
    bytes.set([least, most], 100);
    writeFileSync(file, bytes);
    return file;
  };

  it("about its zooms does no harm: what the directory lists is read", async () => {
    expect((await sourceOf(withZooms(0, 255))).name).toMatch(/zoom 12$/);
    expect(await problemOf(withZooms(0, 5))).toEqual({ kind: "no-tiles" });
    expect(await problemOf(withZooms(9, 3))).toEqual({ kind: "no-tiles" });
  });

  it("an MBTiles file with a tile beside the earth is damaged", async () => {
    const file = written([tile(12, 2066, 1376), tile(12, 5000, 1376)], { ending: ".mbtiles" });
    expect(await problemOf(file)).toEqual({ kind: "damaged", because: "a tile beside the earth" });
  });
});
