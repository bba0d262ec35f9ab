import path from "node:path";

/** The name of a source of heights that is one zoom of a file of tiles: "calais.pmtiles, zoom 11 of 14". */
export const tileSourceName = (file: string, zoom: number, deepest: number): string =>
  `${path.basename(file)}${ZOOM}${zoom}${zoom === deepest ? "" : ` of ${deepest}`}`;

/** Whether a source of this name was read from the file. */
export function isSourceOf(name: string, file: string): boolean {
  const base = path.basename(file);
  return name === base || name.startsWith(`${base}${ZOOM}`);
}

const ZOOM = ", zoom ";
