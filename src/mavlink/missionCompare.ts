/**
 * Whether the list read back (mission, fence, rally points) is the list that was uploaded. Autopilots round values and
 * drop what they do not use, so "equal" means: equal in everything the vehicle stores and flies by. Sources:
 * ArduPilot's AP_Mission::mavlink_int_to_mission_cmd and its inverse, AC_PolyFence_loader, AP_Rally, and recordings of
 * a real one in fixtures/; PX4's MavlinkMissionManager::parse_mavlink_mission_item and format_mavlink_mission_item.
 */
import { wrap180 } from "../geo/angles.js";
import type { ItemDifference, PlanPart } from "../vehicle/transfers.js";
import type { KeptParam, KeptParams } from "./dialects/dialect.js";
import type { WireMissionItem } from "./protocols/mission/missionWire.js";

/** Which list is compared, and what the autopilot stores of it. */
export type ListKind = {
  readonly part: PlanPart;
  /** As in `Dialect`; used for missions only. */
  readonly firstItemIsHome: boolean;
  readonly keptParams: (command: number) => KeptParams;
  /** True when absent. */
  readonly keepsRallyFrame?: boolean;
};

/** Two units of degE7, 2 cm: ArduPilot keeps degE7 exactly, other autopilots convert to float radians and back. */
const PLACE_TOLERANCE_E7 = 2;
/** ArduPilot truncates to whole centimetres; float32 on the wire adds less than a millimetre below 8 km. */
const HEIGHT_TOLERANCE_M = 0.011;
const PARAM_TOLERANCE = 1e-6;
const FRAME_MISSION = 2;

const DROPPED: KeptParams = ["dropped", "dropped", "dropped", "dropped"];
const WHOLE: KeptParams = ["whole", "dropped", "dropped", "dropped"];
/**
 * Params of fence and rally items (vertex counts, radii: whole metres before ArduPilot 4.1; others unused). The same
 * for both autopilots.
 */
const KEPT_OF_POINTS: Readonly<Record<number, KeptParams>> = { 5001: WHOLE, 5002: WHOLE, 5003: WHOLE, 5004: WHOLE };
/** A thousandth of a degree: the conversion to float32 radians and back. */
const DIRECTION_TOLERANCE_DEG = 1e-3;

function isSameParam(kept: KeptParam, planned: number, onAircraft: number): boolean {
  if (Number.isNaN(planned)) return true; // left to the vehicle: any value is right
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

/** Each global frame has two numbers, plain and *_INT: 0/5 above sea level, 3/6 above home, 10/11 above terrain. */
const datumFrameOf = (frame: number): number => ({ 5: 0, 6: 3, 11: 10 })[frame] ?? frame;

/** Fence items have no height; ArduPilot truncates a rally point's to whole metres. */
function isSameHeight({ part }: ListKind, planned: WireMissionItem, onAircraft: WireMissionItem): boolean {
  if (part === "fence") return true;
  if (part === "rally") return isSameParam("whole", planned.z, onAircraft.z);
  return Math.abs(planned.z - onAircraft.z) <= HEIGHT_TOLERANCE_M;
}

/** ArduPilot does not store `autocontinue` and always returns 1 (AP_Mission::mission_cmd_to_mavlink_int). */
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
    return differences; // a different command: its other fields mean something else
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

/**
 * An item without a position has params 5 to 7 in x, y and z. What an autopilot does not store of them is read back as
 * 0.
 */
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
 * Every difference, in item order; empty when the aircraft holds the list. Where item 0 is home the vehicle replaces it
 * by its own, so only its presence is compared.
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
