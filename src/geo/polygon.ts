import { orient2d } from "robust-predicates";

/** A point of a plane in metres; what x and y mean is up to the caller. */
export type Point2 = { readonly xM: number; readonly yM: number };

/** A polygon's corners. Not closed: the last corner is joined to the first. */
export type Ring = readonly Point2[];

/** Area in square metres, positive when the ring runs anticlockwise. */
export function signedAreaM2(ring: Ring): number {
  let doubled = 0;
  forEachEdge(ring, (a, b) => (doubled += a.xM * b.yM - b.xM * a.yM));
  return doubled / 2;
}

/** Calls `visit` with the ends of every edge. */
function forEachEdge(ring: Ring, visit: (from: Point2, to: Point2) => void): void {
  let from = ring.at(-1);
  // Starts with the closing edge, so that each corner is read only once.
  for (const to of ring) {
    if (from) visit(from, to);
    from = to;
  }
}

/** Even-odd rule; for a point exactly on an edge the result may be either. */
export function contains(ring: Ring, point: Point2): boolean {
  let isInside = false;
  forEachEdge(ring, (a, b) => {
    if (a.yM > point.yM === b.yM > point.yM) return;
    const xM = a.xM + ((b.xM - a.xM) * (point.yM - a.yM)) / (b.yM - a.yM);
    if (point.xM < xM) isInside = !isInside;
  });
  return isInside;
}

export type Segment = { readonly from: Point2; readonly to: Point2 };

/** 1 for a turn to the right, -1 to the left, 0 for straight on; decided by an exact predicate. */
export const turn = (a: Point2, b: Point2, c: Point2): number =>
  Math.sign(orient2d(a.xM, a.yM, b.xM, b.yM, c.xM, c.yM));

/** An interval along x, `fromM` < `toM`. */
type Span = { readonly fromM: number; readonly toM: number };

/** Edges that reach into the band lowM ≤ y ≤ highM: all that `spansAmong` needs for lines within it. */
export function edgesWithin(ring: Ring, lowM: number, highM: number): readonly Segment[] {
  const edges: Segment[] = [];
  forEachEdge(ring, (from, to) => {
    if (Math.max(from.yM, to.yM) >= lowM && Math.min(from.yM, to.yM) <= highM) edges.push({ from, to });
  });
  return edges;
}

/** Intervals of the line y = `yM` inside the ring, by ascending x. A line through a corner counts as just above it. */
export const spansAt = (ring: Ring, yM: number): readonly Span[] => spansAmong(edgesWithin(ring, yM, yM), yM);

/** As `spansAt`, from a preselection of the edges near that line. */
export function spansAmong(edges: readonly Segment[], yM: number): readonly Span[] {
  const cutsM: number[] = [];
  for (const { from: a, to: b } of edges) {
    if (a.yM > yM === b.yM > yM) continue;
    cutsM.push(a.xM + ((b.xM - a.xM) * (yM - a.yM)) / (b.yM - a.yM));
  }
  cutsM.sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < cutsM.length; i += 2) {
    const fromM = cutsM[i] ?? 0;
    const toM = cutsM[i + 1] ?? 0;
    if (toM > fromM) spans.push({ fromM, toM });
  }
  return spans;
}

// Legs end exactly on the area's edge: leaving it by less than this is rounding.
const LEAVES_M = 1e-3;

/** Whether the straight line between two points stays inside the ring or on its edge, to a millimetre. */
export function isWayInside(ring: Ring, from: Point2, to: Point2): boolean {
  let crossings = 0;
  forEachEdge(ring, (a, b) => {
    if (isApart(a, b, { from, to })) return;
    if (liesAcross(a, b, { from, to }) && liesAcross(from, to, { from: a, to: b })) crossings++;
  });
  if (crossings > 0) return false;
  const middle = { xM: (from.xM + to.xM) / 2, yM: (from.yM + to.yM) / 2 };
  return contains(ring, middle) || edgeDistanceM(ring, middle) <= LEAVES_M;
}

/** Quick rejection: the bounding boxes do not overlap. */
const isApart = (a: Point2, b: Point2, { from, to }: Segment): boolean =>
  Math.max(a.xM, b.xM) < Math.min(from.xM, to.xM) ||
  Math.min(a.xM, b.xM) > Math.max(from.xM, to.xM) ||
  Math.max(a.yM, b.yM) < Math.min(from.yM, to.yM) ||
  Math.min(a.yM, b.yM) > Math.max(from.yM, to.yM);

/** Whether the segment's ends lie clearly on opposite sides of the line through a and b. */
function liesAcross(a: Point2, b: Point2, { from, to }: Segment): boolean {
  const lengthM = Math.hypot(b.xM - a.xM, b.yM - a.yM);
  const reach = LEAVES_M * lengthM;
  const side = (p: Point2): number => (b.xM - a.xM) * (p.yM - a.yM) - (b.yM - a.yM) * (p.xM - a.xM);
  const one = side(from);
  const other = side(to);
  return (one > reach && other < -reach) || (one < -reach && other > reach);
}

/** Distance from a point to the nearest edge, metres. */
export function edgeDistanceM(ring: Ring, point: Point2): number {
  let bestM = Number.POSITIVE_INFINITY;
  forEachEdge(ring, (a, b) => (bestM = Math.min(bestM, segmentDistanceM(a, b, point))));
  return bestM;
}

export function segmentDistanceM(from: Point2, to: Point2, point: Point2): number {
  const dx = to.xM - from.xM;
  const dy = to.yM - from.yM;
  const squared = dx * dx + dy * dy;
  const along = squared === 0 ? 0 : ((point.xM - from.xM) * dx + (point.yM - from.yM) * dy) / squared;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(point.xM - from.xM - part * dx, point.yM - from.yM - part * dy);
}

/** Direction of the longer side of the smallest enclosing rectangle, radians from the x axis towards y. */
export function longAxisRad(ring: Ring): number {
  const hull = convexHull(ring);
  let best = { areaM2: Number.POSITIVE_INFINITY, rad: 0 };
  forEachEdge(hull, (a, b) => {
    if (a.xM === b.xM && a.yM === b.yM) return;
    const rad = Math.atan2(b.yM - a.yM, b.xM - a.xM);
    const turned = rotated(hull, -rad);
    const width = extentM(turned.map((p) => p.xM));
    const height = extentM(turned.map((p) => p.yM));
    if (width * height < best.areaM2) best = { areaM2: width * height, rad: width >= height ? rad : rad + Math.PI / 2 };
  });
  return best.rad;
}

export const rotated = (ring: Ring, byRad: number): Ring => {
  const cos = Math.cos(byRad);
  const sin = Math.sin(byRad);
  return ring.map(({ xM, yM }) => ({ xM: xM * cos - yM * sin, yM: xM * sin + yM * cos }));
};

const extentM = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** Andrew's monotone chain; collinear points on the hull's edges are left out. */
function convexHull(points: readonly Point2[]): Ring {
  const sorted = [...points].sort((a, b) => a.xM - b.xM || a.yM - b.yM);
  const half = (ordered: readonly Point2[]): Point2[] => {
    const chain: Point2[] = [];
    for (const point of ordered) {
      for (;;) {
        const last = chain.at(-1);
        const before = chain.at(-2);
        if (!last || !before || turn(before, last, point) < 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  // robust-predicates' orient2d is positive for a clockwise turn (its y points down), so `< 0` keeps left turns.
  return [...half(sorted), ...half(sorted.reverse())];
}
