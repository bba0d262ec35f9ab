import type { Position } from "../geo/position.js";

export type FencePolygon = { readonly isInclusion: boolean; readonly corners: readonly Position[] };
export type FenceCircle = { readonly isInclusion: boolean; readonly centre: Position; readonly radiusM: number };

/** Where the aircraft may (inclusion) and may not (exclusion) be. Corners in order, not closed. */
export type Fence = {
  readonly polygons: readonly FencePolygon[];
  readonly circles: readonly FenceCircle[];
  /** Where it flies to when it breaks the fence, for the autopilots that ask for it; the datum is not told by the format. */
  readonly breachReturn: { readonly position: Position; readonly heightM: number } | undefined;
};
