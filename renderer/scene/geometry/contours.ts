import { gridHeightM, type HeightGrid } from "../../../src/geo/terrain/heightGrid.js";
import { FEET_PER_M } from "../../app/format.js";
import type { TerrainGrids } from "./surface.js";

/** Of these every fifth line is heavy. In feet the lines are at whole feet. */
const INTERVALS = { m: [5, 10, 20, 50, 100], ft: [20, 50, 100, 200, 500] } as const;
/** Of the camera's range. */
const INTERVAL_PART = 0.008;
const HEAVY_EVERY = 5;

/** Metres between contour lines for a camera at that range: the more, the further it is. */
export function contourIntervalM(rangeM: number, unit: "m" | "ft"): number {
  const mPerUnit = unit === "m" ? 1 : 1 / FEET_PER_M;
  const steps = INTERVALS[unit].map((step) => step * mPerUnit);
  return steps.find((stepM) => stepM >= rangeM * INTERVAL_PART) ?? steps.at(-1) ?? 100;
}

/** One straight piece of the line of a level: x and y of both ends, metres east and north. It is reused for the next piece. */
type Piece = Float64Array;

/**
 * Contour lines of a grid by marching squares, at every whole multiple of `intervalM` above mean sea level; sea level itself is the
 * coast's. Between heights they run as on a plane through them. No line goes through a square with a corner that is not known.
 */
export function marchContours(
  { halfWidthM, countPerSide, heightsM }: HeightGrid,
  intervalM: number,
  onPiece: (level: number, piece: Piece) => void,
): void {
  const cellM = (2 * halfWidthM) / (countPerSide - 1);
  const corners = new Float64Array(4);
  const cell: Cell = { corners, westM: 0, southM: 0, cellM, crossed: [], piece: new Float64Array(4) };
  for (let row = 0; row + 1 < countPerSide; row++) {
    for (let column = 0; column + 1 < countPerSide; column++) {
      const at = row * countPerSide + column;
      corners[0] = heightsM[at] ?? Number.NaN;
      corners[1] = heightsM[at + 1] ?? Number.NaN;
      corners[2] = heightsM[at + countPerSide + 1] ?? Number.NaN;
      corners[3] = heightsM[at + countPerSide] ?? Number.NaN;
      cell.westM = column * cellM - halfWidthM;
      cell.southM = row * cellM - halfWidthM;
      marchCell(cell, intervalM, onPiece);
    }
  }
}

/** Corners in the order south-west, south-east, north-east, north-west; edge `i` runs from corner `i` to the next. */
type Cell = {
  readonly corners: Float64Array;
  westM: number;
  southM: number;
  readonly cellM: number;
  /** Written anew for each level and each piece, so that nothing is allocated. */
  readonly crossed: number[];
  readonly piece: Piece;
};

const CORNER_EAST = [0, 1, 1, 0] as const;
const CORNER_NORTH = [0, 0, 1, 1] as const;

function marchCell(cell: Cell, intervalM: number, onPiece: (level: number, piece: Piece) => void): void {
  const lowestM = Math.min(...cell.corners);
  // With a height that is not known both are NaN, and no level lies between them.
  const last = Math.floor(Math.max(...cell.corners) / intervalM);
  for (let level = Math.max(1, Math.ceil(lowestM / intervalM)); level <= last; level++)
    for (const edges of cutsOf(cell, level * intervalM))
      if (place(cell, level * intervalM, edges)) onPiece(level, cell.piece);
}

type Edges = readonly number[];
const SOUTH_EAST_CUT: readonly Edges[] = [
  [0, 1],
  [2, 3],
];
const SOUTH_WEST_CUT: readonly Edges[] = [
  [3, 0],
  [1, 2],
];

/** Which edges the line of a level joins, two and two. */
function cutsOf({ corners, crossed }: Cell, levelM: number): readonly Edges[] {
  crossed.length = 0;
  for (let edge = 0; edge < 4; edge++)
    if ((corners[edge] ?? 0) >= levelM !== (corners[(edge + 1) % 4] ?? 0) >= levelM) crossed.push(edge);
  if (crossed.length < 4) return crossed.length === 2 ? [crossed] : [];
  // A saddle: the two corners that are like the middle are joined.
  const middleM = corners.reduce((sum, cornerM) => sum + cornerM, 0) / 4;
  return middleM >= levelM === (corners[0] ?? 0) >= levelM ? SOUTH_EAST_CUT : SOUTH_WEST_CUT;
}

/** Writes the piece between two edges; false where it has no length. */
function place({ corners, westM, southM, cellM, piece }: Cell, levelM: number, edges: Edges): boolean {
  for (let end = 0; end < 2; end++) {
    const from = edges[end] ?? 0;
    const to = (from + 1) % 4;
    const fromM = corners[from] ?? 0;
    const part = (levelM - fromM) / ((corners[to] ?? 0) - fromM);
    const mixed = (values: readonly number[]): number =>
      (values[from] ?? 0) + ((values[to] ?? 0) - (values[from] ?? 0)) * part;
    piece[2 * end] = westM + mixed(CORNER_EAST) * cellM;
    piece[2 * end + 1] = southM + mixed(CORNER_NORTH) * cellM;
  }
  return piece[0] !== piece[2] || piece[1] !== piece[3];
}

/** A place on a line where its height can be written. */
type ContourSpot = {
  readonly eastM: number;
  readonly northM: number;
  readonly heightAmslM: number;
  readonly isHeavy: boolean;
};

/** Separate segments, x, y, z twice each, z as the ground is drawn; heavy lines apart. */
export type ContourLines = {
  readonly light: Float32Array;
  readonly heavy: Float32Array;
  readonly spots: readonly ContourSpot[];
};

type ContourGround = {
  readonly grids: TerrainGrids;
  readonly isLand: (eastM: number, northM: number) => boolean;
  /** Of the ground as it is drawn, above mean sea level: coarser than the grid, and lines must lie on it to be seen. */
  readonly drawnM: (eastM: number, northM: number) => number;
};

/** Spots of one line are in squares of so many cells: one in each. */
const SPOT_CELLS = 8;

/** Lines of the fine heights, and of the coarse ones around and between them; none on ground that no file knows, none at sea. */
export function contourLines({ grids, isLand, drawnM }: ContourGround, intervalM: number): ContourLines {
  const { near, far } = grids;
  const [light, heavy]: [number[], number[]] = [[], []];
  const spots = new Map<string, ContourSpot>();
  const add = (grid: HeightGrid, isWanted: (eastM: number, northM: number) => boolean): void => {
    const squareM = (SPOT_CELLS * 2 * grid.halfWidthM) / (grid.countPerSide - 1);
    marchContours(grid, intervalM, (level, [x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => {
      const [eastM, northM] = [(x1 + x2) / 2, (y1 + y2) / 2];
      if (!isLand(eastM, northM) || !isWanted(eastM, northM)) return;
      const isHeavy = level % HEAVY_EVERY === 0;
      (isHeavy ? heavy : light).push(x1, y1, drawnM(x1, y1), x2, y2, drawnM(x2, y2));
      const key = `${level} ${Math.floor(eastM / squareM)} ${Math.floor(northM / squareM)} ${squareM}`;
      if (!spots.has(key)) spots.set(key, { eastM, northM, heightAmslM: level * intervalM, isHeavy });
    });
  };
  if (near) add(near, () => true);
  if (far) add(far, (eastM, northM) => !near || gridHeightM(near, eastM, northM) === undefined);
  return { light: new Float32Array(light), heavy: new Float32Array(heavy), spots: [...spots.values()] };
}
