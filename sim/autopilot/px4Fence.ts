import type { Point } from "./guidance.js";
import type { StoredItem } from "./missionItem.js";

/** MAV_CMD_NAV_FENCE_*: polygon vertices and circles, inclusion and exclusion. */
const VERTEX = { inclusion: 5001, exclusion: 5002 } as const;
const CIRCLE = { inclusion: 5003, exclusion: 5004 } as const;

type Ring = readonly Point[];
type Areas = { readonly polygons: readonly Ring[]; readonly circles: readonly { centre: Point; radiusM: number }[] };

function isInsideRing({ eastM, northM }: Point, ring: Ring): boolean {
  let isInside = false;
  for (const [i, a] of ring.entries()) {
    const b = ring[(i + ring.length - 1) % ring.length] ?? a;
    const crosses = a.northM > northM !== b.northM > northM;
    if (crosses && eastM < ((b.eastM - a.eastM) * (northM - a.northM)) / (b.northM - a.northM) + a.eastM) {
      isInside = !isInside;
    }
  }
  return isInside;
}

function areasOf(
  fence: readonly StoredItem[],
  [vertex, circle]: readonly [vertex: number, circle: number],
  locate: (item: StoredItem) => Point,
): Areas {
  const polygons: Ring[] = [];
  const circles: Areas["circles"][number][] = [];
  for (let i = 0; i < fence.length;) {
    const item = fence[i];
    if (!item) break;
    const isCorner = item.command === VERTEX.inclusion || item.command === VERTEX.exclusion;
    const count = isCorner ? Math.max(1, item.params[0]) : 1;
    if (item.command === vertex) polygons.push(fence.slice(i, i + count).map(locate));
    if (item.command === circle) circles.push({ centre: locate(item), radiusM: item.params[0] });
    i += count;
  }
  return { polygons, circles };
}

const isInAny = (place: Point, { polygons, circles }: Areas): boolean =>
  polygons.some((ring) => isInsideRing(place, ring)) ||
  circles.some(
    ({ centre, radiusM }) => Math.hypot(place.eastM - centre.eastM, place.northM - centre.northM) <= radiusM,
  );

/** PX4: inclusion areas form a union, exclusions forbid. Without an inclusion area everywhere is inside. */
export function isInsideFence(
  place: Point,
  fence: readonly StoredItem[],
  locate: (item: StoredItem) => Point,
): boolean {
  const inclusion = areasOf(fence, [VERTEX.inclusion, CIRCLE.inclusion], locate);
  const exclusion = areasOf(fence, [VERTEX.exclusion, CIRCLE.exclusion], locate);
  const hasInclusion = inclusion.polygons.length + inclusion.circles.length > 0;
  return (!hasInclusion || isInAny(place, inclusion)) && !isInAny(place, exclusion);
}
