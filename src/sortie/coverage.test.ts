import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { destination } from "../geo/geodesic.js";
import { localFrameAt } from "../geo/localFrame.js";
import type { Position } from "../geo/position.js";
import { CoverageGrid } from "./coverage.js";
import { LAYER_BYTES, TILE_BYTES, tileKeyOf, tilePlaceOf } from "./coverageTiles.js";
import type { CoveragePatch, TilePlace } from "./coverageTiles.js";
import { cellsOf, type Footprint } from "./footprintCells.js";

const origin: Position = { latitudeDeg: 50.77, longitudeDeg: 1.6 };
const frame = localFrameAt(origin);
const CELL_M2 = 2.5 * 2.5;
const LAYER = { seen: 0, person: 1, boat: 2 } as const;

type Flat = { readonly eastM: number; readonly northM: number };
type Cell = { readonly column: number; readonly row: number };

const positionAt = ({ eastM, northM }: Flat): Position => frame.toPosition({ eastM, northM, upM: 0 }).position;

/** A footprint on level ground with these corners, in metres east and north of the origin. */
function footprintOf(
  corners: readonly (readonly [eastM: number, northM: number])[],
  more: { readonly sensor?: Flat; readonly heightM?: number; readonly groundM?: readonly number[] } = {},
): Footprint {
  return {
    corners: corners.map(([eastM, northM], i) => ({
      position: positionAt({ eastM, northM }),
      heightAmslM: more.groundM?.[i] ?? 0,
    })),
    sensor: { position: positionAt(more.sensor ?? { eastM: 0, northM: 0 }), altitudeAmslM: more.heightM ?? 60 },
    hfovDeg: 42,
    widthPx: 640,
  };
}

/** Whether a bit is set: row by row from the south, columns from the west, the lowest bit of a byte first. */
function isMarked(patch: CoveragePatch, layer: number, { column, row }: Cell): boolean {
  const index = patch.tiles.findIndex(
    (tile) => tile.column === Math.floor(column / 64) && tile.row === Math.floor(row / 64),
  );
  const cell = (row - 64 * Math.floor(row / 64)) * 64 + (column - 64 * Math.floor(column / 64));
  const byte = index < 0 ? 0 : patch.cells[index * TILE_BYTES + layer * LAYER_BYTES + Math.floor(cell / 8)];
  return Math.floor((byte ?? 0) / 2 ** (cell % 8)) % 2 === 1;
}

/** All cells of a layer within 80 cells of the origin for which `isExpected` and the patch do not agree. */
function differences(patch: CoveragePatch | undefined, layer: number, isExpected: (cell: Cell) => boolean): Cell[] {
  const found: Cell[] = [];
  for (let row = -80; row < 80; row++)
    for (let column = -80; column < 80; column++)
      if (patch && isMarked(patch, layer, { column, row }) !== isExpected({ column, row })) found.push({ column, row });
  return patch ? found : [{ column: Number.NaN, row: Number.NaN }];
}

const middleOf = ({ column, row }: Cell): Flat => ({ eastM: (column + 0.5) * 2.5, northM: (row + 0.5) * 2.5 });

/** One tile of 64 by 64 cells, its bytes given by layer. */
function patchOf(
  tiles: readonly TilePlace[],
  at = origin,
): CoveragePatch & { readonly cells: Uint8Array<ArrayBuffer> } {
  return { origin: at, tiles, cells: new Uint8Array(tiles.length * TILE_BYTES) };
}

