import { spansAt } from "../../geo/polygon.js";
import type { Ring } from "../../geo/polygon.js";

/** One flight line in the sweep's own plane: legs run along x, strips are stacked along y. `fromM` ≤ `toM`. */
export type SweepLine = {
  readonly strip: number;
  readonly yM: number;
  readonly fromM: number;
  readonly toM: number;
};

/** Strips lie exactly `spacingM` apart, centred, so that the same margin of at most half a spacing is left on both sides. */
export function stripsAcross(ring: Ring, spacingM: number): { readonly firstM: number; readonly count: number } {
  const values = ring.map((p) => p.yM);
  const lowM = Math.min(...values);
  const widthM = Math.max(...values) - lowM;
  // A whole number of spacings stays one in spite of rounding.
  const count = Math.max(1, Math.ceil(widthM / spacingM - 1e-6));
  return { firstM: lowM + (widthM - (count - 1) * spacingM) / 2, count };
}

/**
 * The flight lines of one strip: where its middle runs inside the area, one line for each stretch, so that a notch is never
 * flown across. A line ends half a spacing before the far edge of its strip (IAMSAR's half a spacing inside a corner), but
 * at a slanting edge goes on to the edge itself if the strip's far corner would else be missed.
 */
export function linesOfStrip(ring: Ring, strip: number, yM: number, spacingM: number): readonly SweepLine[] {
  const halfM = spacingM / 2;
  const edgesOfStrip = [-1, -0.5, 0.5, 1].map((part) => yM + part * halfM * (1 - 1e-9));
  const corners = ring.map((p) => p.yM).filter((cornerM) => Math.abs(cornerM - yM) < halfM);
  const beside = [...edgesOfStrip, ...corners].flatMap((besideM) => spansAt(ring, besideM));
  return spansAt(ring, yM).map(({ fromM, toM }) => {
    const touching = beside.filter((span) => span.fromM <= toM && span.toM >= fromM);
    const farLeftM = Math.min(fromM, ...touching.map((span) => span.fromM));
    const farRightM = Math.max(toM, ...touching.map((span) => span.toM));
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
