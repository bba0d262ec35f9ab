import type { Position } from "../geo/position.js";

export type FencePolygon = { readonly isInclusion: boolean; readonly corners: readonly Position[] };
export type FenceCircle = { readonly isInclusion: boolean; readonly centre: Position; readonly radiusM: number };

/** Where the aircraft may (inclusion) and may not (exclusion) be. Corners in order, not closed. */
export type Fence = {
  readonly polygons: readonly FencePolygon[];
  readonly circles: readonly FenceCircle[];
  /** Where the autopilot flies to after a breach, if it supports that; the file format does not state the datum of `heightM`. */
  readonly breachReturn: { readonly position: Position; readonly heightM: number } | undefined;
};
