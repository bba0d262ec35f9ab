import { readFileSync } from "node:fs";
import { seededRng } from "../../src/core/rng.js";
import { createCoast } from "../../src/geo/coast.js";
import type { CoastDocument } from "../../src/geo/coastDocument.js";
import { localFrameAt } from "../../src/geo/localFrame.js";
import type { Position } from "../../src/geo/position.js";
import { median, type BenchLine } from "./benchLine.js";

const QUERIES = 20_000;
const BRUTE_QUERIES = 500;
const ROUNDS = 5;

/** Query "land or sea, and distance to the waterline": ours against testing every edge of the coast. */
export function benchCoast(): BenchLine {
  const document = JSON.parse(readFileSync("missions/coast/channel.json", "utf8")) as CoastDocument;
  const coast = createCoast(document);
  const rng = seededRng(5);
  const { box } = document;
  const points = Array.from({ length: QUERIES }, () => ({
    latitudeDeg: box.southDeg + rng.uniform() * (box.northDeg - box.southDeg),
    longitudeDeg: box.westDeg + rng.uniform() * (box.eastDeg - box.westDeg),
  }));
  const edges = edgesOf(document);
  for (const point of points) coast.landOrSea(point);
  const ours = medianUs(points, (point) => coast.landOrSea(point));
  const brute = medianUs(points.slice(0, BRUTE_QUERIES), (point) => bruteForce(edges, point));
  return {
    name: "land or sea, and how far",
    value: ours,
    unit: "µs",
    peer: { name: "every edge in turn", value: brute },
    ratio: brute / ours,
    note: `${edges.length} edges, ${QUERIES} random points; aim: under 10 µs`,
  };
}

function medianUs(points: readonly Position[], ask: (point: Position) => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const beginMs = performance.now();
    for (const point of points) ask(point);
    return ((performance.now() - beginMs) * 1000) / points.length;
  });
  return median(rounds);
}

type Edge = readonly [from: Position, to: Position];

function edgesOf(document: CoastDocument): readonly Edge[] {
  const rings = [
    ...document.land.flatMap(({ outline, holes }) => [outline, ...holes]),
    ...document.harbours.flatMap(({ moles }) => moles),
  ];
  return rings.flatMap((ring) => ring.map((from, i): Edge => [from, ring[(i + 1) % ring.length] ?? from]));
}

/** Ray casting and the distance to every edge in the point's own tangent plane. */
function bruteForce(edges: readonly Edge[], point: Position): { readonly isLand: boolean; readonly bestM: number } {
  const frame = localFrameAt(point);
  let isLand = false;
  let bestM = Number.POSITIVE_INFINITY;
  for (const [from, to] of edges) {
    const a = frame.toEnu(from, 0);
    const b = frame.toEnu(to, 0);
    if (a.northM > 0 !== b.northM > 0 && a.eastM - (a.northM * (b.eastM - a.eastM)) / (b.northM - a.northM) > 0) {
      isLand = !isLand;
    }
    const eastM = b.eastM - a.eastM;
    const northM = b.northM - a.northM;
    const along = -(a.eastM * eastM + a.northM * northM) / (eastM * eastM + northM * northM || 1);
    const part = Math.min(1, Math.max(0, along));
    bestM = Math.min(bestM, Math.hypot(a.eastM + part * eastM, a.northM + part * northM));
  }
  return { isLand, bestM };
}
