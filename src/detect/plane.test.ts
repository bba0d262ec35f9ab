import { describe, expect, it } from "vitest";
import { createPlane, halveImage, halvePlane, integrate } from "./plane.js";

describe("a plane", () => {
  it("has as many whole cells as fit, and knows how many pixels are in one", () => {
    const { width, height, cellPx, unit, data, sums, squares } = createPlane(9, 5, 2);
    expect({ width, height, cellPx, unit }).toEqual({ width: 4, height: 2, cellPx: 2, unit: 4 });
    expect([data.length, sums.length, squares.length]).toEqual([8, 15, 15]);
  });
  it("sums two by two pixels of a picture; what is left over at its right and bottom is not used", () => {
    const luma = Uint8Array.from([1, 2, 3, 4, 99, 5, 6, 7, 8, 99, 9, 10, 11, 12, 99, 13, 14, 15, 16, 99]);
    const half = createPlane(5, 4, 2);
    halveImage(luma, 5, half);
    expect([...half.data]).toEqual([1 + 2 + 5 + 6, 3 + 4 + 7 + 8, 9 + 10 + 13 + 14, 11 + 12 + 15 + 16]);
  });
  it("sums two by two cells of a finer plane", () => {
    const fine = createPlane(10, 8, 2);
    fine.data.set([1, 2, 3, 4, 99, 5, 6, 7, 8, 99, 9, 10, 11, 12, 99, 13, 14, 15, 16, 99]);
    const coarse = createPlane(10, 8, 4);
    halvePlane(fine, coarse);
    expect([...coarse.data]).toEqual([14, 22, 46, 54]);
  });
  it("integrates values and squares from the top left", () => {
    const plane = createPlane(3, 2, 1);
    plane.data.set([1, 2, 3, 4, 5, 6]);
    integrate(plane);
    expect([...plane.sums]).toEqual([0, 0, 0, 0, 0, 1, 3, 6, 0, 5, 12, 21]);
    expect([...plane.squares]).toEqual([0, 0, 0, 0, 0, 1, 5, 14, 0, 17, 46, 91]);
    // Again, after the picture changed: nothing of the last one is left.
    plane.data.set([1, 0, 0, 0, 0, 0]);
    integrate(plane);
    expect([...plane.sums]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1]);
  });
});
