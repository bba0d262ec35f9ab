/** Small planes and areas for tests, drawn as rows of letters. */
import type { Component, Components } from "../components.js";
import { createComponents } from "../components.js";
import { createPlane, type Plane } from "../plane.js";

/** One cell a letter: its grey level. All rows are equally long. */
export function planeOf(rows: readonly string[], levels: Readonly<Record<string, number>>, cellPx = 1): Plane {
  const plane = createPlane((rows[0]?.length ?? 0) * cellPx, rows.length * cellPx, cellPx);
  rows.forEach((row, y) =>
    Array.from(row).forEach((letter, x) => (plane.data[y * plane.width + x] = (levels[letter] ?? 0) * plane.unit)),
  );
  return plane;
}

/** The cells marked "#" as one area. */
export function areaOf(rows: readonly string[], plane: Plane, change: Partial<Component> = {}) {
  const components: Components = createComponents(plane);
  let to = 0;
  rows.forEach((row, y) =>
    Array.from(row).forEach((letter, x) => {
      if (letter === "#") components.cells[to++] = y * plane.width + x;
    }),
  );
  const component: Component = { from: 0, to, isWarm: true, background: 0, sigma: 0, contrast: 0, ...change };
  return { component, components };
}
