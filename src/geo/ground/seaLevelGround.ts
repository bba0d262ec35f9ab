import type { GroundHeight, GroundModel } from "./ground.js";

/** Sea level everywhere, surface unknown: the fallback when no coast is loaded. `sigmaM`: tide and waves, one sigma. */
export function seaLevelGround(sigmaM = 2): GroundModel {
  const everywhere: GroundHeight = { heightAmslM: 0, sigmaM, surface: "unknown", waterlineDistanceM: undefined };
  return { heightAt: () => everywhere };
}
