import type { MapFileProblem } from "./openMap.js";

type Lines = {
  readonly [Kind in MapFileProblem["kind"]]: (problem: Extract<MapFileProblem, { kind: Kind }>) => string;
};

const LINES: Lines = {
  "not-there": () => "no such file",
  "not-readable": ({ reason }) => `cannot be read (${reason})`,
  "not-a-file": ({ what }) => `is a ${what}, not a file`,
  "no-map": () => "is no map: .pmtiles, .mbtiles and .map.json (the address of a tile server) are read",
  "not-this-format": ({ format }) => `is no ${format}`,
  damaged: ({ reason }) => `is damaged (${reason})`,
  "bad-file": ({ where, problem }) => `${where}: ${problem}`,
  "unknown-encoding": ({ encoding }) => `has tiles of a kind that is not read here (${encoding})`,
  "no-tiles": () => "has no tiles",
};

/** Why a map cannot be used, as one line of English. */
export const mapLine = (file: string, problem: MapFileProblem): string =>
  // Each entry is only given its own kind of problem, which the compiler cannot follow through the look-up.
  `${file}: ${(LINES[problem.kind] as (problem: MapFileProblem) => string)(problem)}`;
