import type { MapFileProblem } from "./mapFile.js";

type Lines = {
  readonly [Kind in MapFileProblem["kind"]]: (problem: Extract<MapFileProblem, { kind: Kind }>) => string;
};

const LINES: Lines = {
  "not-there": () => "no such file",
  "not-readable": ({ reason }) => `cannot be read (${reason})`,
  "not-a-file": ({ what }) => `is a ${what}, not a file`,
  "no-map": () =>
    "is no map: .pmtiles, .mbtiles, GeoTIFF, .png and .jpg with a world file, and .map.json (the address of a tile server) are read",
  "not-this-format": ({ format }) => `is no ${format}`,
  damaged: ({ reason }) => `is damaged (${reason})`,
  "not-placed": () =>
    "does not say where on earth it lies: no GeoTIFF keys, and no world file beside it (.pgw, .jgw, .tfw, .wld)",
  "form-not-read": ({ form }) => `is a picture of a kind that is not read here: ${form}`,
  "bad-world-file": () => "has a world file that is not six numbers",
  "no-system": () =>
    "has a world file that counts in metres, and nothing says in which system: put a .prj beside it, with EPSG:2154 or the like in it",
  "unknown-projection": ({ epsg }) =>
    `is in a coordinate system that is not known here${epsg === undefined ? "" : ` (EPSG:${epsg})`}: gdalwarp -t_srs EPSG:3857 makes one that is`,
  "not-on-earth": () => "lies outside the earth by its own numbers",
  "needs-world-file": () =>
    "has its place from a world file beside it, and only the picture is taken along: gdal_translate makes a GeoTIFF of the two",
  "bad-file": ({ where, problem }) => `${where}: ${problem}`,
  "unknown-encoding": ({ encoding }) => `has tiles of a kind that is not read here (${encoding})`,
  "no-tiles": () => "has no tiles",
};

/** Why a map cannot be used, as one line of English. */
export const mapLine = (file: string, problem: MapFileProblem): string =>
  // Each entry is only given its own kind of problem, which the compiler cannot follow through the look-up.
  `${file}: ${(LINES[problem.kind] as (problem: MapFileProblem) => string)(problem)}`;
