/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { CMD } from "../../plan/missionCommands.js";
import { err, ok, type Result } from "../../core/result.js";
import type { DatumAltitude } from "../../geo/position.js";
import { missionItemsOf, type MissionItem, type Plan, type PlannedHome } from "../../plan/plan.js";
import type { TransferFailure, TransferReason } from "../../vehicle/transfers.js";
import type { VehicleState } from "../../vehicle/vehicleState.js";
import type { WireMissionItem } from "../protocols/mission/missionWire.js";

/** MAV_FRAME for each datum; the other way round the *_INT numbers are known too. */
const FRAME_OF: Readonly<Record<DatumAltitude["datum"], number>> = { amsl: 0, home: 3, terrain: 10 };
const DATUM_OF: Readonly<Record<number, DatumAltitude["datum"]>> = {
  0: "amsl",
  5: "amsl",
  3: "home",
  6: "home",
  10: "terrain",
  11: "terrain",
};
const FRAME_MISSION = 2;

export const frameOf = (datum: DatumAltitude["datum"]): number => FRAME_OF[datum];

const toE7 = (degrees: number): number => Math.round(degrees * 1e7);
/** ArduPilot expects 0 for an unused param and refuses NaN in most. */
const paramOf = (value: number | undefined): number => value ?? 0;

function wireItem(item: MissionItem, seq: number): WireMissionItem {
  const [p1, p2, p3, p4] = item.params;
  return {
    seq,
    command: item.command,
    current: 0,
    autocontinue: item.autoContinue ? 1 : 0,
    params: [paramOf(p1), paramOf(p2), paramOf(p3), paramOf(p4)],
    ...placeOf(item),
  };
}

/**
 * A position or a height needs a frame with a datum; a command without either is sent in MAV_FRAME_MISSION, its params
 * 5 to 7 as plain numbers.
 */
function placeOf({ position, altitude, tail }: MissionItem): Pick<WireMissionItem, "frame" | "x" | "y" | "z"> {
  if (!position && !altitude) {
    const [x, y, z] = tail ?? [];
    return { frame: FRAME_MISSION, x: Math.trunc(paramOf(x)), y: Math.trunc(paramOf(y)), z: paramOf(z) };
  }
  const [x, y] = position ? [toE7(position.latitudeDeg), toE7(position.longitudeDeg)] : [0, 0];
  return { frame: altitude ? frameOf(altitude.datum) : FRAME_MISSION, x, y, z: altitude?.valueM ?? 0 };
}

const homeItem = ({ position, altitudeAmslM }: PlannedHome): WireMissionItem =>
  wireItem(
    {
      command: CMD.waypoint,
      params: [0, 0, 0, 0],
      position,
      altitude: { datum: "amsl", valueM: altitudeAmslM },
      autoContinue: true,
    },
    0,
  );

const notPossible = (because: TransferReason) => err({ kind: "not-possible", because } as const);

/**
 * Item 0 is home on ArduPilot. The vehicle replaces it by its own home; the position sent must only be a plausible one.
 */
export function missionToWire(plan: Plan, vehicle: VehicleState): Result<readonly WireMissionItem[], TransferFailure> {
  const items = missionItemsOf(plan);
  if (items.length === 0) return notPossible("plan-empty");
  const home = plan.plannedHome ?? vehicle.home?.value;
  if (!home) return notPossible("no-home");
  if (items.some((item) => item.position && !item.altitude)) return notPossible("place-without-height");
  return ok([homeItem(home), ...items.map((item, i) => wireItem(item, i + 1))]);
}

/** Commands whose last params are a position; for all others they are plain numbers: AP_Mission::stored_in_location. */
const PLACED: ReadonlySet<number> = new Set([
  16, 17, 18, 19, 21, 22, 30, 31, 82, 84, 85, 94, 179, 188, 189, 191, 195, 201,
]);

/** ArduPilot returns commands without a position as frame 0 with zeros: (0, 0) is taken as "no position". */
const hasPlace = (item: WireMissionItem): boolean => item.frame !== FRAME_MISSION && (item.x !== 0 || item.y !== 0);

function missionItem(item: WireMissionItem): MissionItem {
  const datum = DATUM_OF[item.frame];
  const base = { command: item.command, params: item.params, autoContinue: item.autocontinue !== 0 };
  if (!PLACED.has(item.command)) {
    const hasTail = item.x !== 0 || item.y !== 0 || item.z !== 0;
    return hasTail ? { ...base, tail: [item.x, item.y, item.z] } : base;
  }
  const hasHeight = datum !== undefined && (hasPlace(item) || item.z !== 0);
  const altitude = hasHeight ? { altitude: { datum, valueM: item.z } } : {};
  const position = hasPlace(item) ? { position: { latitudeDeg: item.x / 1e7, longitudeDeg: item.y / 1e7 } } : {};
  return { ...base, ...position, ...altitude };
}

export const missionFromWire = (items: readonly WireMissionItem[]): readonly MissionItem[] =>
  items.filter((item) => item.seq !== 0).map(missionItem);
