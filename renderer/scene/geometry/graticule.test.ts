import { describe, expect, it } from "vitest";
import { sceneFrameAt } from "../sceneFrame.js";
import { GraticuleGrid, graticuleStep, LINES, onMeridian, onParallel } from "./graticule.js";

const ORIGIN = { latitudeDeg: 50.75, longitudeDeg: 1.6 };
const frame = sceneFrameAt(ORIGIN);

const same = (stepDeg: number) => ({ northDeg: stepDeg, eastDeg: stepDeg });

describe("the step", () => {
  it.each([
    [30, "deg", 10, 0],
    [1.5, "deg", 1, 0],
    [0.03, "deg", 0.02, 2],
    [0.0007, "deg", 0.0005, 4],
    [3, "dm", 2, 0],
    [0.99, "dm", 30 / 60, 0],
    [0.4, "dm", 20 / 60, 0],
    [0.2, "dm", 10 / 60, 0],
    [0.12, "dm", 5 / 60, 0],
    [0.03, "dm", 1 / 60, 0],
    [0.016, "dm", 0.5 / 60, 1],
    [0.0007, "dm", 0.02 / 60, 2],
  ] as const)(
    "of at most %d degrees, for positions in %s, is %d with %d digits",
    (atMostDeg, form, stepDeg, digits) => {
      const step = graticuleStep(atMostDeg, form);
      expect(step.stepDeg).toBeCloseTo(stepDeg, 12);
      expect(step.digits).toBe(digits);
    },
  );
});

describe("the lines", () => {
  it("cross where the degrees say", () => {
    const grid = new GraticuleGrid();
    expect(grid.lay(frame, ORIGIN, same(0.05))).toBe(true);
    const middle = (LINES - 1) / 2;
    expect([grid.latitudeDeg(middle), grid.longitudeDeg(middle)].map((deg) => Number(deg.toFixed(9)))).toEqual([
      50.75, 1.6,
    ]);
    const at = middle * LINES + middle + 1;
    const { latitudeDeg, longitudeDeg } = frame.positionOf(grid.eastM[at] ?? 0, grid.northM[at] ?? 0);
    expect(latitudeDeg).toBeCloseTo(50.75, 6);
    expect(longitudeDeg).toBeCloseTo(1.65, 6);
  });

  it("stay as they are while the middle moves little, and are laid anew further off or for another step", () => {
    const grid = new GraticuleGrid();
    grid.lay(frame, ORIGIN, same(0.01));
    expect(grid.lay(frame, { latitudeDeg: 50.78, longitudeDeg: 1.57 }, same(0.01))).toBe(false);
    expect(grid.lay(frame, { latitudeDeg: 50.75, longitudeDeg: 1.64 }, same(0.01))).toBe(true);
    expect(grid.lay(frame, { latitudeDeg: 50.75, longitudeDeg: 1.64 }, same(0.02))).toBe(true);
  });

  it("carry a spot anywhere between their ends", () => {
    const grid = new GraticuleGrid();
    grid.lay(frame, ORIGIN, same(0.01));
    const middle = (LINES - 1) / 2;
    const spot = { eastM: 0, northM: 0 };
    expect(onParallel(grid, middle + 1, 1234, spot)).toBe(true);
    expect(spot.eastM).toBe(1234);
    expect(frame.positionOf(spot.eastM, spot.northM).latitudeDeg).toBeCloseTo(50.76, 5);
    expect(onMeridian(grid, middle - 2, -777, spot)).toBe(true);
    expect(spot.northM).toBe(-777);
    expect(frame.positionOf(spot.eastM, spot.northM).longitudeDeg).toBeCloseTo(1.58, 5);
    expect([onParallel(grid, 0, 1e6, spot), onMeridian(grid, 0, -1e6, spot)]).toEqual([false, false]);
  });

  it("may lie further apart one way than the other", () => {
    const grid = new GraticuleGrid();
    grid.lay(frame, ORIGIN, { northDeg: 0.05, eastDeg: 0.1 });
    expect(grid.latitudeDeg(1) - grid.latitudeDeg(0)).toBeCloseTo(0.05, 9);
    expect(grid.longitudeDeg(1) - grid.longitudeDeg(0)).toBeCloseTo(0.1, 9);
  });

  it("wrap at the antimeridian", () => {
    const grid = new GraticuleGrid();
    const far = { latitudeDeg: -17, longitudeDeg: 179.9 };
    grid.lay(sceneFrameAt(far), far, same(0.1));
    expect(grid.longitudeDeg((LINES - 1) / 2 + 2)).toBeCloseTo(-179.9, 9);
  });
});
