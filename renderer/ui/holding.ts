/** How far a press has come, 0 to 1. A hold of no length is done at once. */
export const heldFraction = (sinceMs: number, nowMs: number, holdMs: number): number =>
  holdMs <= 0 ? 1 : Math.min(1, Math.max(0, (nowMs - sinceMs) / holdMs));
