import { describe, expect, it } from "vitest";
import { seededRng } from "../../core/rng.js";
import { areaOf, countOfHeights, heightEncodingOf, HeightMosaic, type TileArea } from "./heightTiles.js";
import { rasterGrid } from "./rasterGrid.js";

const SIDE_PX = 64;
/** Two tiles side by side and one under them, of four: at Wissant. */
const AREA: TileArea = { zoom: 14, west: 8266, east: 8267, north: 5503, south: 5504 };
const coloursOf = (colourAt: (x: number, y: number) => number) => ({
  ...{ widthPx: SIDE_PX, heightPx: SIDE_PX },
  colours: Int32Array.from({ length: SIDE_PX * SIDE_PX }, (_, i) => colourAt(i % SIDE_PX, Math.floor(i / SIDE_PX))),
});
const level = (heightM: number) => coloursOf(() => Math.round((heightM + 32_768) * 256));

/** The middle of a pixel, counted from the area's north-west corner, by the formula of slippy maps, written once more. */
function middleOf(column: number, row: number) {
  const countPerSide = 2 ** AREA.zoom * SIDE_PX;
  const [x, y] = [AREA.west * SIDE_PX + column + 0.5, AREA.north * SIDE_PX + row + 0.5];
  const northing = Math.PI - (2 * Math.PI * y) / countPerSide;
  return {
    latitudeDeg: (2 * Math.atan(Math.exp(northing)) - Math.PI / 2) * (180 / Math.PI),
    longitudeDeg: (x / countPerSide) * 360 - 180,
  };
}

describe("heights in the colours of tiles", () => {
  it("of each kind are those of its maker's documents", () => {
    const heightOf = (encoding: "terrarium" | "mapbox", colour: number) => {
      const mosaic = new HeightMosaic(AREA, SIDE_PX, encoding);
      expect(
        mosaic.put(
          { zoom: 14, column: 8266, row: 5503 },
          coloursOf(() => colour),
        ),
      ).toBeUndefined();
      return mosaic.source("t").heightAt(middleOf(10, 10));
    };
    // Terrarium: (red * 256 + green + blue / 256) - 32768.
    expect(heightOf("terrarium", 0x80_00_00)).toBe(0);
    expect(heightOf("terrarium", 0x80_86_80)).toBe(134.5);
    expect(heightOf("terrarium", 0x7f_ff_c0)).toBe(-0.25);
    // Mapbox: -10000 + (red * 256 * 256 + green * 256 + blue) * 0.1.
    expect(heightOf("mapbox", 0x01_86_a0)).toBe(0);
    expect(heightOf("mapbox", 0x01_8b_dd)).toBeCloseTo(134.1, 4);
  });

  it("that no place has are named: another kind's, or a photograph's", () => {
    const put = (encoding: "terrarium" | "mapbox", colour: number) =>
      new HeightMosaic(AREA, SIDE_PX, encoding).put(
        { zoom: 14, column: 8266, row: 5503 },
        coloursOf(() => colour),
      );
    expect(put("mapbox", 0x80_64_00)).toMatchObject({ kind: "no-such-height", heightM: expect.closeTo(831_420.8, 1) });
    expect(put("terrarium", 0x01_8a_88)).toMatchObject({ kind: "no-such-height" });
    expect(put("terrarium", 0x80_64_00)).toBeUndefined();
  });

  it("are unknown where a tile is missing, and where a pixel is black or transparent", () => {
    const mosaic = new HeightMosaic(AREA, SIDE_PX, "terrarium");
    mosaic.put({ zoom: 14, column: 8266, row: 5503 }, level(30));
    mosaic.put(
      { zoom: 14, column: 8267, row: 5504 },
      coloursOf((x) => (x < 20 ? 0 : x < 40 ? -1 : 0x80_28_00)),
    );
    const { heightAt } = mosaic.source("t");
    expect(heightAt(middleOf(20, 20))).toBe(30);
    expect(heightAt(middleOf(62, 62))).toBe(30);
    expect(heightAt(middleOf(80, 20))).toBeUndefined();
    expect(heightAt(middleOf(64 + 10, 100))).toBeUndefined();
    expect(heightAt(middleOf(64 + 30, 100))).toBeUndefined();
    expect(heightAt(middleOf(64 + 50, 100))).toBe(40);
    // Beside the missing tile.
    expect(heightAt(middleOf(63.4, 20))).toBeUndefined();
  });

  it("go on over the seams of tiles, each pixel in its place", () => {
    const colourAt = (x: number, y: number): number =>
      0x80_00_00 + 256 * (x - 8266 * SIDE_PX + 2 * (y - 5503 * SIDE_PX));
    const mosaic = new HeightMosaic(AREA, SIDE_PX, "terrarium");
    for (const column of [8266, 8267])
      for (const row of [5503, 5504])
        mosaic.put(
          { zoom: 14, column, row },
          coloursOf((x, y) => colourAt(column * SIDE_PX + x, row * SIDE_PX + y)),
        );
    const { heightAt, bounds, resolutionM } = mosaic.source("t");
    const rng = seededRng(5);
    for (let i = 0; i < 500; i++) {
      const [column, row] = [rng.uniform() * 127, rng.uniform() * 127];
      expect(heightAt(middleOf(column, row))).toBeCloseTo(column + 2 * row, 4);
    }
    // Half a pixel outwards the height goes on level, and no further.
    expect(heightAt(middleOf(-0.45, 10))).toBeCloseTo(20, 4);
    expect(heightAt(middleOf(-0.55, 10))).toBeUndefined();
    expect(bounds.westDeg).toBeCloseTo(middleOf(-0.5, 0).longitudeDeg, 9);
    expect(bounds.southDeg).toBeCloseTo(middleOf(0, 127.5).latitudeDeg, 9);
    // 156543 m at zoom 0 with tiles of 256 pixels, at the equator.
    expect(resolutionM).toBeCloseTo((156_543 * 4 * Math.cos((bounds.southDeg * Math.PI) / 180)) / 2 ** 14, 1);
  });

  it("rise by what they rise on the ground, not on the map", () => {
    const mosaic = new HeightMosaic(AREA, SIDE_PX, "terrarium");
    for (const column of [8266, 8267])
      for (const row of [5503, 5504])
        mosaic.put(
          { zoom: 14, column, row },
          coloursOf(
            (x, y) => 0x80_00_00 + 256 * (column - 8266) * SIDE_PX + 256 * (x + 2 * (row - 5503) * SIDE_PX + 2 * y),
          ),
        );
    const source = mosaic.source("t");
    const here = middleOf(60, 60);
    const slope = source.slopeAt(here);
    const perDegM = 111_320;
    const eastDeg = middleOf(61, 60).longitudeDeg - here.longitudeDeg;
    const southDeg = here.latitudeDeg - middleOf(60, 61).latitudeDeg;
    expect(slope?.eastRatio).toBeCloseTo(1 / (eastDeg * perDegM * Math.cos((here.latitudeDeg * Math.PI) / 180)), 3);
    expect(slope?.northRatio).toBeCloseTo(-2 / (southDeg * perDegM), 3);
    expect(source.steepestRatio).toBeGreaterThanOrEqual(Math.hypot(slope?.eastRatio ?? 0, slope?.northRatio ?? 0));
  });

  it("say of their own accuracy as much as a GeoTIFF of their resolution", () => {
    const accuracyAt = (zoom: number) => {
      const area = { zoom, west: 0, east: 0, north: 2 ** zoom / 2, south: 2 ** zoom / 2 };
      return new HeightMosaic(area, SIDE_PX, "mapbox").source("t").accuracy;
    };
    expect(accuracyAt(17)).toEqual({ verticalSigmaM: 1, horizontalSigmaM: expect.closeTo(2.4, 1) });
    expect(accuracyAt(15).verticalSigmaM).toBe(5);
    expect(accuracyAt(13).verticalSigmaM).toBe(10);
    // 1223 m apart: they say little of the hills between them.
    expect(accuracyAt(9).verticalSigmaM).toBeCloseTo(35, 0);
  });
});

