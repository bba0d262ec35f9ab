/** A plan as `.plan` text that QGroundControl and MAVSDK open. What other stations wrote and nobody edited goes back as it came. */
import { isObject } from "../../geo/jsonText.js";
import { CMD } from "../missionCommands.js";
import type { MissionItem, Plan, PlanItem } from "../plan.js";
import { itemForFile, statedJumpId } from "./simpleItem.js";
import { sweepSource } from "./patternItem.js";
import { storedItemsOf } from "./survey.js";

export const MISSION_VERSION = 2;
/** What every station writes for "nothing", and what is said where a file does not. */
const EMPTY_FENCE = { version: 2, polygons: [], circles: [] };
const EMPTY_RALLY = { version: 2, points: [] };
export const GROUND_STATION = "QGroundControl";
export const ALTITUDE_MODE = 1;

/** Stands for a piece of foreign text until the rest is printed. */
type Keep = (text: string) => string;

/** Reading it back gives an equal plan. */
export function writePlanFile(plan: Plan): string {
  const raw: string[] = [];
  // Longer than any run of it in a name.
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

/** Here a jump names a place counted from 1; in a file, the number that the item at that place has there. */
function withFileTarget(item: MissionItem, ids: readonly number[]): MissionItem {
  const [place, ...others] = item.params;
  if (item.command !== CMD.doJump || place === undefined) return item;
  return { ...item, params: [ids[place - 1] ?? place, ...others] };
}

/** `doJumpId`s, counted from 1 through the items inside surveys and patterns; a file's own numbers where they go on rising. */
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
