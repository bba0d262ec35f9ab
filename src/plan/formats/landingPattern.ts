/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
/**
 * QGroundControl's landing patterns: `fwLandingPattern` (versions 1 and 2) and `vtolLandingPattern` (version 1). A file stores
 * what was drawn, not mission items: they are generated here as QGroundControl does (its LandingComplexItem), so that both
 * stations upload the same landing.
 */
import type { AltitudeDatum, DatumAltitude, Position } from "../../geo/position.js";
import type { JsonObject } from "../../geo/jsonText.js";
import { localFrameAt } from "../../geo/localFrame.js";
import { CMD } from "../missionCommands.js";
import type { MissionItem, OpaqueItem } from "../plan.js";
import { arrayAt, addProblem, numberAt, versionAt } from "./validationContext.js";
import type { ValidationContext } from "./validationContext.js";
import { positionAt } from "./survey.js";

export const FIXED_WING_LANDING = "fwLandingPattern";
export const VTOL_LANDING = "vtolLandingPattern";

const VERSIONS: Readonly<Record<string, readonly number[]>> = { [FIXED_WING_LANDING]: [1, 2], [VTOL_LANDING]: [1] };
const HEIGHT_M = [-1000, 100_000] as const;
const RADIUS_M = [0, 100_000] as const;
const SPEED_MPS = [-2, 1000] as const;
/** MAV_FRAME_MISSION's params 5 to 7 when all are "reserved". */
const RESERVED = [undefined, undefined, undefined] as const;

export const isLandingPattern = (complexItemType: string): boolean => Object.hasOwn(VERSIONS, complexItemType);

/** The pattern as drawn; heights carry their datum. */
export type LandingPattern = {
  readonly isVtol: boolean;
  readonly approach: { readonly position: Position; readonly altitude: DatumAltitude };
  readonly landing: { readonly position: Position; readonly altitude: DatumAltitude };
  /** Metres, positive clockwise; undefined means a straight approach without a loiter circle. */
  readonly circleRadiusM: number | undefined;
  readonly airSpeedMps: number | undefined;
  readonly stopsPhotos: boolean;
  readonly stopsVideo: boolean;
};

/** Mission items of a pattern in a file; empty after a mistake was reported to `context`. */
export function landingItemsAt(context: ValidationContext, source: JsonObject, where: string): readonly MissionItem[] {
  const pattern = patternAt(context, source, where);
  return context.mistake ? [] : landingItems(pattern);
}

function patternAt(context: ValidationContext, source: JsonObject, where: string): LandingPattern {
  const type = String(source["complexItemType"]);
  versionAt(context, source["version"], `${where}.version`, VERSIONS[type] ?? []);
  const flag = (key: string, fallback?: boolean): boolean =>
    flagAt(context, source[key] ?? fallback, `${where}.${key}`);
  // Version 1 stored a separate datum flag for each of the two heights.
  const isOld = type === FIXED_WING_LANDING && source["version"] === 1;
  const datumOf = (key: string): AltitudeDatum => (flag(key) ? "home" : "amsl");
  const approachDatum = datumOf(isOld ? "loiterAltitudeRelative" : "altitudesAreRelative");
  const landingDatum = datumOf(isOld ? "landAltitudeRelative" : "altitudesAreRelative");
  const approachKey =
    source["landingApproachCoordinate"] === undefined ? "loiterCoordinate" : "landingApproachCoordinate";
  const radiusM = numberAt(context, source["loiterRadius"], `${where}.loiterRadius`, RADIUS_M);
  const isClockwise = flag("loiterClockwise");
  const speed = source["finalApproachSpeed"];
  return {
    isVtol: type === VTOL_LANDING,
    approach: placeAt(context, source[approachKey], { where: `${where}.${approachKey}`, datum: approachDatum }),
    landing: placeAt(context, source["landCoordinate"], { where: `${where}.landCoordinate`, datum: landingDatum }),
    circleRadiusM: flag("useLoiterToAlt", true) ? radiusM * (isClockwise ? 1 : -1) : undefined,
    airSpeedMps: flag("useDoChangeSpeed", false)
      ? numberAt(context, speed, `${where}.finalApproachSpeed`, SPEED_MPS)
      : undefined,
    stopsPhotos: flag("stopTakingPhotos", false),
    stopsVideo: flag("stopVideoPhotos", false),
  };
}

