/**
 * What a relieving aircraft flies: the rest of a plan, as a plan of its own from its own home. The current leg is flown
 * again from its start, so that no ground between two places is missed.
 */
/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { err, ok, type Result } from "../core/result.js";
import { CMD, isLanding, isNavigation, isTakeOff } from "../plan/missionCommands.js";
import { missionItemsOf, type MissionItem, type Plan, type PlannedHome } from "../plan/plan.js";

/**
 * Commands with a lasting effect, by what they set: the last one of each kind is still in force. Speed by its kind,
 * camera trigger by distance and time, gimbal (old and new), region of interest, zoom, focus and mode, stills and
 * video, servo and relay by number.
 */
const CHANNEL: Readonly<Record<number, (item: MissionItem) => string>> = {
  [CMD.changeSpeed]: ({ params }) => `speed ${params[0] ?? 0}`,
  [CMD.setRelay]: ({ params }) => `relay ${params[0] ?? 0}`,
  [CMD.setServo]: ({ params }) => `servo ${params[0] ?? 0}`,
  [CMD.regionOfInterestLocation]: () => "region",
  [CMD.regionOfInterestOffset]: () => "region",
  [CMD.regionOfInterestNone]: () => "region",
  [CMD.regionOfInterest]: () => "region",
  [CMD.mountControl]: () => "gimbal",
  [CMD.cameraTriggerDistance]: () => "trigger distance",
  [CMD.fenceEnable]: () => "fence",
  [CMD.cameraTriggerInterval]: () => "trigger interval",
  [CMD.setCameraMode]: () => "camera mode",
  [CMD.setCameraZoom]: ({ params }) => `camera zoom ${params[0] ?? 0}`,
  [CMD.setCameraFocus]: ({ params }) => `camera focus ${params[0] ?? 0}`,
  [CMD.gimbalPitchYaw]: () => "gimbal",
  [CMD.imageStartCapture]: () => "stills",
  [CMD.imageStopCapture]: () => "stills",
  [CMD.videoStartCapture]: () => "video",
  [CMD.videoStopCapture]: () => "video",
};
/** Commands that end an effect, so that nothing needs to be carried over. */
const isEnd = ({ command, params }: MissionItem): boolean =>
  command === CMD.regionOfInterestNone ||
  command === CMD.imageStopCapture ||
  command === CMD.videoStopCapture ||
  ((command === CMD.cameraTriggerDistance || command === CMD.cameraTriggerInterval) && !(params[0] ?? 0));
/** A single photo (count 1) has no lasting effect. */
const isOnce = ({ command, params }: MissionItem): boolean =>
  command === CMD.imageStartCapture && params[2] !== undefined && params[2] > 0;

type HandOver = {
  readonly plan: Plan;
  readonly countOfItems: number;
  /** The first item of the old plan that the relief flies, counted from 0. */
  readonly fromItem: number;
};

type HandOverFailure = { readonly kind: "no-home" } | { readonly kind: "nothing-left" };

type Request = {
  readonly plan: Plan;
  /** The relieved aircraft's current item, as an index into the plan's items, from 0. */
  readonly currentItem: number;
  /** The home that the plan's heights refer to; the plan's own home where the aircraft has not reported one. */
  readonly home: PlannedHome | undefined;
  readonly reliefHome: PlannedHome | undefined;
};

/**
 * Fails with `no-home` without the relief's home, or without the old one where heights must be converted between the
 * two.
 */
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

const startsFlight = ({ command }: MissionItem): boolean => isTakeOff(command);
const isPlace = (item: MissionItem): boolean =>
  item.position !== undefined && isNavigation(item.command) && !startsFlight(item);
const isEndOfFlight = ({ command }: MissionItem): boolean => command === CMD.returnToLaunch || isLanding(command);
const returnHome: MissionItem = { command: CMD.returnToLaunch, params: [0, 0, 0, 0], autoContinue: true };

/**
 * The current item, or an earlier one when a jump still ahead goes back further, so that the loop stays complete.
 * Take-offs are left out: the relief has its own.
 */
function firstItemOf(items: readonly MissionItem[], currentItem: number): number {
  let first = Math.min(Math.max(0, Math.trunc(currentItem)), items.length);
  for (let i = items.length - 1; i >= first; i--) {
    const target = jumpTargetOf(items[i]);
    if (target === undefined || target >= first) continue;
    first = Math.max(0, target);
    i = items.length;
  }
  const from = items.findIndex((item, i) => i >= first && !startsFlight(item));
  return from < 0 ? items.length : from;
}

/** Items of a plan, and the targets of DO_JUMP, are counted from 1. */
const jumpTargetOf = (item: MissionItem | undefined): number | undefined =>
  item?.command === CMD.doJump && item.params[0] !== undefined ? item.params[0] - 1 : undefined;

function withJump(item: MissionItem, movedBy: number): MissionItem {
  const [target, ...others] = item.params;
  return item.command === CMD.doJump && target !== undefined
    ? { ...item, params: [target + movedBy, ...others] }
    : item;
}

function stillInForce(done: readonly MissionItem[]): readonly MissionItem[] {
  const last = new Map<string, MissionItem>();
  for (const item of done) {
    const channel = CHANNEL[item.command]?.(item);
    if (channel === undefined || isOnce(item)) continue;
    // Deleted first so that it is inserted at its later place: the order is that of the last occurrences.
    last.delete(channel);
    if (!isEnd(item)) last.set(channel, item);
  }
  return [...last.values()];
}

/** The place before the current item, flown through without waiting; undefined when the leg began at the take-off. */
function legStart(items: readonly MissionItem[], fromItem: number): MissionItem | undefined {
  const before = items
    .slice(0, fromItem)
    .findLast((item) => isNavigation(item.command) && (isPlace(item) || startsFlight(item)));
  if (!before || !isPlace(before)) return undefined;
  const isWay = items.slice(fromItem).some(isPlace);
  return isWay ? { ...before, command: CMD.waypoint, params: [0, 0, 0, undefined] } : undefined;
}

/** The take-off of the old plan with its height; without one, a take-off to the first place's height. */
function takeOffFor(
  items: readonly MissionItem[],
  rest: readonly MissionItem[],
  reliefHome: PlannedHome,
): MissionItem | undefined {
  const { position } = reliefHome;
  const planned = items.find(startsFlight);
  if (planned) return { ...planned, position };
  const altitude = rest.find(isPlace)?.altitude;
  return altitude && { command: CMD.takeOff, params: [0, 0, 0, undefined], position, altitude, autoContinue: true };
}

/** Converts heights above the old home to heights above the relief's home. */
function aboveHome(item: MissionItem, from: PlannedHome, to: PlannedHome): MissionItem {
  const { altitude } = item;
  if (altitude?.datum !== "home") return item;
  const valueM = altitude.valueM + from.altitudeAmslM - to.altitudeAmslM;
  return { ...item, altitude: { datum: "home", valueM } };
}
