/** Merges blobs of one object: spots on a hull or car body do not count as separate detections. */
import type { Blob } from "./blob.js";

/** Whether a point lies in the blob's oriented rectangle, enlarged by `marginPx` on every side. */
function isWithin(blob: Blob, x: number, y: number, marginPx: number): boolean {
  const dx = x - blob.centroidX;
  const dy = y - blob.centroidY;
  const along = dx * Math.cos(blob.angleRad) + dy * Math.sin(blob.angleRad);
  const across = dy * Math.cos(blob.angleRad) - dx * Math.sin(blob.angleRad);
  return Math.abs(along) <= blob.majorPx / 2 + marginPx && Math.abs(across) <= blob.minorPx / 2 + marginPx;
}

/** Of overlapping large areas keeps the larger one; for equal areas the first of the input. */
export function keepLargest(large: readonly Blob[], marginPx: number): readonly Blob[] {
  const bySize = [...large].sort((a, b) => b.majorPx * b.minorPx - a.majorPx * a.minorPx);
  const kept: Blob[] = [];
  for (const blob of bySize) {
    const isCovered = kept.some((other) => isWithin(other, blob.centroidX, blob.centroidY, marginPx));
    if (!isCovered) kept.push(blob);
  }
  return kept;
}

/**
 * Spots on a large object (engine, people aboard) are merged into it: it gets the contrast and score of the strongest part and
 * keeps its own position and shape.
 */
export function absorbSpots(large: readonly Blob[], spots: readonly Blob[], marginPx: number): readonly Blob[] {
  const free: Blob[] = [];
  const hosts = [...large];
  for (const spot of spots) {
    const at = hosts.findIndex((host) => isWithin(host, spot.centroidX, spot.centroidY, marginPx));
    const host = hosts[at];
    if (!host) free.push(spot);
    else {
      const contrast = Math.abs(spot.contrast) > Math.abs(host.contrast) ? spot.contrast : host.contrast;
      hosts[at] = { ...host, contrast, score: Math.max(host.score, spot.score) };
    }
  }
  return [...hosts, ...free];
}
