/** One object, one blob: what belongs to a hull or a car body is not counted beside it. */
import type { Blob } from "./blob.js";

/** True when a point lies in the blob's own oriented rectangle, widened by `marginPx` on every side. */
function isWithin(blob: Blob, x: number, y: number, marginPx: number): boolean {
  const dx = x - blob.centroidX;
  const dy = y - blob.centroidY;
  const along = dx * Math.cos(blob.angleRad) + dy * Math.sin(blob.angleRad);
  const across = dy * Math.cos(blob.angleRad) - dx * Math.sin(blob.angleRad);
  return Math.abs(along) <= blob.majorPx / 2 + marginPx && Math.abs(across) <= blob.minorPx / 2 + marginPx;
}

/** Of large areas that cover each other, the one with the larger area stays; order of the input decides ties. */
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
 * Spots on a large object (engine, people aboard) become part of it: its contrast and score are those of the strongest
 * part, its place and shape stay its own.
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
