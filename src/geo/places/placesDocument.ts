/**
 * The names of places as stored in `missions/places/` and sent to the screens, and the reader that checks them: one bad
 * entry refuses the file, because a name at the wrong place is worse than none.
 */
import { err, ok, type Result } from "../../core/result.js";
import type { BadFile } from "../badFile.js";
import { isObject, type JsonObject, parseJsonObject } from "../jsonText.js";
import type { Position } from "../position.js";
import { LANDMARKS, type Place, type PlaceKind, SETTLEMENTS } from "./place.js";

export type PlacesDocument = {
  /** What every map with these names has to say. */
  readonly attribution: string;
  readonly places: readonly Place[];
};

/** Twenty times the file that is shipped. */
export const PLACES_CHARS_MAX = 1_000_000;
const LIMITS = { charsMax: PLACES_CHARS_MAX, depthMax: 8, valuesMax: 100_000 };
const NAME_CHARS_MAX = 60;
const KINDS: readonly PlaceKind[] = [...SETTLEMENTS, ...LANDMARKS];

type Bad = { readonly where: string; readonly problem: string };

export function readPlaces(text: string, path: string): Result<PlacesDocument, BadFile> {
  const bad = ({ where, problem }: Bad): Result<PlacesDocument, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  const parsed = parseJsonObject(text, path, LIMITS);
  if (!parsed.ok) return parsed;
  const { attribution, places: listed } = parsed.value;
  if (!isName(attribution)) return bad({ where: "attribution", problem: "a source of the names was expected" });
  if (!Array.isArray(listed)) return bad({ where: "places", problem: "a list of places was expected" });
  const places: Place[] = [];
  for (const [i, value] of listed.entries()) {
    const place = readPlace(value, `places[${i}]`);
    if (!place.ok) return bad(place.error);
    places.push(place.value);
  }
  return ok({ attribution, places });
}

function readPlace(value: unknown, where: string): Result<Place, Bad> {
  const bad = (member: string, problem: string): Result<Place, Bad> => err({ where: `${where}${member}`, problem });
  if (!isObject(value)) return bad("", "a place was expected");
  const { name, isApproximate, population } = value;
  if (!isName(name)) return bad(".name", `a name of 1 to ${NAME_CHARS_MAX} characters was expected`);
  const nameIn = namesIn(value["nameIn"]);
  if (!nameIn) return bad(".nameIn", "names by language (en, fr) were expected");
  const kind = KINDS.find((one) => one === value["kind"]);
  if (!kind) return bad(".kind", `one of ${KINDS.join(", ")} was expected`);
  const position = positionIn(value["position"]);
  if (!position) return bad(".position", "latitudeDeg (-90 to 90) and longitudeDeg (-180 to 180) were expected");
  if (population !== undefined && !isWithin(population, 0, 1e9)) return bad(".population", "a number was expected");
  if (typeof isApproximate !== "boolean") return bad(".isApproximate", "true or false was expected");
  return ok({ name, nameIn, kind, position, population, isApproximate });
}

const isName = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= NAME_CHARS_MAX;
const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === "number" && value >= least && value <= most;

function namesIn(value: unknown): Place["nameIn"] | undefined {
  if (value === undefined) return {};
  if (!isObject(value)) return undefined;
  const { en, fr, ...others } = value;
  if (Object.keys(others).length > 0) return undefined;
  if ((en !== undefined && !isName(en)) || (fr !== undefined && !isName(fr))) return undefined;
  return { ...(en === undefined ? {} : { en }), ...(fr === undefined ? {} : { fr }) };
}

function positionIn(value: unknown): Position | undefined {
  const { latitudeDeg, longitudeDeg }: JsonObject = isObject(value) ? value : {};
  if (!isWithin(latitudeDeg, -90, 90) || !isWithin(longitudeDeg, -180, 180)) return undefined;
  return { latitudeDeg, longitudeDeg };
}
