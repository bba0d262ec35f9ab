/** A picture reduced by summing pixels, with integral images for box statistics. All buffers are allocated once and reused. */
export type Plane = {
  readonly width: number;
  readonly height: number;
  /** Sums of `unit` pixels of the full picture. */
  readonly data: Uint16Array;
  /** Side of one cell in pixels of the full picture. */
  readonly cellPx: number;
  /** Divide `data` by this to get grey levels. */
  readonly unit: number;
  /** Integral images of values and of squares, (width + 1) * (height + 1); row 0 and column 0 are zero. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
};

export function createPlane(widthPx: number, heightPx: number, cellPx: number): Plane {
  const width = Math.floor(widthPx / cellPx);
  const height = Math.floor(heightPx / cellPx);
  const integralSize = (width + 1) * (height + 1);
  return {
    width,
    height,
    data: new Uint16Array(width * height),
    cellPx,
    unit: cellPx * cellPx,
    sums: new Float64Array(integralSize),
    squares: new Float64Array(integralSize),
  };
}

/** Fills a plane whose cells are 2x2 pixels, from the picture. */
export function halveImage(luma: Uint8Array, widthPx: number, half: Plane): void {
  const { width, height, data } = half;
  for (let y = 0; y < height; y++) {
    let at = 2 * y * widthPx;
    const out = y * width;
    for (let x = 0; x < width; x++, at += 2) {
      data[out + x] = (luma[at] ?? 0) + (luma[at + 1] ?? 0) + (luma[at + widthPx] ?? 0) + (luma[at + widthPx + 1] ?? 0);
    }
  }
}

/** Fills a plane whose cells are twice as wide as those of `from`. */
export function halvePlane(from: Plane, to: Plane): void {
  const { width, height, data } = to;
  for (let y = 0; y < height; y++) {
    let at = 2 * y * from.width;
    const out = y * width;
    for (let x = 0; x < width; x++, at += 2) {
      data[out + x] =
        (from.data[at] ?? 0) +
        (from.data[at + 1] ?? 0) +
        (from.data[at + from.width] ?? 0) +
        (from.data[at + from.width + 1] ?? 0);
    }
  }
}

/** Updates the integral images after `data` changed. */
export function integrate(plane: Plane): void {
  const { width, height, data, sums, squares } = plane;
  const stride = width + 1;
  for (let y = 0; y < height; y++) {
    let rowSum = 0;
    let rowSquares = 0;
    const above = y * stride + 1;
    const here = above + stride;
    const from = y * width;
    for (let x = 0; x < width; x++) {
      const value = data[from + x] ?? 0;
      rowSum += value;
      rowSquares += value * value;
      sums[here + x] = (sums[above + x] ?? 0) + rowSum;
      squares[here + x] = (squares[above + x] ?? 0) + rowSquares;
    }
  }
}
