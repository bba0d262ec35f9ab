import type { Hides } from "./groundRay.js";
import type { View } from "./projection.js";

/** The temperatures being drawn, row by row from the top left. `hides`: where ground can be in front of actors. */
export type Canvas = {
  readonly view: View;
  readonly temperaturesC: Float32Array;
  readonly hides?: Hides | undefined;
};

/** Blends `temperatureC` into pixel `i` with the coverage `cover` (0 to 1). */
export function blend(canvas: Canvas, i: number, cover: number, temperatureC: number): void {
  const groundC = canvas.temperaturesC[i] ?? 0;
  canvas.temperaturesC[i] = groundC + cover * (temperatureC - groundC);
}
