import { describe, expect, it } from "vitest";
import { absorbSpots, keepLargest } from "./mergeBlobs.js";
import { blobAt } from "./testing/blobs.js";

const HULL = blobAt(100, 100, { majorPx: 40, minorPx: 10, score: 0.6, contrast: 30 });

describe("of large areas that overlap", () => {
  it("the largest is kept, wherever it stands in the list", () => {
    const part = blobAt(110, 102, { majorPx: 12, minorPx: 9 });
    expect(keepLargest([part, HULL], 2)).toEqual([HULL]);
    expect(keepLargest([HULL, part], 2)).toEqual([HULL]);
  });
  it("the first is kept where they are equal", () => {
    const again = { ...HULL, centroidX: 101 };
    expect(keepLargest([again, HULL], 2)).toEqual([again]);
  });
  it("the area decides, not the length", () => {
    const long = blobAt(100, 100, { majorPx: 50, minorPx: 2 });
    expect(keepLargest([long, HULL], 2)).toEqual([HULL]);
  });
  it("those beside it are kept too, the largest first", () => {
    const beside = blobAt(100, 130, { majorPx: 20, minorPx: 10 });
    expect(keepLargest([beside, HULL], 2)).toEqual([HULL, beside]);
  });
});

describe("spots on a large area", () => {
  const absorbed = (x: number, y: number, angleRad = 0) =>
    absorbSpots([{ ...HULL, angleRad }], [blobAt(x, y, { contrast: 1, score: 0.1 })], 2).length === 1;
  it("are part of it within its length, its width and the margin", () => {
    // Half the length and the margin are 22 px, half the width and the margin 7 px.
    expect([absorbed(122, 100), absorbed(122.1, 100), absorbed(78, 100), absorbed(77.9, 100)]).toEqual([
      ...[true, false, true, false],
    ]);
    expect([absorbed(100, 107), absorbed(100, 107.1), absorbed(100, 93), absorbed(100, 92.9)]).toEqual([
      ...[true, false, true, false],
    ]);
  });
  it("are looked for along its direction", () => {
    expect([absorbed(100, 120, Math.PI / 2), absorbed(120, 100, Math.PI / 2)]).toEqual([true, false]);
    expect([absorbed(112, 112, Math.PI / 4), absorbed(112, 88, Math.PI / 4)]).toEqual([true, false]);
    expect([absorbed(112, 88, -Math.PI / 4), absorbed(112, 112, -Math.PI / 4)]).toEqual([true, false]);
  });
  it("give it the strongest contrast and the best score, its place and shape stay", () => {
    const engine = blobAt(115, 101, { contrast: 120, score: 0.9 });
    const faint = blobAt(90, 100, { contrast: 5, score: 0.2 });
    expect(absorbSpots([HULL], [engine, faint], 2)).toEqual([{ ...HULL, contrast: 120, score: 0.9 }]);
    const cold = { ...HULL, contrast: -35 };
    expect(absorbSpots([cold], [blobAt(100, 100, { contrast: 20 })], 2)).toMatchObject([{ contrast: -35 }]);
    expect(absorbSpots([cold], [blobAt(100, 100, { contrast: 36 })], 2)).toMatchObject([{ contrast: 36 }]);
  });
  it("that lie elsewhere stay, behind the large ones", () => {
    const free = blobAt(300, 300);
    expect(absorbSpots([HULL], [free], 2)).toEqual([HULL, free]);
    expect(absorbSpots([], [free], 2)).toEqual([free]);
  });
});
