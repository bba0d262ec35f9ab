import { DEG_PER_RAD, wrap180, wrap360 } from "../../src/geo/angles.js";
import { clamp } from "../airframe/airframeState.js";

/** Metres east, north and above the navigation origin, as estimated by the autopilot. */
export type Point = { readonly eastM: number; readonly northM: number; readonly upM: number };
export type Motion = Point & { readonly eastMps: number; readonly northMps: number; readonly climbRateMps: number };

export type Limits = {
  readonly groundSpeedMps: number;
  readonly climbMps: number;
  readonly descendMps: number;
  readonly landMps: number;
  /** Below this height above home it descends at the slow landing speed. */
  readonly landSlowBelowM: number;
  readonly waypointRadiusM: number;
};

/** One manoeuvre, flown until it is complete. */
export type Task =
  | { readonly kind: "hold"; readonly at: Point }
  /** A wing climbs straight ahead on `courseDeg`; rotors climb vertically. */
  | { readonly kind: "take-off"; readonly at: Point; readonly courseDeg: number }
  /** `cornerMps`: speed on arrival; 0 stops there. */
  | { readonly kind: "leg"; readonly from: Point; readonly to: Point; readonly cornerMps: number }
  | {
      readonly kind: "circle";
      readonly centre: Point;
      readonly radiusM: number;
      readonly isClockwise: boolean;
      readonly turnedDeg: number;
      readonly lastBearingDeg: number | undefined;
    }
  /** Rotors: vertical descent. */
  | { readonly kind: "land"; readonly at: Point; readonly homeUpM: number }
  /** A wing: down the line from `from` to the touch-down point `to`, then a flare. */
  | { readonly kind: "glide"; readonly from: Point; readonly to: Point }
  /** A wing: straight and level; `isCourse` holds the track over the ground, otherwise the heading. */
  | { readonly kind: "level"; readonly headingDeg: number; readonly isCourse: boolean; readonly upM: number };

export type Guidance = {
  readonly northMps: number;
  readonly eastMps: number;
  readonly climbRateMps: number;
  /** Heading suited to the task; undefined keeps the present one. */
  readonly headingDeg: number | undefined;
  readonly hasArrived: boolean;
  readonly target: Point;
  /** Present in wing flight, which uses these and the climb rate. */
  readonly wing?: { readonly airSpeedMps: number; readonly bankRad: number };
};

/** Planned deceleration; the inner loops can do more than twice this. */
const BRAKING_MPS2 = 1.5;

/** Speed from which it can still stop within `rangeM`: proportional at short range, square root beyond. */
function approachMps(rangeM: number, mostMps: number): number {
  return Math.min(mostMps, 0.9 * rangeM, Math.sqrt(2 * BRAKING_MPS2 * rangeM));
}

function climbTowards(upM: number, motion: Motion, limits: Limits): number {
  const error = upM - motion.upM;
  return Math.min(
    limits.climbMps,
    Math.max(-limits.descendMps, clamp(1.2 * error, Math.sqrt(2 * Math.abs(error)) + 0.01)),
  );
}

function horizontalTo(
  at: Point,
  motion: Motion,
  mostMps: number,
): { readonly eastMps: number; readonly northMps: number } {
  const east = at.eastM - motion.eastM;
  const north = at.northM - motion.northM;
  const rangeM = Math.hypot(east, north);
  if (rangeM < 1e-3) return { eastMps: 0, northMps: 0 };
  const mps = approachMps(rangeM, mostMps);
  return { eastMps: (east / rangeM) * mps, northMps: (north / rangeM) * mps };
}

export function bearingDegOf(from: Point, to: Point): number {
  return wrap360(Math.atan2(to.eastM - from.eastM, to.northM - from.northM) * DEG_PER_RAD);
}

function holdAt(at: Point, motion: Motion, limits: Limits): Guidance {
  return {
    ...horizontalTo(at, motion, limits.groundSpeedMps),
    climbRateMps: climbTowards(at.upM, motion, limits),
    headingDeg: undefined,
    hasArrived: true,
    target: at,
  };
}

export type LegTask = Extract<Task, { kind: "leg" }>;

/** Limits both speeds together, so that a sloping leg is flown as a straight line. */
function slopeLimitedMps(task: LegTask, lengthM: number, limits: Limits): number {
  const riseM = task.to.upM - task.from.upM;
  const vertical = riseM > 0 ? limits.climbMps : limits.descendMps;
  const verticalS = Math.abs(riseM) / vertical;
  return Math.min(limits.groundSpeedMps, verticalS > 0 ? Math.max(0.5, lengthM / verticalS) : Infinity);
}

