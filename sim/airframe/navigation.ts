import type { Rng } from "../../src/core/rng.js";
import type { Scenario } from "../scenario.js";
import { gaussMarkov } from "./wind.js";

/** Error of the autopilot's navigation estimate; varies slowly, as a GNSS receiver's and a compass's errors do. */
export type NavigationError = {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  readonly rollDeg: number;
  readonly pitchDeg: number;
  readonly headingDeg: number;
};

const POSITION_LASTS_S = 60;
const ATTITUDE_LASTS_S = 30;

/** `horizontalM` is one sigma on each of east and north; `attitudeDeg` on each axis. */
export function firstNavigationError(sigma: Scenario["navigation"], rng: Rng): NavigationError {
  return {
    eastM: sigma.horizontalM * rng.normal(),
    northM: sigma.horizontalM * rng.normal(),
    upM: sigma.verticalM * rng.normal(),
    rollDeg: sigma.attitudeDeg * rng.normal(),
    pitchDeg: sigma.attitudeDeg * rng.normal(),
    headingDeg: sigma.attitudeDeg * rng.normal(),
  };
}

export function stepNavigationError(
  error: NavigationError,
  sigma: Scenario["navigation"],
  dtS: number,
  rng: Rng,
): NavigationError {
  const position = dtS / POSITION_LASTS_S;
  const attitude = dtS / ATTITUDE_LASTS_S;
  return {
    eastM: gaussMarkov(error.eastM, sigma.horizontalM, position, rng),
    northM: gaussMarkov(error.northM, sigma.horizontalM, position, rng),
    upM: gaussMarkov(error.upM, sigma.verticalM, position, rng),
    rollDeg: gaussMarkov(error.rollDeg, sigma.attitudeDeg, attitude, rng),
    pitchDeg: gaussMarkov(error.pitchDeg, sigma.attitudeDeg, attitude, rng),
    headingDeg: gaussMarkov(error.headingDeg, sigma.attitudeDeg, attitude, rng),
  };
}
