import { err, ok, type Result } from "../../core/result.js";
import { type AreaAsked } from "../../geo/pack/askedArea.js";
import { areaAround } from "../../geo/pack/packArea.js";
import type { Place } from "../../geo/places/place.js";
import { readPlaceOrPosition } from "../../geo/places/placeOrPosition.js";
import type { Position } from "../../geo/position.js";
import { readArguments } from "../arguments.js";
import { numberList } from "../numberList.js";
import { fullPaths } from "../sources.js";

type NeedWanted = {
  readonly area: AreaAsked;
  readonly terrain: readonly string[] | undefined;
  readonly maps: readonly string[] | undefined;
  readonly isWithoutPacks: boolean;
  readonly isJson: boolean;
};

const TEXT = { type: "string" } as const;
const MANY = { type: "string", multiple: true } as const;
const KM_MAX = 50;
/** Over land and over sea, where nothing else is said. */
const WIDTHS_KM = "3,8";

/** What `vigie pack need` was asked for, or what is wrong with it. */
export function readNeedOptions(argv: readonly string[], places: readonly Place[]): Result<NeedWanted, string> {
  const parsed = readArguments(argv, {
    ...{ area: TEXT, corner: MANY, from: TEXT, to: TEXT, width: { ...TEXT, default: WIDTHS_KM } },
    ...{ terrain: MANY, map: MANY, json: { type: "boolean", default: false } },
    "no-packs": { type: "boolean", default: false },
  });
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const [further] = positionals;
  if (further !== undefined) return err(`"${further}" is not expected`);
  const area = areaIn(values, places);
  if (!area.ok) return area;
  return ok({
    ...{ area: area.value, terrain: fullPaths(values.terrain), maps: fullPaths(values.map) },
    ...{ isWithoutPacks: values["no-packs"], isJson: values.json },
  });
}

type AreaWords = {
  readonly area?: string | undefined;
  readonly corner?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly width: string;
};

function areaIn(words: AreaWords, places: readonly Place[]): Result<AreaAsked, string> {
  const { area, corner, from, to } = words;
  const ways = [area, corner, from ?? to].filter((way) => way !== undefined);
  if (ways.length !== 1) return err("one of --area, two --corner, or --from and --to is needed");
  if (area !== undefined) return boxIn(area);
  return corner ? cornersIn(corner, places) : stretchIn(words, places);
}

function boxIn(text: string): Result<AreaAsked, string> {
  const numbers = numberList(text, [
    [-180, 180],
    [-90, 90],
    [-180, 180],
    [-90, 90],
  ]);
  if (!numbers) return err("--area needs WEST,SOUTH,EAST,NORTH in degrees, such as 1.5,50.7,1.7,50.9");
  const [westDeg = 0, southDeg = 0, eastDeg = 0, northDeg = 0] = numbers;
  return ok({ kind: "box", bounds: { southDeg, westDeg, northDeg, eastDeg } });
}

function cornersIn(texts: readonly string[], places: readonly Place[]): Result<AreaAsked, string> {
  if (texts.length !== 2) return err("two --corner are needed, opposite ones");
  const corners: Position[] = [];
  for (const text of texts) {
    const read = placeIn("--corner", text, places);
    if (!read.ok) return read;
    corners.push(read.value);
  }
  const points = corners.map(({ latitudeDeg, longitudeDeg }) => ({
    ...{ southDeg: latitudeDeg, northDeg: latitudeDeg, westDeg: longitudeDeg, eastDeg: longitudeDeg },
  }));
  return ok({ kind: "box", bounds: areaAround(points) });
}

function stretchIn({ from, to, width }: AreaWords, places: readonly Place[]): Result<AreaAsked, string> {
  if (from === undefined || to === undefined) return err("--from and --to are needed together");
  const [start, end] = [placeIn("--from", from, places), placeIn("--to", to, places)];
  if (!start.ok) return start;
  if (!end.ok) return end;
  const range = [0, KM_MAX] as const;
  const one = numberList(width, [range]);
  const numbers = one ? [...one, ...one] : numberList(width, [range, range]);
  if (!numbers) return err(`--width needs kilometres, or LAND,SEA, each from 0 to ${KM_MAX}`);
  const [landKm = 0, seaKm = 0] = numbers;
  const widths = { landwardM: landKm * 1000, seawardM: seaKm * 1000 };
  return ok({ kind: "stretch", from: start.value, to: end.value, ...widths });
}

function placeIn(option: string, text: string, places: readonly Place[]): Result<Position, string> {
  const read = readPlaceOrPosition(text, places);
  return read.ok ? read : err(`${option}: "${text}" is neither a place that is known nor a position`);
}
