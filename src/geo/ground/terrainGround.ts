import type { Coast } from "../coast.js";
import type { TerrainModel } from "../terrain/terrainModel.js";
import type { GroundSource } from "./ground.js";
import { SEA_LEVEL_SIGMA_M } from "./homeGround.js";

/**
 * Ground heights from terrain files. The coast's line stays the authority for land and sea: files of heights end somewhere
 * on the beach, or call the sea 0 as well as the marsh. On the sea it has no data; within the waterline's error band the
 * beach may be covered, so its sigma covers the tide too. Outside the coast's map the height is known and the surface not.
 */
export const terrainGround = (model: TerrainModel, coast: Coast | undefined): GroundSource => ({
  roughness:
    model.resolutionM === undefined
      ? undefined
      : { steepestRatio: model.steepestRatio, resolutionM: model.resolutionM },
  heightAt: (position) => {
    const shore = coast?.landOrSea(position) ?? { surface: "unknown" as const };
    const isKnown = shore.surface !== "unknown";
    const isInBand = isKnown && shore.waterlineDistanceM <= shore.plusMinusM;
    if (shore.surface === "sea" && !isInBand) return undefined;
    const ground = model.heightAt(position);
    if (!ground) return undefined;
    const { heightAmslM, sigmaM, slope } = ground;
    return {
      ...{ heightAmslM, slope },
      sigmaM: isInBand ? Math.hypot(sigmaM, SEA_LEVEL_SIGMA_M) : sigmaM,
      surface: isInBand ? "waterline" : shore.surface,
      waterlineDistanceM: isKnown ? shore.waterlineDistanceM : undefined,
    };
  },
});
