import type { CoastDocument } from "./coastDocument.js";
import type { Position } from "./position.js";
import type { ShoreEdge } from "./coastLine.js";
import type { PlaneEdge } from "./shoreTree.js";
import { RAD_PER_DEG } from "./angles.js";
import { shoreEdges } from "./coastLine.js";
import { ecefFromGeodetic } from "./localFrame.js";
import { createShoreTree } from "./shoreTree.js";

/** "unknown" outside the data's bounding box. The distance to the nearest waterline carries the line's own 95 % error. */
export type ShoreAnswer =
  | { readonly surface: "unknown" }
  | {
      readonly surface: "land" | "sea";
      /** Metres, never negative; Infinity where the data has no waterline at all. */
      readonly waterlineDistanceM: number;
      readonly plusMinusM: number;
    };

export type Coast = {
  readonly document: CoastDocument;
  /** Takes a few microseconds. Distances to the line as drawn are right to 0.1 m within 5 km, to 1 m within 50 km. */
  readonly landOrSea: (position: Position) => ShoreAnswer;
};

/** 95 % error of the line, metres: a log-normal through median and 90 % point, extrapolated, limited to the worst error seen. */
export function lineError95M({ medianM, p90M, worstM }: CoastDocument["error"]): number {
  if (medianM <= 0 || p90M <= medianM) return Math.min(worstM, p90M);
  // 1.645 and 1.2816: the 95 % and 90 % points of the normal distribution.
  return Math.min(worstM, medianM * (p90M / medianM) ** (1.645 / 1.2816));
}

export function createCoast(document: CoastDocument): Coast {
  const { box } = document;
  const edges = shoreEdges(document);
  // An equirectangular plane, used only to select the few edges that are then measured exactly.
  const middleLatDeg = (box.southDeg + box.northDeg) / 2;
  const middleLonDeg = (box.westDeg + box.eastDeg) / 2;
  const eastScale = Math.cos(middleLatDeg * RAD_PER_DEG);
  const plane = edges.map(({ from, to }): PlaneEdge => ({
    ax: from.longitudeDeg * eastScale,
    ay: from.latitudeDeg,
    bx: to.longitudeDeg * eastScale,
    by: to.latitudeDeg,
  }));
  const halfX = ((box.eastDeg - box.westDeg) * eastScale) / 2;
  const halfY = (box.northDeg - box.southDeg) / 2;
  // Placed off the centre by irregular fractions: drawn coordinates are round numbers, and this point must lie on no edge.
  const known = {
    latitudeDeg: middleLatDeg + halfY * 0.012_345_67,
    longitudeDeg: middleLonDeg + (halfX / eastScale) * 0.023_456_78,
  };
  const cellAt = createShoreTree(
    plane,
    { x: middleLonDeg * eastScale, y: middleLatDeg, halfX, halfY },
    { x: known.longitudeDeg * eastScale, y: known.latitudeDeg, isInside: isOnLand(document, known) },
  );
  const measure = distanceMeasure(edges);
  const lineErrorM = lineError95M(document.error);

  const landOrSea = (position: Position): ShoreAnswer => {
    const { latitudeDeg, longitudeDeg } = position;
    const isCovered =
      latitudeDeg >= box.southDeg &&
      latitudeDeg <= box.northDeg &&
      longitudeDeg >= box.westDeg &&
      longitudeDeg <= box.eastDeg;
    if (!isCovered) return { surface: "unknown" };
    const cell = cellAt(longitudeDeg * eastScale, latitudeDeg);
    const { bestM, edge } = measure(position, cell.edges);
    return {
      surface: cell.isInside ? "land" : "sea",
      waterlineDistanceM: bestM,
      plusMinusM: edges[edge]?.isApproximate === true ? document.error.worstM : lineErrorM,
    };
  };
  return { document, landOrSea };
}

/** Even-odd rule over all rings. Slow; used once, for the known point. */
function isOnLand(document: CoastDocument, position: Position): boolean {
  const moles = document.harbours.flatMap((harbour) => harbour.moles);
  const isIn = (ring: readonly Position[]): boolean => {
    let isInside = false;
    let a = ring.at(-1);
    for (const b of ring) {
      if (a && a.latitudeDeg > position.latitudeDeg !== b.latitudeDeg > position.latitudeDeg) {
        const part = (position.latitudeDeg - a.latitudeDeg) / (b.latitudeDeg - a.latitudeDeg);
        if (position.longitudeDeg < a.longitudeDeg + part * (b.longitudeDeg - a.longitudeDeg)) isInside = !isInside;
      }
      a = b;
    }
    return isInside;
  };
  return document.land.some(({ outline, holes }) => isIn(outline) && !holes.some(isIn)) || moles.some(isIn);
}

/** Measures in the tangent plane at the point; edge ends come from earth-centred coordinates, so no error from degrees remains. */
function distanceMeasure(edges: readonly ShoreEdge[]) {
  const ends = new Float64Array(edges.length * 6);
  edges.forEach(({ from, to }, i) => {
    const a = ecefFromGeodetic(from, 0);
    const b = ecefFromGeodetic(to, 0);
    ends.set([a.xM, a.yM, a.zM, b.xM, b.yM, b.zM], i * 6);
  });
  return (position: Position, candidates: readonly number[]): { readonly bestM: number; readonly edge: number } => {
    const here = ecefFromGeodetic(position, 0);
    const sinLat = Math.sin(position.latitudeDeg * RAD_PER_DEG);
    const cosLat = Math.cos(position.latitudeDeg * RAD_PER_DEG);
    const sinLon = Math.sin(position.longitudeDeg * RAD_PER_DEG);
    const cosLon = Math.cos(position.longitudeDeg * RAD_PER_DEG);
    const north = (i: number): number =>
      -sinLat * (cosLon * ((ends[i] ?? 0) - here.xM) + sinLon * ((ends[i + 1] ?? 0) - here.yM)) +
      cosLat * ((ends[i + 2] ?? 0) - here.zM);
    const east = (i: number): number => -sinLon * ((ends[i] ?? 0) - here.xM) + cosLon * ((ends[i + 1] ?? 0) - here.yM);
    let bestSquared = Number.POSITIVE_INFINITY;
    let edge = -1;
    for (const candidate of candidates) {
      const i = candidate * 6;
      const ax = east(i);
      const ay = north(i);
      const dx = east(i + 3) - ax;
      const dy = north(i + 3) - ay;
      const squared = dx * dx + dy * dy;
      const part = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared));
      const away = (ax + part * dx) ** 2 + (ay + part * dy) ** 2;
      if (away < bestSquared) {
        bestSquared = away;
        edge = candidate;
      }
    }
    return { bestM: Math.sqrt(bestSquared), edge };
  };
}