/** Moves a pattern that lands at `from` to land at `to`, approach included; any other pattern is returned unchanged. */
export function landingMoved(item: OpaqueItem, from: Position, to: Position): OpaqueItem {
  if (!isLandingPattern(item.complexItemType)) return item;
  const source = JSON.parse(item.rawJson) as JsonObject;
  const context: ValidationContext = { mistake: undefined };
  const pattern = patternAt(context, source, "");
  const { landing, approach } = pattern;
  const isThere =
    landing.position.latitudeDeg === from.latitudeDeg && landing.position.longitudeDeg === from.longitudeDeg;
  if (context.mistake || !isThere) return item;
  // The approach keeps its east and north offset in metres from the landing point.
  const { eastM, northM } = localFrameAt(from).toEnu(approach.position, 0);
  const { position } = localFrameAt(to).toPosition({ eastM, northM, upM: 0 });
  const approachKey =
    source["landingApproachCoordinate"] === undefined ? "loiterCoordinate" : "landingApproachCoordinate";
  const coordinate = (place: Position, heightM: number) => [place.latitudeDeg, place.longitudeDeg, heightM];
  const moved = {
    ...source,
    [approachKey]: coordinate(position, approach.altitude.valueM),
    landCoordinate: coordinate(to, landing.altitude.valueM),
  };
  const items = landingItems({
    ...pattern,
    approach: { ...approach, position },
    landing: { ...landing, position: to },
  });
  return { ...item, rawJson: JSON.stringify(moved), items };
}

function flagAt(context: ValidationContext, value: unknown, where: string): boolean {
  if (typeof value !== "boolean") addProblem(context, where, "true or false was expected");
  return value === true;
}

function placeAt(
  context: ValidationContext,
  value: unknown,
  { where, datum }: { readonly where: string; readonly datum: AltitudeDatum },
) {
  const valueM = numberAt(context, arrayAt(context, value, where)[2], `${where}[2]`, HEIGHT_M);
  return { position: positionAt(context, value, where), altitude: { datum, valueM } };
}

type Params = MissionItem["params"];
const done = (command: number, params: Params, tail?: MissionItem["tail"]): MissionItem => ({
  command,
  params,
  ...(tail && { tail }),
  autoContinue: true,
});

/** In flight order: DO_LAND_START, speed, camera off, approach, landing. */
export function landingItems(pattern: LandingPattern): readonly MissionItem[] {
  const { isVtol, approach, landing, circleRadiusM, airSpeedMps, stopsPhotos, stopsVideo } = pattern;
  const unset = undefined;
  const entry: Params = circleRadiusM === undefined ? [0, 0, 0, unset] : [1, circleRadiusM, 0, 1];
  return [
    done(CMD.doLandStart, [0, 0, 0, 0]),
    // Param 1: 0 = air speed; param 3: -1 = throttle unchanged.
    ...(airSpeedMps === undefined ? [] : [done(CMD.changeSpeed, [0, Math.trunc(airSpeedMps), -1, 0])]),
    ...(stopsPhotos
      ? [done(CMD.cameraTriggerDistance, [0, 0, 0, 0]), done(CMD.imageStopCapture, [0, unset, unset, unset], RESERVED)]
      : []),
    ...(stopsVideo ? [done(CMD.videoStopCapture, [0, unset, unset, unset], RESERVED)] : []),
    { ...done(circleRadiusM === undefined ? CMD.waypoint : CMD.loiterToAltitude, entry), ...approach },
    { ...done(isVtol ? CMD.vtolLand : CMD.land, isVtol ? [0, 0, 0, unset] : [0, 0, 0, 0]), ...landing },
  ];
}

/** The pattern as a complex item that QGroundControl opens. Both heights must have the same datum. */
export function landingPatternJson(pattern: LandingPattern): string {
  const { isVtol, approach, landing, circleRadiusM, airSpeedMps, stopsPhotos, stopsVideo } = pattern;
  const place = ({ position, altitude }: LandingPattern["landing"]): readonly number[] => [
    position.latitudeDeg,
    position.longitudeDeg,
    altitude.valueM,
  ];
  return JSON.stringify({
    type: "ComplexItem",
    complexItemType: isVtol ? VTOL_LANDING : FIXED_WING_LANDING,
    version: isVtol ? 1 : 2,
    altitudesAreRelative: landing.altitude.datum === "home",
    landingApproachCoordinate: place(approach),
    landCoordinate: place(landing),
    useLoiterToAlt: circleRadiusM !== undefined,
    loiterRadius: Math.abs(circleRadiusM ?? 0),
    loiterClockwise: (circleRadiusM ?? 1) >= 0,
    stopTakingPhotos: stopsPhotos,
    stopVideoPhotos: stopsVideo,
    ...(airSpeedMps !== undefined && { useDoChangeSpeed: true, finalApproachSpeed: airSpeedMps }),
    ...(!isVtol && { valueSetIsDistance: true }),
  });
}
