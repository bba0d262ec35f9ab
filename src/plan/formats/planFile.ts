/**
 * QGroundControl's `.plan`: https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html (the versions there
 * are out of date). What the format has no member for (name, training, start, ids, sweep speed) goes under "vigie", which other
 * stations ignore. Content of other stations that we do not edit is kept as text.
 */
import { err, ok } from "../../core/result.js";
import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import { isObject, parseJsonObject } from "../../geo/jsonText.js";
import type { JsonObject } from "../../geo/jsonText.js";
import { aircraftFrom } from "../aircraft.js";
import { CMD } from "../missionCommands.js";
import type { ForeignMembers, OpaqueItem, Plan, PlanItem, PlannedHome } from "../plan.js";
import { fenceAt } from "./fenceSection.js";
import { jsonElementsAt, jsonSourceAt } from "./jsonSource.js";
import { isLandingPattern, landingItemsAt } from "./landingPattern.js";
import { arrayAt, addProblem, numberAt, objectAt, versionAt } from "./validationContext.js";
import type { ValidationContext } from "./validationContext.js";
import { ALTITUDE_MODE, GROUND_STATION, MISSION_VERSION } from "./planWriter.js";
import { rallyAt } from "./rallySection.js";
import { readSimpleItem, sourceOf } from "./simpleItem.js";
import { readSweep } from "./patternItem.js";
import { positionAt, readOpaque, storedItemsOf } from "./survey.js";
import { startFromFile } from "../startTime.js";
import { isWaypointsText, readWaypoints } from "./waypointsFile.js";

export { writePlanFile } from "./planWriter.js";

// MAV_TYPE quadrotor and ArduPilot, for files that do not say.
const VEHICLE_TYPE = 2;
const FIRMWARE_TYPE = 3;
/** Plausible range of a home's AMSL height. Deliberately wide: an odd home is no reason to refuse the file. */
const HOME_AMSL_M = [-1000, 100_000] as const;

/**
 * Reads `.plan` text, or a Mission Planner mission (`.waypoints`). `path` is for the error message and the plan's name. A
 * mistake anywhere refuses the whole file.
 */
export function readPlanFile(text: string, path: string): Result<Plan, BadFile> {
  if (isWaypointsText(text)) return readWaypoints(text, path);
  const parsed = parseJsonObject(text, path);
  if (!parsed.ok) return parsed;
  const context: ValidationContext = { mistake: undefined };
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  const plan = planAt(context, parsed.value, { json, path });
  return context.mistake ? err({ kind: "bad-file", path, ...context.mistake }) : ok(plan);
}

type Source = { readonly json: string; readonly path: string };

function planAt(context: ValidationContext, top: JsonObject, { json, path }: Source): Plan {
  if (top["fileType"] !== "Plan") addProblem(context, "fileType", wrongFileType(top));
  versionAt(context, top["version"], "version", [1]);
  const vigie = isObject(top["vigie"]) ? top["vigie"] : {};
  const mission = top["mission"] === undefined ? {} : objectAt(context, top["mission"], "mission");
  if (top["mission"] !== undefined) versionAt(context, mission["version"], "mission.version", [MISSION_VERSION]);
  const orElse = (key: string, fallback: number, most: number): number =>
    mission[key] === undefined ? fallback : numberAt(context, mission[key], `mission.${key}`, [0, most]);
  return {
    name: typeof vigie["name"] === "string" ? vigie["name"] : nameFrom(path),
    vehicleType: orElse("vehicleType", VEHICLE_TYPE, 255),
    firmwareType: orElse("firmwareType", FIRMWARE_TYPE, 255),
    cruiseSpeedMps: orElse("cruiseSpeed", 15, 1000),
    hoverSpeedMps: orElse("hoverSpeed", 5, 1000),
    plannedHome: homeAt(context, mission["plannedHomePosition"]),
    items: itemsAt(context, mission["items"] ?? [], { json, notes: notesOf(vigie, mission["items"]) }),
    fenceJson: sectionAt(context, top, "geoFence", json),
    rallyJson: sectionAt(context, top, "rallyPoints", json),
    ...clearsAt(context, vigie["clears"]),
    ...aircraftAt(context, vigie["aircraft"]),
    ...foreignMembers(top, mission, json),
    ...startAt(context, vigie["startsAt"]),
    isTraining: vigie["isTraining"] === true,
  };
}

