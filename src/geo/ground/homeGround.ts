import { localFrameAt } from "../localFrame.js";
import type { Position } from "../position.js";
import type { GroundHeight, GroundModel } from "./ground.js";

export type HomeHeight = {
  readonly homePosition: Position;
  readonly homeAltitudeAmslM: number;
};

/** One sigma of sea level: spring tides range over 8 m on this coast, but the level is mostly nearer to the mean. */
export const SEA_LEVEL_SIGMA_M = 1.5;
// The field around home is about level; further away land may rise: 1 m of sigma more for every 100 m from home.
const LAND_SIGMA_M = 3;
const LAND_RISE_FROM_M = 500;
const LAND_RISE_RATIO = 0.01;

type BetweenSeaAndHome = (position: Position, landPart: number) => Pick<GroundHeight, "heightAmslM" | "sigmaM">;

/**
 * Heights between sea level and home's. `landPart`: 0 is sea, 1 is land. Halfway between, where it may be either, sigma is
 * largest.
 */
export function betweenSeaAndHome({ homePosition, homeAltitudeAmslM: homeM }: HomeHeight): BetweenSeaAndHome {
  const frame = localFrameAt(homePosition);
  const landSigmaM = (position: Position): number => {
    const { eastM, northM } = frame.toEnu(position, 0);
    return LAND_SIGMA_M + Math.max(0, Math.hypot(eastM, northM) - LAND_RISE_FROM_M) * LAND_RISE_RATIO;
  };
  return (position, landPart) => {
    const stepM = homeM * Math.sqrt(landPart * (1 - landPart));
    const blendedM = SEA_LEVEL_SIGMA_M + (landSigmaM(position) - SEA_LEVEL_SIGMA_M) * landPart;
    return { heightAmslM: homeM * landPart, sigmaM: Math.hypot(blendedM, stepM) };
  };
}

/** With only home known: halfway between home and the sea, with a sigma that covers both. */
export function homeGround(home: HomeHeight): GroundModel {
  const between = betweenSeaAndHome(home);
  return { heightAt: (position) => ({ ...between(position, 0.5), surface: "unknown", waterlineDistanceM: undefined }) };
}
