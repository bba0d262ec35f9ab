import type { Ring } from "./landGeometry.js";

/**
 * How far every place is from the waterline, as a square picture of metres: positive on land, negative at sea, clamped
 * at ±`bandM`. The shaders draw surf, wet sand and beach from it, so that they follow the shore round every corner.
 * Row 0 is the south, column 0 the west; the picture is centred on the scene's origin.
 */
export type ShoreField = {
  readonly size: number;
  readonly halfWidthM: number;
  readonly bandM: number;
  readonly metres: Float32Array;
};

type ShoreFieldInput = {
  /** All rings of land, holes included: inside is decided by the even-odd rule. */
  readonly rings: readonly Ring[];
  /** Segments of true waterline: x1, y1, z1, x2, y2, z2. */
  readonly waterline: Float32Array;
  readonly size: number;
  readonly halfWidthM: number;
  readonly bandM: number;
};

export function buildShoreField(input: ShoreFieldInput): ShoreField {
  const { size, halfWidthM, bandM } = input;
  const metres = new Float32Array(size * size).fill(bandM);
  for (let i = 0; i + 5 < input.waterline.length; i += 6) stampSegment(input, metres, i);
  for (let row = 0; row < size; row++) signRow(input, metres, row);
  return { size, halfWidthM, bandM, metres };
}

/** Lowers the distances around one segment; only cells within the band are touched, so a detailed line stays cheap. */
function stampSegment(input: ShoreFieldInput, metres: Float32Array, at: number): void {
  const { size, halfWidthM, bandM, waterline } = input;
  const ax = waterline[at] ?? 0;
  const ay = waterline[at + 1] ?? 0;
  const bx = waterline[at + 3] ?? 0;
  const by = waterline[at + 4] ?? 0;
  const cellM = (2 * halfWidthM) / size;
  const cellOf = (m: number): number => Math.floor((m + halfWidthM) / cellM);
  const firstColumn = Math.max(0, cellOf(Math.min(ax, bx) - bandM));
  const lastColumn = Math.min(size - 1, cellOf(Math.max(ax, bx) + bandM));
  const firstRow = Math.max(0, cellOf(Math.min(ay, by) - bandM));
  const lastRow = Math.min(size - 1, cellOf(Math.max(ay, by) + bandM));
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (row + 0.5) * cellM - halfWidthM;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const x = (column + 0.5) * cellM - halfWidthM;
      const index = row * size + column;
      const offM = segmentDistanceM(x - ax, y - ay, bx - ax, by - ay);
      if (offM < (metres[index] ?? 0)) metres[index] = offM;
    }
  }
}

/** From the point (px, py) to the segment from the origin to (dx, dy). */
function segmentDistanceM(px: number, py: number, dx: number, dy: number): number {
  const lengthSquared = dx * dx + dy * dy;
  const along = lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
  return Math.hypot(px - along * dx, py - along * dy);
}

/** Makes sea cells negative: a row is cut at every ring it crosses; land is between the odd cuts. */
function signRow(input: ShoreFieldInput, metres: Float32Array, row: number): void {
  const { size, halfWidthM } = input;
  const cellM = (2 * halfWidthM) / size;
  const y = (row + 0.5) * cellM - halfWidthM;
  const cuts: number[] = [];
  for (const ring of input.rings) collectCuts(ring, y, cuts);
  cuts.sort((a, b) => a - b);
  let passed = 0;
  for (let column = 0; column < size; column++) {
    const x = (column + 0.5) * cellM - halfWidthM;
    while (passed < cuts.length && (cuts[passed] ?? 0) < x) passed++;
    const index = row * size + column;
    if (passed % 2 === 0) metres[index] = -(metres[index] ?? 0);
  }
}

function collectCuts(ring: Ring, y: number, cuts: number[]): void {
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    const y1 = ring[i + 1] ?? 0;
    const y2 = ring[j + 1] ?? 0;
    // Half-open intervals count a corner on the row once.
    if (y1 <= y === y2 <= y) continue;
    const x1 = ring[i] ?? 0;
    cuts.push(x1 + ((y - y1) / (y2 - y1)) * ((ring[j] ?? 0) - x1));
  }
}

/** Distance at a place by bilinear interpolation, as the GPU samples it; clamped beyond the edge. */
export function shoreMetresAt(field: ShoreField, eastM: number, northM: number): number {
  const { size, halfWidthM, metres } = field;
  const clampCell = (m: number): number =>
    Math.min(size - 1.001, Math.max(0, ((m + halfWidthM) / (2 * halfWidthM)) * size - 0.5));
  const x = clampCell(eastM);
  const y = clampCell(northM);
  const column = Math.floor(x);
  const row = Math.floor(y);
  const read = (c: number, r: number): number => metres[r * size + c] ?? 0;
  const south = read(column, row) * (1 - (x - column)) + read(column + 1, row) * (x - column);
  const north = read(column, row + 1) * (1 - (x - column)) + read(column + 1, row + 1) * (x - column);
  return south * (1 - (y - row)) + north * (y - row);
}
