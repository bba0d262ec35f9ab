/**
 * Where two plans come close to each other at about the same height, regardless of time. Legs are straight lines, in metres of
 * one local frame; heights are AMSL, as far as the plans state them.
 */
/* eslint-disable id-denylist -- a mission item's `altitude` carries its datum inside */
import { localFrameAt, type LocalFrame } from "../geo/localFrame.js";
import type { Position } from "../geo/position.js";
import { CMD, isLanding, isNavigation, isTakeOff } from "./missionCommands.js";
import { missionItemsOf, type MissionItem, type Plan, type PlannedHome } from "./plan.js";
import { nearest, type Way } from "./wayDistance.js";

const HORIZONTAL_LEAST_M = 50;
const VERTICAL_LEAST_M = 10;
/** Around a home all plans cross: there aircraft are separated by sight and by the order of take-off. */
const FIELD_RADIUS_M = 80;

/** A plan with the home its heights refer to: the aircraft's actual home where known. */
export type PlanInTheAir = { readonly plan: Plan; readonly home: PlannedHome | undefined };

export type PlanCrossing = {
  /** For each plan, the item that the leg leads to, counted from 0. */
  readonly itemA: number;
  readonly itemB: number;
  readonly horizontalM: number;
  /** Undefined where the two heights have no common datum. */
  readonly verticalM: number | undefined;
};

type PlanWay = Way & { readonly item: number; readonly isHeightKnown: boolean };

/**
 * Every pair of legs that is too close, nearest first. Legs from or to a height that the plan does not state (return, landing)
 * are left out, and so are the parts near either home.
 */
export function planCrossings(a: PlanInTheAir, b: PlanInTheAir): readonly PlanCrossing[] {
  const origin = firstPlace(a) ?? firstPlace(b);
  if (!origin) return [];
  const frame = localFrameAt(origin);
  const homes = [a.home, b.home].flatMap((home) => (home ? [home.position] : []));
  const legsOf = (one: PlanInTheAir): readonly PlanWay[] =>
    homes.reduce<readonly PlanWay[]>(
      (legs, home) => legs.flatMap((way) => awayFrom(way, home, frame)),
      legs(one, frame),
    );
  const [legsA, legsB] = [legsOf(a), legsOf(b)];
  const found = legsA.flatMap((wayA) => legsB.flatMap((wayB) => crossing(wayA, wayB)));
  return found.toSorted((one, other) => one.horizontalM - other.horizontalM);
}

function crossing(a: PlanWay, b: PlanWay): readonly PlanCrossing[] {
  if (!mayMeet(a, b)) return [];
  const isHeightKnown = a.isHeightKnown && b.isHeightKnown;
  const close = nearest(a, b, isHeightKnown ? VERTICAL_LEAST_M : Number.POSITIVE_INFINITY);
  if (!close || close.horizontalM > HORIZONTAL_LEAST_M) return [];
  const verticalM = isHeightKnown ? close.verticalM : undefined;
  return [{ itemA: a.item, itemB: b.item, horizontalM: close.horizontalM, verticalM }];
}

/** Bounding-box test, grown by the minimum distance: it rules out most pairs of two surveys. */
function mayMeet(a: Way, b: Way): boolean {
  const isApart = (one: number, two: number, three: number, four: number): boolean =>
    Math.min(one, two) > Math.max(three, four) + HORIZONTAL_LEAST_M ||
    Math.max(one, two) < Math.min(three, four) - HORIZONTAL_LEAST_M;
  return (
    !isApart(a.from.eastM, a.to.eastM, b.from.eastM, b.to.eastM) &&
    !isApart(a.from.northM, a.to.northM, b.from.northM, b.to.northM)
  );
}

const firstPlace = ({ plan, home }: PlanInTheAir): Position | undefined =>
  home?.position ?? missionItemsOf(plan).find(({ position }) => position)?.position;

const isPlace = ({ command, position }: MissionItem): boolean => position !== undefined && isNavigation(command);

type Stop = { readonly point: Way["from"]; readonly isHeightKnown: boolean };

function legs({ plan, home }: PlanInTheAir, frame: LocalFrame): readonly PlanWay[] {
  const found: PlanWay[] = [];
  let here: Stop | undefined;
  for (const [item, missionItem] of missionItemsOf(plan).entries()) {
    if (missionItem.command === CMD.returnToLaunch || isLanding(missionItem.command)) here = undefined;
    const there = stopAt(missionItem, home, frame);
    if (!there) continue;
    const isHeightKnown = there.isHeightKnown && here?.isHeightKnown !== false;
    if (!isTakeOff(missionItem.command))
      found.push({ from: here?.point ?? there.point, to: there.point, item, isHeightKnown });
    here = there;
  }
  return found;
}

/** Where an item leads: a take-off to above home, an item with a position to it; undefined for all others. */
function stopAt(item: MissionItem, home: PlannedHome | undefined, frame: LocalFrame): Stop | undefined {
  const isThere = isTakeOff(item.command) || (isPlace(item) && !isLanding(item.command));
  const place = isTakeOff(item.command) ? (home?.position ?? item.position) : item.position;
  if (!isThere || !place) return undefined;
  const heightM = heightAmslM(item, home);
  const { eastM, northM } = frame.toEnu(place, 0);
  return { point: { eastM, northM, upM: heightM ?? 0 }, isHeightKnown: heightM !== undefined };
}

function heightAmslM({ altitude }: MissionItem, home: PlannedHome | undefined): number | undefined {
  if (altitude?.datum === "amsl") return altitude.valueM;
  return altitude?.datum === "home" && home ? home.altitudeAmslM + altitude.valueM : undefined;
}

/** The parts of a leg outside the field around a home: none, all, one end or both. */
function awayFrom(way: PlanWay, home: Position, frame: LocalFrame): readonly PlanWay[] {
  const centre = frame.toEnu(home, 0);
  const [eastM, northM] = [way.to.eastM - way.from.eastM, way.to.northM - way.from.northM];
  const [fromEastM, fromNorthM] = [way.from.eastM - centre.eastM, way.from.northM - centre.northM];
  const length2 = eastM ** 2 + northM ** 2;
  const outside = fromEastM ** 2 + fromNorthM ** 2 - FIELD_RADIUS_M ** 2;
  if (length2 < 1e-6) return outside > 0 ? [way] : [];
  const along = fromEastM * eastM + fromNorthM * northM;
  const root2 = along ** 2 - length2 * outside;
  if (root2 <= 0) return [way];
  const [enters, leaves] = [(-along - Math.sqrt(root2)) / length2, (-along + Math.sqrt(root2)) / length2];
  const pieces: PlanWay[] = [];
  if (enters > 0) pieces.push({ ...way, to: pointAt(way, Math.min(1, enters)) });
  if (leaves < 1) pieces.push({ ...way, from: pointAt(way, Math.max(0, leaves)) });
  return pieces;
}

const pointAt = ({ from, to }: Way, fraction: number): Way["from"] => ({
  eastM: from.eastM + (to.eastM - from.eastM) * fraction,
  northM: from.northM + (to.northM - from.northM) * fraction,
  upM: from.upM + (to.upM - from.upM) * fraction,
});
