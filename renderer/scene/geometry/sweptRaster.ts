/**
 * Where the camera has looked, as a square picture of cells round the scene's origin: 0 = not seen, 255 = seen. A
 * picture of what frames really covered, for the eye; coverage with classes and ages is the sortie's business.
 */
export type SweptRaster = {
  readonly size: number;
  readonly halfWidthM: number;
  readonly cells: Uint8Array<ArrayBuffer>;
};

export const emptySweptRaster = (size: number, halfWidthM: number): SweptRaster => ({
  size,
  halfWidthM,
  cells: new Uint8Array(size * size),
});

/** Marks every cell whose centre lies in the convex polygon `corners` (x, y pairs, metres). */
export function stampPolygon(raster: SweptRaster, corners: ArrayLike<number>): void {
  const { size, halfWidthM, cells } = raster;
  const cellM = (2 * halfWidthM) / size;
  let southM = Number.POSITIVE_INFINITY;
  let northM = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < corners.length; i += 2) {
    southM = Math.min(southM, corners[i] ?? 0);
    northM = Math.max(northM, corners[i] ?? 0);
  }
  const firstRow = Math.max(0, Math.ceil((southM + halfWidthM) / cellM - 0.5));
  const lastRow = Math.min(size - 1, Math.floor((northM + halfWidthM) / cellM - 0.5));
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (row + 0.5) * cellM - halfWidthM;
    let westM = Number.POSITIVE_INFINITY;
    let eastM = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < corners.length; i += 2) {
      const j = (i + 2) % corners.length;
      const y1 = corners[i + 1] ?? 0;
      const y2 = corners[j + 1] ?? 0;
      if (y1 <= y === y2 <= y) continue;
      const x1 = corners[i] ?? 0;
      const x = x1 + ((y - y1) / (y2 - y1)) * ((corners[j] ?? 0) - x1);
      westM = Math.min(westM, x);
      eastM = Math.max(eastM, x);
    }
    const firstColumn = Math.max(0, Math.ceil((westM + halfWidthM) / cellM - 0.5));
    const lastColumn = Math.min(size - 1, Math.floor((eastM + halfWidthM) / cellM - 0.5));
    if (firstColumn <= lastColumn) cells.fill(255, row * size + firstColumn, row * size + lastColumn + 1);
  }
}
