import { localFrameAt } from "../geo/localFrame.js";
import type { EnuPoint, Position } from "../geo/position.js";
import { flownOrder } from "./flownOrder.js";
import { circleRadiusM } from "./loiterCircle.js";
import { CMD, isLanding, isNavigation, isTakeOff } from "./missionCommands.js";
import { missionItemsOf } from "./plan.js";
import type { MissionItem, Plan, PlannedHome } from "./plan.js";
import { firmwareOf } from "./vehicleClass.js";

/** One straight hop of a flight, ENU metres from home; `up` is above home. */
export type Hop = {
  readonly from: EnuPoint;
  readonly to: EnuPoint;
  /** As the plan asks; undefined leaves the speed to the aircraft. */
  readonly groundSpeedMps: number | undefined;
  /** Seconds of hovering at the end of the hop. */
  readonly waitS: number;
  /** Metres round the circle of a loiter at the end of the hop. */
  readonly roundM: number;
  /** Index (from 0) of the mission item that causes this hop. */
  readonly itemIndex: number;
  /** Index of that item in the order in which items are carried out: another one where a jump leads back. */
  readonly visit: number;
  readonly kind: "climb" | "travel" | "return" | "land";
};

const HOME: EnuPoint = { eastM: 0, northM: 0, upM: 0 };

/**
 * The hops of a plan, from the ground at home until it lands or ends, with its jumps. Empty without a home, which is the frame's
 * origin.
 */
export function flightPath(plan: Plan): readonly Hop[] {
  const home = plan.plannedHome;
  if (!home) return [];
  const frame = localFrameAt(home.position);
  const hops: Hop[] = [];
  let here = HOME;
  let groundSpeedMps: number | undefined;
  let visit = 0;
  const go = (to: EnuPoint, kind: Hop["kind"], itemIndex: number, stay: Stay = NO_STAY): void => {
    hops.push({ from: here, to, kind, groundSpeedMps, itemIndex, visit, ...stay });
    here = to;
  };
  const returnHome = (i: number): void => {
    go({ ...HOME, upM: here.upM }, "return", i);
    go(HOME, "land", i);
  };
  const landAt = (over: EnuPoint, i: number): void => {
    go({ ...over, upM: here.upM }, "travel", i);
    go({ ...over, upM: 0 }, "land", i);
  };
  const goToPlace = (item: PlacedItem, i: number): void => {
    const over = { ...frame.toEnu(item.position, 0), upM: heightAboveHomeM(item, home) ?? here.upM };
    if (isLanding(item.command)) landAt(over, i);
    else go(over, "travel", i, stayAt(item, plan));
  };
  const takeOff = (item: MissionItem, i: number): void => {
    go({ ...here, upM: heightAboveHomeM(item, home) ?? here.upM }, "climb", i);
    if (isPlace(item) && fliesToTakeOffPlace(item, plan)) goToPlace(item, i);
  };
  const items = missionItemsOf(plan);
  for (const [at, i] of flownOrder(items).entries()) {
    const item = items[i];
    if (!item) continue;
    visit = at;
    if (item.command === CMD.changeSpeed) groundSpeedMps = speedAskedFor(item) ?? groundSpeedMps;
    else if (item.command === CMD.returnToLaunch) returnHome(i);
    else if (isTakeOff(item.command)) takeOff(item, i);
    else if (item.command === CMD.delay) go(here, "travel", i, { ...NO_STAY, waitS: item.params[0] ?? 0 });
    else if (isPlace(item)) goToPlace(item, i);
    // A landing without a position is made at the present position.
    else if (isLanding(item.command)) landAt(here, i);
  }
  return hops;
}

/** Param 2 of DO_CHANGE_SPEED; a negative value means "no change". */
function speedAskedFor({ params }: MissionItem): number | undefined {
  const askedMps = params[1] ?? 0;
  return askedMps > 0 ? askedMps : undefined;
}

type PlacedItem = MissionItem & { readonly position: Position };
const isPlace = (item: MissionItem): item is PlacedItem => item.position !== undefined && isNavigation(item.command);

/**
 * NAV_VTOL_TAKEOFF climbs where the aircraft stands, turns to forward flight and goes on to its place, as PX4 does; ArduPlane keeps
 * to where it stands (QuadPlane::do_vtol_takeoff). https://mavlink.io/en/messages/common.html#MAV_CMD_NAV_VTOL_TAKEOFF
 */
const fliesToTakeOffPlace = ({ command }: MissionItem, { firmwareType }: Plan): boolean =>
  command === CMD.vtolTakeOff && firmwareOf(firmwareType) !== "ardupilot";

/** Metres above home. A height above terrain is taken as if the ground were as high as home, since no terrain is known here. */
export function heightAboveHomeM(item: MissionItem, home: PlannedHome): number | undefined {
  if (!item.altitude) return undefined;
  const { datum, valueM } = item.altitude;
  return datum === "amsl" ? valueM - home.altitudeAmslM : valueM;
}

/** These have a time to stay, in seconds, as param 1. */
const STAYS: ReadonlySet<number> = new Set([CMD.waypoint, CMD.splineWaypoint, CMD.loiterTime]);
type Stay = Pick<Hop, "waitS" | "roundM">;
const NO_STAY: Stay = { waitS: 0, roundM: 0 };

/** LOITER_TURNS has its turns as param 1. https://mavlink.io/en/messages/common.html#MAV_CMD_NAV_LOITER_TURNS */
function stayAt(item: MissionItem, plan: Plan): Stay {
  const [first = 0] = item.params;
  if (item.command === CMD.loiterTurns)
    return { waitS: 0, roundM: 2 * Math.PI * circleRadiusM(item, plan) * Math.max(0, first) };
  return STAYS.has(item.command) ? { waitS: Math.max(0, first), roundM: 0 } : NO_STAY;
}
