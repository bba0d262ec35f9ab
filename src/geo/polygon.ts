import { orient2d } from "robust-predicates";

/** A point of a plane in metres; the caller says what x and y are. */
export type Point2 = { readonly xM: number; readonly yM: number };

/** A ring is not closed: the last point joins the first by itself. */
export type Ring = readonly Point2[];

/** Surface in square metres, positive when the ring runs anticlockwise. */
export function signedAreaM2(ring: Ring): number {
  let doubled = 0;
  forEachEdge(ring, (a, b) => (doubled += a.xM * b.yM - b.xM * a.yM));
  return doubled / 2;
}

/** Calls `visit` with the ends and the number of every edge; edge i runs from corner i to the next. */
export function forEachEdge(ring: Ring, visit: (from: Point2, to: Point2, edge: number) => void): void {
  let from = ring.at(-1);
  // Starting with the closing edge, so that each corner is looked up once.
  for (const [i, to] of ring.entries()) {
    if (from) visit(from, to, (i + ring.length - 1) % ring.length);
    from = to;
  }
}

/** Even-odd rule; a point exactly on an edge may come out either way. */
export function contains(ring: Ring, point: Point2): boolean {
  let isInside = false;
  forEachEdge(ring, (a, b) => {
    if (a.yM > point.yM === b.yM > point.yM) return;
    const xM = a.xM + ((b.xM - a.xM) * (point.yM - a.yM)) / (b.yM - a.yM);
    if (point.xM < xM) isInside = !isInside;
  });
  return isInside;
}

export type Crossing = { readonly firstEdge: number; readonly secondEdge: number };

/**
 * The first pair of edges that cross, touch or lie on each other, neighbours that only share their corner excepted.
 * Decided by exact predicates: no tolerance. Quadratic, for drawn areas of up to a few hundred corners.
 */
export function selfCrossing(ring: Ring): Crossing | undefined {
  const count = ring.length;
  const corner = (i: number): Point2 => ring[i % count] ?? { xM: 0, yM: 0 };
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const isNext = j === i + 1;
      const isClosing = i === 0 && j === count - 1;
      const meets =
        isNext || isClosing
          ? foldsBack(corner(isNext ? i : j), corner(isNext ? j : i), corner(isNext ? j + 1 : 1))
          : segmentsMeet({ from: corner(i), to: corner(i + 1) }, { from: corner(j), to: corner(j + 1) });
      if (meets) return { firstEdge: i, secondEdge: j };
    }
  }
  return undefined;
}

type Segment = { readonly from: Point2; readonly to: Point2 };

const turn = (a: Point2, b: Point2, c: Point2): number => Math.sign(orient2d(a.xM, a.yM, b.xM, b.yM, c.xM, c.yM));

/** Two neighbouring edges that lie on each other: a spike. */
function foldsBack(before: Point2, middle: Point2, after: Point2): boolean {
  if (turn(before, middle, after) !== 0) return false;
  return (middle.xM - before.xM) * (after.xM - middle.xM) + (middle.yM - before.yM) * (after.yM - middle.yM) <= 0;
}

function segmentsMeet(one: Segment, other: Segment): boolean {
  const a = turn(one.from, one.to, other.from);
  const b = turn(one.from, one.to, other.to);
  const c = turn(other.from, other.to, one.from);
  const d = turn(other.from, other.to, one.to);
  if (a !== b && c !== d && a * b <= 0 && c * d <= 0) return true;
  return (
    (a === 0 && isBetween(one, other.from)) ||
    (b === 0 && isBetween(one, other.to)) ||
    (c === 0 && isBetween(other, one.from)) ||
    (d === 0 && isBetween(other, one.to))
  );
}

const isBetween = ({ from, to }: Segment, point: Point2): boolean =>
  Math.min(from.xM, to.xM) <= point.xM &&
  point.xM <= Math.max(from.xM, to.xM) &&
  Math.min(from.yM, to.yM) <= point.yM &&
  point.yM <= Math.max(from.yM, to.yM);

/** A stretch along x, `fromM` < `toM`. */
export type Span = { readonly fromM: number; readonly toM: number };

/** Where the line y = `yM` runs inside the ring, from left to right. A line through a corner counts as just above it. */
export function spansAt(ring: Ring, yM: number): readonly Span[] {
  const cutsM: number[] = [];
  forEachEdge(ring, (a, b) => {
    if (a.yM > yM === b.yM > yM) return;
    cutsM.push(a.xM + ((b.xM - a.xM) * (yM - a.yM)) / (b.yM - a.yM));
  });
  cutsM.sort((a, b) => a - b);
  const spans: Span[] = [];
  for (let i = 0; i + 1 < cutsM.length; i += 2) {
    const fromM = cutsM[i] ?? 0;
    const toM = cutsM[i + 1] ?? 0;
    if (toM > fromM) spans.push({ fromM, toM });
  }
  return spans;
}

/** Does the straight way from one point to the other stay inside the ring (its edge included, to a millimetre)? */
export function isWayInside(ring: Ring, from: Point2, to: Point2): boolean {
  const way = { from, to };
  let isClear = true;
  forEachEdge(ring, (a, b) => {
    const sides = turn(a, b, from) * turn(a, b, to);
    const across = turn(from, to, a) * turn(from, to, b);
    if (sides < 0 && across < 0) isClear = false;
  });
  if (!isClear) return false;
  const STEPS = 4;
  for (let i = 1; i < STEPS; i++) {
    const point = between(way, i / STEPS);
    if (!contains(ring, point) && edgeDistanceM(ring, point) > 1e-3) return false;
  }
  return true;
}

const between = ({ from, to }: Segment, part: number): Point2 => ({
  xM: from.xM + (to.xM - from.xM) * part,
  yM: from.yM + (to.yM - from.yM) * part,
});

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
