/**
 * What a relief flies: the rest of a plan, as a plan of its own from the relief's home. The leg under way is flown again
 * from its start, so that nothing between two places stays unseen.
 */
/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { err, ok, type Result } from "../core/result.js";
import { missionItemsOf, type MissionItem, type Plan, type PlannedHome } from "../plan/plan.js";

/** MAV_CMD numbers: https://mavlink.io/en/messages/common.html#mav_commands */
const TAKE_OFF = 22;
const VTOL_TAKE_OFF = 84;
const RETURN = 20;
const LAND = 21;
const VTOL_LAND = 85;
const DO_JUMP = 177;
/** Numbers above are no places to fly to. */
const NAV_LAST = 95;

/**
 * Commands whose effect lasts, by what they set: the last one of each is still in force. Speed by its kind, camera trigger
 * by distance and time, gimbal (old and new), region of interest, zoom, focus and mode, stills and video, servo and relay
 * by number.
 */
const CHANNEL: Readonly<Record<number, (item: MissionItem) => string>> = {
  178: ({ params }) => `speed ${params[0] ?? 0}`,
  181: ({ params }) => `relay ${params[0] ?? 0}`,
  183: ({ params }) => `servo ${params[0] ?? 0}`,
  195: () => "region",
  196: () => "region",
  197: () => "region",
  201: () => "region",
  205: () => "gimbal",
  206: () => "trigger distance",
  207: () => "fence",
  214: () => "trigger interval",
  530: () => "camera mode",
  531: ({ params }) => `camera zoom ${params[0] ?? 0}`,
  532: ({ params }) => `camera focus ${params[0] ?? 0}`,
  1000: () => "gimbal",
  2000: () => "stills",
  2001: () => "stills",
  2500: () => "video",
  2501: () => "video",
};
/** Those that end an effect: nothing to carry over. */
const isEnd = ({ command, params }: MissionItem): boolean =>
  command === 197 ||
  command === 2001 ||
  command === 2501 ||
  ((command === 206 || command === 214) && !(params[0] ?? 0));
/** A single photo (count 1) is done when it is done. */
const isOnce = ({ command, params }: MissionItem): boolean =>
  command === 2000 && params[2] !== undefined && params[2] > 0;

type HandOver = {
  readonly plan: Plan;
  readonly countOfItems: number;
  /** The first item of the old plan that is flown by the relief, counted from 0. */
  readonly fromItem: number;
};

type HandOverFailure = { readonly kind: "no-home" } | { readonly kind: "nothing-left" };

type Request = {
  readonly plan: Plan;
  /** The item under way on the aircraft that is relieved, of the plan, counted from 0. */
  readonly currentItem: number;
  /** What its heights count from; the plan's own home where the aircraft has not told. */
  readonly home: PlannedHome | undefined;
  readonly reliefHome: PlannedHome | undefined;
};

/** `no-home` without the relief's home, or without the old one where heights must be converted between the two. */
export function handOver({ plan, currentItem, home, reliefHome }: Request): Result<HandOver, HandOverFailure> {
  const items = missionItemsOf(plan);
  const oldHome = home ?? plan.plannedHome;
  if (!reliefHome || !oldHome) return err({ kind: "no-home" });
  const fromItem = firstItemOf(items, currentItem);
  const rest = items.slice(fromItem);
  if (!rest.some(isPlace)) return err({ kind: "nothing-left" });
  const inForce = stillInForce(items.slice(0, fromItem));
  const raised = (item: MissionItem): MissionItem => aboveHome(item, oldHome, reliefHome);
  const start = legStart(items, fromItem);
  const takeOff = takeOffFor(items, rest, reliefHome);
  const before = [...(takeOff ? [raised(takeOff)] : []), ...inForce.map(raised), ...(start ? [raised(start)] : [])];
  const flown = [...before, ...rest.map((item) => withJump(raised(item), before.length - fromItem))];
  const whole = rest.some(isEndOfFlight) ? flown : [...flown, returnHome];
  const relief: Plan = {
    ...plan,
    name: `${plan.name}-relief`,
    plannedHome: reliefHome,
    items: whole.map((item, i) => ({ kind: "simple", id: `item-${i + 1}`, item })),
  };
  return ok({ plan: relief, countOfItems: whole.length, fromItem });
}

