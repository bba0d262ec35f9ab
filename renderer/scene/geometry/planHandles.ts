import type { Position } from "../../../src/geo/position.js";

/** A place that can be dragged: a corner, or the middle of the edge that ends at corner `index`. */
export type PlanHandle = { readonly kind: "corner" | "middle"; readonly index: number; readonly position: Position };

/** Handles of an area: every corner, and where a new corner would be inserted. */
export function planHandles(area: readonly Position[]): PlanHandle[] {
  const corners = area.map((position, index) => ({ kind: "corner", index, position }) as const);
  const middles = area.map((from, i) => {
    const to = area[(i + 1) % area.length] ?? from;
    const position = {
      latitudeDeg: (from.latitudeDeg + to.latitudeDeg) / 2,
      longitudeDeg: (from.longitudeDeg + to.longitudeDeg) / 2,
    };
    return { kind: "middle", index: i + 1, position } as const;
  });
  return area.length < 2 ? corners : [...corners, ...middles];
}

type ScreenPoint = { readonly xPx: number; readonly yPx: number };

/** The handle under the pointer within `reachPx`; corners win over middles. */
export function handleAt(
  handles: readonly PlanHandle[],
  pointer: ScreenPoint,
  toScreen: (position: Position) => ScreenPoint | undefined,
  reachPx: number,
): PlanHandle | undefined {
  let best: PlanHandle | undefined;
  let bestPx = reachPx;
  for (const handle of handles) {
    const at = toScreen(handle.position);
    if (!at) continue;
    // An edge middle must be hit more precisely than a corner.
    const offPx = Math.hypot(at.xPx - pointer.xPx, at.yPx - pointer.yPx) + (handle.kind === "middle" ? 4 : 0);
    if (offPx < bestPx) {
      bestPx = offPx;
      best = handle;
    }
  }
  return best;
}

/** Even-odd rule in degrees: areas here are a few kilometres, never round the antimeridian. */
export function isInsideArea(area: readonly Position[], position: Position): boolean {
  let isInside = false;
  area.forEach((from, i) => {
    const to = area[(i + 1) % area.length] ?? from;
    if (from.latitudeDeg > position.latitudeDeg === to.latitudeDeg > position.latitudeDeg) return;
    const along = (position.latitudeDeg - from.latitudeDeg) / (to.latitudeDeg - from.latitudeDeg);
    if (position.longitudeDeg < from.longitudeDeg + along * (to.longitudeDeg - from.longitudeDeg)) isInside = !isInside;
  });
  return isInside;
}
