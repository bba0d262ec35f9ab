/** Drawings that GDAL has written, as they come out of our vector tiles, against GDAL's own reading; KMZ files that lie. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { VectorTile } from "@mapbox/vector-tile";
import { strToU8, zipSync } from "fflate";
import { PbfReader } from "pbf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeColourPng } from "../../io/png.js";
import { type TileAddress, tilePointOf } from "../../geo/tiles/webMercator.js";
import { mapLine, mapRemarkLine } from "./mapLine.js";
import { openMaps } from "./openMaps.js";

const hasGdal = spawnSync("ogrinfo", ["--version"]).status === 0;
let folder = "";
const inFolder = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "vigie-overlay-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (...files: readonly string[]) => openMaps({ files, cacheFolder: inFolder("cache") });

type Pair = readonly [number, number];
const corner = (i: number): Pair => [1.6 + 0.004 * Math.sin(i * 0.7), 50.72 + 0.003 * Math.cos(i * 0.7)];
const RING = [...Array.from({ length: 9 }, (_, i) => corner(i)), corner(0)];
const HOLE = RING.map(([east, north]): Pair => [1.6 + (east - 1.6) / 3, 50.72 + (north - 50.72) / 3]);
const feature = (name: string, type: string, coordinates: unknown) => ({
  type: "Feature",
  properties: { Name: name },
  geometry: { type, coordinates },
});
const DRAWING = {
  type: "FeatureCollection",
  features: [
    feature("Phare", "Point", corner(3)),
    feature("Chenal", "LineString", RING.slice(0, 6)),
    feature("Zone", "Polygon", [RING, HOLE]),
  ],
};
/** The tile that holds all of it. */
const HERE: TileAddress = (() => {
  const { column, row } = tilePointOf({ latitudeDeg: 50.72, longitudeDeg: 1.6 }, 13);
  return { zoom: 13, column: Math.floor(column), row: Math.floor(row) };
})();

const EVERY_TYPE = { Point: 1, LineString: 2, Polygon: 3 } as const;

describe.skipIf(!hasGdal)("a drawing, as GDAL reads it (skipped without gdal-bin)", () => {
  it.each([
    ["KML", "zones.kml"],
    ["LIBKML", "zones-lib.kml"],
    ["LIBKML", "zones.kmz"],
    ["GeoJSON", "zones.geojson"],
  ])("%s, %s", async (driver, name) => {
    writeFileSync(inFolder("drawing.json"), JSON.stringify(DRAWING));
    const file = inFolder(name);
    const made = spawnSync("ogr2ogr", ["-f", driver, "-overwrite", file, inFolder("drawing.json")], {
      encoding: "utf8",
    });
    expect([made.status, made.stderr]).toEqual([0, ""]);
    spawnSync("ogr2ogr", ["-f", "GeoJSON", inFolder("expected.json"), file]);
    const expected = JSON.parse(readFileSync(inFolder("expected.json"), "utf8")) as typeof DRAWING;
    rmSync(inFolder("expected.json"));
    const maps = await open(file);
    expect(maps.problems).toEqual([]);
    expect(maps.maps).toMatchObject([{ encoding: "mvt", isOverlay: true, zoomMax: 16 }]);
    const { bytes } = await maps.tile({ mapId: "map-0", ...HERE });
    const tile = new VectorTile(new PbfReader(bytes ?? new Uint8Array()));
    const shapes = tile.layers["overlay"];
    for (const { geometry } of expected.features) {
      const type = EVERY_TYPE[geometry.type as keyof typeof EVERY_TYPE];
      const found = Array.from({ length: shapes?.length ?? 0 }, (_, i) => shapes?.feature(i)).find(
        (one) => one?.type === type,
      );
      const ours = found?.toGeoJSON(HERE.column, HERE.row, HERE.zoom).geometry as { coordinates: unknown };
      expectNear(ours.coordinates, geometry.coordinates);
    }
    const names = tile.layers["overlay_name"];
    const words = Array.from({ length: names?.length ?? 0 }, (_, i) => names?.feature(i).properties["name"]);
    expect(words.toSorted()).toEqual(["Chenal", "Phare", "Zone"]);
    await maps.close();
  });
});