describe("the cells of a footprint", () => {
  it("are those whose middle is inside: a rectangle between the middles of cells", () => {
    // Middles at 1.25 m, 3.75 m …: from column -2 (-3.75 m) to column 3 (8.75 m), from row 1 to row 2.
    const footprint = footprintOf([
      [-4, 3.5],
      [9, 3.5],
      [9, 7],
      [-4, 7],
    ]);
    const isIn = ({ column, row }: Cell): boolean => column >= -2 && column <= 3 && row >= 1 && row <= 2;
    expect(differences(cellsOf(footprint, frame), LAYER.seen, isIn)).toEqual([]);
  });

  it("follow the sides of a triangle and both arms of a footprint with a notch", () => {
    const triangle = footprintOf([
      [-100, -90],
      [110, -90],
      [5, 120],
    ]);
    // Each side rises 210 m over 105 m.
    const isInTriangle = (cell: Cell): boolean => {
      const { eastM, northM } = middleOf(cell);
      return northM > -90 && northM < 120 - 2 * Math.abs(eastM - 5);
    };
    expect(differences(cellsOf(triangle, frame), LAYER.seen, isInTriangle)).toEqual([]);
    const notched = footprintOf([
      [-100, -50],
      [100, -50],
      [100, 51],
      [0.1, -9],
      [-100, 51],
    ]);
    const isInNotched = (cell: Cell): boolean => {
      const { eastM, northM } = middleOf(cell);
      const notchM = -9 + 60 * (eastM > 0 ? (eastM - 0.1) / 99.9 : (0.1 - eastM) / 100.1);
      return Math.abs(eastM) < 100 && northM > -50 && northM < notchM;
    };
    expect(differences(cellsOf(notched, frame), LAYER.seen, isInNotched)).toEqual([]);
  });

  it("are none for fewer than three corners, and the grid then has no origin", () => {
    const line = footprintOf([
      [0, 0],
      [50, 50],
    ]);
    expect(cellsOf(line, frame)).toBeUndefined();
    const grid = new CoverageGrid();
    grid.add(line);
    grid.add({ ...line, corners: [] });
    expect(grid.origin).toBeUndefined();
    expect(grid.tiles()).toEqual([]);
  });

  it("end 600 m from the sensor, in the direction of each corner", () => {
    const far = footprintOf([
      [-5000, -5000],
      [5000, -5000],
      [5000, 5000],
      [-5000, 5000],
    ]);
    const grid = new CoverageGrid();
    grid.add(far);
    // A square whose corners are 600 m from its middle.
    expect(grid.summary().areaM2 / (2 * 600 * 600)).toBeCloseTo(1, 2);
    const aside = footprintOf(
      [
        [-200, -150],
        [300, -150],
        [300, 250],
        [-200, 250],
      ],
      { sensor: { eastM: 100, northM: 50 } },
    );
    const near = new CoverageGrid();
    near.add(aside);
    expect(near.summary().areaM2 / (500 * 400)).toBeCloseTo(1, 2);
  });

  it("keep a corner straight below the sensor where it is", () => {
    const footprint = footprintOf([
      [0, 0],
      [100, 0],
      [0, 100],
    ]);
    const grid = new CoverageGrid();
    grid.add(footprint);
    expect(grid.summary().areaM2 / 5000).toBeCloseTo(1, 1);
  });
});

