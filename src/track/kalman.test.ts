import { describe, expect, it } from "vitest";
import { correct, predict, startMotion, type Motion } from "./kalman.js";

const moving: Motion = { eastM: 10, northM: 20, eastMps: 2, northMps: -1, pp: 4, pv: 0.5, vv: 0.25 };

describe("the motion of a track", () => {
  it("starts at rest, with the measurement's error and room for a running person", () => {
    expect(startMotion(3, 4, 0.09)).toEqual({
      ...{ eastM: 3, northM: 4, eastMps: 0, northMps: 0 },
      ...{ pp: 0.09, pv: 0, vv: 6.25 },
    });
  });

  it("goes on at its speed, and grows less certain by the textbook's formulae", () => {
    // Bar-Shalom, Li, Kirubarajan 2001, 6.2.2: F P F' + q [dt³/3, dt²/2; dt²/2, dt], with q = 0.4² and dt = 2.
    const later = predict(moving, 2, 0.4);
    expect(later).toMatchObject({ eastM: 14, northM: 18, eastMps: 2, northMps: -1 });
    expect(later.pp).toBeCloseTo(4 + 2 * 0.5 * 2 + 0.25 * 4 + (0.16 * 8) / 3, 12);
    expect(later.pv).toBeCloseTo(0.5 + 0.25 * 2 + (0.16 * 4) / 2, 12);
    expect(later.vv).toBeCloseTo(0.25 + 0.16 * 2, 12);
  });

  it("stays what it is when no time has passed", () => {
    expect(predict(moving, 0, 0.4)).toEqual(moving);
  });

  it("is corrected by its share of the offset: here by 4 of 4 + 12 for the place, 0.5 of 16 for the speed", () => {
    expect(correct(moving, 14, 12, 12)).toEqual({
      ...{ eastM: 11, northM: 18, eastMps: 2.125, northMps: -1.25 },
      ...{ pp: 3, pv: 0.375, vv: 0.25 - 0.03125 * 0.5 },
    });
  });

  it("never becomes perfectly certain of its speed", () => {
    expect(correct({ ...moving, pp: 1, pv: 1, vv: 0.5 }, 10, 20, 0).vv).toBe(1e-6);
  });

  it("finds the speed of a walker from places alone", () => {
    let motion = startMotion(0, 0, 0.01);
    for (let i = 1; i <= 50; i++) motion = correct(predict(motion, 0.1, 0.01), 0.12 * i, -0.05 * i, 0.01);
    expect(motion.eastMps).toBeCloseTo(1.2, 2);
    expect(motion.northMps).toBeCloseTo(-0.5, 2);
  });
});
