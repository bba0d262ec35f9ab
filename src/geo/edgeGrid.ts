import type { Ring } from "./polygon.js";

/** Calls `visit` with the indices (lower first) of every two edges that share a grid cell. All pairs that meet are among them. */
export function eachNearPair(ring: Ring, visit: (firstEdge: number, secondEdge: number) => void): void {
  const cells = cellsOf(ring);
  for (const edges of cells.values()) {
    for (let i = 0; i < edges.length; i++) {
      for (let j = i + 1; j < edges.length; j++) {
        const [one, other] = [edges[i] ?? 0, edges[j] ?? 0];
        visit(Math.min(one, other), Math.max(one, other));
      }
    }
  }
}

type Box = { readonly lowX: number; readonly highX: number; readonly lowY: number; readonly highY: number };

/** About as many nearly square cells as edges, so that an edge of average length lies in one or two of them. */
function cellsOf(ring: Ring): ReadonlyMap<number, readonly number[]> {
  const box = boxOf(ring);
  const [widthM, heightM] = [box.highX - box.lowX, box.highY - box.lowY];
  const sideM = Math.max(Math.sqrt((widthM * heightM) / ring.length), Math.max(widthM, heightM) / ring.length) || 1;
  const columnOf = (xM: number): number => Math.floor((xM - box.lowX) / sideM);
  const rowOf = (yM: number): number => Math.floor((yM - box.lowY) / sideM);
  const rows = rowOf(box.highY) + 1;
  const cells = new Map<number, number[]>();
  for (const [edge, from] of ring.entries()) {
    const to = ring[(edge + 1) % ring.length] ?? from;
    const [left, right] = [columnOf(Math.min(from.xM, to.xM)), columnOf(Math.max(from.xM, to.xM))];
    const [low, high] = [rowOf(Math.min(from.yM, to.yM)), rowOf(Math.max(from.yM, to.yM))];
    for (let column = left; column <= right; column++) {
      for (let row = low; row <= high; row++) {
        const key = column * rows + row;
        const cell = cells.get(key);
        if (cell) cell.push(edge);
        else cells.set(key, [edge]);
      }
    }
  }
  return cells;
}

function boxOf(ring: Ring): Box {
  const box = { lowX: Infinity, highX: -Infinity, lowY: Infinity, highY: -Infinity };
  for (const { xM, yM } of ring) {
    box.lowX = Math.min(box.lowX, xM);
    box.highX = Math.max(box.highX, xM);
    box.lowY = Math.min(box.lowY, yM);
    box.highY = Math.max(box.highY, yM);
  }
  return box;
}
