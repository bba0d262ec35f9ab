import { createTidePredictor, type HarmonicConstituent } from "@neaps/tide-predictor";
import { DEG_PER_RAD, RAD_PER_DEG, wrap360 } from "../angles.js";
import type { Position } from "../position.js";
import { portsNear, type PortShare } from "./portsNear.js";
import type { TideDocument, TidePort } from "./tideDocument.js";

/** A high or low water to come. */
export type TideTurn = { readonly unixTimeMs: number; readonly heightChartDatumM: number };

/** A port that the answer comes from; `share` from 0 to 1. */
export type PortOfTide = Pick<TidePort, "name" | "nameIn"> & Pick<PortShare, "share" | "distanceM">;

export type KnownTide = {
  readonly kind: "known";
  /** The instant that was asked for. */
  readonly unixTimeMs: number;
  /** Above the port's chart datum (LAT), between two ports above the mean of theirs. */
  readonly heightChartDatumM: number;
  /** Above the port's mean sea level of 2006 to 2025, which is taken for the mean sea level that heights AMSL count from. */
  readonly heightAmslM: number;
  /** One sigma of the height above the chart datum, and of the height AMSL. */
  readonly sigma: { readonly chartDatumM: number; readonly amslM: number };
  readonly trend: "rising" | "falling";
  readonly nextHigh: TideTurn;
  readonly nextLow: TideTurn;
  /** Mean high water springs above the chart datum: the level that the coast's line stands for. */
  readonly meanHighWaterSpringsM: number;
  /** The one with the larger share first. */
  readonly ports: readonly PortOfTide[];
};

/** "unknown" out of reach of every port. */
export type Tide = { readonly kind: "unknown" } | KnownTide;

export type TideModel = { readonly tideAt: (position: Position, unixTimeMs: number) => Tide };

/** Wind and air pressure, which no constituent knows: an ordinary day. A storm raises the Channel by a metre and more. */
const WEATHER_SIGMA_M = 0.25;
/**
 * Mean sea level differs from EGM96's zero by the sea's own slope, by 2006 to 2025 against EGM96's epoch, and by EGM96's error
 * on a coast: some decimetres, not measured here.
 */
const MEAN_SEA_LEVEL_SIGMA_M = 0.3;
/**
 * How much worse it becomes away from a port. From the ports themselves, 30 days: Boulogne out of Dieppe and Calais is wrong
 * by 0.33 m (40 km from the nearer), Calais out of Boulogne and Dunkirk by 0.11 m.
 */
const BETWEEN_M_PER_M = 0.008 / 1000;
/** With one port alone: Boulogne for Calais is wrong by 0.58 m (34 km), Calais for Dunkirk by 0.41 m (36 km). */
const BEYOND_M_PER_M = 0.015 / 1000;
/** Two tides a day: a high and a low water come within 13 hours, at neaps and with the daily inequality a little later. */
const LOOK_AHEAD_MS = 26 * 3600 * 1000;

/**
 * The tide of sun and moon at a position within 60 km of a port. Between two ports their curves are mixed in proportion to the
 * way along the coast. `unixTimeMs`: any; the constituents were observed from 2006 to 2025 and hold for decades around.
 */
export function createTideModel(document: TideDocument): TideModel {
  return {
    tideAt: (position, unixTimeMs) => {
      const shares = portsNear(document, position);
      return shares ? tideOf(shares, unixTimeMs) : { kind: "unknown" };
    },
  };
}

function tideOf(shares: readonly PortShare[], unixTimeMs: number): Tide {
  const meanSeaLevelM = mixed(shares, "meanSeaLevelM");
  const predictor = createTidePredictor(mixedConstituents(shares), { offset: meanSeaLevelM });
  const time = new Date(unixTimeMs);
  // Its `getWaterLevelAtTime` answers for the ten minutes begun, 0.2 m late at half tide: a line of one second does not.
  const [now] = predictor.getTimelinePrediction({ start: time, end: new Date(unixTimeMs + 1000), timeFidelity: 1 });
  const turns = predictor
    .getExtremesPrediction({ start: time, end: new Date(unixTimeMs + LOOK_AHEAD_MS) })
    .map((turn) => ({ isHigh: turn.high, unixTimeMs: turn.time.getTime(), heightChartDatumM: turn.level }))
    .filter((turn) => turn.unixTimeMs > unixTimeMs);
  const nextHigh = turns.find(({ isHigh }) => isHigh);
  const nextLow = turns.find(({ isHigh }) => !isHigh);
  // Not on this coast, where there are two tides a day.
  if (!now || !nextHigh || !nextLow) return { kind: "unknown" };
  const chartDatumM = sigmaM(shares);
  return {
    kind: "known",
    unixTimeMs,
    heightChartDatumM: now.level,
    heightAmslM: now.level - meanSeaLevelM,
    sigma: { chartDatumM, amslM: Math.hypot(chartDatumM, MEAN_SEA_LEVEL_SIGMA_M) },
    trend: nextHigh.unixTimeMs < nextLow.unixTimeMs ? "rising" : "falling",
    nextHigh: turnOf(nextHigh),
    nextLow: turnOf(nextLow),
    meanHighWaterSpringsM: mixed(shares, "meanHighWaterSpringsM"),
    ports: shares.map(({ port, share, distanceM }) => ({ name: port.name, nameIn: port.nameIn, share, distanceM })),
  };
}

const turnOf = ({ unixTimeMs, heightChartDatumM }: TideTurn): TideTurn => ({ unixTimeMs, heightChartDatumM });

const mixed = (shares: readonly PortShare[], level: "meanSeaLevelM" | "meanHighWaterSpringsM"): number =>
  shares.reduce((sum, { port, share }) => sum + share * port[level], 0);

function sigmaM(shares: readonly PortShare[]): number {
  const nearestM = Math.min(...shares.map(({ distanceM }) => distanceM));
  return Math.hypot(WEATHER_SIGMA_M, nearestM * (shares.length > 1 ? BETWEEN_M_PER_M : BEYOND_M_PER_M));
}

/**
 * The mean of the ports' curves as one set of constituents: sines of the same speed add up like arrows. Exact, because what the
 * predictor does to a constituent (argument and nodal correction) is the same at every port.
 */
function mixedConstituents(shares: readonly PortShare[]): HarmonicConstituent[] {
  const arrows = new Map<string, { x: number; y: number }>();
  for (const { port, share } of shares)
    for (const { name, amplitudeM, phaseDeg } of port.constituents) {
      const arrow = arrows.get(name) ?? { x: 0, y: 0 };
      arrow.x += share * amplitudeM * Math.cos(phaseDeg * RAD_PER_DEG);
      arrow.y += share * amplitudeM * Math.sin(phaseDeg * RAD_PER_DEG);
      arrows.set(name, arrow);
    }
  return [...arrows].map(([name, { x, y }]) => ({
    name,
    amplitude: Math.hypot(x, y),
    phase: wrap360(Math.atan2(y, x) * DEG_PER_RAD),
  }));
}
