import type { Blob } from "../blob.js";

/** A blob around its centre, turned by `angleRad`. */
export const blobAt = (centroidX: number, centroidY: number, change: Partial<Blob> = {}): Blob => ({
  ...{ x: centroidX - 2, y: centroidY - 2, w: 4, h: 4, centroidX, centroidY },
  ...{ class: "unknown", classBasis: "size", score: 0.5 },
  ...{ majorPx: 4, minorPx: 4, angleRad: 0, contrast: 30 },
  ...change,
});
