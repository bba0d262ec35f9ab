import type { Result } from "../../core/result.js";
import type { Position } from "../../geo/position.js";
import type { AreaFailure } from "../areaFailure.js";
import type { SweepSettings } from "../plan.js";

/** One straight flight line, in the order and direction of flight. */
export type SweepLeg = {
  readonly from: Position;
  readonly to: Position;
  readonly headingDeg: number;
  readonly lengthM: number;
};

export type Sweep = {
  readonly legs: readonly SweepLeg[];
  readonly areaM2: number;
  /** Legs and the ways between them. */
  readonly lengthM: number;
  /** Ways between legs that leave the area because a notch lies between. */
  readonly waysOutside: number;
};

export declare function parallelSweep(area: readonly Position[], settings: SweepSettings): Result<Sweep, AreaFailure>;
/** Direction of the long side of the smallest rectangle around the area, 0 ≤ x < 180. */
export declare function longAxisHeadingDeg(area: readonly Position[]): number;
