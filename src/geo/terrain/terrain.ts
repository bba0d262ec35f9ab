/**
 * Heights of the ground as files give them. All heights are metres; which zero they count from is the source's datum, and
 * a model answers above mean sea level only (EGM96), never a mixture.
 */
import type { Position } from "../position.js";
import type { RasterPlacement } from "./rasterGrid.js";

/** `egm96`: above mean sea level, as everywhere in Vigie. `ellipsoid`: above WGS 84. */
export type HeightDatum = "egm96" | "ellipsoid";

/** One sigma of each error, independent of each other. */
export type TerrainAccuracy = { readonly verticalSigmaM: number; readonly horizontalSigmaM: number };

/** West to east may not cross the antimeridian: a file that does is read as two. Both ends belong to it. */
export type Bounds = {
  readonly southDeg: number;
  readonly northDeg: number;
  readonly westDeg: number;
  readonly eastDeg: number;
};

/** Rise in metres per metre to the east and to the north. */
export type Slope = { readonly eastRatio: number; readonly northRatio: number };

/** A raster of heights and the place where it lies: what every reader of files makes. Plain data, to be sent between threads. */
export type HeightRaster = {
  /** For people: "N50E001.hgt". */
  readonly name: string;
  readonly datum: HeightDatum;
  readonly accuracy: TerrainAccuracy;
  /** At least two of each. */
  readonly columns: number;
  readonly rows: number;
  readonly placement: RasterPlacement;
  /** How far a height is valid outwards from the raster's edge: half a cell where heights stand for squares. */
  readonly marginCells: 0 | 0.5;
  /** Row after row; NaN where the file has no height (void). */
  readonly heightsM: Float32Array;
};

/** With what is found by looking at all its heights once. */
export type MeasuredRaster = HeightRaster & {
  /** Distance between two heights; of several sources at one place the finest answers. */
  readonly resolutionM: number;
  readonly bounds: Bounds;
  /** The steepest rise between two neighbouring heights: a bound for searches along a ray. */
  readonly steepestRatio: number;
};

/** One file of heights, as something that answers. */
export type TerrainSource = Pick<
  MeasuredRaster,
  "name" | "datum" | "accuracy" | "resolutionM" | "bounds" | "steepestRatio"
> & {
  readonly raster: MeasuredRaster;
  /** In the source's own datum; undefined outside it and next to a height that it lacks (void). */
  readonly heightAt: (position: Position) => number | undefined;
  /** Undefined where the height is. */
  readonly slopeAt: (position: Position) => Slope | undefined;
};

export type TerrainLevel = { readonly heightAmslM: number; readonly source: TerrainSource };

export type TerrainHeight = TerrainLevel & {
  /** One sigma: of the source, and of a point whose place is uncertain on a slope. */
  readonly sigmaM: number;
  readonly slope: Slope;
};
