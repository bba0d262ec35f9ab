/**
 * Local background estimate, robust against edges, strips and single warm neighbours.
 *
 * Eight boxes lie around a place, `reach` cells away. A warm object must exceed the second warmest of them: along a waterline or
 * on a path at least two boxes are as warm as the place itself, so an edge gives no detection; a single hot neighbour warms
 * only one box and hides nothing. Mirrored for cold objects.
 */
import type { Plane } from "./plane.js";

type BackgroundShape = { readonly boxRadius: number; readonly reach: number; readonly step: number };

/** Grey levels on a grid of one value every `step` cells of the plane. */
export type Background = {
  readonly shape: BackgroundShape;
  readonly width: number;
  readonly height: number;
  readonly warm: Float32Array;
  readonly cold: Float32Array;
  readonly sigma: Float32Array;
  /** Work buffers: mean and variance of the box at each grid point. */
  readonly means: Float32Array;
  readonly variances: Float32Array;
};

export function createBackground(plane: Plane, shape: BackgroundShape): Background {
  const width = Math.ceil(plane.width / shape.step);
  const height = Math.ceil(plane.height / shape.step);
  const make = (): Float32Array => new Float32Array(width * height);
  return { shape, width, height, warm: make(), cold: make(), sigma: make(), means: make(), variances: make() };
}

const DIAGONAL = Math.SQRT1_2;

export function computeBackground(plane: Plane, background: Background): void {
  computeBoxes(plane, background);
  const { shape, width, height } = background;
  const straight = Math.round(shape.reach / shape.step);
  const diagonal = Math.round((shape.reach * DIAGONAL) / shape.step);
  const dx = [straight, diagonal, 0, -diagonal, -straight, -diagonal, 0, diagonal];
  const dy = [0, diagonal, straight, diagonal, 0, -diagonal, -straight, -diagonal];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rankAround(background, { x, y, dx, dy });
  }
}

type Around = {
  readonly x: number;
  readonly y: number;
  readonly dx: readonly number[];
  readonly dy: readonly number[];
};

// Work buffer: the means of the boxes around one place, sorted.
const means = new Float64Array(8);
const variances = new Float64Array(8);

function insert(sorted: Float64Array, count: number, value: number): void {
  let at = count;
  while (at > 0 && (sorted[at - 1] ?? 0) > value) {
    sorted[at] = sorted[at - 1] ?? 0;
    at--;
  }
  sorted[at] = value;
}

/** Fills the work buffers; returns how many boxes lie in the picture. */
function gatherAround(background: Background, { x, y, dx, dy }: Around): number {
  const { width, height } = background;
  let count = 0;
  for (let i = 0; i < 8; i++) {
    const nx = x + (dx[i] ?? 0);
    const ny = y + (dy[i] ?? 0);
    if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue;
    insert(means, count, background.means[ny * width + nx] ?? 0);
    insert(variances, count, background.variances[ny * width + nx] ?? 0);
    count++;
  }
  return count;
}

function rankAround(background: Background, place: Around): void {
  const count = gatherAround(background, place);
  const at = place.y * background.width + place.x;
  // Near the picture's edge half of a strip is outside the picture, so the single warmest box is used there.
  const skipped = count === 8 ? 1 : 0;
  background.warm[at] = means[count - 1 - skipped] ?? 0;
  background.cold[at] = means[skipped] ?? 0;
  // Boxes across an edge or on a neighbour have a large spread that is not ground noise: use the three calmest.
  const calm = Math.min(3, count);
  let sum = 0;
  for (let i = 0; i < calm; i++) sum += variances[i] ?? 0;
  background.sigma[at] = Math.sqrt(sum / calm);
}

function computeBoxes(plane: Plane, background: Background): void {
  const { width, height, means, variances, shape } = background;
  const { sums, squares, unit } = plane;
  const stride = plane.width + 1;
  for (let gy = 0; gy < height; gy++) {
    const y0 = Math.max(0, gy * shape.step - shape.boxRadius) * stride;
    const y1 = Math.min(plane.height, gy * shape.step + shape.boxRadius + 1) * stride;
    for (let gx = 0; gx < width; gx++) {
      const x0 = Math.max(0, gx * shape.step - shape.boxRadius);
      const x1 = Math.min(plane.width, gx * shape.step + shape.boxRadius + 1);
      const n = ((y1 - y0) / stride) * (x1 - x0) * unit;
      const sum = (sums[y1 + x1] ?? 0) - (sums[y0 + x1] ?? 0) - (sums[y1 + x0] ?? 0) + (sums[y0 + x0] ?? 0);
      const square =
        (squares[y1 + x1] ?? 0) - (squares[y0 + x1] ?? 0) - (squares[y1 + x0] ?? 0) + (squares[y0 + x0] ?? 0);
      const mean = sum / n;
      const at = gy * width + gx;
      means[at] = mean;
      variances[at] = Math.max(0, square / (n * unit) - mean * mean);
    }
  }
}
