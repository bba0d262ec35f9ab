/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { CMD } from "../../plan/missionCommands.js";
import { err, ok, type Result } from "../../core/result.js";
import type { AltitudeDatum } from "../../geo/position.js";
import { missionItemsOf, type MissionItem, type Plan } from "../../plan/plan.js";
import type { TransferFailure, TransferReason } from "../../vehicle/transfers.js";
import type { WireMissionItem } from "../protocols/mission/missionWire.js";

/** The *_INT numbers of the global frames. PX4 takes no mission item with a height above ground. */
const FRAME_OF: Readonly<Partial<Record<AltitudeDatum, number>>> = { amsl: 5, home: 6 };
const DATUM_OF: Readonly<Record<number, AltitudeDatum>> = { 0: "amsl", 5: "amsl", 3: "home", 6: "home" };
const FRAME_MISSION = 2;

const toE7 = (degrees: number): number => Math.round(degrees * 1e7);
/** PX4 reads NaN as "use the default", for params that have one. */
const paramOf = (value: number | undefined): number => value ?? Number.NaN;

function paramsOf({ command, params: [p1, p2, p3, p4] }: MissionItem) {
  // param1 of DO_JUMP is an item number. A plan counts items from 1 (`doJumpId`), PX4 from 0.
  const first = command === CMD.doJump && p1 !== undefined ? p1 - 1 : p1;
  return [paramOf(first), paramOf(p2), paramOf(p3), paramOf(p4)] as const;
}

const DEFAULT_HEIGHT = { datum: "home", valueM: 0 } as const;

function wireItem(item: MissionItem, seq: number): WireMissionItem {
  const base = {
    seq,
    command: item.command,
    current: 0,
    autocontinue: item.autoContinue ? 1 : 0,
    params: paramsOf(item),
  };
  if (!item.position && !item.altitude) {
    const [x = 0, y = 0, z = 0] = item.tail ?? [];
    return { ...base, frame: FRAME_MISSION, x: Math.trunc(x), y: Math.trunc(y), z };
  }
  const { datum, valueM } = item.altitude ?? DEFAULT_HEIGHT;
  const [x, y] = item.position ? [toE7(item.position.latitudeDeg), toE7(item.position.longitudeDeg)] : [0, 0];
  return { ...base, frame: FRAME_OF[datum] ?? FRAME_MISSION, x, y, z: valueM };
}

const notPossible = (because: TransferReason) => err({ kind: "not-possible", because } as const);

/** PX4 counts the plan's items from 0 and stores home separately. */
export function px4MissionToWire(plan: Plan): Result<readonly WireMissionItem[], TransferFailure> {
  const items = missionItemsOf(plan);
  if (items.length === 0) return notPossible("plan-empty");
  if (items.some((item) => item.position && !item.altitude)) return notPossible("place-without-height");
  const isUnknownFrame = items.some(({ altitude }) => altitude && FRAME_OF[altitude.datum] === undefined);
  if (isUnknownFrame) return notPossible("frame-not-understood");
  return ok(items.map(wireItem));
}

const given = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

function missionItem(item: WireMissionItem): MissionItem {
  const [p1, p2, p3, p4] = item.params;
  const params = [given(item.command === CMD.doJump ? p1 + 1 : p1), given(p2), given(p3), given(p4)] as const;
  const base = { command: item.command, params, autoContinue: item.autocontinue !== 0 };
  const datum = DATUM_OF[item.frame];
  if (datum === undefined) {
    const hasTail = item.x !== 0 || item.y !== 0 || (item.z !== 0 && !Number.isNaN(item.z));
    return hasTail ? { ...base, tail: [item.x, item.y, given(item.z)] } : base;
  }
  const altitude = { datum, valueM: item.z };
  const hasPlace = item.x !== 0 || item.y !== 0;
  return hasPlace
    ? { ...base, position: { latitudeDeg: item.x / 1e7, longitudeDeg: item.y / 1e7 }, altitude }
    : { ...base, altitude };
}

export const px4MissionFromWire = (items: readonly WireMissionItem[]): readonly MissionItem[] => items.map(missionItem);
