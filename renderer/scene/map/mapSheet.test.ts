import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destination } from "../../../src/geo/geodesic.js";
import { positionOfTilePoint, tilePointOf } from "../../../src/geo/tiles/webMercator.js";
import { sceneFrameAt } from "../sceneFrame.js";
import { ancestorOf, isSheetPlace, sheetPlaceFor, tilesOn, transformOf, zoomFor } from "./mapSheet.js";

const BOULOGNE = { latitudeDeg: 50.7745, longitudeDeg: 1.6075 };
const frame = sceneFrameAt(BOULOGNE);
const SHEET_PX = 2048;
const view = (targetEastM: number, targetNorthM: number, rangeM: number) => ({ targetEastM, targetNorthM, rangeM });

describe("where a map's picture lies", () => {
  it("covers the camera's target with room on every side, wherever it looks", () => {
    const km = fc.double({ min: -20_000, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(km, km, fc.double({ min: 25, max: 60_000, noNaN: true }), (east, north, rangeM) => {
        const { eastM, northM, halfWidthM } = sheetPlaceFor(view(east, north, rangeM), 1);
        expect(Math.max(Math.abs(east - eastM), Math.abs(north - northM))).toBeLessThanOrEqual(halfWidthM / 4);
        expect(isSheetPlace({ eastM, northM, halfWidthM }, view(east, north, rangeM), 1)).toBe(true);
        expect(isSheetPlace({ eastM, northM, halfWidthM }, view(east + halfWidthM, north, rangeM), 1)).toBe(false);
      }),
    );
  });

  it("stays the same while the camera moves a little", () => {
    expect(sheetPlaceFor(view(10, -20, 480), 1)).toEqual(sheetPlaceFor(view(60, 40, 530), 1));
    expect(sheetPlaceFor(view(10, -20, 480), 1)).toEqual({ eastM: 0, northM: 0, halfWidthM: 512 });
  });

  it("moves with the camera, and is wider from afar", () => {
    expect(sheetPlaceFor(view(700, 0, 480), 1)).toEqual({ eastM: 768, northM: 0, halfWidthM: 512 });
    expect(sheetPlaceFor(view(0, 0, 480), 8).halfWidthM).toBe(4096);
    expect(sheetPlaceFor(view(0, 0, 1), 1).halfWidthM).toBe(128);
    expect(sheetPlaceFor(view(0, 0, 60_000), 8).halfWidthM).toBe(65_536);
  });
});

describe("the tiles of a map's picture", () => {
  const place = { eastM: 0, northM: 0, halfWidthM: 512 };

  it("are about as fine as the picture, within what the map has", () => {
    // 0.5 m to a pixel; 0.377 m to a pixel of zoom 18 at this latitude, 0.755 of zoom 17.
    const zooms = { zoomMin: 0, zoomMax: 22 };
    expect(zoomFor(0.5, 50.8, zooms)).toBe(18);
    expect(zoomFor(0.5, 50.8, zooms, 1024)).toBe(16);
    expect(zoomFor(0.5, 50.8, { zoomMin: 0, zoomMax: 14 })).toBe(14);
    expect(zoomFor(64, 50.8, { zoomMin: 13, zoomMax: 14 })).toBe(13);
  });

  it("cover it whole, the middle first", () => {
    const tiles = tilesOn(place, frame, 17);
    const middle = tilePointOf(BOULOGNE, 17);
    expect(tiles[0]).toEqual({ zoom: 17, column: Math.floor(middle.column), row: Math.floor(middle.row) });
    const known = new Set(tiles.map(({ column, row }) => `${column} ${row}`));
    for (let east = -512; east <= 512; east += 64) {
      for (let north = -512; north <= 512; north += 64) {
        const { column, row } = tilePointOf(frame.positionOf(east, north), 17);
        expect(known).toContain(`${Math.floor(column)} ${Math.floor(row)}`);
      }
    }
  });

  it("are bounded however deep a map says it is", () => {
    // 131 km of tiles of 24 m would be thirty million.
    const tiles = tilesOn({ ...place, halfWidthM: 65_536 }, frame, 20);
    expect(tiles).toHaveLength(13 * 13);
    const middle = tilePointOf(BOULOGNE, 20);
    expect(tiles[0]).toEqual({ zoom: 20, column: Math.floor(middle.column), row: Math.floor(middle.row) });
  });
});

describe("where a tile lies on the picture", () => {
  it("puts every place of the tile on its own pixel, also 20 km from the scene's origin", () => {
    const place = { eastM: 16_000, northM: 12_000, halfWidthM: 512 };
    const middle = frame.positionOf(place.eastM, place.northM);
    const at = tilePointOf(middle, 16);
    const tile = { zoom: 16, column: Math.floor(at.column), row: Math.floor(at.row) };
    const [a, b, c, d, e, f] = transformOf(tile, place, frame, SHEET_PX);
    for (const right of [0, 0.3, 0.5, 1]) {
      for (const down of [0, 0.5, 0.8, 1]) {
        const position = positionOfTilePoint({ zoom: 16, column: tile.column + right, row: tile.row + down });
        const { eastM, northM } = frame.pointOf(position);
        // 2 pixels to a metre; 0.1 pixel is 5 cm.
        expect(Math.abs(a * right + c * down + e - (eastM - place.eastM + 512) * 2)).toBeLessThan(0.1);
        expect(Math.abs(b * right + d * down + f - (place.northM + 512 - northM) * 2)).toBeLessThan(0.1);
      }
    }
  });

  it("has north up and east to the right, as far as the place really is", () => {
    const place = { eastM: 0, northM: 0, halfWidthM: 1024 };
    const pixelOf = (position: typeof BOULOGNE) => {
      const { column, row } = tilePointOf(position, 15);
      const tile = { zoom: 15, column: Math.floor(column), row: Math.floor(row) };
      const [a, b, c, d, e, f] = transformOf(tile, place, frame, SHEET_PX);
      const [right, down] = [column - tile.column, row - tile.row];
      return { x: a * right + c * down + e, y: b * right + d * down + f };
    };
    const north = pixelOf(destination(BOULOGNE, 0, 500));
    const east = pixelOf(destination(BOULOGNE, 90, 500));
    expect([north.x, north.y].map(Math.round)).toEqual([1024, 524]);
    expect([east.x, east.y].map(Math.round)).toEqual([1524, 1024]);
  });
});

describe("a coarser tile", () => {
  it("is known with the part that is wanted of it", () => {
    const tile = { zoom: 10, column: 517, row: 344 };
    expect(ancestorOf(tile, 1)).toEqual({
      tile: { zoom: 9, column: 258, row: 172 },
      part: { x: 0.5, y: 0, size: 0.5 },
    });
    expect(ancestorOf(tile, 3)).toEqual({
      tile: { zoom: 7, column: 64, row: 43 },
      part: { x: 0.625, y: 0, size: 0.125 },
    });
  });
});
