/**
 * Checks each straight leg of the flight against the plan's own fence. "Outside" follows the autopilot: for PX4 it is enough
 * to be in any one inclusion area, ArduPilot requires all of them (default of FENCE_OPTIONS).
 */
import { localFrameAt, type LocalFrame } from "../../geo/localFrame.js";
import { contains, type Point2 } from "../../geo/polygon.js";
import type { Position } from "../../geo/position.js";
import type { Fence, FenceCircle, FencePolygon } from "../fence.js";
import { fenceOfSection } from "../formats/fenceSection.js";
import { flightPath } from "../flightPath.js";
import { statedRadiusM } from "../loiterCircle.js";
import { isNavigation, isTakeOff } from "../missionCommands.js";
import { missionItemsOf, type Plan } from "../plan.js";
import { firmwareOf, isWinged, vehicleClassOf } from "../vehicleClass.js";
import { finding, seqOf, type PlanFinding } from "./finding.js";

/** A leg that leaves the fence by less counts as flown along its edge. */
const LEAVES_M = 0.5;
const REPORTED_MAX = 10;
const CIRCLE_POINTS = 16;

/** `seq` is undefined for a leg from or to home. */
type FenceWay = { readonly from: Point2; readonly to: Point2; readonly seq: number | undefined };

/** One fence area in the local plane. `cuts` gives the crossings of a leg with its edge. */
type Area = { readonly isInclusion: boolean; readonly isInside: (at: Point2) => boolean; readonly cuts: Cuts };
/** Fractions (0 to 1) along a leg at which it crosses the area's edge. */
type Cuts = (way: FenceWay) => readonly number[];

type Judge = { readonly isOutside: (at: Point2) => boolean; readonly isDoubtful: (at: Point2) => boolean };

type FenceContext = { readonly mavType: number; readonly mavAutopilot: number };

export function fenceFindings(plan: Plan, context: FenceContext): readonly PlanFinding[] {
  const fence = fenceOfSection(plan.fenceJson);
  const origin = plan.plannedHome?.position ?? missionItemsOf(plan).find(({ position }) => position)?.position;
  if (!origin || fence.polygons.length + fence.circles.length === 0) return [];
  const frame = localFrameAt(origin);
  const areas = areasOf(fence, frame);
  const judge = judgeOf(areas, context);
  const legs = [...legsOf(plan, frame), ...circlesOf(plan, frame, context)];
  const outside = new Map<number | undefined, number>();
  const doubtful = new Set<number | undefined>();
  for (const way of legs) {
    const { outsideM, isDoubtful } = measure(way, areas, judge);
    if (outsideM !== undefined) outside.set(way.seq, Math.max(outsideM, outside.get(way.seq) ?? 0));
    else if (isDoubtful) doubtful.add(way.seq);
  }
  const reported = [...outside].slice(0, REPORTED_MAX).map(([seq, lengthM]) =>
    finding("outside-fence", "danger", {
      ...(seq !== undefined && { seq }),
      facts: { lengthM, items: outside.size },
    }),
  );
  const unclear = [...doubtful].filter((seq) => !outside.has(seq));
  return unclear.length === 0
    ? reported
    : [...reported, finding("fence-unclear", "caution", { facts: { items: unclear.length } })];
}

function judgeOf(areas: readonly Area[], { mavAutopilot }: FenceContext): Judge {
  const inclusions = areas.filter(({ isInclusion }) => isInclusion);
  const exclusions = areas.filter(({ isInclusion }) => !isInclusion);
  const isInNone = (at: Point2): boolean => inclusions.length > 0 && !inclusions.some(({ isInside }) => isInside(at));
  const isNotInAll = (at: Point2): boolean => inclusions.some(({ isInside }) => !isInside(at));
  const isExcluded = (at: Point2): boolean => exclusions.some(({ isInside }) => isInside(at));
  const firmware = firmwareOf(mavAutopilot);
  const isOut = firmware === "ardupilot" ? isNotInAll : isInNone;
  return {
    isOutside: (at) => isExcluded(at) || isOut(at),
    isDoubtful: (at) => firmware === "other" && isNotInAll(at),
  };
}

/** Splits the leg at every edge it crosses and tests the midpoint of each piece. */
function measure(way: FenceWay, areas: readonly Area[], judge: Judge) {
  const lengthM = Math.hypot(way.to.xM - way.from.xM, way.to.yM - way.from.yM);
  if (lengthM < LEAVES_M) {
    return { outsideM: judge.isOutside(way.to) ? 0 : undefined, isDoubtful: judge.isDoubtful(way.to) };
  }
  const stops = [0, ...areas.flatMap(({ cuts }) => cuts(way)), 1].sort((a, b) => a - b);
  let outsideM = 0;
  let isDoubtful = false;
  for (let i = 0; i + 1 < stops.length; i++) {
    const [from, to] = [stops[i] ?? 0, stops[i + 1] ?? 1];
    if ((to - from) * lengthM < LEAVES_M) continue;
    const middle = at(way, (from + to) / 2);
    if (judge.isOutside(middle)) outsideM += (to - from) * lengthM;
    else isDoubtful ||= judge.isDoubtful(middle);
  }
  return { outsideM: outsideM > 0 ? outsideM : undefined, isDoubtful };
}

