import { localFrameAt } from "../localFrame.js";
import type { Position } from "../position.js";
import type { GroundHeight, GroundModel } from "./ground.js";

export type HomeHeight = {
  readonly homePosition: Position;
  readonly homeAltitudeAmslM: number;
};

// One sigma of the sea's level: tides of 8 m at springs on this coast, most of the time much nearer to the middle.
const TIDE_SIGMA_M = 1.5;
// The field the aircraft stands in is about level; further away land may rise: 1 m more for every 100 m from home.
const LAND_SIGMA_M = 3;
const LAND_RISE_FROM_M = 500;
const LAND_RISE_RATIO = 0.01;

type BetweenSeaAndHome = (position: Position, landPart: number) => Pick<GroundHeight, "heightAmslM" | "sigmaM">;

/**
 * Heights between sea level and home's. `landPart`: 0 is sea, 1 is land. The spread of a height that is one or the other is
 * largest half way.
 */
export function betweenSeaAndHome({ homePosition, homeAltitudeAmslM: homeM }: HomeHeight): BetweenSeaAndHome {
  const frame = localFrameAt(homePosition);
  const landSigmaM = (position: Position): number => {
    const { eastM, northM } = frame.toEnu(position, 0);
    return LAND_SIGMA_M + Math.max(0, Math.hypot(eastM, northM) - LAND_RISE_FROM_M) * LAND_RISE_RATIO;
  };
  return (position, landPart) => {
    const stepM = homeM * Math.sqrt(landPart * (1 - landPart));
    const blendedM = TIDE_SIGMA_M + (landSigmaM(position) - TIDE_SIGMA_M) * landPart;
    return { heightAmslM: homeM * landPart, sigmaM: Math.hypot(blendedM, stepM) };
  };
}

/** With nothing but home known: the middle between it and the sea, with an error that says so. */
export function homeGround(home: HomeHeight): GroundModel {
  const between = betweenSeaAndHome(home);
  return { heightAt: (position) => ({ ...between(position, 0.5), surface: "unknown", waterlineDistanceM: undefined }) };
}
