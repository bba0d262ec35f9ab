/**
 * QGroundControl's `.plan`: https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html (the versions there
 * are out of date). What the format has no place for (name, training, ids, speed of a sweep) goes under "vigie", which
 * other stations ignore; what other stations wrote and we do not edit is kept as text.
 */
import { err, ok } from "../../core/result.js";
import type { Result } from "../../core/result.js";
import type { BadFile } from "../../geo/badFile.js";
import { isObject, parseJsonObject } from "../../geo/jsonText.js";
import type { JsonObject } from "../../geo/jsonText.js";
import { CMD } from "../missionCommands.js";
import type { Plan, PlanItem, PlannedHome } from "../plan.js";
import { fenceAt } from "./fenceSection.js";
import { jsonSourceAt } from "./jsonSource.js";
import { arrayAt, complain, numberAt, objectAt, versionAt } from "./look.js";
import type { Look } from "./look.js";
import { rallyAt } from "./rallySection.js";
import { altitudeJson, readSimpleItem, simpleItemJson } from "./simpleItem.js";
import { positionAt, readOpaque, readOwnSurvey, surveyJson } from "./survey.js";

const MISSION_VERSION = 2;
const EMPTY_FENCE = { version: 2, polygons: [], circles: [] };
const EMPTY_RALLY = { version: 2, points: [] };
// A quadcopter under ArduPilot, for files that do not say.
const VEHICLE_TYPE = 2;
const FIRMWARE_TYPE = 3;

/** `.plan` text to a plan; `path` is for the error and the name. All or nothing: a mistake anywhere refuses the file. */
export function readPlanFile(text: string, path: string): Result<Plan, BadFile> {
  const parsed = parseJsonObject(text, path);
  if (!parsed.ok) return parsed;
  const look: Look = { mistake: undefined };
  const json = text.startsWith("\ufeff") ? text.slice(1) : text;
  const plan = planAt(look, parsed.value, { json, path });
  return look.mistake ? err({ kind: "bad-file", path, ...look.mistake }) : ok(plan);
}

type Source = { readonly json: string; readonly path: string };

function planAt(look: Look, top: JsonObject, { json, path }: Source): Plan {
  if (top["fileType"] !== "Plan") complain(look, "fileType", 'this is no plan: "Plan" was expected');
  versionAt(look, top["version"], "version", [1]);
  const vigie = isObject(top["vigie"]) ? top["vigie"] : {};
  const mission = top["mission"] === undefined ? {} : objectAt(look, top["mission"], "mission");
  if (top["mission"] !== undefined) versionAt(look, mission["version"], "mission.version", [MISSION_VERSION]);
  const orElse = (key: string, fallback: number, most: number): number =>
    mission[key] === undefined ? fallback : numberAt(look, mission[key], `mission.${key}`, [0, most]);
  return {
    name: typeof vigie["name"] === "string" ? vigie["name"] : nameFrom(path),
    vehicleType: orElse("vehicleType", VEHICLE_TYPE, 255),
    firmwareType: orElse("firmwareType", FIRMWARE_TYPE, 255),
    cruiseSpeedMps: orElse("cruiseSpeed", 15, 1000),
    hoverSpeedMps: orElse("hoverSpeed", 5, 1000),
    plannedHome: homeAt(look, mission["plannedHomePosition"]),
    items: itemsAt(look, mission["items"] ?? [], { json, notes: notesOf(vigie, mission["items"]) }),
    fenceJson: sectionAt(look, top, "geoFence", json),
    rallyJson: sectionAt(look, top, "rallyPoints", json),
    ...clearsAt(look, vigie["clears"]),
    isTraining: vigie["isTraining"] === true,
  };
}

/** Our own note: every station writes empty sections, so an empty one cannot mean "take it off the aircraft". */
function clearsAt(look: Look, value: unknown): Pick<Plan, "clears"> {
  if (value === undefined) return {};
  const clears = arrayAt(look, value, "vigie.clears").flatMap((part, i): NonNullable<Plan["clears"]> => {
    if (part === "fence" || part === "rally") return [part];
    complain(look, `vigie.clears[${i}]`, '"fence" or "rally" was expected');
    return [];
  });
  return clears.length > 0 ? { clears } : {};
}

const nameFrom = (path: string): string => path.replace(/^.*[/\\]/, "").replace(/\.plan$/i, "");

/** [0, 0, 0] is what stations write for "no home yet". */
function homeAt(look: Look, value: unknown): PlannedHome | undefined {
  if (value === undefined || value === null) return undefined;
  const where = "mission.plannedHomePosition";
  const position = positionAt(look, value, where);
  const altitudeAmslM = numberAt(look, arrayAt(look, value, where)[2] ?? 0, `${where}[2]`, [-1000, 10_000]);
  return position.latitudeDeg === 0 && position.longitudeDeg === 0 ? undefined : { position, altitudeAmslM };
}

/** Our notes about the items, one for one; dropped when another station changed the number of items. */
function notesOf(vigie: JsonObject, items: unknown): readonly JsonObject[] {
  const notes: unknown = vigie["items"];
  if (!Array.isArray(notes) || !Array.isArray(items) || notes.length !== items.length) return [];
  const known = notes.map((note: unknown) => (isObject(note) ? note : {}));
  const ids = known.map((note) => note["id"]);
  const areGood = ids.every((id) => typeof id === "string" && id !== "") && new Set(ids).size === ids.length;
  return areGood ? known : [];
}

