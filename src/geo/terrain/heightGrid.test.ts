import { describe, expect, it } from "vitest";
import { mapFrameAt } from "../mapFrame.js";
import { gridHeightM, heightGridBytes, heightGridOf } from "./heightGrid.js";
import { createTerrainModel } from "./terrainModel.js";
import { aSource, placeAt } from "./testing/rasters.js";

const middle = placeAt(50, 50);
const gridOf = (heightAt: (column: number, row: number) => number, halfWidthM: number, countPerSide: number) => {
  const model = createTerrainModel([aSource(heightAt)]);
  const grid = heightGridOf(heightGridBytes(model, { middle, halfWidthM, countPerSide }), halfWidthM);
  if (!grid) throw new Error("no grid");
  return { model, grid };
};

describe("a square of heights for a screen", () => {
  it("has the terrain's heights to a decimetre, its first in the south-west", () => {
    const { model, grid } = gridOf((column, row) => column + 0.01 * row, 200, 5);
    const frame = mapFrameAt(middle);
    const expected = [-200, -100, 0, 100, 200].flatMap((northM) =>
      [-200, -100, 0, 100, 200].map((eastM) => model.levelAt(frame.positionOf(eastM, northM))?.heightAmslM ?? NaN),
    );
    grid.heightsM.forEach((heightM, i) => expect(heightM).toBeCloseTo(expected[i] ?? NaN, 0));
    expect(grid.heightsM[4]! - grid.heightsM[0]!).toBeGreaterThan(50);
  });

  it("is looked up between its heights, and knows its edge", () => {
    const { model, grid } = gridOf((column) => column, 300, 61);
    const frame = mapFrameAt(middle);
    for (const [eastM, northM] of [
      [0, 0],
      [-123, 77],
      [299, -300],
      [-300, 300],
    ] as const) {
      const expected = model.levelAt(frame.positionOf(eastM, northM))?.heightAmslM ?? NaN;
      expect(Math.abs((gridHeightM(grid, eastM, northM) ?? NaN) - expected)).toBeLessThan(0.15);
    }
    expect(gridHeightM(grid, 301, 0)).toBeUndefined();
    expect(gridHeightM(grid, 0, -301)).toBeUndefined();
    expect(gridHeightM(grid, Number.NaN, 0)).toBeUndefined();
  });

  it("does not know the ground where no file does, nor beside it", () => {
    const { grid } = gridOf((column) => (column > 50 ? Number.NaN : 7), 200, 5);
    expect([...grid.heightsM.subarray(10, 15)]).toEqual([7, 7, 7, NaN, NaN]);
    expect(gridHeightM(grid, -150, 0)).toBe(7);
    expect(gridHeightM(grid, 50, 0)).toBeUndefined();
  });

  it("holds every height of the earth's land but the highest, and those under the sea's level", () => {
    const { grid } = gridOf((column) => (column < 50 ? -430 : 8848), 200, 3);
    expect(grid.heightsM[3]).toBeCloseTo(-430, 1);
    expect(grid.heightsM[5]).toBeCloseTo(3276.7, 1);
  });

  it("of bytes that are no square is none", () => {
    for (const length of [0, 2, 6, 7]) expect(heightGridOf(new Uint8Array(length), 100)).toBeUndefined();
  });
});
