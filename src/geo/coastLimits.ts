/**
 * Limits on the size of a coast line, so that station, map and vision worker can process it: union, triangulation and distances
 * take a second for 100,000 corners of a real shore, but hours for as many corners in the shape of a comb.
 */
import type { CoastDocument } from "./coastDocument.js";
import type { Position } from "./position.js";

/** Below the maximum message size between screen and station; a screen refuses a larger file before reading it. */
export const COAST_FILE_BYTES_MAX = 15_000_000;
const CORNERS_MAX = 100_000;
/** Pairs of edges that overlap in latitude, or in longitude. 50,000 corners of a fjord have two million. */
const OVERLAPS_MAX = 30_000_000;
/** Overlapping areas are merged, so some crossings are allowed; a line that crosses itself everywhere is no coast. */
const CROSSINGS_MAX = 1000;

/** Why the line cannot be used, in plain words; undefined when it can. Takes bounded time for any input. */
export function lineProblem(land: CoastDocument["land"]): string | undefined {
  let countOfCorners = 0;
  for (const { outline, holes } of land) {
    countOfCorners += outline.length;
    for (const hole of holes) countOfCorners += hole.length;
  }
  if (countOfCorners > CORNERS_MAX) return `more than ${CORNERS_MAX} corners: simplify the line`;
  // Both axes: merging is slow with many edges in the same latitudes, triangulation with many in either.
  return (
    crowding(edgesAlong("latitudeDeg", land, countOfCorners)) ??
    crowding(edgesAlong("longitudeDeg", land, countOfCorners))
  );
}

/** Edges sorted by their lower end along `axis`: `[low, across, high, across]` each. */
function edgesAlong(axis: keyof Position, land: CoastDocument["land"], count: number): Float64Array {
  const other = axis === "latitudeDeg" ? "longitudeDeg" : "latitudeDeg";
  const edges = new Float64Array(count * 4);
  let at = 0;
  const add = (ring: readonly Position[]): void => {
    let from = ring.at(-1);
    for (const to of ring) {
      if (from) {
        const isRising = from[axis] <= to[axis];
        const low = isRising ? from : to;
        const high = isRising ? to : from;
        edges[at] = low[axis];
        edges[at + 1] = low[other];
        edges[at + 2] = high[axis];
        edges[at + 3] = high[other];
        at += 4;
      }
      from = to;
    }
  };
  for (const { outline, holes } of land) {
    add(outline);
    for (const hole of holes) add(hole);
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => (edges[a * 4] ?? 0) - (edges[b * 4] ?? 0));
  const sorted = new Float64Array(edges.length);
  for (let i = 0; i < count; i++) {
    const edge = (order[i] ?? 0) * 4;
    for (let k = 0; k < 4; k++) sorted[i * 4 + k] = edges[edge + k] ?? 0;
  }
  return sorted;
}

function crowding(edges: Float64Array): string | undefined {
  let countOfOverlaps = 0;
  let countOfCrossings = 0;
  for (let a = 0; a < edges.length; a += 4) {
    const top = edges[a + 2] ?? 0;
    for (let b = a + 4; b < edges.length && (edges[b] ?? 0) <= top; b += 4) {
      countOfOverlaps++;
      if (cross(edges, a, b)) countOfCrossings++;
    }
    if (countOfOverlaps > OVERLAPS_MAX)
      return "the line goes back and forth too often to work with: simplify it, or cut it to the area you fly";
    if (countOfCrossings > CROSSINGS_MAX) return `the line crosses itself more than ${CROSSINGS_MAX} times`;
  }
  return undefined;
}

/** Proper crossings only: edges that touch (as neighbours do) or overlap do not count. */
function cross(edges: Float64Array, a: number, b: number): boolean {
  const ay = edges[a] ?? 0;
  const ax = edges[a + 1] ?? 0;
  const by = edges[a + 2] ?? 0;
  const bx = edges[a + 3] ?? 0;
  const cy = edges[b] ?? 0;
  const cx = edges[b + 1] ?? 0;
  const dy = edges[b + 2] ?? 0;
  const dx = edges[b + 3] ?? 0;
  if (Math.max(ax, bx) <= Math.min(cx, dx) || Math.max(cx, dx) <= Math.min(ax, bx)) return false;
  const ofC = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const ofD = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
  const ofA = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
  const ofB = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
  return ofC * ofD < 0 && ofA * ofB < 0;
}
