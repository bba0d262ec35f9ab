import { mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { packManifestText } from "../geo/pack/packManifest.js";
import { hgtFile } from "../geo/terrain/testing/hgtFile.js";
import { colourPng } from "../io/pictures/testing/colourPng.js";
import { groundInventory } from "./groundInventory.js";
import { startMapService } from "./maps/stationMaps.js";
import { writePmTiles } from "./maps/testing/tileFiles.js";
import { startTerrainService } from "./terrain/stationTerrain.js";

const AROUND = { southDeg: 50, westDeg: 1, northDeg: 51, eastDeg: 2 };

/** An imported pack with a map, in a station's data folder. */
function withPack() {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "vigie-inventory-"));
  const folder = path.join(dataFolder, "packs", "opal");
  mkdirSync(folder, { recursive: true });
  const map = path.join(folder, "opal.pmtiles");
  const tiles = [{ zoom: 3, column: 4, row: 2, bytes: Buffer.from("tile") }];
  writePmTiles(map, { tiles, encoding: "png", metadata: { name: "Opal coast", attribution: "of the file" } });
  const manifest = packManifestText({
    ...{ name: "opal", area: AROUND, madeAtUnixMs: 0 },
    files: [
      {
        ...{ path: "opal.pmtiles", kind: "map", sizeBytes: statSync(map).size, sha256: "0".repeat(64) },
        ...{ attribution: "© OpenStreetMap contributors", dataDate: "2026-10" },
      },
    ],
  });
  writeFileSync(path.join(folder, "manifest.json"), manifest);
  return { dataFolder, map };
}

describe("the station's files of the ground", () => {
  it("are known by what was read of them and by what their pack says, broken ones too", async () => {
    const { dataFolder, map } = withPack();
    const heights = hgtFile(() => 4);
    const tiles = path.join(dataFolder, "heights.terrarium.pmtiles");
    const bytes = colourPng({ widthPx: 64, heightPx: 64, colourAt: () => 0x80_04_00 });
    writePmTiles(tiles, { tiles: [{ zoom: 12, column: 2066, row: 1376, bytes }], encoding: "png", metadata: {} });
    const broken = path.join(dataFolder, "broken.pmtiles");
    writeFileSync(broken, "no map");
    const [terrainFiles, mapFiles] = [
      [heights, tiles, "/nowhere/else.tif"],
      [broken, map],
    ];
    const quiet = { log: () => undefined };
    const files = await groundInventory({
      ...{ terrainFiles, mapFiles, dataFolder },
      terrain: startTerrainService({ files: terrainFiles, ...quiet, onRead: () => undefined }),
      maps: startMapService({ files: mapFiles, cacheFolder: dataFolder, ...quiet }),
    });
    const unsaid = { pack: undefined, dataDate: undefined, attribution: undefined, resolutionM: undefined };
    expect(files).toEqual([
      {
        ...unsaid,
        ...{ kind: "terrain", name: "N50E001.hgt", sizeBytes: 1201 * 1201 * 2, isUsed: true },
        resolutionM: expect.closeTo(92.6, 0),
        bounds: AROUND,
      },
      {
        ...unsaid,
        ...{ kind: "terrain", name: "heights.terrarium.pmtiles, zoom 12", isUsed: true },
        ...{ sizeBytes: statSync(tiles).size, resolutionM: expect.closeTo(96.7, 0), bounds: expect.anything() },
      },
      { ...unsaid, kind: "terrain", name: "else.tif", sizeBytes: undefined, bounds: undefined, isUsed: false },
      { ...unsaid, kind: "map", name: "broken.pmtiles", sizeBytes: 6, bounds: undefined, isUsed: false },
      {
        ...unsaid,
        ...{ kind: "map", name: "Opal coast", pack: "opal", dataDate: "2026-10", isUsed: true },
        ...{ attribution: "© OpenStreetMap contributors", sizeBytes: statSync(map).size, bounds: expect.anything() },
      },
    ]);
  });
});
