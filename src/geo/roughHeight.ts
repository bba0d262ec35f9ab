/**
 * The height of land by the coast file's relief, of which a height stands for some kilometres: for people who ask how high a place
 * is about. Not for clearance, and not the ground under the cameras' rays: as far as 12 km from a home by the sea, home's own
 * height is nearer to the truth (24 m against 39 m within 3 km, root mean square: `roughHeight.test.ts`).
 */
import type { ShoreAnswer } from "./coast.js";
import type { ReliefGrid } from "./coastDocument.js";
import type { Position } from "./position.js";

/**
 * One sigma. ETOPO5 states no error of its own for this coast. Measured: at 619 towns and villages around it, whose heights GeoNames
 * has from SRTM, the root mean square of the differences is 40 m, half are within 22 m, 95 % within 83 m, the worst 154 m (the
 * Downs above Folkestone are missing in it). It hardly depends on how much neighbouring heights differ: 34 to 45 m.
 */
const RELIEF_SIGMA_M = 40;

export type RoughHeight = {
  readonly heightAmslM: number;
  readonly sigmaM: number;
  /** For people: "ETOPO5". */
  readonly source: string;
};

/** Only on land, beyond the error of the waterline. `shore`: the coast's answer at the place. */
export function roughHeightAt(
  relief: ReliefGrid | undefined,
  shore: ShoreAnswer,
  position: Position,
): RoughHeight | undefined {
  if (!relief || shore.surface !== "land" || shore.waterlineDistanceM <= shore.plusMinusM) return undefined;
  // Beside the sea its depths would pull the land down.
  const heightAmslM = reliefHeightM(relief, position, 0);
  return heightAmslM === undefined ? undefined : { heightAmslM, sigmaM: RELIEF_SIGMA_M, source: reliefName(relief) };
}

/** The first words of its source. */
export const reliefName = ({ source }: ReliefGrid): string => source.split(/[,(]/)[0]?.trim() ?? "";

/** By bilinear interpolation of the grid; undefined outside it. Heights below `leastM` count as it. */
export function reliefHeightM(
  grid: ReliefGrid,
  { latitudeDeg, longitudeDeg }: Position,
  leastM = Number.NEGATIVE_INFINITY,
): number | undefined {
  const x = (longitudeDeg - grid.westDeg) / grid.stepDeg;
  const y = (latitudeDeg - grid.southDeg) / grid.stepDeg;
  if (x < 0 || y < 0 || x > grid.columns - 1 || y > grid.rows - 1) return undefined;
  const column = Math.min(grid.columns - 2, Math.floor(x));
  const row = Math.min(grid.rows - 2, Math.floor(y));
  const read = (c: number, r: number): number => Math.max(leastM, grid.heightsM[r * grid.columns + c] ?? 0);
  const fx = x - column;
  const fy = y - row;
  const south = read(column, row) * (1 - fx) + read(column + 1, row) * fx;
  const north = read(column, row + 1) * (1 - fx) + read(column + 1, row + 1) * fx;
  return south * (1 - fy) + north * fy;
}
