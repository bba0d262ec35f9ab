/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import type { AltitudeDatum, Position } from "../../geo/position.js";
import type { MissionItem } from "../plan.js";
import { arrayAt, complain, integerAt, objectAt, optionalNumberAt } from "./look.js";
import type { Look, Range } from "./look.js";

// Bit masks fill 32 bits; nothing else comes near.
const PARAM: Range = [-4.3e9, 4.3e9];
const LATITUDE: Range = [-90, 90];
const LONGITUDE: Range = [-180, 180];
const HEIGHT: Range = [-1000, 100_000];

// MAV_FRAME: the plain and the _INT form of global, above home, above terrain; 2 is for commands without a place.
const FRAME_MISSION = 2;
const DATUM_OF_FRAME: Readonly<Record<number, AltitudeDatum>> = {
  0: "amsl",
  3: "home",
  5: "amsl",
  6: "home",
  10: "terrain",
  11: "terrain",
};
const FRAME_OF_DATUM: Readonly<Record<AltitudeDatum, number>> = { amsl: 0, home: 3, terrain: 10 };
/** QGroundControl's AltitudeMode. */
export const MODE_OF_DATUM: Readonly<Record<AltitudeDatum, number>> = { home: 1, amsl: 2, terrain: 4 };

/** A SimpleItem of a `.plan` file. `null` in params is MAVLink's NaN; a place of 0, 0 is "where the vehicle is". */
export function readSimpleItem(look: Look, value: unknown, where: string): MissionItem {
  const source = objectAt(look, value, where);
  if (source["type"] !== undefined && source["type"] !== "SimpleItem")
    complain(look, `${where}.type`, "a SimpleItem was expected");
  const command = integerAt(look, source["command"], `${where}.command`, [0, 65535]);
  const frame = integerAt(look, source["frame"], `${where}.frame`, [0, 255]);
  const datum = DATUM_OF_FRAME[frame];
  if (datum === undefined && frame !== FRAME_MISSION)
    complain(look, `${where}.frame`, `frame ${frame} is not one an aircraft flies`);
  const params = arrayAt(look, source["params"], `${where}.params`);
  if (params.length !== 7) complain(look, `${where}.params`, `7 values were expected, not ${params.length}`);
  const param = (i: number, range: Range): number | undefined =>
    optionalNumberAt(look, params[i], `${where}.params[${i}]`, range);
  const base = {
    command,
    params: [param(0, PARAM), param(1, PARAM), param(2, PARAM), param(3, PARAM)] as const,
    autoContinue: source["autoContinue"] !== false,
  };
  if (datum === undefined) {
    const tail = [param(4, PARAM), param(5, PARAM), param(6, PARAM)] as const;
    return tail.every((tailParam) => tailParam === 0) ? base : { ...base, tail };
  }
  const position = placeOf(param(4, LATITUDE), param(5, LONGITUDE));
  const heightM = param(6, HEIGHT);
  return {
    ...base,
    ...(position && { position }),
    ...(heightM !== undefined && { altitude: { datum, valueM: heightM } }),
  };
}

function placeOf(latitudeDeg: number | undefined, longitudeDeg: number | undefined): Position | undefined {
  if (latitudeDeg === undefined || longitudeDeg === undefined) return undefined;
  return latitudeDeg === 0 && longitudeDeg === 0 ? undefined : { latitudeDeg, longitudeDeg };
}

/** The item as JSON; `jumpId` counts from 1 through the whole plan. */
export function simpleItemJson(item: MissionItem, jumpId: number): Record<string, unknown> {
  const nan = (value: number | undefined): number | null => value ?? null;
  const { position, altitude } = item;
  const isPlaced = position !== undefined || altitude !== undefined;
  const tail = isPlaced
    ? [nan(position?.latitudeDeg), nan(position?.longitudeDeg), nan(altitude?.valueM)]
    : (item.tail ?? [0, 0, 0]).map(nan);
  return {
    type: "SimpleItem",
    command: item.command,
    frame: isPlaced ? FRAME_OF_DATUM[altitude?.datum ?? "home"] : FRAME_MISSION,
    doJumpId: jumpId,
    autoContinue: item.autoContinue,
    params: [...item.params.map(nan), ...tail],
  };
}

/** QGroundControl wants these beside a top-level item with a height; items inside a survey go without. */
export function altitudeJson({ altitude }: MissionItem): Record<string, unknown> {
  if (!altitude) return {};
  return { AMSLAltAboveTerrain: null, Altitude: altitude.valueM, AltitudeMode: MODE_OF_DATUM[altitude.datum] };
}
