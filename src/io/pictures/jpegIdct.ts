// Figure A.6: the order in which a block's coefficients are sent.
export const ZIGZAG = Uint8Array.from([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
]);

export type Plane = { readonly widthPx: number; readonly heightPx: number; readonly values: Uint8Array };

// cos((2x + 1) u pi / 16) with the scale of A.3.3, by [x][u].
const BASIS = Float64Array.from({ length: 64 }, (_, i) => {
  const u = i % 8;
  return Math.cos(((2 * (i >> 3) + 1) * u * Math.PI) / 16) * (u === 0 ? Math.SQRT1_2 : 1) * 0.5;
});
const half = new Float64Array(64);

/** Inverse cosine transform, rows then columns, into the plane; what sticks out over its edge is left away. */
export function putBlock(plane: Plane, coefficients: Float64Array, left: number, top: number): void {
  const { widthPx, heightPx, values } = plane;
  transform(coefficients, half);
  transform(half, coefficients);
  for (let y = 0; y < 8 && top + y < heightPx; y++) {
    for (let x = 0; x < 8 && left + x < widthPx; x++) {
      const value = Math.round((coefficients[y * 8 + x] ?? 0) + 128);
      values[(top + y) * widthPx + left + x] = Math.min(255, Math.max(0, value));
    }
  }
}

/** Transforms each row of `from` and writes it as a column: applied twice, both directions are done. */
function transform(from: Float64Array, to: Float64Array): void {
  for (let row = 0; row < 8; row++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += (from[row * 8 + u] ?? 0) * (BASIS[x * 8 + u] ?? 0);
      to[x * 8 + row] = sum;
    }
  }
}
