import { assertNever } from "../../core/result.js";
import type { MapFileProblem, MapRemark } from "./mapFile.js";

type Lines = {
  readonly [Kind in MapFileProblem["kind"]]: (problem: Extract<MapFileProblem, { kind: Kind }>) => string;
};

const LINES: Lines = {
  "not-there": () => "no such file",
  "not-readable": ({ reason }) => `cannot be read (${reason})`,
  "not-a-file": ({ what }) => `is a ${what}, not a file`,
  "no-map": () =>
    "is no map: .pmtiles, .mbtiles, GeoTIFF, .png and .jpg with a world file, .kml, .kmz, .geojson, and .map.json (the address of a tile server) are read",
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
  "picture-in-folder": ({ picture }) =>
    `draws ${picture.slice(0, 100)}, which lies in another folder, and a pack has none: save it as KMZ, which holds its pictures`,
  "empty-drawing": () => "has nothing to draw: no point, line, area or picture that is switched on",
  "picture-not-there": ({ href }) =>
    `names the picture ${href.slice(0, 100)}, which is neither in it nor beside it; nothing is fetched from elsewhere`,
  "bad-file": ({ where, problem }) => `${where}: ${problem}`,
  "unknown-encoding": ({ encoding }) => `has tiles of a kind that is not read here (${encoding})`,
  "no-tiles": () => "has no tiles",
};

/** Why a map cannot be used, as one line of English. */
export const mapLine = (file: string, problem: MapFileProblem): string =>
  // Each entry is only given its own kind of problem, which the compiler cannot follow through the look-up.
  `${file}: ${(LINES[problem.kind] as (problem: MapFileProblem) => string)(problem)}`;

/** What should be known of a map that is used, as one line of English. */
export function mapRemarkLine(file: string, remark: MapRemark): string {
  switch (remark.kind) {
    case "links-not-followed":
      return `${file}: its links to other files or servers (${remark.count}) are not followed: nothing is fetched that you did not name`;
    case "picture-left-out":
      return mapLine(`${file}: left out: ${remark.href.slice(0, 100)}`, remark.problem);
    case "more-pictures":
      return `${file}: of its ${remark.count} pictures the first ${remark.max} are shown`;
    default:
      return assertNever(remark);
  }
}