const at = ({ from, to }: FenceWay, part: number): Point2 => ({
  xM: from.xM + (to.xM - from.xM) * part,
  yM: from.yM + (to.yM - from.yM) * part,
});

const areasOf = ({ polygons, circles }: Fence, frame: LocalFrame): readonly Area[] => [
  ...polygons.map((polygon) => polygonArea(polygon, frame)),
  ...circles.map((circle) => circleArea(circle, frame)),
];

const toPlane = (frame: LocalFrame, position: Position): Point2 => {
  const { eastM, northM } = frame.toEnu(position, 0);
  return { xM: eastM, yM: northM };
};

function polygonArea({ isInclusion, corners }: FencePolygon, frame: LocalFrame): Area {
  const ring = corners.map((corner) => toPlane(frame, corner));
  const cuts: Cuts = (way) =>
    ring.flatMap((corner, i) => {
      const part = meeting(way, corner, ring[(i + 1) % ring.length] ?? corner);
      return part === undefined ? [] : [part];
    });
  return { isInclusion, isInside: (point) => contains(ring, point), cuts };
}

/** Fraction (0 to 1) of the leg at which it crosses the edge from `a` to `b`; undefined when it does not. */
function meeting({ from, to }: FenceWay, a: Point2, b: Point2): number | undefined {
  const [dx, dy] = [to.xM - from.xM, to.yM - from.yM];
  const [ex, ey] = [b.xM - a.xM, b.yM - a.yM];
  const cross = dx * ey - dy * ex;
  if (cross === 0) return undefined;
  const [ax, ay] = [a.xM - from.xM, a.yM - from.yM];
  const part = (ax * ey - ay * ex) / cross;
  const along = (ax * dy - ay * dx) / cross;
  return part > 0 && part < 1 && along >= 0 && along <= 1 ? part : undefined;
}

function circleArea({ isInclusion, centre, radiusM }: FenceCircle, frame: LocalFrame): Area {
  const middle = toPlane(frame, centre);
  const isInside = ({ xM, yM }: Point2): boolean => Math.hypot(xM - middle.xM, yM - middle.yM) <= radiusM;
  const cuts: Cuts = ({ from, to }) => {
    const [dx, dy, fx, fy] = [to.xM - from.xM, to.yM - from.yM, from.xM - middle.xM, from.yM - middle.yM];
    const [a, b, c] = [dx ** 2 + dy ** 2, fx * dx + fy * dy, fx ** 2 + fy ** 2 - radiusM ** 2];
    const root2 = b ** 2 - a * c;
    if (root2 <= 0) return [];
    return [(-b - Math.sqrt(root2)) / a, (-b + Math.sqrt(root2)) / a].filter((part) => part > 0 && part < 1);
  };
  return { isInclusion, isInside, cuts };
}

/** With a home: every leg, also from and to home. Without: only the legs between positions of the plan. */
function legsOf(plan: Plan, frame: LocalFrame): readonly FenceWay[] {
  const point = ({ eastM, northM }: { readonly eastM: number; readonly northM: number }): Point2 => ({
    xM: eastM,
    yM: northM,
  });
  if (plan.plannedHome) {
    const home = { xM: 0, yM: 0 };
    const atHome = { from: home, to: home, seq: undefined };
    return [
      atHome,
      ...takeOffPlaces(plan, frame),
      ...flightPath(plan).map(({ from, to, itemIndex }) => ({
        from: point(from),
        to: point(to),
        seq: seqOf(itemIndex),
      })),
    ];
  }
  const legs: FenceWay[] = [];
  let here: Point2 | undefined;
  for (const [index, { command, position }] of missionItemsOf(plan).entries()) {
    if (!position || !isNavigation(command)) continue;
    const to = toPlane(frame, position);
    legs.push({ from: here ?? to, to, seq: seqOf(index) });
    here = to;
  }
  return legs;
}

/** A take-off item may have a position of its own. Some autopilots fly there and all store it, so it is checked too. */
const takeOffPlaces = (plan: Plan, frame: LocalFrame): readonly FenceWay[] =>
  missionItemsOf(plan).flatMap(({ command, position }, index) => {
    if (!isTakeOff(command) || !position) return [];
    const there = toPlane(frame, position);
    return [{ from: there, to: there, seq: seqOf(index) }];
  });

/** The loiter circles of a fixed wing, approximated by chords. */
function circlesOf(plan: Plan, frame: LocalFrame, { mavType }: FenceContext): readonly FenceWay[] {
  if (!isWinged(vehicleClassOf(mavType))) return [];
  return missionItemsOf(plan).flatMap((item, index) => {
    const radiusM = statedRadiusM(item);
    if (!item.position || radiusM === 0) return [];
    const centre = toPlane(frame, item.position);
    const onCircle = (i: number): Point2 => {
      const turnRad = (2 * Math.PI * i) / CIRCLE_POINTS;
      return { xM: centre.xM + radiusM * Math.sin(turnRad), yM: centre.yM + radiusM * Math.cos(turnRad) };
    };
    return Array.from({ length: CIRCLE_POINTS }, (_, i) => ({
      from: onCircle(i),
      to: onCircle(i + 1),
      seq: seqOf(index),
    }));
  });
}
