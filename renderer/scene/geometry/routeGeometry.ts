import type { DatumAltitude, Position } from "../../../src/geo/position.js";
import { CMD, isNavigation } from "../../../src/plan/missionCommands.js";
import type { MissionItem } from "../../../src/plan/plan.js";
import type { SceneFrame } from "../sceneFrame.js";

type RouteHeights = { readonly homeAmslM: number };

/**
 * Height above sea level at which an item is drawn. Terrain here is beach, so heights above ground are drawn from
 * home's level.
 */
const drawnAmslM = (height: DatumAltitude | undefined, { homeAmslM }: RouteHeights): number =>
  height === undefined ? homeAmslM : height.datum === "amsl" ? height.valueM : height.valueM + homeAmslM;

type RoutePoint = {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  /** Which mission item it comes from, 0 = first of the plan. */
  readonly itemIndex: number;
};

/** Waypoints in order. Commands without a position, or that are no navigation, add none. */
export function routePoints(frame: SceneFrame, items: readonly MissionItem[], heights: RouteHeights): RoutePoint[] {
  return items.flatMap((item, itemIndex) => {
    if (!item.position || item.command < CMD.waypoint || !isNavigation(item.command)) return [];
    if (isNowhere(item.position)) return [];
    const { eastM, northM } = frame.pointOf(item.position);
    return [{ eastM, northM, upM: drawnAmslM(item.altitude, heights), itemIndex }];
  });
}

// Items such as return-to-launch have (0, 0) for "not used".
const isNowhere = ({ latitudeDeg, longitudeDeg }: Position): boolean => latitudeDeg === 0 && longitudeDeg === 0;

/** Legs as separate segments: x, y, z twice each. */
export function routeSegments(points: readonly RoutePoint[]): Float32Array {
  const out = new Float32Array(Math.max(0, points.length - 1) * 6);
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1];
    const to = points[i];
    if (from && to) out.set([from.eastM, from.northM, from.upM, to.eastM, to.northM, to.upM], (i - 1) * 6);
  }
  return out;
}

/**
 * The leg being flown: index into the segments of the leg that ends at the item with `currentItemIndex`, or at the
 * first place after it where that item has none. Undefined before the first place and after the last.
 */
export function activeLeg(points: readonly RoutePoint[], currentItemIndex: number): number | undefined {
  const end = points.findIndex(({ itemIndex }) => itemIndex >= currentItemIndex);
  return end < 1 ? undefined : end - 1;
}
