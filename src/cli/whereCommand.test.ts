import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { aGeoTiff } from "../io/geoTiff/testing/tiffBytes.js";
import { colourPng } from "../io/pictures/testing/colourPng.js";
import { writeMbTiles } from "../station/maps/testing/tileFiles.js";
import { findStation } from "neaps";
import { nodeIo } from "./commandIo.js";
import { runWhere } from "./whereCommand.js";

const folder = mkdtempSync(path.join(tmpdir(), "vigie-where-"));
/** Heights 0 to 11 from 50.8 N 1.5 E to 50.74 N 1.54 E, a third of them on land south of Boulogne. */
const HEIGHTS = path.join(folder, "heights.tif");
writeFileSync(HEIGHTS, aGeoTiff([]));
/** The same heights from 1.6 degrees east, all on land. */
const INLAND = path.join(folder, "inland.tif");
writeFileSync(INLAND, aGeoTiff([{ tag: 33_922, type: "double", values: [0, 0, 0, 1.7, 50.8, 0] }]));

const NOON_MS = Date.parse("2026-12-01T12:00:00Z");

async function where(...words: readonly string[]) {
  const [out, log]: [string[], string[]] = [[], []];
  const io = { ...nodeIo, stdout: (line: string) => out.push(line), stderr: (line: string) => log.push(line) };
  const status = await runWhere(words, io, NOON_MS);
  return { status, out, log };
}
const json = async (...words: readonly string[]) =>
  JSON.parse((await where(...words, "--json")).out.join("")) as Record<string, unknown>;

