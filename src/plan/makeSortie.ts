import type { Result } from "../core/result.js";
import type { Position } from "../geo/position.js";
import type { Aircraft, Wind } from "./aircraft.js";
import type { AreaFailure } from "./areaFailure.js";
import type { Plan, PlannedHome } from "./plan.js";

export type SeenObject = "person" | "boat";

/** What a planner asks for; everything left out follows from what must be seen. */
export type SortieRequest = {
  readonly name: string;
  readonly area: readonly Position[];
  readonly home: PlannedHome;
  readonly aircraft: Aircraft;
  readonly see: SeenObject;
  /** Wanted probability of detection, 0 < x < 1. */
  readonly podWanted: number;
  readonly wind: Wind;
  readonly isTraining: boolean;
  readonly override: {
    readonly heightAboveHomeM?: number;
    readonly trackSpacingM?: number;
    readonly legHeadingDeg?: number;
    readonly groundSpeedMps?: number;
    readonly turnaroundM?: number;
  };
};

export type SortieWarning =
  | { readonly kind: "boats-yes-people-no"; readonly personPx: number; readonly neededPx: number }
  | { readonly kind: "object-too-small"; readonly see: SeenObject; readonly px: number; readonly neededPx: number }
  | { readonly kind: "pod-not-reached"; readonly pod: number; readonly podWanted: number }
  | { readonly kind: "ways-outside"; readonly count: number }
  | { readonly kind: "energy"; readonly worstReturnFraction: number; readonly reserveFraction: number }
  | { readonly kind: "wind"; readonly windMps: number; readonly maxWindMps: number }
  | { readonly kind: "height-limited"; readonly limitM: number };

export type SortieFigures = {
  readonly items: number;
  readonly legs: number;
  readonly distanceM: number;
  readonly timeS: number;
  readonly energyFraction: number;
  readonly trackSpacingM: number;
  readonly heightAboveHomeM: number;
  readonly sweepWidthM: number;
  readonly coverageFactor: number;
  readonly pod: number;
  /** Part of the area that comes into the picture's swath. */
  readonly coverageFraction: number;
  readonly areaM2: number;
};

export type Sortie = { readonly plan: Plan; readonly figures: SortieFigures; readonly warnings: readonly SortieWarning[] };

/** Area and wishes to a complete plan: take-off, speed, gimbal, sweep, return. Fast enough for every step of a drag (under 2 ms). */
export declare function planFromArea(request: SortieRequest): Result<Sortie, AreaFailure>;
