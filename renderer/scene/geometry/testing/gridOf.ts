import type { HeightGrid } from "../../../../src/geo/terrain/heightGrid.js";

/** A square grid of heights around the middle, in rows from the south. */
export function gridOf(
  halfWidthM: number,
  countPerSide: number,
  heightAt: (eastM: number, northM: number) => number,
): HeightGrid {
  const offsetM = (i: number): number => halfWidthM * ((2 * i) / (countPerSide - 1) - 1);
  const heightsM = Float32Array.from({ length: countPerSide ** 2 }, (_, i) =>
    heightAt(offsetM(i % countPerSide), offsetM(Math.floor(i / countPerSide))),
  );
  return { halfWidthM, countPerSide, heightsM };
}
