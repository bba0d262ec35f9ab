import type { Position } from "../geo/position.js";
import type { Surface } from "./contact.js";

/** What the ground is at a place, as far as the coast and relief in use can say. */
export type GroundSample = {
  readonly heightAmslM: number;
  /** One sigma of `heightAmslM`: tide and waves at sea, relief error on land. */
  readonly sigmaM: number;
  readonly surface: Surface;
  /** Unsigned distance to the nearest waterline, where known. */
  readonly waterlineDistanceM?: number;
};

/** Passed in by the station, which knows the coast; asked for every detection, so it must answer in microseconds. */
export type GroundModel = { readonly heightAt: (position: Position) => GroundSample };

/** Sea level everywhere, surface unknown: what is left when no coast is loaded. Waves and tide give `sigmaM`. */
export const seaLevelGround = (sigmaM = 2): GroundModel => {
  const sample: GroundSample = { heightAmslM: 0, sigmaM, surface: "unknown" };
  return { heightAt: () => sample };
};
