/** The built map worker, and MBTiles that GDAL has written, at places that GDAL calculates. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import type { Position } from "../../geo/position.js";
import { tilePointOf } from "../../geo/tiles/webMercator.js";
import { decodePicture } from "../../io/pictures/readPicture.js";
import { encodeGreyPng } from "../../io/png.js";
import { type MapService, startMapService } from "./stationMaps.js";
import { writePmTiles } from "./testing/tileFiles.js";

const hasGdal = spawnSync("gdalinfo", ["--version"]).status === 0;
let folder = "";
const inFolder = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vigie-map-worker-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function aService(files: readonly string[], workerFile = path.resolve("dist/node/mapWorker.cjs")) {
  const log: string[] = [];
  const options = { files, cacheFolder: inFolder("cache"), workerFile, log: (line: string) => log.push(line) };
  return { log, service: startMapService(options) };
}

function run(program: string, words: readonly string[], input = ""): string {
  const { stdout, stderr, status } = spawnSync(program, words, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${stderr}`);
  return stdout;
}

/** The grey of a map at a place, from the tile of that zoom. */
async function greyAt(service: MapService, zoom: number, position: Position): Promise<number> {
  const at = tilePointOf(position, zoom);
  const tile = { mapId: "map-0", zoom, column: Math.floor(at.column), row: Math.floor(at.row) };
  const { bytes } = await service.tile(tile);
  const picture = await decodePicture(bytes ?? new Uint8Array());
  if (!picture.ok) throw new Error(picture.error.kind);
  const { widthPx, samples } = picture.value;
  const [x, y] = [Math.floor((at.column % 1) * widthPx), Math.floor((at.row % 1) * widthPx)];
  return samples[y * widthPx + x] ?? Number.NaN;
}

describe("the map worker", () => {
  const TILE = { zoom: 3, column: 4, row: 2 };

  it("opens what it can, says what it cannot, and gives tiles to several at once", async () => {
    const tiles = [0, 1, 2].map((row) => ({ ...TILE, row, bytes: Buffer.from(`row ${row}`) }));
    writePmTiles(inFolder("a.pmtiles"), { tiles, encoding: "png", metadata: { name: "A" } });
    const { service, log } = aService(["/nowhere/b.mbtiles", inFolder("a.pmtiles")]);
    expect(await service.maps()).toMatchObject([{ id: "map-1", name: "A", isOnline: false }]);
    expect(log).toEqual(["vigie: no map from /nowhere/b.mbtiles: no such file"]);
    const found = await Promise.all([0, 1, 2].map((row) => service.tile({ mapId: "map-1", ...TILE, row })));
    expect(found.map(({ bytes }) => Buffer.from(bytes ?? []).toString())).toEqual(["row 0", "row 1", "row 2"]);
    expect(await service.tile({ mapId: "map-7", ...TILE })).toEqual({ bytes: undefined, isLater: false });
    await service.dispose();
    expect(await service.tile({ mapId: "map-1", ...TILE })).toEqual({ bytes: undefined, isLater: false });
    expect(log).toHaveLength(1);
  });

  it("fetches from the server of a document, and says 'later' when that is away", async () => {
    const server = createServer((_, response) => response.end("a tile"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/{z}/{x}/{y}`;
    writeFileSync(inFolder("s.map.json"), JSON.stringify({ name: "S", attribution: "© S", url, zoomMax: 19 }));
    const { service } = aService([inFolder("s.map.json")]);
    expect(await service.maps()).toMatchObject([{ name: "S", attribution: "© S", isOnline: true, zoomMax: 19 }]);
    const here = await service.tile({ mapId: "map-0", ...TILE });
    expect(Buffer.from(here.bytes ?? []).toString()).toBe("a tile");
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await service.tile({ mapId: "map-0", ...TILE, row: 5 })).toEqual({ bytes: undefined, isLater: true });
    await service.dispose();
  });

  it("that dies leaves no map and nobody waiting", async () => {
    writeFileSync(inFolder("broken.cjs"), "throw new Error('no memory');");
    const { service, log } = aService([inFolder("a.pmtiles")], inFolder("broken.cjs"));
    const [maps, tile] = await Promise.all([service.maps(), service.tile({ mapId: "map-0", ...TILE })]);
    expect([maps, tile.bytes]).toEqual([[], undefined]);
    expect(log.join()).toContain("no memory");
    await service.dispose();
  });
});

describe.skipIf(!hasGdal)("MBTiles that GDAL has written (skipped without gdal-bin)", () => {
  const SIDE_PX = 768;
  /** Web Mercator, metres: about 6 by 6 km around Boulogne. */
  const [WEST, NORTH, EAST, SOUTH] = [174_000, 6_582_000, 183_000, 6_573_000];

  it("shows at each place the pixel that GDAL finds there", async () => {
    const luma = Uint8Array.from({ length: SIDE_PX * SIDE_PX }, (_, i) => {
      const [x, y] = [i % SIDE_PX, Math.floor(i / SIDE_PX)];
      return ((x >> 4) * 37 + (y >> 4) * 91) % 251;
    });
    writeFileSync(inFolder("plain.png"), encodeGreyPng(SIDE_PX, SIDE_PX, luma));
    const corners = [WEST, NORTH, EAST, SOUTH].map(String);
    const words = ["-q", "-a_srs", "EPSG:3857", "-a_ullr", ...corners, inFolder("plain.png"), inFolder("placed.tif")];
    run("gdal_translate", words);
    run("gdal_translate", [
      "-q",
      "-of",
      "MBTiles",
      "-co",
      "TILE_FORMAT=PNG",
      inFolder("placed.tif"),
      inFolder("g.mbtiles"),
    ]);
    const { service } = aService([inFolder("g.mbtiles")]);
    const [map] = await service.maps();
    if (!map) throw new Error("GDAL's file is a map");
    expect(map.encoding).toBe("png");
    const [, columns = "", rows = ""] = /Size is (\d+), (\d+)/.exec(run("gdalinfo", [inFolder("g.mbtiles")])) ?? [];
    const rng = seededRng(4);
    const pixels = Array.from({ length: 200 }, () => [
      Math.floor(rng.uniform() * Number(columns)),
      Math.floor(rng.uniform() * Number(rows)),
    ]);
    const middles = pixels.map(([column = 0, row = 0]) => `${column + 0.5} ${row + 0.5}`).join("\n");
    const places = run("gdaltransform", ["-t_srs", "EPSG:4326", inFolder("g.mbtiles")], middles)
      .trim()
      .split("\n");
    const lines = pixels.map((at) => at.join(" ")).join("\n");
    const expected = run("gdallocationinfo", ["-valonly", "-b", "1", inFolder("g.mbtiles")], lines)
      .trim()
      .split("\n");
    const found: string[] = [];
    for (const place of places) {
      const [longitudeDeg = Number.NaN, latitudeDeg = Number.NaN] = place.split(" ").map(Number);
      found.push(String(await greyAt(service, map.zoomMax, { latitudeDeg, longitudeDeg })));
    }
    expect(found).toEqual(expected);
    await service.dispose();
  });
});
