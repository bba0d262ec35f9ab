import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { eachNearPair } from "./edgeGrid.js";
import { edgeDistanceM, type Ring } from "./polygon.js";
import { selfCrossing } from "./selfCrossing.js";
import { cornersThatMatter, thinned } from "./thinRing.js";

const star = (radiiM: readonly number[]): Ring =>
  radiiM.map((radiusM, i) => {
    const turnRad = (2 * Math.PI * i) / radiiM.length;
    return { xM: radiusM * Math.cos(turnRad), yM: radiusM * Math.sin(turnRad) };
  });
const pick = (ring: Ring, corners: readonly number[]): Ring => corners.map((i) => ring[i]!);
const rough = fc.array(fc.double({ min: 300, max: 303, noNaN: true }), { minLength: 70, maxLength: 1500 });

describe("an outline with many corners", () => {
  it("loses nothing by more than the tolerance (seed 81)", () => {
    fc.assert(
      fc.property(rough, (radiiM) => {
        const ring = star(radiiM);
        const thin = pick(ring, cornersThatMatter(ring, 0.5));
        for (const corner of ring) expect(edgeDistanceM(thin, corner)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
      { numRuns: 60, seed: 81 },
    );
  });
  it("stays a simple one (seed 82)", () => {
    fc.assert(
      fc.property(rough, (radiiM) => {
        const ring = star(radiiM);
        const thin = pick(ring, thinned(ring));
        expect(selfCrossing(thin)).toBeUndefined();
        for (const corner of ring) expect(edgeDistanceM(thin, corner)).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
      { numRuns: 60, seed: 82 },
    );
  });
  it("finds the same first crossing with the grid as each with each (seed 83)", () => {
    const quadratic = (ring: Ring): unknown => {
      for (let i = 0; i < ring.length; i++) {
        for (let j = i + 1; j < ring.length; j++) {
          // Neighbouring edges share a corner and are not compared.
          const isNext = j === i + 1 || (i === 0 && j === ring.length - 1);
          const four = [ring[i]!, ring[i + 1]!, ring[j]!, ring[(j + 1) % ring.length]!];
          if (!isNext && crosses(four)) return { firstEdge: i, secondEdge: j };
        }
      }
      return undefined;
    };
    const side = (a: Ring[number], b: Ring[number], c: Ring[number]): number =>
      Math.sign((b.xM - a.xM) * (c.yM - a.yM) - (b.yM - a.yM) * (c.xM - a.xM));
    const crosses = ([a, b, c, d]: Ring): boolean =>
      side(a!, b!, c!) !== side(a!, b!, d!) && side(c!, d!, a!) !== side(c!, d!, b!);
    // Random corners, no two at the same place.
    const points = (seed: number): Ring => {
      const { uniform } = seededRng(seed);
      return Array.from({ length: 65 + (seed % 60) }, () => ({ xM: 1000 * uniform(), yM: 300 * uniform() }));
    };
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const ring = points(seed);
        expect(selfCrossing(ring)).toEqual(quadratic(ring));
      }),
      { numRuns: 60, seed: 83 },
    );
  });
  it("case 08: compares each edge with its neighbours, not with all", () => {
    const ring = star(Array.from({ length: 40_000 }, () => 700));
    let pairs = 0;
    eachNearPair(ring, () => pairs++);
    expect(pairs).toBeLessThan(100 * ring.length);
  });
});
