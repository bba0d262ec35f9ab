/** The constituents of ports as stored in `missions/tide/`, and the reader that checks them: one bad entry refuses the file. */
import { err, ok, type Result } from "../../core/result.js";
import type { BadFile } from "../badFile.js";
import { isObject, type JsonObject, parseJsonObject } from "../jsonText.js";
import type { Position } from "../position.js";

/** A sine of the tide: `A cos(V + u - phase)`, its speed and `V + u` being the same everywhere on earth. */
type Constituent = {
  /** As the IHO calls it, such as M2. */
  readonly name: string;
  readonly amplitudeM: number;
  /** Lag behind the constituent's argument at Greenwich, 0 to 360. */
  readonly phaseDeg: number;
};

export type TidePort = {
  readonly name: string;
  /** Where a language of the screens calls it otherwise. */
  readonly nameIn: { readonly en?: string; readonly fr?: string };
  /** The coast it lies on: an `id` of `coasts`. */
  readonly coast: string;
  readonly position: Position;
  /** Above the port's chart datum. */
  readonly meanSeaLevelM: number;
  /** Above the port's chart datum. */
  readonly meanHighWaterSpringsM: number;
  readonly constituents: readonly Constituent[];
};

/** A coarse line to measure along, from end to end. */
export type TideCoast = { readonly id: string; readonly line: readonly Position[] };

export type TideDocument = {
  /** What every screen with this tide has to say. */
  readonly attribution: string;
  readonly coasts: readonly TideCoast[];
  readonly ports: readonly TidePort[];
};

/** Twenty times the file that is shipped. */
export const TIDE_CHARS_MAX = 400_000;
const LIMITS = { charsMax: TIDE_CHARS_MAX, depthMax: 8, valuesMax: 40_000 };
const NAME_CHARS_MAX = 120;
/** The largest tides on earth range over 17 m. */
const LEVEL_MAX_M = 20;

type Bad = { readonly where: string; readonly problem: string };
type Read<T> = Result<T, Bad>;

export function readTide(text: string, path: string): Result<TideDocument, BadFile> {
  const bad = ({ where, problem }: Bad): Result<TideDocument, BadFile> =>
    err({ kind: "bad-file", path, where, problem });
  const parsed = parseJsonObject(text, path, LIMITS);
  if (!parsed.ok) return parsed;
  const { attribution, chartDatum } = parsed.value;
  if (!isName(attribution)) return bad({ where: "attribution", problem: "a source of the tide was expected" });
  if (chartDatum !== "LAT") return bad({ where: "chartDatum", problem: "LAT was expected" });
  const coasts = readList(parsed.value["coasts"], "coasts", readCoast);
  if (!coasts.ok) return bad(coasts.error);
  const ports = readList(parsed.value["ports"], "ports", readPort);
  if (!ports.ok) return bad(ports.error);
  const stray = ports.value.findIndex((port) => !coasts.value.some(({ id }) => id === port.coast));
  if (stray >= 0) return bad({ where: `ports[${stray}].coast`, problem: "the id of one of the coasts was expected" });
  return ok({ attribution, coasts: coasts.value, ports: ports.value });
}

function readList<T>(
  value: unknown,
  where: string,
  read: (entry: JsonObject, where: string) => Read<T>,
): Read<readonly T[]> {
  if (!Array.isArray(value) || value.length === 0) return err({ where, problem: "a list was expected" });
  const list: T[] = [];
  for (const [i, entry] of (value as readonly unknown[]).entries()) {
    const place = `${where}[${i}]`;
    const one = isObject(entry) ? read(entry, place) : err({ where: place, problem: "an object was expected" });
    if (!one.ok) return one;
    list.push(one.value);
  }
  return ok(list);
}

function readCoast({ id, line }: JsonObject, where: string): Read<TideCoast> {
  if (!isName(id)) return err({ where: `${where}.id`, problem: "a name was expected" });
  const read = readList(line, `${where}.line`, readPosition);
  if (!read.ok) return read;
  if (read.value.length < 2) return err({ where: `${where}.line`, problem: "two corners at least were expected" });
  return ok({ id, line: read.value });
}

function readPosition({ latitudeDeg, longitudeDeg }: JsonObject, where: string): Read<Position> {
  if (isWithin(latitudeDeg, -90, 90) && isWithin(longitudeDeg, -180, 180)) return ok({ latitudeDeg, longitudeDeg });
  return err({ where, problem: "latitudeDeg (-90 to 90) and longitudeDeg (-180 to 180) were expected" });
}

function readPort(port: JsonObject, where: string): Read<TidePort> {
  const bad = (member: string, problem: string): Read<TidePort> => err({ where: `${where}.${member}`, problem });
  const { name, coast, meanSeaLevelM, meanHighWaterSpringsM } = port;
  if (!isName(name)) return bad("name", `a name of 1 to ${NAME_CHARS_MAX} characters was expected`);
  if (!isName(coast)) return bad("coast", "the id of one of the coasts was expected");
  const nameIn = namesIn(port["nameIn"]);
  if (!nameIn) return bad("nameIn", "names by language (en, fr) were expected");
  const at = port["position"];
  const position = readPosition(isObject(at) ? at : {}, `${where}.position`);
  if (!position.ok) return position;
  const level = `metres from 0 to ${LEVEL_MAX_M} were expected`;
  if (!isWithin(meanSeaLevelM, 0, LEVEL_MAX_M)) return bad("meanSeaLevelM", level);
  if (!isWithin(meanHighWaterSpringsM, meanSeaLevelM, LEVEL_MAX_M)) return bad("meanHighWaterSpringsM", level);
  const constituents = readList(port["constituents"], `${where}.constituents`, readConstituent);
  if (!constituents.ok) return constituents;
  const levels = { meanSeaLevelM, meanHighWaterSpringsM };
  return ok({ name, nameIn, coast, position: position.value, ...levels, constituents: constituents.value });
}

function readConstituent({ name, amplitudeM, phaseDeg }: JsonObject, where: string): Read<Constituent> {
  if (!isName(name)) return err({ where: `${where}.name`, problem: "a name was expected" });
  if (!isWithin(amplitudeM, 0, LEVEL_MAX_M))
    return err({ where: `${where}.amplitudeM`, problem: "metres were expected" });
  if (!isWithin(phaseDeg, 0, 360)) return err({ where: `${where}.phaseDeg`, problem: "0 to 360 was expected" });
  return ok({ name, amplitudeM, phaseDeg });
}

const isName = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= NAME_CHARS_MAX;
const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === "number" && value >= least && value <= most;

function namesIn(value: unknown): TidePort["nameIn"] | undefined {
  if (value === undefined) return {};
  if (!isObject(value)) return undefined;
  const { en, fr } = value;
  if ((en !== undefined && !isName(en)) || (fr !== undefined && !isName(fr))) return undefined;
  return { ...(en === undefined ? {} : { en }), ...(fr === undefined ? {} : { fr }) };
}
