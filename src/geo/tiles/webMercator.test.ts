import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTileAddress, positionOfTilePoint, tilePointOf, tileWidthM } from "./webMercator.js";

describe("the tiles of web maps", () => {
  // Values of the OpenStreetMap wiki, "Slippy map tilenames": its worked example of Tokyo, zoom 18.
  it("numbers the tile of a place as the wiki's example does", () => {
    const { column, row } = tilePointOf({ latitudeDeg: 35.6590699, longitudeDeg: 139.7006793 }, 18);
    expect([Math.floor(column), Math.floor(row)]).toEqual([232798, 103246]);
  });

  it("has its north-west corner at 85.0511 degrees north, 180 west, and ends at the opposite corner", () => {
    const northWest = positionOfTilePoint({ zoom: 3, column: 0, row: 0 });
    expect(northWest.latitudeDeg).toBeCloseTo(85.0511287798066, 10);
    expect(northWest.longitudeDeg).toBe(-180);
    const southEast = positionOfTilePoint({ zoom: 3, column: 8, row: 8 });
    expect(southEast.latitudeDeg).toBeCloseTo(-85.0511287798066, 10);
    expect(southEast.longitudeDeg).toBe(180);
  });

  it("gives back every place it has numbered", () => {
    const place = fc.record({
      latitudeDeg: fc.double({ min: -85, max: 85, noNaN: true }),
      longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 24 }), (position, zoom) => {
        const back = positionOfTilePoint({ zoom, ...tilePointOf(position, zoom) });
        expect(back.latitudeDeg).toBeCloseTo(position.latitudeDeg, 9);
        expect(back.longitudeDeg).toBeCloseTo(position.longitudeDeg, 9);
      }),
    );
  });

  it("keeps the poles inside the world", () => {
    expect(tilePointOf({ latitudeDeg: 90, longitudeDeg: 0 }, 2).row).toBeCloseTo(0, 9);
    expect(tilePointOf({ latitudeDeg: -90, longitudeDeg: 0 }, 2).row).toBeCloseTo(4, 9);
  });

  // 156543.03 m per pixel of 256 at the equator: OpenStreetMap wiki, "Zoom levels".
  it("knows how wide a tile is", () => {
    expect(tileWidthM(0, 0) / 256).toBeCloseTo(156_543.03, 2);
    expect(tileWidthM(15, 60) / 256).toBeCloseTo(156_543.03 / 2 ** 15 / 2, 4);
  });

  it("refuses addresses outside the world", () => {
    expect(isTileAddress({ zoom: 3, column: 7, row: 0 })).toBe(true);
    for (const wrong of [
      { zoom: 3, column: 8, row: 0 },
      { zoom: 3, column: 0, row: -1 },
      { zoom: 3.5, column: 0, row: 0 },
      { zoom: 25, column: 0, row: 0 },
      { zoom: 3, column: 0.5, row: 0 },
    ])
      expect(isTileAddress(wrong)).toBe(false);
  });
});
