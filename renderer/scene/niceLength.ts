/** The longest of 1, 2, 5 × 10ⁿ metres that is not longer than `atMostM` (> 0). */
export function niceLengthM(atMostM: number): number {
  const decade = 10 ** Math.floor(Math.log10(atMostM));
  const step = [5, 2, 1].find((factor) => factor * decade <= atMostM) ?? 1;
  return step * decade;
}
