/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { isObject, type JsonObject } from "../../geo/jsonText.js";
import type { AltitudeDatum, Position } from "../../geo/position.js";
import { CMD, hasPlace, needsGlobalFrame } from "../missionCommands.js";
import type { ItemSource, MissionItem, SimpleItem } from "../plan.js";
import { isSameJson } from "./isSameJson.js";
import { arrayAt, addProblem, integerAt, objectAt, optionalNumberAt } from "./validationContext.js";
import type { ValidationContext, Range } from "./validationContext.js";

// The largest params are bit masks of 32 bits.
const PARAM: Range = [-4.3e9, 4.3e9];
const LATITUDE: Range = [-90, 90];
const LONGITUDE: Range = [-180, 180];
const HEIGHT: Range = [-1000, 100_000];

// MAV_FRAME pairs: the plain and the _INT form of global, relative to home, above terrain; 2 is for commands without a position.
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
const ALTITUDE_MEMBERS = ["AMSLAltAboveTerrain", "Altitude", "AltitudeMode"] as const;

/** The seven params of an item, each with its JSON path for error messages. */
type SevenParams = readonly { readonly value: unknown; readonly where: string }[];

/** A SimpleItem of a `.plan` file. `null` in params is MAVLink's NaN; a position of 0, 0 means "where the vehicle is". */
export function readSimpleItem(context: ValidationContext, value: unknown, where: string): MissionItem {
  const source = objectAt(context, value, where);
  const type = source["type"];
  if (type !== undefined && type !== "SimpleItem" && type !== "missionItem")
    addProblem(context, `${where}.type`, "a SimpleItem was expected");
  return itemFrom(context, {
    command: integerAt(context, source["command"], `${where}.command`, [0, 65535]),
    frame: integerAt(context, source["frame"], `${where}.frame`, [0, 255]),
    frameWhere: `${where}.frame`,
    seven: sevenParams(context, source, where),
    autoContinue: source["autoContinue"] !== false,
  });
}

/**
 * Three forms have existed: `params` with seven values (current), `params` with four plus `coordinate`, and `param1` to
 * `param4` plus `coordinate`. https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html
 */
function sevenParams(context: ValidationContext, source: JsonObject, where: string): SevenParams {
  const listed = (value: unknown, inside: string, length: number): SevenParams => {
    const values = arrayAt(context, value, inside);
    if (values.length !== length) addProblem(context, inside, `${length} values were expected, not ${values.length}`);
    return Array.from({ length }, (_, i) => ({ value: values[i], where: `${inside}[${i}]` }));
  };
  if (source["coordinate"] === undefined) return listed(source["params"], `${where}.params`, 7);
  const first =
    source["params"] === undefined
      ? [1, 2, 3, 4].map((n) => ({ value: source[`param${n}`], where: `${where}.param${n}` }))
      : listed(source["params"], `${where}.params`, 4);
  for (const param of first)
    if (param.value === undefined) addProblem(context, param.where, "a number was expected, not nothing");
  return [...first, ...listed(source["coordinate"], `${where}.coordinate`, 3)];
}

/** One item as stated by any file format. */
type StatedItem = {
  readonly command: number;
  readonly frame: number;
  readonly frameWhere: string;
  readonly seven: SevenParams;
  readonly autoContinue: boolean;
};

export function itemFrom(
  context: ValidationContext,
  { command, frame, frameWhere, seven, autoContinue }: StatedItem,
): MissionItem {
  const frameDatum = DATUM_OF_FRAME[frame];
  if (frameDatum === undefined && frame !== FRAME_MISSION)
    addProblem(context, frameWhere, `frame ${frame} is not one an aircraft flies`);
  const datum = hasPlace(command) || isPlaceLike(seven) ? frameDatum : undefined;
  const param = (i: number, range: Range): number | undefined =>
    optionalNumberAt(context, seven[i]?.value, seven[i]?.where ?? "", range);
  const base = {
    command,
    params: [param(0, PARAM), param(1, PARAM), param(2, PARAM), param(3, PARAM)] as const,
    autoContinue,
  };
  if (datum === undefined) {
    const tail = [param(4, PARAM), param(5, PARAM), param(6, PARAM)] as const;
    const isEmpty = tail.every((tailParam) => tailParam === 0);
    // MAV_FRAME_MISSION sends x and y as integers without the 1e7 scaling: degrees would be truncated to 50 and 1.
    if (needsGlobalFrame(command) && tail.some((tailParam) => (tailParam ?? 0) !== 0))
      addProblem(context, frameWhere, `command ${command} has a place, and frame 2 has none`);
    return isEmpty ? base : { ...base, tail };
  }
  const position = placeOf(context, seven, [param(4, LATITUDE), param(5, LONGITUDE)]);
  const heightM = param(6, HEIGHT);
  return {
    ...base,
    ...(position && { position }),
    ...(heightM !== undefined && { altitude: { datum, valueM: heightM } }),
  };
}