const isTakeOff = ({ command }: MissionItem): boolean => command === TAKE_OFF || command === VTOL_TAKE_OFF;
const isPlace = (item: MissionItem): boolean =>
  item.position !== undefined && item.command <= NAV_LAST && !isTakeOff(item);
const isEndOfFlight = ({ command }: MissionItem): boolean =>
  command === RETURN || command === LAND || command === VTOL_LAND;
const returnHome: MissionItem = { command: RETURN, params: [0, 0, 0, 0], autoContinue: true };

/**
 * The item under way; earlier when a jump that is still to come goes back further, so that the loop stays whole. Take-offs
 * are the relief's own.
 */
function firstItemOf(items: readonly MissionItem[], currentItem: number): number {
  let first = Math.min(Math.max(0, Math.trunc(currentItem)), items.length);
  for (let i = items.length - 1; i >= first; i--) {
    const target = jumpTargetOf(items[i]);
    if (target === undefined || target >= first) continue;
    first = Math.max(0, target);
    i = items.length;
  }
  const from = items.findIndex((item, i) => i >= first && !isTakeOff(item));
  return from < 0 ? items.length : from;
}

/** In a plan, and in DO_JUMP of its items, places are counted from 1. */
const jumpTargetOf = (item: MissionItem | undefined): number | undefined =>
  item?.command === DO_JUMP && item.params[0] !== undefined ? item.params[0] - 1 : undefined;

function withJump(item: MissionItem, movedBy: number): MissionItem {
  const [target, ...others] = item.params;
  return item.command === DO_JUMP && target !== undefined ? { ...item, params: [target + movedBy, ...others] } : item;
}

function stillInForce(done: readonly MissionItem[]): readonly MissionItem[] {
  const last = new Map<string, MissionItem>();
  for (const item of done) {
    const channel = CHANNEL[item.command]?.(item);
    if (channel === undefined || isOnce(item)) continue;
    // Set anew at its later place: the order is that in which they were given last.
    last.delete(channel);
    if (!isEnd(item)) last.set(channel, item);
  }
  return [...last.values()];
}

/** The place before the item under way, passed and not waited at; none when that is the way from the take-off. */
function legStart(items: readonly MissionItem[], fromItem: number): MissionItem | undefined {
  const before = items
    .slice(0, fromItem)
    .findLast((item) => item.command <= NAV_LAST && (isPlace(item) || isTakeOff(item)));
  if (!before || !isPlace(before)) return undefined;
  const isWay = items.slice(fromItem).some(isPlace);
  return isWay ? { ...before, command: 16, params: [0, 0, 0, undefined] } : undefined;
}

/** As the plan took off, to the height it took off to; to the first place's height where it had no take-off. */
function takeOffFor(
  items: readonly MissionItem[],
  rest: readonly MissionItem[],
  reliefHome: PlannedHome,
): MissionItem | undefined {
  const { position } = reliefHome;
  const planned = items.find(isTakeOff);
  if (planned) return { ...planned, position };
  const altitude = rest.find(isPlace)?.altitude;
  return altitude && { command: TAKE_OFF, params: [0, 0, 0, undefined], position, altitude, autoContinue: true };
}

/** Heights above the old home, as heights above the relief's. */
function aboveHome(item: MissionItem, from: PlannedHome, to: PlannedHome): MissionItem {
  const { altitude } = item;
  if (altitude?.datum !== "home") return item;
  const valueM = altitude.valueM + from.altitudeAmslM - to.altitudeAmslM;
  return { ...item, altitude: { datum: "home", valueM } };
}
