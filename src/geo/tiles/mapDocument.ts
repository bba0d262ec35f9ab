/**
 * A `.map.json` file: a map on a tile server that a person names, with whose it is.
 *
 * { "name": "…", "attribution": "© …", "url": "https://…/{z}/{x}/{y}.png", "zoomMin": 0, "zoomMax": 19, "encoding": "png" }
 *
 * `{-y}` counts rows from the south (TMS); a WMTS server is named by its address with its own column and row in the places of {x} and {y}.
 */
import { err, ok, type Result } from "../../core/result.js";
import type { BadFile } from "../badFile.js";
import { type JsonObject, parseJsonObject } from "../jsonText.js";
import { type GeoBounds, readBounds, WHOLE_WORLD } from "./geoBounds.js";
import { encodingOf, type TileEncoding } from "./mapDescription.js";
import { ZOOM_MAX } from "./webMercator.js";

export type MapDocument = {
  readonly name: string;
  readonly attribution: string;
  readonly url: string;
  readonly zoomMin: number;
  readonly zoomMax: number;
  readonly encoding: TileEncoding;
  readonly bounds: GeoBounds;
};

export const MAP_DOCUMENT_CHARS_MAX = 20_000;
const LIMITS = { charsMax: MAP_DOCUMENT_CHARS_MAX, depthMax: 4, valuesMax: 100 };
const TEXT_CHARS_MAX = 300;
const MEMBERS = ["name", "attribution", "url", "zoomMin", "zoomMax", "encoding", "bounds"];

export function readMapDocument(text: string, path: string): Result<MapDocument, BadFile> {
  const parsed = parseJsonObject(text, path, LIMITS);
  if (!parsed.ok) return parsed;
  const read = documentIn(parsed.value);
  return read.ok ? read : err({ kind: "bad-file", path, ...read.error });
}

type Wrong = { readonly where: string; readonly problem: string };
const wrong = (where: string, problem: string): Result<never, Wrong> => err({ where, problem });

function documentIn(found: JsonObject): Result<MapDocument, Wrong> {
  const unknown = Object.keys(found).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return wrong(unknown, `one of ${MEMBERS.join(", ")} was expected`);
  const { name, attribution, url } = found;
  if (!isText(name)) return wrong("name", "a name was expected");
  if (!isText(attribution)) return wrong("attribution", "whose map it is was expected: it is shown with it");
  if (!isText(url)) return wrong("url", "an address was expected");
  const problem = urlProblem(url);
  if (problem !== undefined) return wrong("url", problem);
  const tiles = tilesIn(found);
  return tiles.ok ? ok({ name, attribution, url, ...tiles.value }) : tiles;
}

function tilesIn(found: JsonObject): Result<Omit<MapDocument, "name" | "attribution" | "url">, Wrong> {
  const { zoomMin = 0, zoomMax } = found;
  if (!isZoom(zoomMin)) return wrong("zoomMin", `a whole number from 0 to ${ZOOM_MAX} was expected`);
  if (!isZoom(zoomMax) || zoomMax < zoomMin)
    return wrong("zoomMax", `a whole number from zoomMin to ${ZOOM_MAX} was expected`);
  const encoding = encodingOf(found["encoding"] ?? "png");
  if (!encoding) return wrong("encoding", "png, jpeg, webp or mvt was expected");
  const bounds = found["bounds"] === undefined ? WHOLE_WORLD : readBounds(found["bounds"]);
  if (!bounds) return wrong("bounds", "southDeg, westDeg, northDeg and eastDeg were expected");
  return ok({ zoomMin, zoomMax, encoding, bounds });
}

/** Undefined for an address that tiles can be fetched from. */
function urlProblem(url: string): string | undefined {
  if (!/^https?:\/\/[^/]/i.test(url)) return "an http or https address was expected";
  const hasAll = url.includes("{z}") && url.includes("{x}") && (url.includes("{y}") || url.includes("{-y}"));
  return hasAll ? undefined : "an address with {z}, {x} and {y} was expected";
}

const isText = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= TEXT_CHARS_MAX;
const isZoom = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= ZOOM_MAX;
