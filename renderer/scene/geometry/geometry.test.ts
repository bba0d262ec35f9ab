import { describe, expect, it } from "vitest";
import { seededRng } from "../../../src/core/rng.js";
import { geodesicDistanceM } from "../../../src/geo/geodesic.js";
import { coastOf } from "../../../src/geo/testing/coasts.js";
import { isFarFromOrigin, sceneFrameAt } from "../sceneFrame.js";
import { buildCoastModel } from "./coastModel.js";
import { buildHillMesh } from "./hillMesh.js";
import { buildLandMesh, buildWaterline, ringOf } from "./landGeometry.js";
import { buildShoreField, shoreMetresAt } from "./shoreField.js";

const ORIGIN = { latitudeDeg: 50.75, longitudeDeg: 1.6 };
const frame = sceneFrameAt(ORIGIN);
const at = (eastM: number, northM: number) => frame.positionOf(eastM, northM);

describe("scene frame", () => {
  it("gives metres that agree with the geodesic within a centimetre at 10 km", () => {
    for (const bearing of [0, 1, 2, 3, 4, 5]) {
      const eastM = 7000 * Math.cos(bearing);
      const northM = 7000 * Math.sin(bearing);
      expect(geodesicDistanceM(ORIGIN, at(eastM, northM))).toBeCloseTo(7000, 1);
    }
  });
  it("comes back to the same metres", () => {
    const there = frame.pointOf(at(-3210.5, 6543.25));
    expect(there.eastM).toBeCloseTo(-3210.5, 3);
    expect(there.northM).toBeCloseTo(6543.25, 3);
  });
  it("asks for another origin beyond ten kilometres", () => {
    expect(isFarFromOrigin(frame, at(9900, 0))).toBe(false);
    expect(isFarFromOrigin(frame, at(0, -10_100))).toBe(true);
  });
});

const box = { westDeg: 1.5, eastDeg: 1.8, southDeg: 50.7, northDeg: 50.8 };
const outline = [at(0, -3000), at(2000, -3000), at(2000, 3000), at(-300, 3000), at(100, 400), at(-150, -900)];
const lagoon = [at(800, -200), at(1200, -200), at(1200, 300), at(800, 300)];
const coast = coastOf([{ outline, holes: [lagoon] }], { box });

const areaOf = (ring: readonly number[]): number => {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += (ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!) / 2;
  }
  return Math.abs(sum);
};

describe("land mesh", () => {
  it("covers exactly the outline less its holes", () => {
    const { positions, indices } = buildLandMesh(frame, coast.land, 0);
    let area = 0;
    for (let i = 0; i < indices.length; i += 3) {
      const corner = (k: number) => [positions[indices[i + k]! * 3]!, positions[indices[i + k]! * 3 + 1]!];
      area += areaOf([0, 1, 2].flatMap(corner));
    }
    expect(area).toBeCloseTo(areaOf(ringOf(frame, outline)) - areaOf(ringOf(frame, lagoon)), -1);
  });
  it("draws no shore along the edge where the data ends", () => {
    const corner = (longitudeDeg: number, latitudeDeg: number) => ({ longitudeDeg, latitudeDeg });
    const square = [corner(1.6, 50.72), corner(box.eastDeg, 50.72), corner(box.eastDeg, 50.78), corner(1.6, 50.78)];
    const waterline = buildWaterline(frame, { ...coast, land: [{ outline: square, holes: [] }] }, 0);
    expect(waterline.length / 6).toBe(3);
  });
});

/** Brute force: every segment of every ring, and a ray cast. */
function bruteShoreM(eastM: number, northM: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let isLand = false;
  for (const ring of [outline, lagoon].map((positions) => ringOf(frame, positions))) {
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length;
      const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
      const t = Math.min(
        1,
        Math.max(0, ((eastM - ax) * (bx - ax) + (northM - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)),
      );
      nearest = Math.min(nearest, Math.hypot(eastM - ax - t * (bx - ax), northM - ay - t * (by - ay)));
      if (ay > northM !== by > northM && eastM < ax + ((northM - ay) / (by - ay)) * (bx - ax)) isLand = !isLand;
    }
  }
  return isLand ? nearest : -nearest;
}

describe("shore field", () => {
  const field = buildShoreField({
    rings: [outline, lagoon].map((ring) => ringOf(frame, ring)),
    waterline: buildWaterline(frame, coast, 0),
    size: 320,
    halfWidthM: 2500,
    bandM: 500,
  });
  it("agrees with brute force on 2000 random places, to a part of a cell (seed 3)", () => {
    const rng = seededRng(3);
    const cellM = 5000 / 320;
    for (let i = 0; i < 2000; i++) {
      const eastM = (rng.uniform() - 0.5) * 4800;
      const northM = (rng.uniform() - 0.5) * 4800;
      const truth = Math.max(-500, Math.min(500, bruteShoreM(eastM, northM)));
      // Clamped values beside the band's rim mix with true ones: allow a cell there.
      expect(Math.abs(shoreMetresAt(field, eastM, northM) - truth)).toBeLessThan(cellM);
    }
  });
});

describe("hills", () => {
  const relief = {
    source: "",
    westDeg: 1,
    southDeg: 50,
    stepDeg: 1,
    columns: 2,
    rows: 2,
    heightsM: [0, 100, 200, 300],
  };
  it("never stand in the sea", () => {
    const rings = [outline, lagoon].map((ring) => ringOf(frame, ring));
    const field = buildShoreField({
      rings,
      waterline: buildWaterline(frame, coast, 0),
      size: 200,
      halfWidthM: 4000,
      bandM: 1000,
    });
    const model = { ...buildCoastModel(frame, coast), farField: field };
    const input = { frame, coast: model, relief, terrain: undefined };
    const { positions } = buildHillMesh(input, { size: 60, middleShare: 0.35 });
    for (let i = 0; i < positions.length; i += 3) {
      if (bruteShoreM(positions[i]!, positions[i + 1]!) < 0) expect(positions[i + 2]).toBeLessThan(0);
    }
  });
});
