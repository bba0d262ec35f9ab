import type { ReliefGrid } from "../../../src/geo/coastDocument.js";
import type { SceneFrame } from "../sceneFrame.js";
import type { FlatMesh } from "./landGeometry.js";
import { type ShoreField, shoreMetresAt } from "./shoreField.js";

// The relief has one cell per few kilometres: near the shore it would lift the beach, so it fades in behind it.
const HILLS_FROM_M = 350;
const SUNK_M = -6;

/** Height by bilinear interpolation of the grid; undefined outside it. */
export function reliefHeightM(grid: ReliefGrid, latitudeDeg: number, longitudeDeg: number): number | undefined {
  const x = (longitudeDeg - grid.westDeg) / grid.stepDeg;
  const y = (latitudeDeg - grid.southDeg) / grid.stepDeg;
  if (x < 0 || y < 0 || x > grid.columns - 1 || y > grid.rows - 1) return undefined;
  const column = Math.min(grid.columns - 2, Math.floor(x));
  const row = Math.min(grid.rows - 2, Math.floor(y));
  const read = (c: number, r: number): number => grid.heightsM[r * grid.columns + c] ?? 0;
  const fx = x - column;
  const fy = y - row;
  const south = read(column, row) * (1 - fx) + read(column + 1, row) * fx;
  const north = read(column, row + 1) * (1 - fx) + read(column + 1, row + 1) * fx;
  return south * (1 - fy) + north * fy;
}

type HillInput = {
  readonly frame: SceneFrame;
  readonly relief: ReliefGrid;
  readonly field: ShoreField;
  readonly size: number;
  readonly halfWidthM: number;
};

/**
 * Hills behind the shore, as a background on the horizon. Under the sea and along the beach the mesh is below the flat
 * ground.
 */
export function buildHillMesh(input: HillInput): FlatMesh {
  const { size, halfWidthM } = input;
  const positions = new Float32Array((size + 1) * (size + 1) * 3);
  const indices = new Uint32Array(size * size * 6);
  for (let row = 0; row <= size; row++) {
    for (let column = 0; column <= size; column++) {
      const eastM = spread(column / size) * halfWidthM;
      const northM = spread(row / size) * halfWidthM;
      const at = (row * (size + 1) + column) * 3;
      positions.set([eastM, northM, hillHeightM(input, eastM, northM)], at);
    }
  }
  let next = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const a = row * (size + 1) + column;
      const b = a + size + 1;
      indices.set([a, a + 1, b, a + 1, b + 1, b], next);
      next += 6;
    }
  }
  return { positions, indices };
}

/** Maps 0..1 to -1..1, denser in the middle, where the camera is. */
const spread = (fraction: number): number => {
  const t = fraction * 2 - 1;
  return 0.35 * t + 0.65 * t * t * t;
};

function hillHeightM({ frame, relief, field }: HillInput, eastM: number, northM: number): number {
  const insideM = shoreMetresAt(field, eastM, northM);
  if (insideM <= HILLS_FROM_M) return SUNK_M;
  const { latitudeDeg, longitudeDeg } = frame.positionOf(eastM, northM);
  const heightM = Math.max(0, reliefHeightM(relief, latitudeDeg, longitudeDeg) ?? 0);
  const ramp = Math.min(1, (insideM - HILLS_FROM_M) / (field.bandM - HILLS_FROM_M));
  // Two long waves imitate folds that a grid of kilometres cannot show; this is decoration, and labelled so.
  const folds = 0.82 + 0.12 * Math.sin(eastM / 410 + northM / 730) + 0.1 * Math.sin(eastM / 190 - northM / 260);
  return SUNK_M + ramp * ramp * (3 - 2 * ramp) * (heightM * folds - SUNK_M);
}
