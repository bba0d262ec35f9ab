/**
 * World files: six numbers that lay a picture on the ground (A, D, B, E, C, F of ESRI's description), and `.prj` files, which say in
 * which system they count.
 */
import type { PlaneTransform } from "../../core/geoTiffContent.js";

/** From column and row, counted from the picture's corner; undefined where the text is none, or lays the picture flat. */
export function readWorldFile(text: string): PlaneTransform | undefined {
  const numbers = text.trim().split(/\s+/).map(Number);
  const [xPerColumn, yPerColumn, xPerRow, yPerRow, x, y] = numbers;
  if (numbers.length !== 6 || !numbers.every(Number.isFinite)) return undefined;
  if (xPerColumn === undefined || yPerColumn === undefined || xPerRow === undefined) return undefined;
  if (yPerRow === undefined || x === undefined || y === undefined) return undefined;
  if (xPerColumn * yPerRow - xPerRow * yPerColumn === 0) return undefined;
  // The file counts from the middle of the first pixel.
  const [x0, y0] = [x - (xPerColumn + xPerRow) / 2, y - (yPerColumn + yPerRow) / 2];
  return { x0, xPerColumn, xPerRow, y0, yPerColumn, yPerRow };
}

/** Systems by the names that ESRI and the EPSG registry give them, without case and marks. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ...["gcswgs1984", "wgs84", "wgs1984"].map((name) => [name, 4326] as const),
  ...["gcsetrs1989", "etrs89"].map((name) => [name, 4258] as const),
  ...["gcsrgf1993", "rgf93", "rgf93v1"].map((name) => [name, 4171] as const),
  ...["rgf1993lambert93", "rgf93lambert93", "rgf93v1lambert93"].map((name) => [name, 2154] as const),
  ...["britishnationalgrid", "osgb36britishnationalgrid", "osgb1936britishnationalgrid"].map(
    (name) => [name, 27_700] as const,
  ),
  ...["wgs1984webmercatorauxiliarysphere", "wgs84pseudomercator"].map((name) => [name, 3857] as const),
  ...["belgelambert1972", "belge1972belgianlambert72", "bd72belgianlambert72"].map((name) => [name, 31_370] as const),
  ...["belgelambert2008", "etrs89belgianlambert2008"].map((name) => [name, 3812] as const),
  ...["rdnew", "amersfoortrdnew"].map((name) => [name, 28_992] as const),
  ...["etrs1989laea", "etrs89extendedlaeaeurope", "etrs89laeaeurope"].map((name) => [name, 3035] as const),
]);

/** EPSG number of the system that a `.prj` file names; undefined for one that is not known by its number or name. */
export function systemOfProjectionFile(text: string): number | undefined {
  const plain = /^\s*EPSG:(\d{4,6})\s*$/i.exec(text);
  if (plain) return Number(plain[1]);
  const stated = statedNumber(text);
  if (stated !== undefined) return stated;
  const name = /^\s*[A-Z0-9_]+\s*[[(]\s*"([^"]{1,100})"/i.exec(text)?.[1];
  return name === undefined ? undefined : systemOfName(name.toLowerCase().replace(/[^a-z0-9]+/g, ""));
}

function systemOfName(name: string): number | undefined {
  const utm = /^(wgs1984|wgs84|etrs1989|etrs89)utmzone(\d{1,2})([ns])$/.exec(name);
  if (utm) {
    const [, datum = "", zone = "", half] = utm;
    if (datum.startsWith("etrs")) return 25_800 + Number(zone);
    return (half === "n" ? 32_600 : 32_700) + Number(zone);
  }
  const conic = /^rgf(?:1993|93|93v1)cc(4[2-9]|50)$/.exec(name);
  return conic ? 3900 + Number(conic[1]) : NAMES.get(name);
}

/** The number of the whole system: that of its own level, not those of its datum, its ellipsoid or its units. */
function statedNumber(text: string): number | undefined {
  let depth = 0;
  for (const { 0: part, index } of text.matchAll(/"[^"]*"|[[(\])]/g)) {
    if (part === "]" || part === ")") depth--;
    if (part !== "[" && part !== "(") continue;
    depth++;
    if (depth !== 2 || !/(?:AUTHORITY|ID)\s*$/i.test(text.slice(Math.max(0, index - 20), index))) continue;
    const [, epsg] = /^.\s*"EPSG"\s*,\s*"?(\d{4,6})/i.exec(text.slice(index, index + 40)) ?? [];
    if (epsg !== undefined) return Number(epsg);
  }
  return undefined;
}