describe("web Mercator's pixels", () => {
  it("and the projection EPSG:3857 by proj4 place alike, and back", () => {
    const pixelZoom = 20;
    const pixelM = (2 * Math.PI * 6_378_137) / 2 ** pixelZoom;
    const half = Math.PI * 6_378_137;
    const [firstColumn, firstRow] = [529_000, 352_000];
    const ours = rasterGrid({ kind: "web-mercator", pixelZoom, firstColumn, firstRow });
    const theirs = rasterGrid({
      ...{ kind: "plane", epsg: 3857 },
      toPlane: {
        ...{ x0: (firstColumn + 0.5) * pixelM - half, xPerColumn: pixelM, xPerRow: 0 },
        ...{ y0: half - (firstRow + 0.5) * pixelM, yPerColumn: 0, yPerRow: -pixelM },
      },
    });
    for (const point of [
      { column: 0, row: 0 },
      { column: 1000.25, row: 300.5 },
      { column: -40_000, row: 90_000 },
    ]) {
      const position = ours.positionOf(point);
      const other = theirs.positionOf(point);
      expect(position.latitudeDeg).toBeCloseTo(other.latitudeDeg, 9);
      expect(position.longitudeDeg).toBeCloseTo(other.longitudeDeg, 9);
      const back = ours.pointOf(position);
      expect(back.column).toBeCloseTo(point.column, 5);
      expect(back.row).toBeCloseTo(point.row, 5);
      const [mine, his] = [ours.gradientAt(position), theirs.gradientAt(position)];
      expect(mine.columnEast / his.columnEast).toBeCloseTo(1, 3);
      expect(mine.rowNorth / his.rowNorth).toBeCloseTo(1, 3);
    }
  });
});

describe("how colours hold heights", () => {
  it("is what the file states, else what its name says", () => {
    expect(heightEncodingOf("terrarium", "a.pmtiles")).toEqual({ ok: true, value: "terrarium" });
    expect(heightEncodingOf("Mapbox", "a.terrarium.pmtiles")).toEqual({ ok: true, value: "mapbox" });
    expect(heightEncodingOf(undefined, "calais.Terrarium.pmtiles")).toEqual({ ok: true, value: "terrarium" });
    expect(heightEncodingOf(undefined, "calais.mapbox.mbtiles")).toEqual({ ok: true, value: "mapbox" });
    expect(heightEncodingOf("custom", "a.mapbox.mbtiles")).toEqual({ ok: true, value: "mapbox" });
  });

  it("is not guessed", () => {
    const none = { ok: false, error: { kind: "no-height-encoding", stated: undefined } };
    expect(heightEncodingOf(undefined, "mapbox.pmtiles")).toEqual(none);
    expect(heightEncodingOf(undefined, "calais.v2.pmtiles")).toEqual(none);
    expect(heightEncodingOf("custom", "calais.pmtiles")).toMatchObject({ error: { stated: "custom" } });
  });
});

describe("the rectangle of tiles", () => {
  it("holds all of them, and none is none", () => {
    const at = (column: number, row: number) => ({ zoom: 5, column, row });
    expect(areaOf([at(7, 9), at(3, 12), at(5, 8)])).toEqual({ zoom: 5, west: 3, east: 7, north: 8, south: 12 });
    expect(areaOf([])).toBeUndefined();
    expect(countOfHeights(AREA, SIDE_PX)).toBe(4 * SIDE_PX * SIDE_PX);
  });
});