describe("vigie where", () => {
  it("on land: the height of the file, above the sea and the ellipsoid, its error and its slope", async () => {
    const place = await json("50.75,1.735", "--terrain", INLAND);
    expect(place).toMatchObject({ source: "inland.tif", surface: "land" });
    expect(place["heightAmslM"]).toBeCloseTo(11, 5);
    // The geoid stands 44 m above the ellipsoid here.
    expect(Number(place["heightEllipsoidM"]) - Number(place["heightAmslM"])).toBeCloseTo(44.2, 0);
    expect(place["sigmaM"]).toBeGreaterThan(1);
    expect(place["slopeDeg"]).toBeGreaterThan(0);
    expect(place["waterlineDistanceM"]).toBeGreaterThan(5000);
  });

  it("at sea it is the tide's level, whatever the file says there", async () => {
    const place = await json("50.79,1.505", "--terrain", HEIGHTS);
    expect(place).toMatchObject({ heightAmslM: place["tideM"], surface: "sea", source: "tide" });
    expect(place["waterlineSigmaM"]).toBeGreaterThan(10);
    expect(place["sigmaM"]).toBeGreaterThan(0.3);
  });

  it("at sea without a tide it is mean sea level, with an error as large as the tide", async () => {
    const out: string[] = [];
    const readText = (file: string) =>
      file.includes(path.join("missions", "tide")) ? Promise.reject(new Error("gone")) : nodeIo.readText(file);
    await runWhere(["50.79,1.505", "--json"], { ...nodeIo, readText, stdout: (line) => out.push(line) }, NOON_MS);
    const place = JSON.parse(out.join("")) as Record<string, unknown>;
    expect(place).toMatchObject({ heightAmslM: 0, sigmaM: 1.5, surface: "sea", source: "mean sea level" });
    expect(place).not.toHaveProperty("tideM");
  });

  it("the tide of the port, now or at a time: as neaps has it, and what it makes of the waterline", async () => {
    const port = findStation("ticon/boulogne_sur_mer-111-fra-refmar");
    for (const at of [undefined, "2026-12-24T03:17:00Z", "2026-12-24T04:17+01:00"]) {
      const unixTimeMs = at === undefined ? NOON_MS : Date.parse(at);
      const [start, end] = [new Date(unixTimeMs), new Date(unixTimeMs + 1000)];
      const levelM = port.getTimelinePrediction({ start, end, timeFidelity: 1 }).timeline[0]?.level ?? Number.NaN;
      const place = await json("50.72738,1.57766", ...(at === undefined ? [] : ["--at", at]));
      expect(place).toMatchObject({
        tide: { unixTimeMs, heightChartDatumM: expect.closeTo(levelM, 2), ports: [{ name: "Boulogne" }] },
        // The database has mean sea level 4.846 m and mean high water springs 8.755 m above LAT there.
        tideM: expect.closeTo(levelM - 4.846, 2),
        waterlineShiftM: expect.closeTo((8.755 - levelM) * 50, 0),
        assumedBeachSlopeRatio: 0.02,
      });
    }
    const { out } = await where("50.72738,1.57766");
    expect(out[2]).toMatch(
      /^tide: Boulogne \(0 km away\) 2\.6 m above chart datum \(LAT\), -2\.3 m above mean sea level, 1 sigma 0\.4 m, rising, high 16:28 UTC 7\.6 m, low 23:29 UTC 2\.2 m$/,
    );
    expect(out[3]).toMatch(/^waterline: 310 m seaward of the coast's line .* on a beach of 1 in 50, assumed/);
  });

  it("on land that no file knows, a height within tens of metres, and by whom", async () => {
    // Between ETOPO5's heights of 119, 165, 74 and 104 m, by hand: 119.5 m.
    const place = await json("50.72,1.735", "--terrain", HEIGHTS);
    expect(place).toMatchObject({ source: "ETOPO5", sigmaM: 40, surface: "land" });
    expect(place["heightAmslM"]).toBeCloseTo(119.5, 1);
    expect(place).not.toHaveProperty("slopeDeg");
    const { out } = await where("50.72,1.735");
    expect(out[0]).toMatch(
      /^height: about 120 m above mean sea level \(EGM96\), about 160 m above the ellipsoid, 1 sigma 40\.0 m, from ETOPO5 \(no file of heights covers the place\)$/,
    );
  });

  it("what is not known is absent: no height on a shore without a file, no surface outside the map", async () => {
    const tide = ["tideM", "tideSigmaM", "tide", "waterlineShiftM", "waterlineShiftSigmaM", "assumedBeachSlopeRatio"];
    const known = ["surface", "waterlineDistanceM", "waterlineSigmaM", ...tide, "nearestPlace"];
    const shore = await json("50.8938,1.66977");
    expect(shore).toMatchObject({ surface: "waterline" });
    expect(Object.keys(shore)).toEqual(known);
    expect(await json("10,10")).toEqual({});
    // South of the equator, which looks like an option.
    expect(await json("-33.9,18.4")).toEqual({});
  });

  it("says it in words", async () => {
    const { out, status } = await where("50.75,1.735", "--terrain", INLAND);
    expect(status).toBe(0);
    expect(out.join("\n")).toMatch(/height: 11\.0 m above mean sea level.*inland\.tif\nslope: .*\nsurface: land/);
    expect((await where("10,10")).out).toEqual([
      "height: not known (no file of heights covers the place)",
      "surface: not known (outside the coast's map)",
      "tide: not known (no port within 60 km)",
    ]);
  });

  it("names the nearest place, and none where there is none", async () => {
    // A hundredth of a degree of latitude north and of longitude west of Wissant: hypot(1112, 704) = 1316 m.
    const { out } = await where("50.8953,1.65263");
    expect(out.at(-1)).toBe("nearest place: 1.3 km north-west of Wissant");
    expect((await json("50.8953,1.65263"))["nearestPlace"]).toMatchObject({
      ...{ name: "Wissant", kind: "village", isApproximate: false },
      distanceM: expect.closeTo(1316, -1),
      bearingDeg: expect.closeTo(327.7, 0),
    });
    expect((await where("50.878,1.57")).out.at(-1)).toMatch(/^nearest place: ≈ 1\.\d km north-west of Cap Gris-Nez$/);
    expect(await json("10,10")).not.toHaveProperty("nearestPlace");
  });

  it.each([
    [[]],
    [["50.75"]],
    [["91,0"]],
    [["50.75,east"]],
    [["50.75,1.7", "--nonsense"]],
    [["50.75,1.7", "--at", "noon"]],
    [["50.75,1.7", "--at", "2026-12-01T04:30"]],
  ])("wrong use: %j", async (words) => {
    expect(await where(...words)).toMatchObject({ status: 2, out: [] });
  });

  it("takes heights as tiles, and says of which zoom they are", async () => {
    const tiles = path.join(folder, "heights.terrarium.mbtiles");
    const bytes = colourPng({ widthPx: 64, heightPx: 64, colourAt: () => 0x80_54_80 });
    // 50.75 N 1.735 E: columns 2067 of 4096, rows 1375.
    writeMbTiles(tiles, { tiles: [{ zoom: 12, column: 2067, row: 1375, bytes }], metadata: {} });
    const place = await json("50.75,1.735", "--terrain", tiles);
    expect(place).toMatchObject({ heightAmslM: 84.5, source: "heights.terrarium.mbtiles, zoom 12", surface: "land" });
    const silent = path.join(folder, "heights.mbtiles");
    copyFileSync(tiles, silent);
    expect((await where("50.75,1.735", "--terrain", silent)).log).toEqual([
      `vigie where: ${silent}: does not say how its colours hold heights: name it *.terrarium.pmtiles or *.mapbox.pmtiles (.mbtiles alike)`,
    ]);
  });

  it("a file that is missing, or no file of heights, is named with the reason", async () => {
    const text = path.join(folder, "notes.txt");
    writeFileSync(text, "Cap Gris-Nez is 45 m high");
    const { status, log } = await where(
      "50.75,1.7",
      ...["--terrain", text],
      ...["--terrain", path.join(folder, "no.tif")],
    );
    expect(status).toBe(1);
    expect(log).toEqual([
      `vigie where: ${text}: is no file of heights: DTED, SRTM's .hgt, GeoTIFF, PMTiles and MBTiles are read`,
      `vigie where: ${path.join(folder, "no.tif")}: no such file`,
    ]);
    expect((await where("50.75,1.7", "--terrain", folder)).log.join()).toContain("is a folder, not a file");
  });
});
