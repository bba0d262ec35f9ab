import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seededRng } from "../core/rng.js";
import { createCoast, lineError95M } from "./coast.js";
import type { CoastDocument } from "./coastDocument.js";
import { geodesicDistanceM } from "./geodesic.js";
import type { Position } from "./position.js";

const document = JSON.parse(readFileSync("missions/coast/channel.json", "utf8")) as CoastDocument;
const at = (latitudeDeg: number, longitudeDeg: number): Position => ({ latitudeDeg, longitudeDeg });

function edgesOf(ring: readonly Position[]): [Position, Position][] {
  return ring.map((corner, i) => [corner, ring[(i + 1) % ring.length]!]);
}

const isIn = (ring: readonly Position[], p: Position): boolean =>
  edgesOf(ring).filter(
    ([a, b]) =>
      a.latitudeDeg > p.latitudeDeg !== b.latitudeDeg > p.latitudeDeg &&
      p.longitudeDeg <
        ((b.longitudeDeg - a.longitudeDeg) * (p.latitudeDeg - a.latitudeDeg)) / (b.latitudeDeg - a.latitudeDeg) +
          a.longitudeDeg,
  ).length %
    2 ===
  1;

/** Earth-centred metres of a point of the WGS-84 ellipsoid, by its textbook formula, independent of the product's. */
function earthCentred({ latitudeDeg, longitudeDeg }: Position): readonly [number, number, number] {
  const [phi, lambda] = [(latitudeDeg * Math.PI) / 180, (longitudeDeg * Math.PI) / 180];
  const e2 = 0.006_694_379_990_141_3;
  const n = 6_378_137 / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  return [n * Math.cos(phi) * Math.cos(lambda), n * Math.cos(phi) * Math.sin(lambda), n * (1 - e2) * Math.sin(phi)];
}

/** Reference implementation: casts rays over every ring and measures to every edge in the point's own tangent plane. */
function bruteForce(withMoles: boolean) {
  const land = withMoles ? document : { ...document, harbours: [] };
  const moles = land.harbours.flatMap((harbour) => harbour.moles);
  const { box } = document;
  const onBox = (a: Position, b: Position): boolean =>
    (a.longitudeDeg === b.longitudeDeg && [box.westDeg, box.eastDeg].includes(a.longitudeDeg)) ||
    (a.latitudeDeg === b.latitudeDeg && [box.southDeg, box.northDeg].includes(a.latitudeDeg));
  const rings = [...land.land.flatMap(({ outline, holes }) => [outline, ...holes]), ...moles];
  // RFC 7946: an edge is straight in degrees. Pieces of half a kilometre are straight in the tangent plane too.
  const edges = rings
    .flatMap(edgesOf)
    .filter(([a, b]) => !onBox(a, b))
    .flatMap(([a, b]) => {
      const count = Math.ceil(geodesicDistanceM(a, b) / 500);
      const part = (i: number): Position =>
        at(
          a.latitudeDeg + ((b.latitudeDeg - a.latitudeDeg) * i) / count,
          a.longitudeDeg + ((b.longitudeDeg - a.longitudeDeg) * i) / count,
        );
      return Array.from({ length: count }, (_, i) => [part(i), part(i + 1)] as const);
    });
  // All edges are turned to metres once: with ten thousand points that is most of the work.
  const ends = Float64Array.from(edges.flatMap(([from, to]) => [...earthCentred(from), ...earthCentred(to)]));
  return (p: Position): { surface: "land" | "sea"; waterlineDistanceM: number } => {
    const [phi, lambda] = [(p.latitudeDeg * Math.PI) / 180, (p.longitudeDeg * Math.PI) / 180];
    const [sp, cp, sl, cl] = [Math.sin(phi), Math.cos(phi), Math.sin(lambda), Math.cos(lambda)];
    const [x, y, z] = earthCentred(p);
    let best = Infinity;
    for (let i = 0; i < ends.length; i += 6) {
      const [ax, ay, az] = [ends[i]! - x, ends[i + 1]! - y, ends[i + 2]! - z];
      const [bx, by, bz] = [ends[i + 3]! - x, ends[i + 4]! - y, ends[i + 5]! - z];
      const [aE, aN] = [-sl * ax + cl * ay, -sp * cl * ax - sp * sl * ay + cp * az];
      const [dx, dy] = [-sl * bx + cl * by - aE, -sp * cl * bx - sp * sl * by + cp * bz - aN];
      const t = Math.min(1, Math.max(0, -(aE * dx + aN * dy) / (dx * dx + dy * dy || 1)));
      best = Math.min(best, Math.hypot(aE + t * dx, aN + t * dy));
    }
    const isLand =
      land.land.some(({ outline, holes }) => isIn(outline, p) && !holes.some((hole) => isIn(hole, p))) ||
      moles.some((mole) => isIn(mole, p));
    return { surface: isLand ? "land" : "sea", waterlineDistanceM: best };
  };
}

