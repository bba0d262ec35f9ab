import type { PictureProblem } from "../../core/mediaProblem.js";
import type { TileAddress } from "../../geo/tiles/webMercator.js";
import type { TerrainFileProblem } from "./readTerrainFile.js";

const tileName = ({ zoom, column, row }: TileAddress): string => `${zoom}/${column}/${row}`;

/** What can be wrong with the picture in a tile. */
const PICTURE_WORDS: Readonly<Partial<Record<PictureProblem["kind"], string>>> = {
  empty: "is empty",
  "not-a-picture": "is no PNG",
  "cut-off": "is cut off",
  damaged: "is damaged",
  "too-many-pixels": "is too large",
  "form-not-read": "holds colours in a way that is not read here",
};

const pictureWords = (problem: PictureProblem): string =>
  problem.kind === "format-not-read"
    ? `is ${problem.format}: heights are read from PNG alone`
    : (PICTURE_WORDS[problem.kind] ?? problem.kind);

type Lines = {
  readonly [Kind in TerrainFileProblem["kind"]]: (problem: Extract<TerrainFileProblem, { kind: Kind }>) => string;
};

const LINES: Lines = {
  "not-there": () => "no such file",
  "not-readable": ({ reason }) => `cannot be read (${reason})`,
  "not-a-file": ({ what }) => `is a ${what}, not a file`,
  "too-many-bytes": ({ megabytesMax }) => `is larger than ${megabytesMax} MB`,
  "no-terrain": () => "is no file of heights: DTED, SRTM's .hgt, GeoTIFF, PMTiles and MBTiles are read",
  "not-this-format": ({ format }) => `is no ${format.toUpperCase()}`,
  "wrong-length": ({ bytes, expectedBytes }) => `has ${bytes} bytes instead of ${expectedBytes}: is it cut off?`,
  "bad-name": () => "an .hgt file is placed by its name, such as N50E001.hgt",
  "bad-header": ({ field, at }) => `its ${field} makes no sense (byte ${at})`,
  "bad-record": ({ at, because }) => `is damaged at byte ${at} (${because})`,
  "unknown-datum": ({ datum }) => `counts heights from a zero that is not known here (${datum})`,
  "unknown-projection": ({ epsg }) =>
    epsg === undefined
      ? "describes a coordinate system of its own; gdalwarp -t_srs EPSG:4326 -dstnodata -9999 makes a file that can be read"
      : `lies in a coordinate system that is not known here (EPSG:${epsg}); gdalwarp -t_srs EPSG:4326 -dstnodata -9999 makes a file that can be read`,
  "unknown-unit": ({ unit }) => `gives heights in a unit that is not known here (${unit})`,
  "not-on-earth": () => "lies outside the earth's latitudes and longitudes",
  "no-tile-file": ({ format }) => `is no ${format}`,
  "no-height-encoding": ({ stated }) =>
    `${stated === undefined ? "does not say" : `says "${stated}", which is not known here, for`} how its colours hold heights: ` +
    "name it *.terrarium.pmtiles or *.mapbox.pmtiles (.mbtiles alike)",
  "no-such-height": ({ heightM }) =>
    `has a height of ${heightM.toFixed(0)} m, as no place on earth: are its colours heights of the other kind (terrarium, mapbox), or a picture?`,
  "no-tiles": () => "has no tiles",
  "too-many-tiles": ({ heightsMax }) =>
    `has more than ${heightsMax} heights also at its coarsest zoom; pmtiles extract --bbox cuts a part out`,
  "bad-tile": ({ tile, problem }) => `its tile ${tileName(tile)} ${pictureWords(problem)}`,
  "tile-size": ({ tile, widthPx, heightPx }) =>
    `its tile ${tileName(tile)} has ${widthPx} x ${heightPx} pixels, unlike tiles, or unlike its others`,
  "not-geotiff": () => "is no GeoTIFF",
  "not-placed": () => "is a TIFF without a place on earth",
  "too-large": ({ columns, rows, samplesMax }) =>
    `has ${columns} x ${rows} heights, more than ${samplesMax}; gdal_translate -projwin cuts a part out`,
  "form-not-read": ({ form }) => `is packed in a way that is not read here (${form})`,
  damaged: ({ because }) => `is damaged (${because})`,
};

/** Why a file of heights cannot be used, as one line of English. */
export const terrainLine = (file: string, problem: TerrainFileProblem): string =>
  // Each entry is only given its own kind of problem, which the compiler cannot follow through the look-up.
  `${file}: ${(LINES[problem.kind] as (problem: TerrainFileProblem) => string)(problem)}`;
