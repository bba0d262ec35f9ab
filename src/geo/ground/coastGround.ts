import type { Coast } from "../coast.js";
import type { GroundSource } from "./ground.js";
import { betweenSeaAndHome, type HomeHeight } from "./homeGround.js";

/**
 * Ground heights from the coast alone, without terrain data: the sea is at mean sea level, land as high as home. Within the
 * waterline's error band the height is interpolated between the two and its sigma covers both.
 */
export function coastGround(coast: Coast, home: HomeHeight): GroundSource {
  const between = betweenSeaAndHome(home);
  return {
    heightAt: (position) => {
      const shore = coast.landOrSea(position);
      if (shore.surface === "unknown") return undefined;
      const { surface, waterlineDistanceM, plusMinusM } = shore;
      if (waterlineDistanceM > plusMinusM)
        return { ...between(position, surface === "land" ? 1 : 0), surface, waterlineDistanceM };
      const signedM = surface === "land" ? waterlineDistanceM : -waterlineDistanceM;
      const landPart = plusMinusM === 0 ? 0.5 : 0.5 + signedM / (2 * plusMinusM);
      return { ...between(position, landPart), surface: "waterline", waterlineDistanceM };
    },
  };
}