function itemsAt(
  look: Look,
  value: unknown,
  { json, notes }: { readonly json: string; readonly notes: readonly JsonObject[] },
): readonly PlanItem[] {
  const jumps = new Map<unknown, number>();
  const items = arrayAt(look, value, "mission.items").map((source, i): PlanItem => {
    const where = `mission.items[${i}]`;
    const note = notes[i] ?? {};
    const id = typeof note["id"] === "string" ? note["id"] : `item-${i + 1}`;
    const item = objectAt(look, source, where);
    if (item["type"] === "SimpleItem") return { kind: "simple", id, item: readSimpleItem(look, item, where) };
    if (item["type"] !== "ComplexItem") complain(look, `${where}.type`, "SimpleItem or ComplexItem was expected");
    if (item["complexItemType"] === "survey" && note["groundSpeedMps"] !== undefined) {
      const groundSpeedMps = numberAt(look, note["groundSpeedMps"], `vigie.items[${i}].groundSpeedMps`, [0, 1000]);
      return readOwnSurvey(look, item, { where, id, groundSpeedMps });
    }
    return readOpaque(look, item, { where, id, rawJson: jsonSourceAt(json, ["mission", "items", i]) ?? "{}" });
  });
  for (const [i, jumpId] of jumpIdsOf(value).entries()) jumps.set(jumpId, i + 1);
  return items.map((item, i) => withJumpTarget(look, item, { jumps, where: `mission.items[${i}]` }));
}

/** The doJumpIds of all items, those inside complex items included, in the order of flight. */
function jumpIdsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (!isObject(item)) return [];
    if (item["type"] === "SimpleItem") return [item["doJumpId"]];
    const stored = isObject(item["TransectStyleComplexItem"]) ? item["TransectStyleComplexItem"]["Items"] : [];
    return Array.isArray(stored)
      ? stored.map((inner: unknown) => (isObject(inner) ? inner["doJumpId"] : undefined))
      : [];
  });
}

/** In a file DO_JUMP names a doJumpId; here, and on the aircraft, the item's place counted from 1. */
function withJumpTarget(
  look: Look,
  item: PlanItem,
  { jumps, where }: { readonly jumps: ReadonlyMap<unknown, number>; readonly where: string },
): PlanItem {
  if (item.kind !== "simple" || item.item.command !== CMD.doJump) return item;
  const [target, ...others] = item.item.params;
  const place = jumps.get(target);
  if (place === undefined) {
    complain(look, `${where}.params[0]`, `jumps to item ${target ?? "nothing"}, which does not exist`);
    return item;
  }
  return { ...item, item: { ...item.item, params: [place, ...others] } };
}

/** A fence or rally section as text; an empty one is none. Sections of another version are refused unless empty. */
function sectionAt(look: Look, top: JsonObject, key: "geoFence" | "rallyPoints", json: string): string | undefined {
  if (top[key] === undefined) return undefined;
  const section = objectAt(look, top[key], key);
  const isEmpty = Object.values(section).every(
    (value) => typeof value === "number" || (Array.isArray(value) && value.length === 0),
  );
  if (isEmpty) return undefined;
  // Looked through now, so that a fence with a mistake is not found out when it is sent.
  if (key === "geoFence") fenceAt(look, section, key);
  else rallyAt(look, section, key);
  return jsonSourceAt(json, [key]);
}

/** `.plan` text that QGroundControl and MAVSDK open; reading it back gives an equal plan. */
export function writePlanFile(plan: Plan): string {
  const home = plan.plannedHome;
  const raw: string[] = [];
  // Stands for a piece of foreign text until the rest is printed; longer than any run of it in a name.
  let mark = "\ue000";
  while (JSON.stringify(plan).includes(mark)) mark += "\ue000";
  const keep = (text: string): string => `${mark}${raw.push(text) - 1}${mark}`;
  let jumpId = 1;
  const itemJson = (item: PlanItem): unknown => {
    const first = jumpId;
    jumpId += item.kind === "simple" ? 1 : item.items.length;
    if (item.kind === "simple") return { ...simpleItemJson(item.item, first), ...altitudeJson(item.item) };
    return item.kind === "sweep" ? surveyJson(item, first) : keep(item.rawJson);
  };
  const document = {
    fileType: "Plan",
    version: 1,
    groundStation: "QGroundControl",
    mission: {
      version: MISSION_VERSION,
      firmwareType: plan.firmwareType,
      vehicleType: plan.vehicleType,
      cruiseSpeed: plan.cruiseSpeedMps,
      hoverSpeed: plan.hoverSpeedMps,
      globalPlanAltitudeMode: 1,
      plannedHomePosition: home
        ? [home.position.latitudeDeg, home.position.longitudeDeg, home.altitudeAmslM]
        : [0, 0, 0],
      items: plan.items.map(itemJson),
    },
    geoFence: plan.fenceJson === undefined ? EMPTY_FENCE : keep(plan.fenceJson),
    rallyPoints: plan.rallyJson === undefined ? EMPTY_RALLY : keep(plan.rallyJson),
    vigie: {
      version: 1,
      name: plan.name,
      isTraining: plan.isTraining,
      ...(plan.clears && { clears: plan.clears }),
      items: plan.items.map((item) =>
        item.kind === "sweep" ? { id: item.id, groundSpeedMps: item.settings.groundSpeedMps } : { id: item.id },
      ),
    },
  };
  const printed = JSON.stringify(document, null, 2);
  const places = new RegExp(`"${mark}(\\d+)${mark}"`, "g");
  return `${printed.replace(places, (_whole, index: string) => raw[Number(index)] ?? "null")}\n`;
}
