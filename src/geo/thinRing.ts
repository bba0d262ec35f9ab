import { segmentDistanceM } from "./polygon.js";
import type { Point2, Ring } from "./polygon.js";
import { selfCrossing } from "./selfCrossing.js";

/** Pieces of this many corners are simplified separately, so that the time grows linearly with the corners for any shape. */
const PIECE = 512;

/**
 * Indices of the corners to keep: every corner left out lies within `toleranceM` of the simplified outline (Douglas and
 * Peucker 1973). The first corner of the ring is always kept.
 */
export function cornersThatMatter(ring: Ring, toleranceM: number): readonly number[] {
  const isKept = new Uint8Array(ring.length);
  for (let start = 0; start < ring.length; start += PIECE) {
    const end = Math.min(start + PIECE, ring.length);
    isKept[start] = 1;
    keepBetween(ring, [start, end], { toleranceM, isKept });
  }
  const kept: number[] = [];
  for (let i = 0; i < ring.length; i++) if (isKept[i] === 1) kept.push(i);
  return kept;
}

type Keeping = { readonly toleranceM: number; readonly isKept: Uint8Array };

/** `end` may be one past the last corner, which means the first again (the ring closes). */
function keepBetween(ring: Ring, piece: readonly [number, number], { toleranceM, isKept }: Keeping): void {
  const open: (readonly [number, number])[] = [piece];
  for (let next = open.pop(); next; next = open.pop()) {
    const [start, end] = next;
    const far = farthest(ring, start, end);
    if (far.distanceM <= toleranceM) continue;
    isKept[far.corner] = 1;
    open.push([start, far.corner], [far.corner, end]);
  }
}

const ORIGIN: Point2 = { xM: 0, yM: 0 };

function farthest(ring: Ring, start: number, end: number): { readonly corner: number; readonly distanceM: number } {
  const from = ring[start] ?? ORIGIN;
  const to = ring[end % ring.length] ?? ORIGIN;
  let best = { corner: start, distanceM: 0 };
  for (let corner = start + 1; corner < end; corner++) {
    const distanceM = segmentDistanceM(from, to, ring[corner] ?? ORIGIN);
    if (distanceM > best.distanceM) best = { corner, distanceM };
  }
  return best;
}

/** Tried from coarse to fine: simplifying may make a narrow place cross itself, and then less is removed. */
const TOLERANCES_M: readonly number[] = [0.5, 0.2, 0.05, 0.01];

const WORTH_IT = 0.9;

/** Corners of a simple ring to keep for a sweep; the result is a simple ring too, at most half a metre off. */
export function thinned(ring: Ring): readonly number[] {
  for (const toleranceM of TOLERANCES_M) {
    const corners = cornersThatMatter(ring, toleranceM);
    // So few corners were removed that simplifying is not worth it: keep all.
    if (corners.length > ring.length * WORTH_IT) break;
    const thin = corners.map((corner) => ring[corner] ?? ORIGIN);
    if (thin.length >= 3 && !selfCrossing(thin)) return corners;
  }
  return ring.map((_, corner) => corner);
}
