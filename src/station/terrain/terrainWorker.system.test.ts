/** The built terrain worker: files are read on its thread, once, into memory that all threads share. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { heightGridOf } from "../../geo/terrain/heightGrid.js";
import { straightCoast } from "../../geo/testing/coasts.js";
import { hgtFile } from "../../geo/terrain/testing/hgtFile.js";
import { writePlanFile } from "../../plan/formats/planFile.js";
import { commandAt, planOfItems } from "../../plan/testing/planBuilders.js";
import { colourPng } from "../../io/pictures/testing/colourPng.js";
import { writeMbTiles, writePmTiles } from "../maps/testing/tileFiles.js";
import { startTerrainService } from "./stationTerrain.js";

const HILL = hgtFile((northDeg, eastDeg) => 1000 * northDeg + 100 * eastDeg);
const MIDDLE = { latitudeDeg: 50.5, longitudeDeg: 1.6 };

function aService(files: readonly string[], workerFile = path.resolve("dist/node/terrainWorker.cjs")) {
  const log: string[] = [];
  return {
    log,
    service: startTerrainService({ files, workerFile, log: (line) => log.push(line), onRead: () => undefined }),
  };
}

describe("the terrain worker", () => {
  it("reads what it can, says what it cannot, and gives heights in shared memory", async () => {
    const { service, log } = aService([HILL, "/nowhere/else.tif"]);
    await service.isRead;
    const [raster] = service.rasters();
    expect(raster?.heightsM.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(service.terrain().model?.levelAt(MIDDLE)?.heightAmslM).toBeCloseTo(560, 0);
    expect(service.terrain().isPartMissing).toBe(true);
    expect(log).toEqual(["vigie: /nowhere/else.tif: no heights from it (not-there)"]);
    await service.dispose();
  });

  it("reads tiles too, and says of one that is damaged what kind of trouble it is", async () => {
    const inFolder = (name: string): string => path.join(path.dirname(HILL), name);
    const bytes = colourPng({ widthPx: 64, heightPx: 64, colourAt: () => 0x80_54_80 });
    const tiles = { tiles: [{ zoom: 8, column: 129, row: 86, bytes }], metadata: { encoding: "terrarium" } };
    writeMbTiles(inFolder("hill.mbtiles"), tiles);
    writePmTiles(inFolder("hill.pmtiles"), { ...tiles, encoding: "png" });
    const cut = [{ zoom: 8, column: 129, row: 86, bytes: bytes.subarray(0, 50) }];
    writeMbTiles(inFolder("cut.mbtiles"), { ...tiles, tiles: cut });
    const { service, log } = aService(["hill.mbtiles", "hill.pmtiles", "cut.mbtiles"].map(inFolder));
    await service.isRead;
    expect(service.rasters().map(({ name }) => name)).toEqual(["hill.mbtiles, zoom 8", "hill.pmtiles, zoom 8"]);
    expect(service.terrain().model?.levelAt(MIDDLE)?.heightAmslM).toBe(84.5);
    expect(log).toEqual([`vigie: ${inFolder("cut.mbtiles")}: no heights from it (bad-tile)`]);
    await service.dispose();
  });

  it("looks heights up for several screens at once, and none after its end", async () => {
    const { service } = aService([HILL]);
    const asked = [0.3, 0.5, 0.7].map((northDeg) => ({
      ...{ middle: { latitudeDeg: 50 + northDeg, longitudeDeg: 1.6 }, halfWidthM: 500, countPerSide: 5 },
    }));
    const bytes = await Promise.all(asked.map((square) => service.heights(square)));
    const middles = bytes.map((found) => found && heightGridOf(found, 500)?.heightsM[12]);
    [360, 560, 760].forEach((heightM, i) => expect(middles[i]).toBeCloseTo(heightM, 0));
    await service.dispose();
    expect(await service.heights({ middle: MIDDLE, halfWidthM: 500, countPerSide: 5 })).toBeUndefined();
  });

  it("checks a plan over the ground, by the coast's line where there is one, and answers whoever waits when it ends", async () => {
    const cliff = hgtFile((_, eastDeg) => (eastDeg < 0.59 ? -32768 : eastDeg > 0.62 ? 120 : 4));
    const { service } = aService([cliff]);
    const planText = writePlanFile(planOfItems([commandAt(22, 0, 0), commandAt(16, -3000, 0), commandAt(16, 2000, 0)]));
    const coastJson = JSON.stringify(straightCoast());
    const kinds = async (coast: string | undefined) => {
      const found = await service.overGround({ planText, coastJson: coast });
      return found?.ok === true ? found.value.findings.map(({ kind, severity }) => `${kind} ${severity}`) : found;
    };
    expect(await kinds(undefined)).toEqual(["below-ground danger", "terrain-unknown caution"]);
    expect(await kinds(coastJson)).toEqual(["below-ground danger"]);
    expect(await service.overGround({ planText: "no plan", coastJson })).toMatchObject({ ok: false });
    const last = service.overGround({ planText, coastJson });
    await service.dispose();
    expect([await last, await kinds(coastJson)].length).toBe(2);
  });

  it("that is ended while it reads keeps nobody waiting", async () => {
    const { service, log } = aService(Array.from({ length: 20 }, () => HILL));
    await service.dispose();
    await service.isRead;
    expect(service.terrain().isPartMissing).toBe(true);
    expect(log).toEqual([]);
  });

  it("that dies leaves the ground unknown, not the station waiting", async () => {
    const broken = path.join(path.dirname(HILL), "broken.cjs");
    writeFileSync(broken, "throw new Error('no memory');");
    const { service, log } = aService([HILL], broken);
    await service.isRead;
    expect(service.terrain()).toEqual({ model: undefined, isPartMissing: true });
    expect(log.join()).toContain("no memory");
    expect(await service.heights({ middle: MIDDLE, halfWidthM: 500, countPerSide: 5 })).toBeUndefined();
  });
});
