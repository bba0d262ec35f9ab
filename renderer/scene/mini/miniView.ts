/** Which part of the map the small one shows, north up, and how its pixels belong to the scene's metres. Pure. */
export type MiniView = {
  readonly middleEastM: number;
  readonly middleNorthM: number;
  readonly metresPerPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
};

export type MiniPoint = { readonly eastM: number; readonly northM: number };

type MiniSize = Pick<MiniView, "widthPx" | "heightPx">;

/** From its middle to its nearer sides. Steps, so that it stands still while an aircraft flies about. */
const HALVES_M = [1500, 3000, 6000, 12_000, 24_000, 48_000];
/** Nothing that must be seen stands nearer to the side than this part of the way from the middle. */
const FILLED_RATIO = 0.85;

/** The nearest step that holds all points; the middle moves in steps, too. The last step may not hold those furthest away. */
export function miniViewOf(points: readonly MiniPoint[], { widthPx, heightPx }: MiniSize): MiniView {
  const east = points.map(({ eastM }) => eastM);
  const north = points.map(({ northM }) => northM);
  const middle = (all: readonly number[]): number => (all.length === 0 ? 0 : (Math.max(...all) + Math.min(...all)) / 2);
  const shortPx = Math.min(widthPx, heightPx);
  for (const halfM of HALVES_M) {
    const stepM = halfM / 4;
    const view: MiniView = {
      middleEastM: Math.round(middle(east) / stepM) * stepM,
      middleNorthM: Math.round(middle(north) / stepM) * stepM,
      metresPerPx: (2 * halfM) / shortPx,
      ...{ widthPx, heightPx },
    };
    const isLast = halfM === HALVES_M.at(-1);
    if (isLast || points.every((point) => isHeld(view, point))) return view;
  }
  throw new Error("Invariant: the last step is always taken");
}

function isHeld(view: MiniView, point: MiniPoint): boolean {
  const { xPx, yPx } = miniPixel(view, point);
  const [halfX, halfY] = [view.widthPx / 2, view.heightPx / 2];
  return Math.abs(xPx - halfX) <= halfX * FILLED_RATIO && Math.abs(yPx - halfY) <= halfY * FILLED_RATIO;
}

export const miniPixel = (
  view: MiniView,
  { eastM, northM }: MiniPoint,
): { readonly xPx: number; readonly yPx: number } => ({
  xPx: view.widthPx / 2 + (eastM - view.middleEastM) / view.metresPerPx,
  yPx: view.heightPx / 2 - (northM - view.middleNorthM) / view.metresPerPx,
});

export const miniPoint = (view: MiniView, xPx: number, yPx: number): MiniPoint => ({
  eastM: view.middleEastM + (xPx - view.widthPx / 2) * view.metresPerPx,
  northM: view.middleNorthM - (yPx - view.heightPx / 2) * view.metresPerPx,
});

type CameraView = {
  readonly targetEastM: number;
  readonly targetNorthM: number;
  readonly rangeM: number;
  readonly azimuthRad: number;
  readonly elevationRad: number;
};

/** Of the picture's height, and a usual width for it. */
const HALF_HEIGHT = Math.tan((20 * Math.PI) / 180);
/** What is looked at along the ground reaches so many times further than the target. */
const REACH = 1.6;

/** Corners of what the camera sees: a wedge from the eye, or from above the picture's rectangle. */
export function viewCorners(view: CameraView, aspect: number): readonly MiniPoint[] {
  const { targetEastM, targetNorthM, rangeM, azimuthRad, elevationRad } = view;
  const flatM = rangeM * Math.cos(elevationRad);
  const halfM = rangeM * HALF_HEIGHT;
  /** Ahead of the target, and to the right of it. */
  const at = (aheadM: number, rightM: number): MiniPoint => ({
    eastM: targetEastM + aheadM * Math.sin(azimuthRad) + rightM * Math.cos(azimuthRad),
    northM: targetNorthM + aheadM * Math.cos(azimuthRad) - rightM * Math.sin(azimuthRad),
  });
  // The eye stands within the picture: seen from above.
  if (flatM < halfM)
    return [
      at(halfM, -halfM * aspect),
      at(halfM, halfM * aspect),
      at(-halfM, halfM * aspect),
      at(-halfM, -halfM * aspect),
    ];
  const farM = flatM * (REACH - 1);
  const sideM = halfM * aspect * REACH;
  return [at(-flatM, 0), at(farM, -sideM), at(farM, sideM)];
}
