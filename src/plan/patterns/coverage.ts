import { spansAt } from "../../geo/polygon.js";
import type { Ring } from "../../geo/polygon.js";
import { extentOf } from "./sweepLines.js";
import type { SweepLine } from "./sweepLines.js";

// With about 120 rows a missed strip changes the result by about one per cent.
const ROWS = 120;

type Reach = {
  /** Full width of the swath, centred on the line. */
  readonly swathM: number;
  /** How far past a line's ends the ground is still seen. */
  readonly beyondM: number;
};

/** Part of the ring (0 to 1) inside the band around at least one line; lines run along x. */
export function coveredFraction(ring: Ring, lines: readonly SweepLine[], { swathM, beyondM }: Reach): number {
  const { lowM, highM } = extentOf(ring);
  const stepM = (highM - lowM) / ROWS;
  let insideM = 0;
  let seenM = 0;
  for (let row = 0; row < ROWS; row++) {
    const yM = lowM + (row + 0.5) * stepM;
    const bands = lines
      .filter((line) => Math.abs(line.yM - yM) <= swathM / 2)
      .map((line) => ({ fromM: line.fromM - beyondM, toM: line.toM + beyondM }))
      .sort((a, b) => a.fromM - b.fromM);
    for (const span of spansAt(ring, yM)) {
      insideM += span.toM - span.fromM;
      seenM += overlapM(span, bands);
    }
  }
  return insideM === 0 ? 0 : Math.min(1, seenM / insideM);
}

type Band = { readonly fromM: number; readonly toM: number };

function overlapM(span: Band, bands: readonly Band[]): number {
  let sumM = 0;
  let reachedM = span.fromM;
  for (const band of bands) {
    const fromM = Math.max(reachedM, band.fromM);
    const toM = Math.min(span.toM, band.toM);
    if (toM > fromM) {
      sumM += toM - fromM;
      reachedM = toM;
    }
  }
  return sumM;
}
