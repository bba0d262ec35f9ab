/**
 * What a GeoTIFF file holds, before anybody asks where on earth it lies: the reader of files makes it, the terrain
 * understands it. https://docs.ogc.org/is/19-008r4/19-008r4.html
 */
export type GeoTiffContent = {
  readonly columns: number;
  readonly rows: number;
  /** The first band, row after row, scaled as the file says; NaN where it has no value. */
  readonly samples: Float32Array;
  /** A sample stands for its whole square (RasterPixelIsArea), not for a point. */
  readonly isArea: boolean;
  /** From column and row, counted from the outer corner of the first sample's square, to the file's own x and y. */
  readonly toPlane: PlaneTransform;
  /** GeoTIFF keys whose value is a number: 1024 model type, 2048 geographic, 3072 projected, 4096 vertical system, 4099 its unit. */
  readonly keys: ReadonlyMap<number, number>;
  /** The band's own name of its unit, as GDAL writes it ("ft"); undefined or empty where it says none. */
  readonly unit: string | undefined;
};

/** x = x0 + column * xPerColumn + row * xPerRow, and y alike. */
export type PlaneTransform = {
  readonly x0: number;
  readonly xPerColumn: number;
  readonly xPerRow: number;
  readonly y0: number;
  readonly yPerColumn: number;
  readonly yPerRow: number;
};

/** Why a GeoTIFF could not be read; `because` is the reader's own words. */
export type GeoTiffProblem =
  | { readonly kind: "not-geotiff" }
  | { readonly kind: "not-placed" }
  | { readonly kind: "too-large"; readonly columns: number; readonly rows: number; readonly samplesMax: number }
  | { readonly kind: "form-not-read"; readonly form: string }
  | { readonly kind: "damaged"; readonly because: string };
