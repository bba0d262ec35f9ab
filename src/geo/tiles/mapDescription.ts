import { type GeoBounds, WHOLE_WORLD } from "./geoBounds.js";

/** What is inside a map's tiles. `mvt`: Mapbox vector tiles, uncompressed. */
export type TileEncoding = "png" | "jpeg" | "webp" | "mvt";

/** A map that the station can give tiles of. */
export type MapDescription = {
  /** Tells maps apart within one run of the station. */
  readonly id: string;
  readonly name: string;
  /** Whose map it is: it must be shown with it. Empty when the file does not say. */
  readonly attribution: string;
  readonly encoding: TileEncoding;
  readonly zoomMin: number;
  readonly zoomMax: number;
  readonly bounds: GeoBounds;
  /** Its tiles come over the network: they may be late or missing. */
  readonly isOnline: boolean;
  /** It lies over other maps, which are seen through it. */
  readonly isOverlay?: boolean | undefined;
};

/** The encoding that a file or a person names in one of the usual ways; undefined for others. */
export const encodingOf = (stated: unknown): TileEncoding | undefined =>
  typeof stated === "string" ? ENCODING_NAMES.get(stated.toLowerCase()) : undefined;

const ENCODING_NAMES: ReadonlyMap<string, TileEncoding> = new Map([
  ["png", "png"],
  ["jpg", "jpeg"],
  ["jpeg", "jpeg"],
  ["webp", "webp"],
  ["mvt", "mvt"],
  ["pbf", "mvt"],
]);

/** West, south, east, north as files state them; the whole world where they state none, or nonsense. */
export function statedBounds(stated: readonly number[] | undefined): GeoBounds {
  const [westDeg = Number.NaN, southDeg = Number.NaN, eastDeg = Number.NaN, northDeg = Number.NaN] = stated ?? [];
  const isOnEarth =
    Math.abs(westDeg) <= 180 && Math.abs(eastDeg) <= 180 && southDeg >= -90 && northDeg <= 90 && southDeg < northDeg;
  return isOnEarth ? { southDeg, westDeg, northDeg, eastDeg } : WHOLE_WORLD;
}

/** Attributions of tile files are often HTML, which is neither shown nor obeyed: what remains are its words. */
export const wordsOf = (stated: string): string =>
  stated
    .replace(/<[^>]*>/g, "")
    .replace(/&copy;/g, "©")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