/** Every corner of one is within 2 m of the nearest of the other, a step of this zoom's tiles being 0.7 m. */
function expectNear(one: unknown, other: unknown): void {
  const pairs = (list: unknown): readonly Pair[] => {
    const plain = list as readonly unknown[];
    const [first, second] = plain;
    return typeof first === "number" && typeof second === "number" ? [[first, second]] : plain.flatMap(pairs);
  };
  const [ours, theirs] = [pairs(one), pairs(other)];
  expect(new Set(ours.map(String)).size).toBe(new Set(theirs.map((pair) => String(pair.slice(0, 2)))).size);
  for (const [east, north] of ours) {
    const nearestM = Math.min(...theirs.map(([x, y]) => Math.hypot((x - east) * 70_500, (y - north) * 111_200)));
    expect(nearestM).toBeLessThan(2);
  }
}

const GROUND = (href: string): string =>
  `<kml><Document><name>Scans</name><GroundOverlay><Icon><href>${href}</href></Icon><LatLonBox><north>50.8</north><south>50.7</south>` +
  `<east>1.7</east><west>1.6</west></LatLonBox></GroundOverlay><NetworkLink/></Document></kml>`;
const PICTURE = encodeColourPng(64, 64, new Uint8Array(64 * 64 * 4).fill(255));

describe("a KMZ", () => {
  const linesOf = async (file: string) => {
    const maps = await open(file);
    await maps.close();
    const remarks = maps.remarks.map(({ remark }) => mapRemarkLine("f", remark));
    return [...maps.problems.map(({ problem }) => mapLine("f", problem)), ...remarks];
  };

  it("lays its pictures on the ground, and says that it follows no link", async () => {
    writeFileSync(
      inFolder("scan.kmz"),
      zipSync({ "doc.kml": strToU8(GROUND("files/scan.png")), "files/scan.png": PICTURE }),
    );
    const maps = await open(inFolder("scan.kmz"));
    expect(maps.maps).toMatchObject([{ name: "Scans: files/scan.png", encoding: "png", isOverlay: true }]);
    const bounds = maps.maps[0]?.bounds;
    expect(bounds?.northDeg).toBeCloseTo(50.8, 9);
    const at = tilePointOf({ latitudeDeg: 50.75, longitudeDeg: 1.65 }, 12);
    const { bytes } = await maps.tile({
      mapId: "map-0",
      zoom: 12,
      column: Math.floor(at.column),
      row: Math.floor(at.row),
    });
    expect(bytes?.length).toBeGreaterThan(0);
    await maps.close();
    expect(await linesOf(inFolder("scan.kmz"))).toEqual([
      expect.stringContaining("links to other files or servers (1) are not followed"),
    ]);
  });

  it.each([
    [
      "a picture on a server",
      { "doc.kml": strToU8(GROUND("http://127.0.0.1/scan.png")) },
      "nothing is fetched from elsewhere",
    ],
    ["a picture outside", { "doc.kml": strToU8(GROUND("../scan.png")) }, "neither in it nor beside it"],
    ["a member outside", { "doc.kml": strToU8(GROUND("a.png")), "../a.png": PICTURE }, "which is no plain path"],
    ["no drawing", { "a.png": PICTURE }, "no .kml is in it"],
    ["a picture that is none", { "doc.kml": strToU8(GROUND("a.png")), "a.png": strToU8("hello") }, "is no PNG"],
    ["a drawing of megabytes of nothing", { "doc.kml": new Uint8Array(100 * 2 ** 20) }, "is damaged"],
  ])("is refused in words: %s", async (_, members, words) => {
    writeFileSync(inFolder("bad.kmz"), zipSync(members));
    expect((await linesOf(inFolder("bad.kmz"))).join()).toContain(words);
  });

  it("is cut off anywhere: a word", async () => {
    const whole = zipSync({ "doc.kml": strToU8(GROUND("a.png")), "a.png": PICTURE });
    for (let length = 0; length < whole.length; length += 13) {
      writeFileSync(inFolder("cut.kmz"), whole.subarray(0, length));
      expect(await linesOf(inFolder("cut.kmz"))).not.toEqual([]);
    }
  });
});
