import { edgesWithin, spansAmong, spansAt } from "../../geo/polygon.js";
import type { Ring } from "../../geo/polygon.js";

/** One flight line in the sweep's own plane: legs run along x, strips are stacked along y. `fromM` ≤ `toM`. */
export type SweepLine = {
  readonly strip: number;
  readonly yM: number;
  readonly fromM: number;
  readonly toM: number;
};

// A fiftieth of a spacing more than fits is not worth another leg: the swath is wider than the spacing.
const SPARE_PART = 0.02;

/**
 * Where the strips' middles run: the first half a spacing inside the near side, the others exactly a spacing apart, the last
 * half a spacing inside the far side, nearer to its neighbour where the width is no whole number of spacings. Ascending.
 */
export function stripsAcross(ring: Ring, spacingM: number): readonly number[] {
  const { lowM, highM } = extentOf(ring);
  const widthM = highM - lowM;
  const count = Math.max(1, Math.ceil(widthM / spacingM - SPARE_PART));
  const leftM = widthM - count * spacingM;
  // One leg runs in the middle; an overshoot too small for another leg is left on both sides alike.
  const firstM = lowM + spacingM / 2 + (count === 1 || leftM > 0 ? leftM / 2 : 0);
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 && i > 0 && leftM < 0 ? lowM + widthM - spacingM / 2 : firstM + i * spacingM,
  );
}

/** How many strips there would be, before laying any. */
export function countOfStrips(ring: Ring, spacingM: number): number {
  const { lowM, highM } = extentOf(ring);
  return Math.ceil((highM - lowM) / spacingM);
}

/** How far the ring reaches across the legs. A loop: an outline may have more corners than a call takes arguments. */
export function extentOf(ring: Ring): { readonly lowM: number; readonly highM: number } {
  let [lowM, highM] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { yM } of ring) {
    lowM = Math.min(lowM, yM);
    highM = Math.max(highM, yM);
  }
  return { lowM, highM };
}

/**
 * The flight lines of one strip: where its middle runs inside the area, one line for each stretch, so that a notch is never
 * flown across. A line ends half a spacing before the far edge of its strip (IAMSAR's half a spacing inside a corner), but
 * at a slanting edge goes on to the edge itself if the strip's far corner would else be missed.
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
    // Shorter than a spacing: one look from the middle.
    const middleM = Math.min(toM, Math.max(fromM, (startM + endM) / 2));
    return { strip, yM, fromM: middleM, toM: middleM };
  });
}

/** The outermost lines of every strip, run past the area's edge by `turnaroundM`; ends at a notch stay as they are. */
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