function wrongFileType(top: JsonObject): string {
  const isGeoJson =
    typeof top["type"] === "string" && (top["features"] !== undefined || top["coordinates"] !== undefined);
  if (isGeoJson) return "this is GeoJSON, an area and no plan: make a plan of it first (vigie plan)";
  return 'this is no plan: "Plan" was expected';
}

/** The aircraft data the plan was made with, from the "vigie" member. */
function aircraftAt(context: ValidationContext, value: unknown): Pick<Plan, "aircraft"> {
  if (value === undefined) return {};
  const aircraft = aircraftFrom(objectAt(context, value, "vigie.aircraft"));
  if (aircraft.ok) return { aircraft: aircraft.value };
  addProblem(context, `vigie.aircraft.${aircraft.error.field}`, aircraft.error.problem);
  return {};
}

/** From the "vigie" member; files of before have none. */
function startAt(context: ValidationContext, value: unknown): Pick<Plan, "startsAtUnixMs"> {
  if (value === undefined) return {};
  const start = typeof value === "string" ? startFromFile(value) : undefined;
  if (start?.ok) return { startsAtUnixMs: start.value };
  addProblem(context, "vigie.startsAt", 'a time of UTC such as "2026-12-01T02:00Z" was expected');
  return {};
}

const TOP_MEMBERS: ReadonlySet<string> = new Set([
  "fileType",
  "version",
  "mission",
  "geoFence",
  "rallyPoints",
  "vigie",
]);
const MISSION_MEMBERS: ReadonlySet<string> = new Set([
  "version",
  "firmwareType",
  "vehicleType",
  "cruiseSpeed",
  "hoverSpeed",
  "plannedHomePosition",
  "items",
]);

/** Members that we do not understand; kept, because saving would otherwise drop them. */
function foreignMembers(top: JsonObject, mission: JsonObject, json: string): Pick<Plan, "foreign"> {
  const foreign: ForeignMembers = {
    top: membersOf(
      top,
      TOP_MEMBERS,
      (name) => (name === "groundStation" ? GROUND_STATION : undefined),
      (name) => jsonSourceAt(json, [name]),
    ),
    mission: membersOf(
      mission,
      MISSION_MEMBERS,
      (name) => (name === "globalPlanAltitudeMode" ? ALTITUDE_MODE : undefined),
      (name) => jsonSourceAt(json, ["mission", name]),
    ),
  };
  const isNothing = Object.keys({ ...foreign.top, ...foreign.mission }).length === 0;
  return isNothing ? {} : { foreign };
}

/** `ownOf`: what we ourselves would write under a given name. */
function membersOf(
  source: JsonObject,
  known: ReadonlySet<string>,
  ownOf: (name: string) => unknown,
  textOf: (name: string) => string | undefined,
): Readonly<Record<string, string>> {
  const others = Object.keys(source).filter((name) => !known.has(name) && source[name] !== ownOf(name));
  return Object.fromEntries(others.map((name) => [name, textOf(name) ?? "null"]));
}

/** From the "vigie" member: every station writes empty sections, so an empty one cannot mean "erase it on the aircraft". */
function clearsAt(context: ValidationContext, value: unknown): Pick<Plan, "clears"> {
  if (value === undefined) return {};
  const clears = arrayAt(context, value, "vigie.clears").flatMap((part, i): NonNullable<Plan["clears"]> => {
    if (part === "fence" || part === "rally") return [part];
    addProblem(context, `vigie.clears[${i}]`, '"fence" or "rally" was expected');
    return [];
  });
  return clears.length > 0 ? { clears } : {};
}

const nameFrom = (path: string): string => path.replace(/^.*[/\\]/, "").replace(/\.plan$/i, "");

/** Stations write [0, 0, 0] for "no home yet". */
function homeAt(context: ValidationContext, value: unknown): PlannedHome | undefined {
  if (value === undefined || value === null) return undefined;
  const where = "mission.plannedHomePosition";
  const position = positionAt(context, value, where);
  const altitudeAmslM = numberAt(context, arrayAt(context, value, where)[2] ?? 0, `${where}[2]`, HOME_AMSL_M);
  return position.latitudeDeg === 0 && position.longitudeDeg === 0 ? undefined : { position, altitudeAmslM };
}

/** Our notes, one per item; ignored when another station changed the number of items. */
function notesOf(vigie: JsonObject, items: unknown): readonly JsonObject[] {
  const notes: unknown = vigie["items"];
  if (!Array.isArray(notes) || !Array.isArray(items) || notes.length !== items.length) return [];
  const known = notes.map((note: unknown) => (isObject(note) ? note : {}));
  const ids = known.map((note) => note["id"]);
  const areGood = ids.every((id) => typeof id === "string" && id !== "") && new Set(ids).size === ids.length;
  return areGood ? known : [];
}

