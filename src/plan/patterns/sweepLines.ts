import { edgesWithin, spansAmong, spansAt } from "../../geo/polygon.js";
import type { Ring } from "../../geo/polygon.js";

/** One leg in the sweep's rotated plane: legs run along x, strips follow each other along y. `fromM` ≤ `toM`. */
export type SweepLine = {
  readonly strip: number;
  readonly yM: number;
  readonly fromM: number;
  readonly toM: number;
};

// Up to 2 % of a spacing too much does not need another leg: the swath is wider than the spacing.
const SPARE_PART = 0.02;

/**
 * The y of each strip's centre line, ascending: the first half a spacing inside the near side, the others one spacing apart,
 * the last half a spacing inside the far side (closer to its neighbour where the width is no whole number of spacings).
 */
export function stripsAcross(ring: Ring, spacingM: number): readonly number[] {
  const { lowM, highM } = extentOf(ring);
  const widthM = highM - lowM;
  const count = Math.max(1, Math.ceil(widthM / spacingM - SPARE_PART));
  const leftM = widthM - count * spacingM;
  // A single leg runs in the middle; an excess too small for another leg is shared between both sides.
  const firstM = lowM + spacingM / 2 + (count === 1 || leftM > 0 ? leftM / 2 : 0);
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 && i > 0 && leftM < 0 ? lowM + widthM - spacingM / 2 : firstM + i * spacingM,
  );
}

/** Number of strips, without computing them. */
export function countOfStrips(ring: Ring, spacingM: number): number {
  const { lowM, highM } = extentOf(ring);
  return Math.ceil((highM - lowM) / spacingM);
}

/** Extent of the ring across the legs. A loop, because an outline may have more corners than Math.min takes arguments. */
export function extentOf(ring: Ring): { readonly lowM: number; readonly highM: number } {
  let [lowM, highM] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { yM } of ring) {
    lowM = Math.min(lowM, yM);
    highM = Math.max(highM, yM);
  }
  return { lowM, highM };
}

/**
 * The legs of one strip: one for each stretch of its centre line inside the area, so that a notch is never flown across. A leg
 * ends half a spacing before the far edge of its strip (IAMSAR: half a spacing inside a corner); at a slanting edge it goes
 * on to the edge itself where the strip's far corner would otherwise be missed.
 */
export function linesOfStrip(
  ring: Ring,
  { strip, yM }: Pick<SweepLine, "strip" | "yM">,
  spacingM: number,
): readonly SweepLine[] {
  const halfM = spacingM / 2;
  const edgesOfStrip = [-1, -0.5, 0.5, 1].map((part) => yM + part * halfM * (1 - 1e-6));
  const edges = edgesWithin(ring, yM - halfM, yM + halfM);
  const corners = new Set(
    edges.flatMap(({ from, to }) => [from.yM, to.yM]).filter((cornerM) => Math.abs(cornerM - yM) < halfM),
  );
  const beside = [...edgesOfStrip, ...corners].flatMap((besideM) => spansAmong(edges, besideM));
  return spansAmong(edges, yM).map(({ fromM, toM }) => {
    let [farLeftM, farRightM] = [fromM, toM];
    for (const span of beside) {
      if (span.fromM > toM || span.toM < fromM) continue;
      farLeftM = Math.min(farLeftM, span.fromM);
      farRightM = Math.max(farRightM, span.toM);
    }
    const startM = Math.max(fromM, farLeftM + halfM);
    const endM = Math.min(toM, farRightM - halfM);
    if (startM <= endM) return { strip, yM, fromM: startM, toM: endM };
    // Shorter than a spacing: a single viewpoint in the middle is enough.
    const middleM = Math.min(toM, Math.max(fromM, (startM + endM) / 2));
    return { strip, yM, fromM: middleM, toM: middleM };
  });
}

/** Extends the outermost legs of every strip past the area's edge by `turnaroundM`; ends at a notch are not extended. */
export function withTurnarounds(lines: readonly SweepLine[], ring: Ring, turnaroundM: number): readonly SweepLine[] {
  const spans = spansAt(ring, lines[0]?.yM ?? 0);
  const first = spans.at(0);
  const last = spans.at(-1);
  if (turnaroundM <= 0 || !first || !last) return lines;
  return lines.map((line, i) => ({
    ...line,
    fromM: i === 0 ? first.fromM - turnaroundM : line.fromM,
    toM: i === lines.length - 1 ? last.toM + turnaroundM : line.toM,
  }));
}
