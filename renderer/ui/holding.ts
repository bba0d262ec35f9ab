/** How long a hold button is held, unless what it does needs longer. */
export const HOLD_MS = 1000;

/** Progress of a hold, 0 to 1; a hold of length 0 is done at once. */
export const heldFraction = (sinceMs: number, nowMs: number, holdMs: number): number =>
  holdMs <= 0 ? 1 : Math.min(1, Math.max(0, (nowMs - sinceMs) / holdMs));