function itemsAt(
  context: ValidationContext,
  value: unknown,
  { json, notes }: { readonly json: string; readonly notes: readonly JsonObject[] },
): readonly PlanItem[] {
  const jumps = new Map<unknown, number>();
  // The doJumpId that we would give to the item.
  let next = 1;
  const sources = jsonElementsAt(json, ["mission", "items"]);
  const items = arrayAt(context, value, "mission.items").map((source, i): PlanItem => {
    const where = `mission.items[${i}]`;
    const note = notes[i] ?? {};
    const id = typeof note["id"] === "string" ? note["id"] : `item-${i + 1}`;
    const item = objectAt(context, source, where);
    const jsonOf = (): string => sources[i] ?? "{}";
    if (isSimple(item)) {
      const read = readSimpleItem(context, item, where);
      const kept = sourceOf(read, item, { json: jsonOf(), ownJumpId: next });
      next++;
      return { kind: "simple", id, item: read, ...(kept && { source: kept }) };
    }
    if (item["type"] !== "ComplexItem") addProblem(context, `${where}.type`, "SimpleItem or ComplexItem was expected");
    const complex =
      readSweep(context, { item, note }, { item: where, note: `vigie.items[${i}]`, id }) ??
      opaqueAt(context, item, { where, id, rawJson: jsonOf() });
    next += complex.items.length;
    return complex;
  });
  const counts = items.map((item) => (item.kind === "simple" ? 1 : item.items.length));
  for (const [i, jumpId] of jumpIdsOf(value, counts).entries()) jumps.set(jumpId, i + 1);
  return items.map((item, i) => withJumpTarget(context, item, { jumps, where: `mission.items[${i}]` }));
}

type OpaquePlace = { readonly where: string; readonly id: string; readonly rawJson: string };

function opaqueAt(context: ValidationContext, item: JsonObject, place: OpaquePlace): OpaqueItem {
  const type = item["complexItemType"];
  if (typeof type !== "string" || !isLandingPattern(type)) return readOpaque(context, item, place);
  const { where, id, rawJson } = place;
  return { kind: "opaque", id, complexItemType: type, rawJson, items: landingItemsAt(context, item, where) };
}

const isSimple = ({ type }: JsonObject): boolean => type === "SimpleItem" || type === "missionItem";

/** The doJumpIds of all items in flight order, those inside complex items included; one per mission item. */
function jumpIdsOf(value: unknown, counts: readonly number[]): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, i) => {
    if (!isObject(item)) return [];
    if (isSimple(item)) return [item["doJumpId"] ?? item["id"]];
    const stored = storedItemsOf(item)?.items;
    return Array.isArray(stored)
      ? stored.map((inner: unknown) => (isObject(inner) ? inner["doJumpId"] : undefined))
      : Array.from({ length: counts[i] ?? 0 }, () => undefined);
  });
}

/** In a file DO_JUMP refers to a doJumpId; in our plan and on the aircraft, to the item's number counted from 1. */
function withJumpTarget(
  context: ValidationContext,
  item: PlanItem,
  { jumps, where }: { readonly jumps: ReadonlyMap<unknown, number>; readonly where: string },
): PlanItem {
  if (item.kind !== "simple" || item.item.command !== CMD.doJump) return item;
  const [target, ...others] = item.item.params;
  const place = jumps.get(target);
  if (place === undefined) {
    addProblem(context, `${where}.params[0]`, `jumps to item ${target ?? "nothing"}, which does not exist`);
    return item;
  }
  const jump = { ...item.item, params: [place, ...others] as const };
  return { ...item, item: jump, ...(item.source && { source: { ...item.source, item: jump } }) };
}

/** A fence or rally section as text; undefined when empty. Sections of another version are refused unless empty. */
function sectionAt(
  context: ValidationContext,
  top: JsonObject,
  key: "geoFence" | "rallyPoints",
  json: string,
): string | undefined {
  if (top[key] === undefined) return undefined;
  const section = objectAt(context, top[key], key);
  const isEmpty = Object.entries(section).every(
    ([name, member]) => name === "version" || (Array.isArray(member) && member.length === 0),
  );
  if (isEmpty) return undefined;
  // Validated at reading, so that a mistake in the fence does not show up only at the upload.
  if (key === "geoFence") fenceAt(context, section, key);
  else rallyAt(context, section, key);
  return jsonSourceAt(json, [key]);
}
