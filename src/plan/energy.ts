import type { Aircraft, Wind } from "./aircraft.js";
import type { Plan } from "./plan.js";

/** What a flight costs from take-off to landing back home. Fractions are of the aircraft's full battery. */
export type FlightEstimate = {
  readonly distanceM: number;
  readonly timeS: number;
  readonly energyFraction: number;
  /** Battery left at the worst moment if the aircraft had to turn home from there, after landing; below the reserve is a danger. */
  readonly worstReturnFraction: number;
  /** False where the wind is stronger than the aircraft's speed: the figures are then of no meaning. */
  readonly isFlyable: boolean;
};

export declare function estimateFlight(plan: Plan, aircraft: Aircraft, wind: Wind): FlightEstimate;
