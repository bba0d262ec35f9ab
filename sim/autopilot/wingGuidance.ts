import { RAD_PER_DEG, wrap180 } from "../../src/geo/angles.js";
import { clamp, GRAVITY_MPS2 } from "../airframe/airframeState.js";
import { bearingDegOf, type Guidance, type LegTask, type Motion, type Point, type Task } from "./guidance.js";

export type WingLimits = {
  readonly airSpeedMps: number;
  readonly climbMps: number;
  readonly sinkMps: number;
  readonly bankRad: number;
  /** A waypoint counts as reached within this distance: a wing cannot stop on it. */
  readonly acceptanceM: number;
  readonly loiterRadiusM: number;
  readonly flareHeightM: number;
};

/** With the heading, for tasks that hold a heading instead of a track. */
type WingMotion = Motion & { readonly headingDeg: number };

/** Turning towards the demanded course: lateral acceleration per speed and radian. */
const COURSE_GAIN_PER_S = 0.8;
/** At this distance from a line it is intercepted at 45 degrees. */
const LINE_CAPTURE_M = 50;
/** Strength of the turn towards a circle: at twice the radius it heads about 60 degrees inwards. */
const RING_GAIN = 2;
const FLARE_SINK_MPS = 0.6;
/** Wings stay level below this height after take-off. */
const LEVEL_BELOW_M = 5;

const groundSpeedOf = ({ eastMps, northMps }: Motion): number => Math.hypot(eastMps, northMps);
const courseOf = ({ eastMps, northMps }: Motion): number => Math.atan2(eastMps, northMps) / RAD_PER_DEG;

/** Bank for a lateral acceleration, positive to the right. */
const bankFor = (lateralMps2: number, limits: WingLimits): number =>
  clamp(Math.atan(lateralMps2 / GRAVITY_MPS2), limits.bankRad);

function turnTo(errorDeg: number, motion: Motion): number {
  return COURSE_GAIN_PER_S * Math.max(8, groundSpeedOf(motion)) * clamp(errorDeg * RAD_PER_DEG, Math.PI / 2);
}

function climbTo(upM: number, motion: Motion, limits: WingLimits): number {
  return Math.min(limits.climbMps, Math.max(-limits.sinkMps, 0.5 * (upM - motion.upM)));
}

function flyCourse(courseDeg: number, upM: number, motion: WingMotion, limits: WingLimits) {
  return {
    northMps: 0,
    eastMps: 0,
    climbRateMps: climbTo(upM, motion, limits),
    headingDeg: undefined,
    wing: {
      airSpeedMps: limits.airSpeedMps,
      bankRad: bankFor(turnTo(wrap180(courseDeg - courseOf(motion)), motion), limits),
    },
  };
}

/** Position along the line and across it (right positive), metres from `from`. */
function offLine(from: Point, to: Point, at: Point) {
  const lengthM = Math.hypot(to.eastM - from.eastM, to.northM - from.northM);
  const [ue, un] = [(to.eastM - from.eastM) / lengthM, (to.northM - from.northM) / lengthM];
  const [east, north] = [at.eastM - from.eastM, at.northM - from.northM];
  return { lengthM, alongM: east * ue + north * un, rightM: east * un - north * ue };
}

/** Course that intercepts the line and follows it. */
function lineCourseDeg(from: Point, to: Point, motion: Motion): { courseDeg: number; alongM: number; lengthM: number } {
  const lengthM = Math.hypot(to.eastM - from.eastM, to.northM - from.northM);
  if (lengthM < 1) return { courseDeg: bearingDegOf(motion, to), alongM: 0, lengthM: 0 };
  const off = offLine(from, to, motion);
  const inwardsDeg = Math.atan(off.rightM / LINE_CAPTURE_M) / RAD_PER_DEG;
  return { ...off, courseDeg: bearingDegOf(from, to) - inwardsDeg };
}

function flyLeg(task: LegTask, motion: WingMotion, limits: WingLimits): Guidance {
  const { from, to } = task;
  const { courseDeg, alongM, lengthM } = lineCourseDeg(from, to, motion);
  const fraction = lengthM < 1 ? 1 : Math.min(1, Math.max(0, (alongM + limits.airSpeedMps) / lengthM));
  // Climbs at once; descends linearly along the leg.
  const upM = to.upM > from.upM ? to.upM : from.upM + (to.upM - from.upM) * fraction;
  const rangeM = Math.hypot(to.eastM - motion.eastM, to.northM - motion.northM);
  const hasPassed = lengthM >= 1 && alongM >= lengthM;
  return {
    ...flyCourse(courseDeg, upM, motion, limits),
    hasArrived: rangeM < limits.acceptanceM || hasPassed,
    target: to,
  };
}

