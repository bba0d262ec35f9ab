import type { Coast } from "../coast.js";
import type { GroundSource } from "./ground.js";
import { betweenSeaAndHome, type HomeHeight } from "./homeGround.js";

/**
 * Heights without a terrain file, where the coast is known. The sea lies at mean sea level, land is as high as home, and in the
 * band where the coast's own error leaves it open which of the two it is, the height goes from one to the other and its error
 * covers both.
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