describe("pixels on the ground", () => {
  /** Area of one pixel on level ground: its width grows with the range, its length with the range and the slant. */
  const pixelSideM = (cell: Cell, sensor: Flat, heightM: number): number => {
    const { eastM, northM } = middleOf(cell);
    const rangeM = Math.hypot(eastM - sensor.eastM, northM - sensor.northM, heightM);
    const widthM = (rangeM * 2 * Math.tan((21 * Math.PI) / 180)) / 640;
    return Math.sqrt(widthM * widthM * (rangeM / heightM));
  };
  const square = [
    [-150, -150],
    [150, -150],
    [150, 150],
    [-150, 150],
  ] as const;
  const isInSquare = ({ column, row }: Cell): boolean => Math.max(Math.abs(column + 0.5), Math.abs(row + 0.5)) < 60;

  it("are three or more across half a metre where a person counts as seen, and across two metres for a boat", () => {
    const sensor = { eastM: 40, northM: -25 };
    for (const [heightM, objectM, layer] of [
      [100, 0.5, LAYER.person],
      [540, 2, LAYER.boat],
    ] as const) {
      const patch = cellsOf(footprintOf(square, { sensor, heightM }), frame);
      const isEnough = (cell: Cell): boolean => isInSquare(cell) && objectM / pixelSideM(cell, sensor, heightM) >= 3;
      expect(differences(patch, LAYER.seen, isInSquare)).toEqual([]);
      expect(differences(patch, layer, isEnough)).toEqual([]);
      // Enough below the sensor, too few in the corner farthest from it.
      expect(isEnough({ column: 16, row: -10 })).toBe(true);
      expect(isEnough({ column: -60, row: 59 })).toBe(false);
    }
  });

  it("count from the mean height of the ground under the corners", () => {
    const sensor = { eastM: 0, northM: 0 };
    const onHill = cellsOf(footprintOf(square, { heightM: 150, groundM: [40, 60, 40, 60] }), frame);
    const isEnough = (cell: Cell): boolean => isInSquare(cell) && 0.5 / pixelSideM(cell, sensor, 100) >= 3;
    expect(differences(onHill, LAYER.person, isEnough)).toEqual([]);
  });

  it("are taken for those of a very flat view where the sensor is not above the ground", () => {
    // At a sine of 0.01 a pixel's side is ten times its width: a person within 0.5 / 3 / 10 / (2 tan 21° / 640) m.
    const leastM = 0.5 / 3 / 10 / ((2 * Math.tan((21 * Math.PI) / 180)) / 640);
    const patch = cellsOf(footprintOf(square, { heightM: 0 }), frame);
    const isEnough = (cell: Cell): boolean => {
      const { eastM, northM } = middleOf(cell);
      return Math.hypot(eastM, northM) <= leastM;
    };
    expect(differences(patch, LAYER.person, isEnough)).toEqual([]);
  });
});

describe("the key of a tile", () => {
  it("gives its column and row back, west and south of the origin too", () => {
    for (const place of [
      { column: 0, row: 0 },
      { column: -1, row: 0 },
      { column: 0, row: -1 },
      { column: 250_000, row: -250_000 },
      { column: -250_000, row: 250_000 },
    ])
      expect(tilePlaceOf(tileKeyOf(place.column, place.row))).toEqual(place);
  });
});