/** An unknown command whose params 5 and 6 look like degrees: a fraction is neither a flag nor a camera number. */
const isPlaceLike = (seven: SevenParams): boolean =>
  [4, 5].some((i) => {
    const value = seven[i]?.value;
    return typeof value === "number" && !Number.isInteger(value);
  });

function placeOf(
  context: ValidationContext,
  seven: SevenParams,
  [latitudeDeg, longitudeDeg]: readonly [number | undefined, number | undefined],
): Position | undefined {
  if (latitudeDeg === undefined || longitudeDeg === undefined) {
    const isHalf = latitudeDeg !== longitudeDeg && (latitudeDeg ?? longitudeDeg) !== 0;
    if (isHalf) addProblem(context, seven[4]?.where ?? "", "latitude and longitude were expected, only one is there");
    return undefined;
  }
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

/** QGroundControl requires these members on a top-level item with a height; items inside a survey have none. */
function altitudeJson({ altitude }: MissionItem): Record<string, unknown> {
  if (!altitude) return {};
  return { AMSLAltAboveTerrain: null, Altitude: altitude.valueM, AltitudeMode: MODE_OF_DATUM[altitude.datum] };
}

const ownJson = (item: MissionItem, jumpId: number): Record<string, unknown> => ({
  ...simpleItemJson(item, jumpId),
  ...altitudeJson(item),
});

const OLD_MEMBERS = new Set(["coordinate", "id", "param1", "param2", "param3", "param4"]);

type Stated = { readonly json: string; readonly ownJumpId: number };

/** What the file says beyond what we would write ourselves; undefined when there is nothing. */
export function sourceOf(item: MissionItem, value: JsonObject, { json, ownJumpId }: Stated): ItemSource | undefined {
  const own = ownJson(item, ownJumpId);
  if (isSameJson(own, value)) return undefined;
  if (value["coordinate"] === undefined) return { json, item };
  // The old form of the params is not written again; all other members are kept.
  const rest = Object.entries(value).filter(([name]) => !OLD_MEMBERS.has(name) && name !== "params");
  const merged = { ...own, ...Object.fromEntries(rest), type: own["type"] };
  return isSameJson(merged, own) ? undefined : { json: JSON.stringify(merged), item };
}

/** The item's doJumpId in its file; undefined once the item was edited. */
export function statedJumpId(source: ItemSource | undefined): number | undefined {
  const parsed: unknown = source && JSON.parse(source.json);
  const jumpId = isObject(parsed) ? parsed["doJumpId"] : undefined;
  return typeof jumpId === "number" && Number.isInteger(jumpId) ? jumpId : undefined;
}

type ItemForFile = { readonly json: string } | { readonly value: Record<string, unknown> };

/**
 * An item for writing: the source text if unchanged, otherwise our members over those of the file. `inFile` is the item with
 * its jump target as a doJumpId.
 */
export function itemForFile({ item, source }: SimpleItem, inFile: MissionItem, jumpId: number): ItemForFile {
  if (!source) return { value: ownJson(inFile, jumpId) };
  const before = JSON.parse(source.json) as JsonObject;
  // Edits never change an item in place, so the same object means "not edited".
  if (source.item === item) {
    const [target, ...others] = Array.isArray(before["params"]) ? (before["params"] as readonly unknown[]) : [];
    const isJump = item.command === CMD.doJump;
    if (before["doJumpId"] === jumpId && (!isJump || target === inFile.params[0])) return { json: source.json };
    return { value: { ...before, doJumpId: jumpId, ...(isJump && { params: [inFile.params[0], ...others] }) } };
  }
  // With an unchanged height keep the file's AltitudeMode: "above terrain" may be stored as a calculated AMSL height.
  const isSameHeight = isSameJson(source.item.altitude, item.altitude);
  const kept = Object.entries(before).filter(([name]) => isSameHeight || !ALTITUDE_MEMBERS.some((own) => own === name));
  const changed = isSameHeight ? simpleItemJson(inFile, jumpId) : ownJson(inFile, jumpId);
  return { value: { ...Object.fromEntries(kept), ...changed } };
}
