import type { Result } from "../../core/result.js";
import type { OpenFileProblem } from "../regularFile.js";

/** Where a tile of a web map stands: columns from 180 degrees west, rows from the north. */
export type TileNumbers = { readonly zoom: number; readonly column: number; readonly row: number };

/** What a file or server states of itself, not yet checked. */
export type StatedMap = {
  readonly name: string | undefined;
  readonly attribution: string | undefined;
  /** "png", "jpg", "webp", "pbf", "mvt" or whatever the file states. */
  readonly encoding: string;
  readonly zoomMin: number;
  readonly zoomMax: number;
  /** West, south, east, north, degrees. */
  readonly boundsDeg: readonly number[] | undefined;
};

/** Why a tile is not here although it may exist. `offline`: the network did not give it; `broken`: the file is damaged there. */
export type TileProblem = { readonly kind: "offline" | "broken"; readonly reason: string };

export type TileContainer = {
  readonly stated: StatedMap;
  /** Unpacked bytes; undefined where the map has no such tile. */
  readonly tile: (at: TileNumbers) => Promise<Result<Uint8Array | undefined, TileProblem>>;
  readonly close: () => Promise<void>;
};

/** A file of tiles, which knows all that it has. */
export type TileFile = TileContainer & {
  /** How the colours of its pictures hold heights, as the file states it: "terrarium", "mapbox" or any other word. */
  readonly statedHeights: string | undefined;
  /** All tiles of a zoom, in any order; undefined if they are more than `countMax`. */
  readonly addresses: (
    zoom: number,
    countMax: number,
  ) => Promise<Result<readonly TileNumbers[] | undefined, TileProblem>>;
};

export type ContainerProblem =
  | OpenFileProblem
  /** The bytes are not what the file's name promises. */
  | { readonly kind: "not-this-format"; readonly format: "PMTiles" | "MBTiles" }
  | { readonly kind: "damaged"; readonly reason: string };

/** A tile of 512 pixels as PNG has under 1 MB, a vector tile of a city under 2 MB. */
export const TILE_BYTES_MAX = 8 * 2 ** 20;
