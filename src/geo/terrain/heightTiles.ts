/**
 * Heights as the colours of web tiles, put together to one raster.
 * Terrarium: github.com/tilezen/joerd, docs/formats.md. Mapbox: docs.mapbox.com, "Access elevation data", Terrain-RGB.
 */
import type { ColourPicture } from "../../core/colourPicture.js";
import { err, ok, type Result } from "../../core/result.js";
import type { TileAddress } from "../tiles/webMercator.js";
import { withAssumedAccuracy } from "./assumedAccuracy.js";
import type { BadTerrain } from "./badTerrain.js";
import { HIGHEST_M, LOWEST_M } from "./earthHeights.js";
import { gridSource } from "./gridSource.js";
import type { TerrainSource } from "./terrain.js";

export type HeightEncoding = "terrarium" | "mapbox";

/** Metres of a colour 0xRRGGBB. Both count from below the deepest sea, so that black is no height of any place. */
const METRES: Readonly<Record<HeightEncoding, (colour: number) => number>> = {
  terrarium: (colour) => colour / 256 - 32_768,
  mapbox: (colour) => colour / 10 - 10_000,
};
const BLACK = 0;

const isEncoding = (word: string | undefined): word is HeightEncoding => word === "terrarium" || word === "mapbox";

/** As the file states it; if it states nothing, as its name does before its ending: "calais.terrarium.pmtiles". */
export function heightEncodingOf(stated: string | undefined, fileName: string): Result<HeightEncoding, BadTerrain> {
  const word = stated?.toLowerCase();
  if (isEncoding(word)) return ok(word);
  const named = /\.(\w+)\.\w+$/.exec(fileName)?.[1]?.toLowerCase();
  return isEncoding(named) ? ok(named) : err({ kind: "no-height-encoding", stated: stated?.slice(0, 40) });
}

/** A rectangle of tiles, both ends included. */
export type TileArea = {
  readonly zoom: number;
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
};

/** The least rectangle; undefined without tiles. */
export function areaOf([first, ...others]: readonly TileAddress[]): TileArea | undefined {
  if (!first) return undefined;
  const { zoom, column, row } = first;
  const area = { zoom, west: column, east: column, north: row, south: row };
  for (const tile of others) {
    area.west = Math.min(area.west, tile.column);
    area.east = Math.max(area.east, tile.column);
    area.north = Math.min(area.north, tile.row);
    area.south = Math.max(area.south, tile.row);
  }
  return area;
}

const acrossPx = ({ west, east }: TileArea, sidePx: number): number => (east - west + 1) * sidePx;
const downPx = ({ north, south }: TileArea, sidePx: number): number => (south - north + 1) * sidePx;

export const countOfHeights = (area: TileArea, sidePx: number): number => acrossPx(area, sidePx) * downPx(area, sidePx);

/** A raster that is filled tile by tile; where no tile is put, nothing is known. */
export class HeightMosaic {
  readonly #area: TileArea;
  readonly #sidePx: number;
  readonly #metresOf: (colour: number) => number;
  readonly #heightsM: Float32Array;

  constructor(area: TileArea, sidePx: number, encoding: HeightEncoding) {
    this.#area = area;
    this.#sidePx = sidePx;
    this.#metresOf = METRES[encoding];
    this.#heightsM = new Float32Array(countOfHeights(area, sidePx)).fill(Number.NaN);
  }

  /** The picture is `sidePx` wide and high. Returns what is wrong with its heights. */
  put({ column, row }: TileAddress, { colours }: ColourPicture): BadTerrain | undefined {
    const sidePx = this.#sidePx;
    const across = acrossPx(this.#area, sidePx);
    const first = (row - this.#area.north) * sidePx * across + (column - this.#area.west) * sidePx;
    for (let i = 0; i < sidePx * sidePx; i++) {
      const colour = colours[i] ?? BLACK;
      // Black and transparent pixels: writers fill what they do not know with them.
      if (colour <= BLACK) continue;
      const heightM = this.#metresOf(colour);
      if (heightM < LOWEST_M || heightM > HIGHEST_M) return { kind: "no-such-height", heightM };
      this.#heightsM[first + Math.floor(i / sidePx) * across + (i % sidePx)] = heightM;
    }
    return undefined;
  }

  source(name: string): TerrainSource {
    const { zoom, west, north } = this.#area;
    const sidePx = this.#sidePx;
    const raster = withAssumedAccuracy({
      // No such tiles say from what they count; those that are published count from mean sea level.
      ...{ name, datum: "egm96", heightsM: this.#heightsM, marginCells: 0.5 },
      ...{ columns: acrossPx(this.#area, sidePx), rows: downPx(this.#area, sidePx) },
      placement: {
        kind: "web-mercator",
        pixelZoom: zoom + Math.log2(sidePx),
        ...{ firstColumn: west * sidePx, firstRow: north * sidePx },
      },
    });
    return gridSource(raster);
  }
}
