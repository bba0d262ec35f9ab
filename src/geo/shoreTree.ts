/**
 * A quadtree that answers "nearest edge?" and "inside or outside?" in a few microseconds; cells are split when first queried. A
 * cell keeps the edges that can be nearest to some point in it. Edges that pass through the cell are among them, so a point's
 * side follows from the cell centre's side and the edges crossed on the straight line from there.
 */
export type PlaneEdge = { readonly ax: number; readonly ay: number; readonly bx: number; readonly by: number };

type Cell = {
  readonly x: number;
  readonly y: number;
  readonly halfX: number;
  readonly halfY: number;
  readonly depth: number;
  readonly edges: readonly number[];
  readonly isInside: boolean;
  readonly children: (Cell | undefined)[];
};

type ShoreCell = { readonly edges: readonly number[]; readonly isInside: boolean };

const ENOUGH_EDGES = 6;
const DEPTH_MAX = 12;
// The plane's scale deviates from the ground's (2 % over the two degrees we serve), so candidates get this much tolerance.
const STRETCH = 1.05;

/** `isInside` is for the queried point. `known` is a point inside the box, on no edge. Cells never reach beyond the box. */
export function createShoreTree(
  edges: readonly PlaneEdge[],
  box: { readonly x: number; readonly y: number; readonly halfX: number; readonly halfY: number },
  known: { readonly x: number; readonly y: number; readonly isInside: boolean },
): (x: number, y: number) => ShoreCell {
  const all = edges.map((_, i) => i);
  const centreIsInside = known.isInside !== isOddCrossing(edges, { ...known, edges: all }, box);
  const root: Cell = { ...box, depth: 0, edges: all, isInside: centreIsInside, children: [] };

  const childAt = (parent: Cell, quadrant: number): Cell => {
    const existing = parent.children[quadrant];
    if (existing) return existing;
    const halfX = parent.halfX / 2;
    const halfY = parent.halfY / 2;
    const x = parent.x + ((quadrant & 1) === 0 ? -halfX : halfX);
    const y = parent.y + ((quadrant & 2) === 0 ? -halfY : halfY);
    const distances = parent.edges.map((edge) => toEdge(edges[edge], x, y));
    const reach = (least(distances) + 2 * Math.hypot(halfX, halfY)) * STRETCH;
    const near = parent.edges.filter((_, i) => (distances[i] ?? 0) <= reach);
    const isInside = parent.isInside !== isOddCrossing(edges, parent, { x, y });
    const child: Cell = { x, y, halfX, halfY, depth: parent.depth + 1, edges: near, isInside, children: [] };
    parent.children[quadrant] = child;
    return child;
  };

  return (x, y) => {
    let cell = root;
    while (cell.edges.length > ENOUGH_EDGES && cell.depth < DEPTH_MAX) {
      cell = childAt(cell, (x >= cell.x ? 1 : 0) | (y >= cell.y ? 2 : 0));
    }
    return { edges: cell.edges, isInside: cell.isInside !== isOddCrossing(edges, cell, { x, y }) };
  };
}

// Math.min(...) with a very long list overflows the stack.
const least = (values: readonly number[]): number =>
  values.reduce((best, value) => Math.min(best, value), Number.POSITIVE_INFINITY);

function toEdge(edge: PlaneEdge | undefined, x: number, y: number): number {
  if (!edge) return Number.POSITIVE_INFINITY;
  const dx = edge.bx - edge.ax;
  const dy = edge.by - edge.ay;
  const squared = dx * dx + dy * dy;
  const part = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - edge.ax) * dx + (y - edge.ay) * dy) / squared));
  return Math.hypot(x - edge.ax - part * dx, y - edge.ay - part * dy);
}

/** Crossing test, half-open on both lines, so that a line through a corner counts once. */
function isOddCrossing(
  edges: readonly PlaneEdge[],
  cell: { readonly x: number; readonly y: number; readonly edges: readonly number[] },
  to: { readonly x: number; readonly y: number },
): boolean {
  let isOdd = false;
  const dx = to.x - cell.x;
  const dy = to.y - cell.y;
  for (const i of cell.edges) {
    const edge = edges[i];
    if (!edge) continue;
    const { ax, ay, bx, by } = edge;
    const sideA = dx * (ay - cell.y) - dy * (ax - cell.x) > 0;
    const sideB = dx * (by - cell.y) - dy * (bx - cell.x) > 0;
    if (sideA === sideB) continue;
    const sideFrom = (bx - ax) * (cell.y - ay) - (by - ay) * (cell.x - ax) > 0;
    const sideTo = (bx - ax) * (to.y - ay) - (by - ay) * (to.x - ax) > 0;
    if (sideFrom !== sideTo) isOdd = !isOdd;
  }
  return isOdd;
}
