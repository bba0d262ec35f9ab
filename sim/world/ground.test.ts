import { describe, expect, it } from "vitest";
import { seededRng } from "../../src/core/rng.js";
import { aBeach, aCliff } from "../testing/scenarios.js";
import { groundOf, signedDistanceM } from "./ground.js";

describe("ground", () => {
  const waterline = [
    { eastM: -120, northM: -500 },
    { eastM: -100, northM: 0 },
    { eastM: -130, northM: 500 },
  ];

  it("is the sea on the left of the waterline, home's height where home is, and never steps", () => {
    const ground = groundOf(aBeach([], { waterline }));
    expect(ground.heightAmslM(-300, 10)).toBe(0);
    expect(ground.heightAmslM(0, 0)).toBe(4);
    for (let eastM = -150; eastM < 20; eastM += 0.5) {
      const rise = ground.heightAmslM(eastM + 0.5, 20) - ground.heightAmslM(eastM, 20);
      expect(rise).toBeGreaterThanOrEqual(0);
      expect(rise).toBeLessThan(0.06);
    }
  });

  it("is land at home's height everywhere without a waterline", () => {
    const ground = groundOf(aBeach([]));
    expect(ground.heightAmslM(-5000, 900)).toBe(4);
  });

  it("rises evenly from a cliff's foot to its edge, and is the beach in front of it", () => {
    const { heightAmslM } = groundOf(aCliff([]));
    const heights = [-300, 0, 149, 150, 162.5, 175, 400].map((eastM) => Math.round(heightAmslM(eastM, 40)));
    expect(heights).toEqual([0, 5, 5, 5, 70, 134, 134]);
  });

  it("measures from the line as brute force does, corners included", () => {
    const inlandM = signedDistanceM(waterline);
    const rng = seededRng(11);
    for (let i = 0; i < 300; i++) {
      const [eastM, northM] = [-110 + 120 * (rng.uniform() - 0.5), 800 * (rng.uniform() - 0.5)];
      let nearestM = Number.POSITIVE_INFINITY;
      for (let k = 0; k <= 20_000; k++) {
        const t = (k / 20_000) * 2;
        const a = waterline[Math.min(1, Math.floor(t))]!;
        const b = waterline[Math.min(1, Math.floor(t)) + 1]!;
        const f = t - Math.min(1, Math.floor(t));
        const e = a.eastM + f * (b.eastM - a.eastM);
        nearestM = Math.min(nearestM, Math.hypot(eastM - e, northM - a.northM - f * (b.northM - a.northM)));
      }
      const lineEastM = northM < 0 ? -100 + (northM / 500) * 20 : -100 - (northM / 500) * 30;
      const side = eastM > lineEastM ? 1 : -1;
      expect(Math.abs(inlandM(eastM, northM) - side * nearestM)).toBeLessThan(0.05);
    }
  });
});