/** Half of the points anywhere, half within 3 km of a random corner of the coast, where errors matter. */
function randomPoints(count: number, seed: number): Position[] {
  const rng = seededRng(seed);
  const corners = document.land.flatMap(({ outline }) => outline);
  const { box } = document;
  return Array.from({ length: count }, (_, i) => {
    if (i % 2 === 0)
      return at(
        box.southDeg + rng.uniform() * (box.northDeg - box.southDeg),
        box.westDeg + rng.uniform() * (box.eastDeg - box.westDeg),
      );
    const corner = corners[Math.floor(rng.uniform() * corners.length)]!;
    const inside = (value: number, low: number, high: number): number =>
      Math.min(high - 1e-6, Math.max(low + 1e-6, value));
    return at(
      inside(corner.latitudeDeg + (rng.uniform() - 0.5) * 0.054, box.southDeg, box.northDeg),
      inside(corner.longitudeDeg + (rng.uniform() - 0.5) * 0.086, box.westDeg, box.eastDeg),
    );
  });
}

describe("land or sea", () => {
  it("agrees with brute force on 10,000 random points of the open data (seed 7)", () => {
    const coast = createCoast({ ...document, harbours: [] });
    const slow = bruteForce(false);
    for (const p of randomPoints(10_000, 7)) {
      const answer = coast.landOrSea(p);
      const truth = slow(p);
      if (answer.surface === "unknown") throw new Error("inside the box");
      expect(answer.surface, JSON.stringify(p)).toBe(truth.surface);
      const differenceM = Math.abs(answer.waterlineDistanceM - truth.waterlineDistanceM);
      expect(differenceM, JSON.stringify(p)).toBeLessThan(0.1);
    }
  });

  it("agrees with brute force at sea with the harbours in place, where no mole hides in the land (seed 8)", () => {
    const coast = createCoast(document);
    const slow = bruteForce(true);
    for (const p of randomPoints(4_000, 8)) {
      const answer = coast.landOrSea(p);
      const truth = slow(p);
      if (answer.surface === "unknown") throw new Error("inside the box");
      if (truth.waterlineDistanceM > 0.1) expect(answer.surface, JSON.stringify(p)).toBe(truth.surface);
      if (truth.surface === "sea")
        expect(Math.abs(answer.waterlineDistanceM - truth.waterlineDistanceM)).toBeLessThan(0.1);
    }
  });

  it("knows places", () => {
    const coast = createCoast(document);
    expect(coast.landOrSea(at(50.95, 1.5))).toMatchObject({ surface: "sea" });
    expect(coast.landOrSea(at(50.69, 1.75))).toMatchObject({ surface: "land" });
    expect(coast.landOrSea(at(51.2, 1.2))).toMatchObject({ surface: "land" });
    expect(coast.landOrSea(at(49, 1.5))).toEqual({ surface: "unknown" });
  });

  it("measures metres, not degrees: 0.1 m within 5 km of an edge a geodesic library knows the distance to", () => {
    const square: CoastDocument = {
      ...document,
      harbours: [],
      land: [{ outline: [at(50.6, 1.5), at(50.6, 1.6), at(50.7, 1.6), at(50.7, 1.5)], holes: [] }],
    };
    const coast = createCoast(square);
    for (const [p, corner] of [
      [at(50.59, 1.47), at(50.6, 1.5)],
      [at(50.73, 1.62), at(50.7, 1.6)],
    ] as const) {
      const answer = coast.landOrSea(p);
      if (answer.surface === "unknown") throw new Error("inside the box");
      expect(answer.waterlineDistanceM).toBeCloseTo(geodesicDistanceM(p, corner), 1);
    }
  });

  it("does not take the edge of the data for a waterline", () => {
    const coast = createCoast(document);
    const answer = coast.landOrSea(at(49.801, 1.9));
    if (answer.surface === "unknown") throw new Error("inside the box");
    expect(answer.waterlineDistanceM).toBeGreaterThan(10_000);
  });

  it("trusts a mole drawn by hand less than the line", () => {
    const coast = createCoast(document);
    const besideCarnot = coast.landOrSea(at(50.736, 1.563));
    const openBeach = coast.landOrSea(at(50.775, 1.6045));
    expect(besideCarnot).toMatchObject({ plusMinusM: 466 });
    if (openBeach.surface === "unknown") throw new Error("inside the box");
    expect(openBeach.plusMinusM).toBeCloseTo(lineError95M(document.error), 6);
    expect(openBeach.plusMinusM).toBeGreaterThan(118);
    expect(openBeach.plusMinusM).toBeLessThan(200);
  });

  it("puts every mole on the shore of the data or in the sea", () => {
    const bare = createCoast({ ...document, harbours: [] });
    expect(document.harbours.map((harbour) => harbour.name)).toEqual([
      "Dieppe",
      "Boulogne",
      "Calais",
      "Gravelines",
      "Dunkirk",
      "Dover",
      "Folkestone",
    ]);
    for (const harbour of document.harbours)
      for (const mole of harbour.moles)
        for (const corner of mole) {
          const answer = bare.landOrSea(corner);
          if (answer.surface === "unknown") throw new Error("inside the box");
          expect(answer.waterlineDistanceM, harbour.name).toBeLessThan(2500);
          if (answer.surface === "land") expect(answer.waterlineDistanceM, harbour.name).toBeLessThan(400);
        }
  });

  it("stays small", () => expect(JSON.stringify(document).length).toBeLessThan(150_000));
});
