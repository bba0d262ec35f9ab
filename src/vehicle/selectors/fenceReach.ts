/** Whether a flight to a position, and a circle round it, would leave a fence. */
import { localFrameAt } from "../../geo/localFrame.js";
import { contains, type Point2 } from "../../geo/polygon.js";
import type { Position } from "../../geo/position.js";
import type { FenceAreas } from "../transfers.js";

/** The way and the circle are each checked at this many points. */
const STEPS = 40;

/** An assumed path: straight to `to`, then round it where `radiusM` is above 0. */
type Way = { readonly from: Position; readonly to: Position; readonly radiusM: number };

/**
 * With several inclusion areas: for "union" it is enough to be inside any one, for "intersection" it must be inside
 * all.
 */
export function leavesFence(areas: FenceAreas, combination: "union" | "intersection", way: Way): boolean {
  const local = localFrameAt(way.from);
  const planeOf = (position: Position): Point2 => {
    const { eastM, northM } = local.toEnu(position, 0);
    return { xM: eastM, yM: northM };
  };
  const insides = [
    ...areas.polygons.map(({ isInclusion, corners }) => {
      const ring = corners.map(planeOf);
      return { isInclusion, isIn: (at: Point2): boolean => contains(ring, at) };
    }),
    ...areas.circles.map(({ isInclusion, centre, radiusM }) => {
      const { xM, yM } = planeOf(centre);
      return { isInclusion, isIn: (at: Point2): boolean => Math.hypot(at.xM - xM, at.yM - yM) <= radiusM };
    }),
  ];
  const inclusions = insides.filter(({ isInclusion }) => isInclusion);
  const exclusions = insides.filter(({ isInclusion }) => !isInclusion);
  const isOutside = (at: Point2): boolean => {
    if (exclusions.some(({ isIn }) => isIn(at))) return true;
    if (inclusions.length === 0) return false;
    return combination === "union"
      ? !inclusions.some(({ isIn }) => isIn(at))
      : !inclusions.every(({ isIn }) => isIn(at));
  };
  const to = planeOf(way.to);
  return [...pointsTo(to), ...pointsRound(to, way.radiusM)].some(isOutside);
}

/** From the aircraft (the plane's origin) to the position. */
const pointsTo = ({ xM, yM }: Point2): readonly Point2[] =>
  Array.from({ length: STEPS }, (_, i) => ({ xM: (xM * (i + 1)) / STEPS, yM: (yM * (i + 1)) / STEPS }));

const pointsRound = ({ xM, yM }: Point2, radiusM: number): readonly Point2[] =>
  radiusM === 0
    ? []
    : Array.from({ length: STEPS }, (_, i) => {
        const turnRad = (2 * Math.PI * i) / STEPS;
        return { xM: xM + radiusM * Math.cos(turnRad), yM: yM + radiusM * Math.sin(turnRad) };
      });
