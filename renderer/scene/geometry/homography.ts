/**
 * The projective map that carries a quadrilateral on the ground to the unit square of a picture, so that a picture
 * taken at a slant lies on the ground without the bend along the diagonal that two plain triangles give.
 *
 * Heckbert, "Fundamentals of Texture Mapping and Image Warping" (1989), section 2.2.3.
 */

/** Row-major 3×3. */
type Matrix9 = Float64Array;

// Reused buffers: this runs once per video frame.
const forward = new Float64Array(9);

/**
 * Corners are x, y of upper left, upper right, lower right, lower left. `out` maps (x, y, 1) to homogeneous (u, v, w)
 * with u to the right and v downwards in the picture. False (and `out` untouched) when the corners make no quadrilateral.
 */
export function groundToPicture(corners: ArrayLike<number>, out: Matrix9): boolean {
  if (!squareToQuad(corners, forward)) return false;
  return invertInto(forward, out);
}

function squareToQuad(c: ArrayLike<number>, m: Matrix9): boolean {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => c[i] ?? 0) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const dx1 = x1 - x2;
  const dx2 = x3 - x2;
  const dy1 = y1 - y2;
  const dy2 = y3 - y2;
  const sx = x0 - x1 + x2 - x3;
  const sy = y0 - y1 + y2 - y3;
  const denominator = dx1 * dy2 - dx2 * dy1;
  if (Math.abs(denominator) < 1e-9) return false;
  const g = (sx * dy2 - dx2 * sy) / denominator;
  const h = (dx1 * sy - sx * dy1) / denominator;
  m.set([x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1]);
  return true;
}

function invertInto(m: Matrix9, out: Matrix9): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  const determinant = a * A + b * B + c * C;
  if (Math.abs(determinant) < 1e-12) return false;
  const k = 1 / determinant;
  out.set([
    A * k,
    (c * h - b * i) * k,
    (b * f - c * e) * k,
    B * k,
    (a * i - c * g) * k,
    (c * d - a * f) * k,
    C * k,
    (b * g - a * h) * k,
    (a * e - b * d) * k,
  ]);
  return true;
}
