/**
 * Constant-velocity Kalman filter in the plane. The measurement noise is taken as equal on both axes, so one 2x2 covariance
 * serves east and north. The pose error, which is not equal, is common to all frames and is kept outside this filter.
 */
import { TRACKER } from "./trackerNumbers.js";

export type Motion = {
  readonly eastM: number;
  readonly northM: number;
  readonly eastMps: number;
  readonly northMps: number;
  /** Variances of either axis: position, position-velocity, velocity. */
  readonly pp: number;
  readonly pv: number;
  readonly vv: number;
};

export const startMotion = (eastM: number, northM: number, varianceM2: number): Motion => ({
  eastM,
  northM,
  eastMps: 0,
  northMps: 0,
  pp: varianceM2,
  pv: 0,
  vv: TRACKER.firstSpeedSigmaMps ** 2,
});

/** `accelerationMps2`: one sigma of the object's acceleration, modelled as white noise. */
export function predict(m: Motion, dtS: number, accelerationMps2: number): Motion {
  const q = accelerationMps2 * accelerationMps2;
  return {
    eastM: m.eastM + m.eastMps * dtS,
    northM: m.northM + m.northMps * dtS,
    eastMps: m.eastMps,
    northMps: m.northMps,
    pp: m.pp + 2 * m.pv * dtS + m.vv * dtS * dtS + (q * dtS * dtS * dtS) / 3,
    pv: m.pv + m.vv * dtS + (q * dtS * dtS) / 2,
    vv: m.vv + q * dtS,
  };
}

export function correct(m: Motion, eastM: number, northM: number, varianceM2: number): Motion {
  const total = m.pp + varianceM2;
  const gainP = m.pp / total;
  const gainV = m.pv / total;
  const dE = eastM - m.eastM;
  const dN = northM - m.northM;
  return {
    eastM: m.eastM + gainP * dE,
    northM: m.northM + gainP * dN,
    eastMps: m.eastMps + gainV * dE,
    northMps: m.northMps + gainV * dN,
    pp: (1 - gainP) * m.pp,
    pv: (1 - gainP) * m.pv,
    vv: Math.max(1e-6, m.vv - gainV * m.pv),
  };
}
