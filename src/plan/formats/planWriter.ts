/** Writes a plan as `.plan` text for QGroundControl and MAVSDK. Unedited content of other stations is written back unchanged. */
import { isObject } from "../../geo/jsonText.js";
import { CMD } from "../missionCommands.js";
import type { MissionItem, Plan, PlanItem } from "../plan.js";
import { itemForFile, statedJumpId } from "./simpleItem.js";
import { sweepSource } from "./patternItem.js";
import { startForFile } from "../startTime.js";
import { storedItemsOf } from "./survey.js";

export const MISSION_VERSION = 2;
/** The empty section that every station writes, and the defaults for members that a file lacks. */
const EMPTY_FENCE = { version: 2, polygons: [], circles: [] };
const EMPTY_RALLY = { version: 2, points: [] };
export const GROUND_STATION = "QGroundControl";
export const ALTITUDE_MODE = 1;

/** Returns a placeholder for foreign text, which replaces it once the rest is serialised. */
type Keep = (text: string) => string;

/** Serialises the plan; `readPlanFile` of the result gives an equal plan. */
export function writePlanFile(plan: Plan): string {
  const raw: string[] = [];
  // A placeholder must not occur in any text of the plan: it is longer than any run of this character there.
  let mark = "\ue000";
  while (JSON.stringify(plan).includes(mark)) mark += "\ue000";
  const keep: Keep = (text) => `${mark}${raw.push(text) - 1}${mark}`;
  const printed = JSON.stringify(documentOf(plan, keep), null, 2);
  const places = new RegExp(`"${mark}(\\d+)${mark}"`, "g");
  return `${printed.replace(places, (_whole, index: string) => raw[Number(index)] ?? "null")}\n`;
}

const kept = (members: Readonly<Record<string, string>> | undefined, keep: Keep): Record<string, string> =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, json]) => [name, keep(json)]));

function documentOf(plan: Plan, keep: Keep): Record<string, unknown> {
  const home = plan.plannedHome;
  return {
    fileType: "Plan",
    version: 1,
    groundStation: GROUND_STATION,
    ...kept(plan.foreign?.top, keep),
    mission: {
      version: MISSION_VERSION,
      firmwareType: plan.firmwareType,
      vehicleType: plan.vehicleType,
      cruiseSpeed: plan.cruiseSpeedMps,
      hoverSpeed: plan.hoverSpeedMps,
      globalPlanAltitudeMode: ALTITUDE_MODE,
      plannedHomePosition: home
        ? [home.position.latitudeDeg, home.position.longitudeDeg, home.altitudeAmslM]
        : [0, 0, 0],
      ...kept(plan.foreign?.mission, keep),
      items: itemsJson(plan.items, keep),
    },
    geoFence: plan.fenceJson === undefined ? EMPTY_FENCE : keep(plan.fenceJson),
    rallyPoints: plan.rallyJson === undefined ? EMPTY_RALLY : keep(plan.rallyJson),
    vigie: {
      version: 1,
      name: plan.name,
      isTraining: plan.isTraining,
      ...(plan.startsAtUnixMs !== undefined && { startsAt: startForFile(plan.startsAtUnixMs) }),
      ...(plan.clears && { clears: plan.clears }),
      ...(plan.aircraft && { aircraft: plan.aircraft }),
      items: plan.items.map((item) =>
        item.kind === "sweep" ? { id: item.id, ...sweepSource(item, 1).note } : { id: item.id },
      ),
    },
  };
}

function itemsJson(items: readonly PlanItem[], keep: Keep): readonly unknown[] {
  const ids = jumpIdsOf(items);
  const flat = ids.flat();
  return items.map((item, i) => {
    const first = ids[i]?.[0] ?? 0;
    if (item.kind === "opaque") return keep(item.rawJson);
    if (item.kind === "sweep") return sweepSource(item, first).item;
    const written = itemForFile(item, withFileTarget(item.item, flat), first);
    return "json" in written ? keep(written.json) : written.value;
  });
}

/** Our plan counts a jump's target from 1; the file needs the doJumpId that the item has there. */
function withFileTarget(item: MissionItem, ids: readonly number[]): MissionItem {
  const [place, ...others] = item.params;
  if (item.command !== CMD.doJump || place === undefined) return item;
  return { ...item, params: [ids[place - 1] ?? place, ...others] };
}

/** `doJumpId`s from 1 through all items, those inside surveys and patterns too; a file's own ids are kept while they increase. */
function jumpIdsOf(items: readonly PlanItem[]): readonly (readonly number[])[] {
  let next = 1;
  return items.map((item) => {
    const stated = statedIdsOf(item);
    const isRising = stated.every((id, i) => id > (stated[i - 1] ?? next - 1));
    const count = item.kind === "simple" ? 1 : item.items.length;
    const ids = isRising && stated.length === count ? stated : Array.from({ length: count }, (_, i) => next + i);
    next = (ids.at(-1) ?? next - 1) + 1;
    return ids;
  });
}

function statedIdsOf(item: PlanItem): readonly number[] {
  if (item.kind === "sweep") return [];
  if (item.kind === "simple") {
    const stated = statedJumpId(item.source);
    return stated === undefined ? [] : [stated];
  }
  const parsed: unknown = JSON.parse(item.rawJson);
  const stored = isObject(parsed) ? storedItemsOf(parsed)?.items : undefined;
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((inner: unknown) => {
    const id = isObject(inner) ? inner["doJumpId"] : undefined;
    return typeof id === "number" && Number.isInteger(id) ? [id] : [];
  });
}
