import type { Coast } from "./coast.js";
import { localFrameAt } from "./localFrame.js";
import type { Position } from "./position.js";

export type GroundHeight = {
  readonly heightAmslM: number;
  /** One sigma. */
  readonly sigmaM: number;
  readonly surface: "land" | "sea" | "waterline" | "unknown";
  readonly waterlineDistanceM: number | undefined;
};
export type GroundModel = { readonly heightAt: (position: Position) => GroundHeight };
type GroundOptions = {
  readonly homePosition: Position;
  readonly homeAltitudeAmslM: number;
  /** One sigma of the sea's level about mean sea level; default 1.5 m. */
  readonly tideSigmaM?: number;
};

// Tides of 8 m at springs on this coast, most of the time much nearer to the middle.
const TIDE_SIGMA_M = 1.5;
// The field the aircraft stands in is about level; further away land may rise: 1 m more for every 100 m from home.
const LAND_SIGMA_M = 3;
const LAND_RISE_FROM_M = 500;
const LAND_RISE_RATIO = 0.01;

/**
 * Heights without a terrain file. The sea lies at mean sea level, land is as high as home, and in the band where the coast's
 * own error leaves it open which of the two it is, the height goes from one to the other and its error covers both.
 * Outside the coast's data, and without any: the middle of the two, with an error that says so.
 */
export function createGroundModel(coast: Coast | undefined, options: GroundOptions): GroundModel {
  const tideSigmaM = options.tideSigmaM ?? TIDE_SIGMA_M;
  const homeM = options.homeAltitudeAmslM;
  const frame = localFrameAt(options.homePosition);

  const landSigmaM = (position: Position): number => {
    const { eastM, northM } = frame.toEnu(position, 0);
    return LAND_SIGMA_M + Math.max(0, Math.hypot(eastM, northM) - LAND_RISE_FROM_M) * LAND_RISE_RATIO;
  };
  /** `landPart`: 0 is sea, 1 is land. The spread of a height that is one or the other is largest half way. */
  const between = (position: Position, landPart: number): Pick<GroundHeight, "heightAmslM" | "sigmaM"> => {
    const landM = landSigmaM(position);
    const stepM = homeM * Math.sqrt(landPart * (1 - landPart));
    const blendedM = tideSigmaM + (landM - tideSigmaM) * landPart;
    return { heightAmslM: homeM * landPart, sigmaM: Math.hypot(blendedM, stepM) };
  };

  const heightAt = (position: Position): GroundHeight => {
    const shore = coast?.landOrSea(position);
    if (!shore || shore.surface === "unknown") {
      return { ...between(position, 0.5), surface: "unknown", waterlineDistanceM: undefined };
    }
    const { surface, waterlineDistanceM, plusMinusM } = shore;
    const signedM = surface === "land" ? waterlineDistanceM : -waterlineDistanceM;
    if (waterlineDistanceM > plusMinusM) {
      return { ...between(position, surface === "land" ? 1 : 0), surface, waterlineDistanceM };
    }
    const landPart = plusMinusM === 0 ? 0.5 : 0.5 + signedM / (2 * plusMinusM);
    return { ...between(position, landPart), surface: "waterline", waterlineDistanceM };
  };
  return { heightAt };
}
