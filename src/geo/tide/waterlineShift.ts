import type { KnownTide } from "./tideModel.js";

/**
 * The level that the coast file's line stands for: OpenStreetMap draws `natural=coastline` at mean high water springs
 * (https://wiki.openstreetmap.org/wiki/Tag:natural=coastline). An assumption for every stretch: mappers draw from pictures.
 */
const COAST_LINE_LEVEL = "meanHighWaterSpringsM" satisfies keyof KnownTide;

/**
 * Rise over run of a beach between high and low water: 1 in 50. Assumed everywhere, nobody measured it: at springs off Boulogne
 * it uncovers 390 m, and beaches of this coast uncover some hundred metres. Quays and cliffs are steeper, the bays of the Somme
 * and the Authie flatter.
 */
export const ASSUMED_BEACH_SLOPE_RATIO = 0.02;
/** One sigma of the assumed slope, as a part of it. */
const SLOPE_SIGMA_RATIO = 0.5;

type WaterlineShift = {
  /** From the coast file's line to the waterline, level. Positive to seaward: the width of the beach that is uncovered. */
  readonly seawardM: number;
  /** One sigma, of the tide and of the slope; the line's own error is not in it. */
  readonly sigmaM: number;
};

type LevelsOfTide = Pick<KnownTide, "heightChartDatumM" | "sigma" | typeof COAST_LINE_LEVEL>;

/** Undefined unless the slope is more than 0: water on a level beach has no line. */
export function waterlineShift(
  tide: LevelsOfTide,
  beachSlopeRatio: number = ASSUMED_BEACH_SLOPE_RATIO,
): WaterlineShift | undefined {
  if (!(beachSlopeRatio > 0)) return undefined;
  const seawardM = (tide[COAST_LINE_LEVEL] - tide.heightChartDatumM) / beachSlopeRatio;
  return {
    seawardM,
    sigmaM: Math.hypot(tide.sigma.chartDatumM / beachSlopeRatio, seawardM * SLOPE_SIGMA_RATIO),
  };
}
