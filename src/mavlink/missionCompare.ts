/**
 * Whether the list read back (mission, fence, rally points) is the list sent. Autopilots round and drop what they do not
 * use, so "equal" means: equal in everything the vehicle keeps and flies by.
 * Sources: ArduPilot's AP_Mission::mavlink_int_to_mission_cmd and its inverse, AC_PolyFence_loader, AP_Rally, and the
 * recordings of a real one in fixtures/; PX4's MavlinkMissionManager::parse_mavlink_mission_item and format_mavlink_mission_item.
 */
import { wrap180 } from "../geo/angles.js";
import type { ItemDifference, PlanPart } from "../vehicle/transfers.js";
import type { KeptParam, KeptParams } from "./dialects/dialect.js";
import type { WireMissionItem } from "./protocols/mission/missionWire.js";

/** One of an aircraft's lists, and what its autopilot keeps of it. */
export type ListKind = {
  readonly part: PlanPart;
  /** See `Dialect`; they matter for missions only. */
  readonly firstItemIsHome: boolean;
  readonly keptParams: (command: number) => KeptParams;
  /** True where not given. */
  readonly keepsRallyFrame?: boolean;
};

/** Two units of degE7, 2 cm: ArduPilot keeps degE7 exactly, others go through float radians. */
const PLACE_TOLERANCE_E7 = 2;
/** It keeps whole centimetres, cut off; the float32 on the wire adds less than a millimetre below 8 km. */
const HEIGHT_TOLERANCE_M = 0.011;
const PARAM_TOLERANCE = 1e-6;
const FRAME_MISSION = 2;

const DROPPED: KeptParams = ["dropped", "dropped", "dropped", "dropped"];
const WHOLE: KeptParams = ["whole", "dropped", "dropped", "dropped"];
/** Fences and rally points: vertex counts, radii (whole metres before ArduPilot 4.1), nothing. The same for both autopilots. */
const KEPT_OF_POINTS: Readonly<Record<number, KeptParams>> = { 5001: WHOLE, 5002: WHOLE, 5003: WHOLE, 5004: WHOLE };
/** A thousandth of a degree: float32 radians there and back. */
const DIRECTION_TOLERANCE_DEG = 1e-3;

function isSameParam(kept: KeptParam, planned: number, onAircraft: number): boolean {
  if (Number.isNaN(planned)) return true; // left to the vehicle
  switch (kept) {
    case "dropped":
      return true;
    case "whole":
      return Math.abs(Math.trunc(planned) - onAircraft) < 1;
    case "sign":
      return planned < 0 === onAircraft < 0;
    case "is-set":
      return planned > 0 === onAircraft > 0;
    case "direction":
      return Math.abs(wrap180(planned - onAircraft)) <= DIRECTION_TOLERANCE_DEG;
    case "float":
      return Math.abs(planned - onAircraft) <= PARAM_TOLERANCE * Math.max(1, Math.abs(planned));
  }
}

/** Global frames come in two spellings each: 0/5 sea level, 3/6 home, 10/11 terrain. */
const datumFrameOf = (frame: number): number => ({ 5: 0, 6: 3, 11: 10 })[frame] ?? frame;

/** Fences know no height; ArduPilot keeps whole metres of a rally point, cut off. */
function isSameHeight({ part }: ListKind, planned: WireMissionItem, onAircraft: WireMissionItem): boolean {
  if (part === "fence") return true;
  if (part === "rally") return isSameParam("whole", planned.z, onAircraft.z);
  return Math.abs(planned.z - onAircraft.z) <= HEIGHT_TOLERANCE_M;
}

/** ArduPilot does not keep it and always says 1 (AP_Mission::mission_cmd_to_mavlink_int). */
const isLeftOn = ({ firstItemIsHome }: ListKind, { autocontinue }: WireMissionItem): boolean =>
  firstItemIsHome && autocontinue === 1;

type Differs = (field: string, ours: number, theirs: number) => void;

function compareItem(list: ListKind, planned: WireMissionItem, onAircraft: WireMissionItem): readonly ItemDifference[] {
  const differences: ItemDifference[] = [];
  const differs: Differs = (field, ours, theirs) => {
    differences.push({ seq: planned.seq, field, planned: String(ours), onAircraft: String(theirs) });
  };
  if (planned.command !== onAircraft.command) {
    differs("command", planned.command, onAircraft.command);
    return differences; // the rest would be noise
  }
  const kept =
    list.part === "mission" ? list.keptParams(planned.command) : (KEPT_OF_POINTS[planned.command] ?? DROPPED);
  kept.forEach((keeps, i) => {
    const [ours, theirs] = [planned.params[i] ?? 0, onAircraft.params[i] ?? 0];
    if (!isSameParam(keeps, ours, theirs)) differs(`param${i + 1}`, ours, theirs);
  });
  if (list.part === "mission" && planned.autocontinue !== onAircraft.autocontinue && !isLeftOn(list, onAircraft))
    differs("autocontinue", planned.autocontinue, onAircraft.autocontinue);
  if (planned.frame === FRAME_MISSION) compareLastParams(planned, onAircraft, differs);
  else comparePlace(list, planned, onAircraft, differs);
  return differences;
}

/** An item without a place has params 5 to 7 in x, y and z. What an autopilot does not keep of them comes back as 0. */
function compareLastParams(planned: WireMissionItem, onAircraft: WireMissionItem, differs: Differs): void {
  (["x", "y", "z"] as const).forEach((field, i) => {
    const [ours, theirs] = [planned[field], onAircraft[field]];
    if (theirs !== 0 && !isSameParam("float", ours, theirs)) differs(`param${i + 5}`, ours, theirs);
  });
}

function comparePlace(list: ListKind, planned: WireMissionItem, onAircraft: WireMissionItem, differs: Differs): void {
  const isSameFrame = datumFrameOf(planned.frame) === datumFrameOf(onAircraft.frame);
  const keepsFrame = list.part === "mission" || (list.part === "rally" && list.keepsRallyFrame !== false);
  if (keepsFrame && !isSameFrame) differs("frame", planned.frame, onAircraft.frame);
  if (Math.abs(planned.x - onAircraft.x) > PLACE_TOLERANCE_E7) differs("latitude", planned.x / 1e7, onAircraft.x / 1e7);
  if (Math.abs(planned.y - onAircraft.y) > PLACE_TOLERANCE_E7)
    differs("longitude", planned.y / 1e7, onAircraft.y / 1e7);
  if (!isSameHeight(list, planned, onAircraft)) differs("altitude", planned.z, onAircraft.z);
}

/**
 * Everything that differs, in order; empty when the aircraft holds the list. Where item 0 is home the vehicle puts its own
 * there, so only its presence counts.
 */
export function compareItems(
  list: ListKind,
  planned: readonly WireMissionItem[],
  onAircraft: readonly WireMissionItem[],
): readonly ItemDifference[] {
  if (planned.length !== onAircraft.length) {
    const [ours, theirs] = [String(planned.length), String(onAircraft.length)];
    return [{ seq: 0, field: "count", planned: ours, onAircraft: theirs }];
  }
  const first = list.part === "mission" && list.firstItemIsHome ? 1 : 0;
  return planned.slice(first).flatMap((item, i) => {
    const other = onAircraft[i + first];
    return other ? compareItem(list, item, other) : [];
  });
}
