import type { Rng } from "../../src/core/rng.js";
import { RAD_PER_DEG } from "../../src/geo/angles.js";
import type { Scenario } from "../scenario.js";

/** Present and mean wind, as the direction it blows towards: east, north and up components. */
export type WindSample = {
  readonly eastMps: number;
  readonly northMps: number;
  readonly upMps: number;
  readonly meanEastMps: number;
  readonly meanNorthMps: number;
};

export type WindState = { readonly alongMps: number; readonly acrossMps: number; readonly upMps: number };
export const stillAir: WindState = { alongMps: 0, acrossMps: 0, upMps: 0 };

const GUST_LASTS_S = 4;

/** First-order Gauss-Markov process with constant standard deviation `sigma`; `fractionOfLife` is time step / time constant. */
export function gaussMarkov(value: number, sigma: number, fractionOfLife: number, rng: Rng): number {
  const keep = Math.exp(-fractionOfLife);
  return keep * value + sigma * Math.sqrt(1 - keep * keep) * rng.normal();
}

/** Gusts around the mean: `gustMps` is about the largest (two sigma); across the wind half of it, vertically a quarter. */
export function stepWind(state: WindState, wind: Scenario["wind"], dtS: number, rng: Rng): WindState {
  const sigma = wind.gustMps / 2;
  const fraction = dtS / GUST_LASTS_S;
  return {
    alongMps: gaussMarkov(state.alongMps, sigma, fraction, rng),
    acrossMps: gaussMarkov(state.acrossMps, sigma / 2, fraction, rng),
    upMps: gaussMarkov(state.upMps, sigma / 4, fraction, rng),
  };
}

/** Wind decreases near the ground: power law with the given wind at 30 m, down to half of it at the ground. */
export function windAt(state: WindState, wind: Scenario["wind"], aglM: number): WindSample {
  const shear = Math.max(0.5, Math.pow(Math.max(aglM, 0.1) / 30, 0.12));
  const towardsRad = (wind.fromDeg + 180) * RAD_PER_DEG;
  const sin = Math.sin(towardsRad);
  const cos = Math.cos(towardsRad);
  const along = (wind.meanMps + state.alongMps) * shear;
  const across = state.acrossMps * shear;
  return {
    eastMps: along * sin + across * cos,
    northMps: along * cos - across * sin,
    upMps: state.upMps * Math.min(1, Math.max(0, aglM / 10)),
    meanEastMps: wind.meanMps * shear * sin,
    meanNorthMps: wind.meanMps * shear * cos,
  };
}