function flyLeg(task: LegTask, motion: Motion, limits: Limits): Guidance {
  const { from, to } = task;
  const lengthM = Math.hypot(to.eastM - from.eastM, to.northM - from.northM);
  const headingDeg = lengthM > 2 ? bearingDegOf(from, to) : undefined;
  const rangeM = Math.hypot(to.eastM - motion.eastM, to.northM - motion.northM);
  const isLevel = Math.abs(to.upM - motion.upM) < 1.5;
  const isAt = rangeM < limits.waypointRadiusM && isLevel;
  if (lengthM < 1) return { ...holdAt(to, motion, limits), hasArrived: isAt };
  const ue = (to.eastM - from.eastM) / lengthM;
  const un = (to.northM - from.northM) / lengthM;
  const alongM = (motion.eastM - from.eastM) * ue + (motion.northM - from.northM) * un;
  const remainingM = lengthM - alongM;
  if (task.cornerMps === 0 && remainingM < 4) return { ...holdAt(to, motion, limits), headingDeg, hasArrived: isAt };
  const mostMps = slopeLimitedMps(task, lengthM, limits);
  const alongMps = Math.min(mostMps, Math.sqrt(task.cornerMps ** 2 + 2 * BRAKING_MPS2 * Math.max(0, remainingM)));
  const offEast = motion.eastM - from.eastM - alongM * ue;
  const offNorth = motion.northM - from.northM - alongM * un;
  const fraction = Math.min(1, Math.max(0, (alongM + alongMps * 0.5) / lengthM));
  const passed = remainingM < limits.waypointRadiusM && Math.hypot(offEast, offNorth) < 10;
  return {
    eastMps: alongMps * ue - clamp(0.6 * offEast, 3),
    northMps: alongMps * un - clamp(0.6 * offNorth, 3),
    climbRateMps: climbTowards(from.upM + (to.upM - from.upM) * fraction, motion, limits),
    headingDeg,
    hasArrived: isAt || (task.cornerMps > 0 && passed && isLevel),
    target: to,
  };
}

type CircleTask = Extract<Task, { kind: "circle" }>;

function flyCircle(task: CircleTask, motion: Motion, limits: Limits): Guidance {
  const { centre, radiusM } = task;
  const east = motion.eastM - centre.eastM;
  const north = motion.northM - centre.northM;
  const rangeM = Math.max(0.1, Math.hypot(east, north));
  const outwardMps = clamp(0.8 * (radiusM - rangeM), Math.min(limits.groundSpeedMps, 6));
  // Circles only once it is near the circle; farther away it flies towards it.
  const roundMps = Math.abs(radiusM - rangeM) > 5 ? 0 : Math.min(limits.groundSpeedMps, Math.sqrt(2 * radiusM));
  const sense = task.isClockwise ? 1 : -1;
  return {
    eastMps: (east / rangeM) * outwardMps + sense * (north / rangeM) * roundMps,
    northMps: (north / rangeM) * outwardMps - sense * (east / rangeM) * roundMps,
    climbRateMps: climbTowards(centre.upM, motion, limits),
    headingDeg: bearingDegOf(motion, centre),
    hasArrived: Math.abs(radiusM - rangeM) < 5,
    target: centre,
  };
}

/** Adds the angle flown since the last call; only flight on the circle counts. */
export function turnedBy(task: CircleTask, motion: Motion, toleranceM: number): CircleTask {
  const bearing = bearingDegOf(task.centre, motion);
  const rangeM = Math.hypot(motion.eastM - task.centre.eastM, motion.northM - task.centre.northM);
  const step = task.lastBearingDeg === undefined ? 0 : wrap180(bearing - task.lastBearingDeg);
  const isOnRing = Math.abs(rangeM - task.radiusM) < toleranceM;
  return { ...task, lastBearingDeg: bearing, turnedDeg: task.turnedDeg + (isOnRing ? Math.abs(step) : 0) };
}

function takeOff(at: Point, motion: Motion, limits: Limits): Guidance {
  const remainingM = at.upM - motion.upM;
  return {
    ...horizontalTo(at, motion, 2),
    climbRateMps: Math.min(limits.climbMps, Math.max(0.3, 0.8 * remainingM)),
    headingDeg: undefined,
    hasArrived: remainingM < 0.5,
    target: at,
  };
}

function land(task: Extract<Task, { kind: "land" }>, motion: Motion, limits: Limits): Guidance {
  const aboveM = motion.upM - task.homeUpM - limits.landSlowBelowM;
  const sinkMps = Math.max(limits.landMps, Math.min(limits.descendMps, 0.5 * aboveM));
  return {
    ...horizontalTo(task.at, motion, limits.groundSpeedMps),
    climbRateMps: -sinkMps,
    headingDeg: undefined,
    hasArrived: false,
    target: { ...task.at, upM: task.homeUpM },
  };
}

/** Ground velocity with which rotors fly the task from here. Pure geometry, no state. */
export function guide(task: Task, motion: Motion, limits: Limits): Guidance {
  switch (task.kind) {
    case "hold":
      return holdAt(task.at, motion, limits);
    case "take-off":
      return takeOff(task.at, motion, limits);
    case "leg":
      return flyLeg(task, motion, limits);
    case "circle":
      return flyCircle(task, motion, limits);
    case "land":
      return land(task, motion, limits);
    // These tasks are for wings only; rotors would descend at the position or hover.
    case "glide":
      return land({ kind: "land", at: task.to, homeUpM: task.to.upM }, motion, limits);
    case "level":
      return holdAt({ ...motion, upM: task.upM }, motion, limits);
  }
}

/** Where it stops when braking from now on: LOITER and pause hold there. */
export function stoppingPoint(motion: Motion): Point {
  const mps = Math.hypot(motion.eastMps, motion.northMps);
  const overS = mps / (2 * BRAKING_MPS2);
  return {
    eastM: motion.eastM + motion.eastMps * overS,
    northM: motion.northM + motion.northMps * overS,
    upM: motion.upM + motion.climbRateMps * 0.5,
  };
}

/** Speed through a corner between two legs: full speed straight on, walking speed at a right angle. */
export function cornerSpeedMps(before: Point, at: Point, after: Point, mostMps: number): number {
  const turnDeg = Math.abs(wrap180(bearingDegOf(at, after) - bearingDegOf(before, at)));
  const straight = Math.max(0, Math.cos((Math.min(turnDeg, 90) * Math.PI) / 180));
  return Math.min(mostMps, Math.max(1.5, mostMps * straight * straight));
}
