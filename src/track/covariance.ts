/** Horizontal error as covariance, as the 95 % ellipse on the map, and as one radius. */
import { DEG_PER_RAD, wrap360 } from "../geo/angles.js";
import type { Covariance2, ErrorEllipse } from "./contact.js";

export const NO_COVARIANCE: Covariance2 = { eastEastM2: 0, eastNorthM2: 0, northNorthM2: 0 };

export const addCovariance = (a: Covariance2, b: Covariance2): Covariance2 => ({
  eastEastM2: a.eastEastM2 + b.eastEastM2,
  eastNorthM2: a.eastNorthM2 + b.eastNorthM2,
  northNorthM2: a.northNorthM2 + b.northNorthM2,
});

export const scaleCovariance = (a: Covariance2, factor: number): Covariance2 => ({
  eastEastM2: a.eastEastM2 * factor,
  eastNorthM2: a.eastNorthM2 * factor,
  northNorthM2: a.northNorthM2 * factor,
});

/** Covariance with the same variance in all directions. */
export const circular = (varianceM2: number): Covariance2 => ({
  eastEastM2: varianceM2,
  eastNorthM2: 0,
  northNorthM2: varianceM2,
});

/** Covariance of one error source whose one-sigma effect moves the point by this much. */
export const spread = (eastM: number, northM: number): Covariance2 => ({
  eastEastM2: eastM * eastM,
  eastNorthM2: eastM * northM,
  northNorthM2: northM * northM,
});

/** Squared Mahalanobis distance of an offset; Infinity when the covariance is singular. */
export function mahalanobis2(eastM: number, northM: number, c: Covariance2): number {
  const determinant = c.eastEastM2 * c.northNorthM2 - c.eastNorthM2 * c.eastNorthM2;
  if (!(determinant > 0)) return Infinity;
  return (
    (eastM * eastM * c.northNorthM2 - 2 * eastM * northM * c.eastNorthM2 + northM * northM * c.eastEastM2) / determinant
  );
}

type Axes = { readonly majorM2: number; readonly minorM2: number; readonly orientationDeg: number };

function principalAxes(c: Covariance2): Axes {
  const middle = (c.eastEastM2 + c.northNorthM2) / 2;
  const half = Math.hypot((c.eastEastM2 - c.northNorthM2) / 2, c.eastNorthM2);
  // Angle of the long axis from north towards east.
  const orientationRad = Math.atan2(2 * c.eastNorthM2, c.northNorthM2 - c.eastEastM2) / 2;
  const orientationDeg = wrap360(orientationRad * DEG_PER_RAD) % 180;
  return { majorM2: middle + half, minorM2: Math.max(0, middle - half), orientationDeg };
}

/** Chi-square, two degrees of freedom, 95 %: -2 ln 0.05. */
const CHI2_95 = 5.991464547;

export function ellipse95(covariance: Covariance2): ErrorEllipse {
  const { majorM2, minorM2, orientationDeg } = principalAxes(covariance);
  return { semiMajorM: Math.sqrt(CHI2_95 * majorM2), semiMinorM: Math.sqrt(CHI2_95 * minorM2), orientationDeg };
}

/**
 * Radius of the circle around the estimate that contains the true position with 95 %: from 1.960 (all error in one direction) to
 * 2.448 (equal in all directions) times the larger sigma. Within 0.1 %.
 */
export function ce95(covariance: Covariance2): number {
  const { majorM2, minorM2 } = principalAxes(covariance);
  if (majorM2 <= 0) return 0;
  const at = Math.sqrt(minorM2 / majorM2) * (TABLE_SIZE - 1);
  const index = Math.min(TABLE_SIZE - 2, Math.floor(at));
  table ??= Array.from({ length: TABLE_SIZE }, (_, i) => circleFactor95(i / (TABLE_SIZE - 1)));
  const low = table[index] ?? 0;
  const high = table[index + 1] ?? 0;
  return Math.sqrt(majorM2) * (low + (high - low) * (at - index));
}

const TABLE_SIZE = 41;
let table: readonly number[] | undefined;

/** The 95 % radius for sigmas 1 and `ratio` (0 to 1), found by bisection. */
function circleFactor95(ratio: number): number {
  let low = 1.95;
  let high = 2.45;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, Math.max(ratio, 1e-3)) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Probability that a point with sigmas 1 and `ratio` lies within `radius`: integrates the normal density along the long axis times
 * the probability of the chord across it. The substitution x = R sin a removes the singularity at the circle's rim.
 */
function probabilityWithin(radius: number, ratio: number): number {
  const STEPS = 200;
  let sum = 0;
  for (let i = 0; i < STEPS; i++) {
    const angle = ((i + 0.5) / STEPS) * (Math.PI / 2);
    const x = radius * Math.sin(angle);
    const chord = radius * Math.cos(angle);
    sum += Math.exp((-x * x) / 2) * erf(chord / (ratio * Math.SQRT2)) * chord;
  }
  return (2 * sum * (Math.PI / 2 / STEPS)) / Math.sqrt(2 * Math.PI);
}

/** Abramowitz and Stegun 7.1.26: error below 1.5e-7, for x of 0 and more. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return 1 - poly * Math.exp(-x * x);
}
