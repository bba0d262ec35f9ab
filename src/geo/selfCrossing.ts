import { eachNearPair } from "./edgeGrid.js";
import { turn } from "./polygon.js";
import type { Point2, Ring, Segment } from "./polygon.js";

type Crossing = { readonly firstEdge: number; readonly secondEdge: number };

/** With fewer edges, as most drawn areas have, comparing all pairs is faster than a grid. */
const GRID_FROM_EDGES = 64;

/**
 * The first pair of edges that cross, touch or overlap; neighbours that share only their corner do not count. Exact predicates,
 * no tolerance.
 */
export function selfCrossing(ring: Ring): Crossing | undefined {
  let first: Crossing | undefined;
  const look = (i: number, j: number): void => {
    const isLater = first && (i > first.firstEdge || (i === first.firstEdge && j >= first.secondEdge));
    if (!isLater && edgesMeet(ring, i, j)) first = { firstEdge: i, secondEdge: j };
  };
  if (ring.length > GRID_FROM_EDGES) eachNearPair(ring, look);
  else eachPair(ring.length, look);
  return first;
}

function eachPair(count: number, visit: (i: number, j: number) => void): void {
  for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) visit(i, j);
}

/** `i` and `j` are edge indices, i < j. */
function edgesMeet(ring: Ring, i: number, j: number): boolean {
  const count = ring.length;
  const corner = (at: number): Point2 => ring[at % count] ?? { xM: 0, yM: 0 };
  const isNext = j === i + 1;
  const isClosing = i === 0 && j === count - 1;
  if (isNext || isClosing) return foldsBack(corner(isNext ? i : j), corner(isNext ? j : i), corner(isNext ? j + 1 : 1));
  return segmentsMeet({ from: corner(i), to: corner(i + 1) }, { from: corner(j), to: corner(j + 1) });
}

/** Two neighbouring edges overlap: the outline goes out and back along the same line. */
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