describe("the grid", () => {
  const here: TilePlace = { column: 0, row: 0 };

  it("counts every cell of a tile once, by layer", () => {
    const grid = new CoverageGrid();
    const patch = patchOf([here, { column: -3, row: 2 }]);
    patch.cells.fill(0xff, 0, LAYER_BYTES);
    patch.cells.fill(0x11, LAYER_BYTES, 2 * LAYER_BYTES);
    patch.cells.fill(0x7f, TILE_BYTES + 2 * LAYER_BYTES, TILE_BYTES + 3 * LAYER_BYTES);
    expect(grid.merge(patch)).toBe(true);
    expect(grid.merge(patch)).toBe(true);
    expect(grid.summary()).toEqual({
      areaM2: 64 * 64 * CELL_M2,
      seenPersonM2: 16 * 64 * CELL_M2,
      seenBoatM2: 56 * 64 * CELL_M2,
      onFlatGroundM2: 64 * 64 * CELL_M2,
    });
  });

  it("counts the same as bit by bit (seed 5)", () => {
    const rng = seededRng(5);
    const grid = new CoverageGrid();
    const union = new Uint8Array(TILE_BYTES);
    for (let i = 0; i < 4; i++) {
      const patch = patchOf([here]);
      patch.cells.forEach((_, at) => {
        patch.cells[at] = Math.floor(256 * rng.uniform()) & Math.floor(256 * rng.uniform());
        union[at] = (union[at] ?? 0) | (patch.cells[at] ?? 0);
      });
      grid.merge(patch);
      const bitsOf = (layer: number): number =>
        [...union.subarray(layer * LAYER_BYTES, (layer + 1) * LAYER_BYTES)]
          .map((byte) => byte.toString(2).replaceAll("0", "").length)
          .reduce((sum, bits) => sum + bits, 0);
      // The layer of known ground is part of that of seen ground in a camera's patches; not in these random ones.
      const bitsOfDoubt = (): number => bitsOf(0) - bitsOf(3);
      expect(grid.summary()).toEqual({
        areaM2: bitsOf(0) * CELL_M2,
        seenPersonM2: bitsOf(1) * CELL_M2,
        seenBoatM2: bitsOf(2) * CELL_M2,
        onFlatGroundM2: bitsOfDoubt() * CELL_M2,
      });
    }
    expect(grid.tiles()).toEqual([{ ...here, seen: union.slice(0, LAYER_BYTES) }]);
  });

  it("names a tile as changed when more of it was seen, not when an object had more pixels", () => {
    const grid = new CoverageGrid();
    const seen = patchOf([here, { column: 1, row: 0 }]);
    seen.cells[5] = 1;
    grid.merge(seen);
    expect(grid.takeChanged().map(({ column, row }) => ({ column, row }))).toEqual([here]);
    expect(grid.takeChanged()).toEqual([]);
    const nearer = patchOf([here]);
    nearer.cells[5] = 1;
    nearer.cells[LAYER_BYTES + 5] = 1;
    grid.merge(nearer);
    expect(grid.takeChanged()).toEqual([]);
    expect(grid.summary()).toEqual({ areaM2: CELL_M2, seenPersonM2: CELL_M2, seenBoatM2: 0, onFlatGroundM2: CELL_M2 });
  });

  it("has the origin of the first patch, and takes none with another", () => {
    const grid = new CoverageGrid();
    expect(grid.origin).toBeUndefined();
    grid.merge(patchOf([here]));
    expect(grid.origin).toEqual(origin);
    for (const other of [
      { ...origin, latitudeDeg: 50.78 },
      { ...origin, longitudeDeg: 1.61 },
    ]) {
      const patch = patchOf([here], other);
      patch.cells.fill(0xff);
      expect(grid.merge(patch)).toBe(false);
    }
    expect(grid.summary().areaM2).toBe(0);
    expect(grid.merge(patchOf([here], { ...origin }))).toBe(true);
  });

  it("counts cells from the first footprint's first corner, or from the patch that came before it", () => {
    const east = destination(origin, 90, 1000);
    const corners = [0, 90, 180].map((bearingDeg) => ({
      position: destination(east, bearingDeg, 50),
      heightAmslM: 0,
    }));
    const footprint = { ...footprintOf([]), corners, sensor: { position: east, altitudeAmslM: 60 } };
    const alone = new CoverageGrid();
    alone.add(footprint);
    expect(alone.origin).toEqual(corners[0]?.position);
    const joined = new CoverageGrid();
    joined.merge(patchOf([here]));
    joined.add(footprint);
    expect(joined.origin).toEqual(origin);
    // 1000 m east are 400 cells, in the seventh tile: the triangle reaches from 1000 m to 1050 m.
    expect(joined.takeChanged().map(({ column }) => column)).toEqual([6, 6]);
    expect(joined.summary().areaM2 / 2500).toBeCloseTo(1, 1);
  });

  const none = { seenPersonM2: 0, seenBoatM2: 0 };
  it("takes 8000 tiles and says that ground beyond them is not counted", () => {
    const grid = new CoverageGrid();
    const tiles = Array.from({ length: 8000 }, (_, i) => ({ column: i % 100, row: Math.floor(i / 100) }));
    const patch = patchOf(tiles);
    tiles.forEach((_, i) => (patch.cells[i * TILE_BYTES] = 1));
    grid.merge(patch);
    expect(grid.summary()).toEqual({ areaM2: 8000 * CELL_M2, ...none, onFlatGroundM2: 8000 * CELL_M2 });
    const beyond = patchOf([{ column: -1, row: 0 }, here]);
    beyond.cells[0] = 1;
    beyond.cells[TILE_BYTES] = 3;
    expect(grid.merge(beyond)).toBe(true);
    expect(grid.summary()).toEqual({
      ...{ areaM2: 8001 * CELL_M2, ...none, onFlatGroundM2: 8001 * CELL_M2 },
      isLimited: true,
    });
  });
});