/** Deviation from the circle's radius within which it counts as circling. */
export const ringToleranceM = (radiusM: number): number => Math.max(15, 0.3 * radiusM);

type Ring = { readonly centre: Point; readonly radiusM: number; readonly isClockwise: boolean };

function flyRing({ centre, radiusM, isClockwise }: Ring, motion: WingMotion, limits: WingLimits): Guidance {
  const sense = isClockwise ? 1 : -1;
  const rangeM = Math.hypot(motion.eastM - centre.eastM, motion.northM - centre.northM);
  const outwardsDeg = rangeM > 0.1 ? bearingDegOf(centre, motion) : motion.headingDeg;
  const inwardsDeg = Math.atan((RING_GAIN * (rangeM - radiusM)) / radiusM) / RAD_PER_DEG;
  const courseDeg = outwardsDeg + sense * (90 + inwardsDeg);
  const isOnRing = Math.abs(rangeM - radiusM) < ringToleranceM(radiusM);
  const roundMps2 = isOnRing ? (sense * groundSpeedOf(motion) ** 2) / radiusM : 0;
  const lateral = roundMps2 + turnTo(wrap180(courseDeg - courseOf(motion)), motion);
  const flown = flyCourse(courseDeg, centre.upM, motion, limits);
  return {
    ...flown,
    wing: { ...flown.wing, bankRad: bankFor(lateral, limits) },
    hasArrived: isOnRing,
    target: centre,
  };
}

function takeOff(task: Extract<Task, { kind: "take-off" }>, motion: WingMotion, limits: WingLimits, homeUpM: number) {
  const flown = flyCourse(task.courseDeg, task.at.upM, motion, limits);
  const isLow = motion.upM - homeUpM < LEVEL_BELOW_M;
  return {
    ...flown,
    climbRateMps: Math.max(1, flown.climbRateMps),
    wing: { ...flown.wing, bankRad: isLow ? 0 : clamp(flown.wing.bankRad, 20 * RAD_PER_DEG) },
    hasArrived: motion.upM > task.at.upM - 2,
    target: task.at,
  };
}

function glide({ from, to }: Extract<Task, { kind: "glide" }>, motion: WingMotion, limits: WingLimits): Guidance {
  const { courseDeg, alongM, lengthM } = lineCourseDeg(from, to, motion);
  const remaining = lengthM < 1 ? 0 : Math.max(0, 1 - alongM / lengthM);
  const upM = to.upM + Math.max(0, from.upM - to.upM) * remaining;
  const slopeMps = lengthM < 1 ? 0 : ((from.upM - to.upM) / lengthM) * groundSpeedOf(motion);
  const flown = flyCourse(courseDeg, upM, motion, limits);
  const isFlaring = motion.upM - to.upM < limits.flareHeightM;
  const sinkMps = Math.min(limits.sinkMps, Math.max(0.3, slopeMps - 0.5 * (upM - motion.upM)));
  return {
    ...flown,
    climbRateMps: isFlaring ? -FLARE_SINK_MPS : -sinkMps,
    // Flare: throttle off, wings level.
    wing: isFlaring ? { airSpeedMps: 0, bankRad: 0 } : flown.wing,
    hasArrived: false,
    target: to,
  };
}

function level(task: Extract<Task, { kind: "level" }>, motion: WingMotion, limits: WingLimits): Guidance {
  const flown = flyCourse(task.headingDeg, task.upM, motion, limits);
  const errorDeg = wrap180(task.headingDeg - (task.isCourse ? courseOf(motion) : motion.headingDeg));
  return {
    ...flown,
    wing: { ...flown.wing, bankRad: bankFor(turnTo(errorDeg, motion), limits) },
    hasArrived: true,
    target: { ...motion, upM: task.upM },
  };
}

/** Bank, air speed and climb rate with which a wing flies the task. Pure geometry, no state. */
export function guideWing(task: Task, motion: WingMotion, limits: WingLimits, homeUpM: number): Guidance {
  switch (task.kind) {
    case "hold":
      return flyRing({ centre: task.at, radiusM: limits.loiterRadiusM, isClockwise: true }, motion, limits);
    case "land":
      return flyRing({ centre: task.at, radiusM: limits.loiterRadiusM, isClockwise: true }, motion, limits);
    case "circle":
      return flyRing(task, motion, limits);
    case "take-off":
      return takeOff(task, motion, limits, homeUpM);
    case "leg":
      return flyLeg(task, motion, limits);
    case "glide":
      return glide(task, motion, limits);
    case "level":
      return level(task, motion, limits);
  }
}
