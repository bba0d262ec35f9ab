export const RAD_PER_DEG = Math.PI / 180;
export const DEG_PER_RAD = 180 / Math.PI;

/** Wraps to 0 ≤ x < 360. */
export function wrap360(angleDeg: number): number {
  const wrapped = angleDeg % 360;
  return wrapped < 0 ? wrapped + 360 : wrapped;
}

/** Wraps to -180 ≤ x < 180; of a difference of two headings, the signed shortest turn. */
export function wrap180(angleDeg: number): number {
  return wrap360(angleDeg + 180) - 180;
}
