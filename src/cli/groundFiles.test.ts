import { copyFileSync, mkdtempSync, symlinkSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aGeoTiff } from "../io/geoTiff/testing/tiffBytes.js";
import { writePmTiles } from "../station/maps/testing/tileFiles.js";
import { nodeIo } from "./commandIo.js";
import { usableGround } from "./groundFiles.js";
import { runPack } from "./packCommand.js";

const folder = mkdtempSync(path.join(tmpdir(), "vigie-ground-"));
const at = (name: string): string => path.join(folder, name);
writePmTiles(at("opal.pmtiles"), {
  tiles: [{ zoom: 3, column: 4, row: 2, bytes: Buffer.from("tile") }],
  ...{ encoding: "png", metadata: {} },
});
writeFileSync(at("heights.tif"), aGeoTiff([]));
copyFileSync(at("heights.tif"), at("given.tif"));

const data = at("data");
const inPack = (pack: string, name: string): string => path.join(data, "packs", pack, name);
const none = { terrain: undefined, maps: undefined };
let log: string[] = [];

async function importPack(name: string): Promise<void> {
  const env = { io: { ...nodeIo, stdout: () => undefined, stderr: () => undefined }, dataFolder: data };
  const out = at(`${name}.vigiepack`);
  const files = ["--map", at("opal.pmtiles"), "--terrain", at("heights.tif")];
  for (const words of [
    ["make", "--name", name, "--out", out, ...files],
    ["import", out],
  ])
    expect(await runPack(words, { ...env, nowUnixMs: 0, shouldStop: () => false })).toBe(0);
}

beforeEach(async () => {
  rmSync(data, { recursive: true, force: true });
  await importPack("Opal");
  log = [];
  vi.spyOn(process.stderr, "write").mockImplementation((line) => log.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("the maps and heights that a station is started with", () => {
  it("are those given, then those of the packs, each once", async () => {
    const given = { terrain: [at("given.tif")], maps: [inPack("Opal", "opal.pmtiles")] };
    expect(await usableGround("vigie", given, data)).toEqual({
      terrain: [at("given.tif"), inPack("Opal", "heights.tif")],
      maps: [inPack("Opal", "opal.pmtiles")],
    });
    expect(log).toEqual([]);
  });

  it("without packs, or where none are asked for, are those given", async () => {
    expect(await usableGround("vigie", none, at("empty"))).toEqual(none);
    expect(await usableGround("vigie", none, undefined)).toEqual(none);
  });

  it("a broken pack is a line, and the other one is used", async () => {
    await importPack("Second");
    truncateSync(inPack("Opal", "opal.pmtiles"), 30);
    expect(await usableGround("vigie", none, data)).toEqual({
      terrain: [inPack("Second", "heights.tif")],
      maps: [inPack("Second", "opal.pmtiles")],
    });
    expect(log).toEqual([
      expect.stringMatching(/^vigie: pack Opal: opal\.pmtiles in it has 30 bytes instead of the \d+/),
    ]);
  });

  it("a file of a pack that is damaged without changing its size is left out, and its neighbour is used", async () => {
    writeFileSync(inPack("Opal", "heights.tif"), Buffer.alloc(aGeoTiff([]).length));
    expect(await usableGround("vigie", none, data)).toEqual({
      terrain: undefined,
      maps: [inPack("Opal", "opal.pmtiles")],
    });
    expect(log).toEqual([
      "vigie: pack Opal: heights.tif: is no file of heights: DTED, SRTM's .hgt, GeoTIFF, PMTiles and MBTiles are read\n",
    ]);
  });

  it("a link in the place of a file is not followed", async () => {
    rmSync(inPack("Opal", "heights.tif"));
    symlinkSync(at("heights.tif"), inPack("Opal", "heights.tif"));
    expect(await usableGround("vigie", none, data)).toEqual(none);
    expect(log).toEqual(["vigie: pack Opal: heights.tif is missing from it\n"]);
  });

  it("a given file that cannot be used refuses the start", async () => {
    expect(await usableGround("vigie", { terrain: [at("none.tif")], maps: undefined }, data)).toBeUndefined();
    expect(log).toEqual([`vigie: ${at("none.tif")}: no such file\n`]);
  });
});
