import type { EnuPoint } from "../geo/position.js";

/** A straight leg; when it is flown does not matter. */
export type Way = { readonly from: EnuPoint; readonly to: EnuPoint };

type Nearness = { readonly horizontalM: number; readonly verticalM: number };

/** Positions along the two legs, as fractions 0 to 1. */
type Fractions = { readonly s: number; readonly t: number };

/**
 * The least horizontal distance between points of two legs whose heights differ by at most `verticalM`; undefined when there
 * are none. Exact: the height difference is linear in the two fractions, so these points form a convex polygon (the unit
 * square cut by a strip), and the squared distance is a convex quadratic over it. Its minimum is where the gradient is
 * zero, if that lies inside, otherwise on an edge. Legs that are parallel, or above one another, are at that distance
 * along a stretch; `verticalM` is the least height difference on it.
 */
export function nearest(a: Way, b: Way, verticalM: number): Nearness | undefined {
  const gap = gapBetween(a, b);
  const square: readonly Fractions[] = [
    { s: 0, t: 0 },
    { s: 1, t: 0 },
    { s: 1, t: 1 },
    { s: 0, t: 1 },
  ];
  const high = cut(square, (at) => verticalM - gap.upM(at));
  const polygon = cut(high, (at) => verticalM + gap.upM(at));
  if (polygon.length === 0) return undefined;
  const edges = polygon.map((corner, i) => ({ from: corner, to: polygon[(i + 1) % polygon.length] ?? corner }));
  const still = gap.stillAt;
  const isInside = still !== undefined && isWithin(still) && Math.abs(gap.upM(still)) <= verticalM;
  const candidates = isInside ? [still] : [...polygon, ...edges.map(({ from, to }) => leastOnEdge(gap, from, to))];
  const horizontalM = Math.min(...candidates.map(gap.horizontalM));
  const ups = candidates.filter((at) => gap.horizontalM(at) <= horizontalM + SAME_M).map(gap.upM);
  return { horizontalM, verticalM: leastBetween(Math.min(...ups), Math.max(...ups)) };
}

/** Of the values between two: the one nearest to zero, without its sign. */
const leastBetween = (low: number, high: number): number => Math.max(0, low, -high);
/** Distances that differ by less are one: rounding. */
const SAME_M = 1e-6;

const isWithin = ({ s, t }: Fractions): boolean => s >= 0 && s <= 1 && t >= 0 && t <= 1;

type Gap = {
  readonly horizontalM: (at: Fractions) => number;
  /** Height of B minus height of A, metres. */
  readonly upM: (at: Fractions) => number;
  readonly eastM: (at: Fractions) => number;
  readonly northM: (at: Fractions) => number;
  /** Where the gradient of the squared distance is zero, also outside 0 to 1; undefined for parallel legs. */
  readonly stillAt: Fractions | undefined;
};

function gapBetween(a: Way, b: Way): Gap {
  const linear = (axis: keyof EnuPoint) => {
    const [base, alongA, alongB] = [b.from[axis] - a.from[axis], a.to[axis] - a.from[axis], b.to[axis] - b.from[axis]];
    return { base, alongA, alongB, at: ({ s, t }: Fractions): number => base - alongA * s + alongB * t };
  };
  const [east, north, up] = [linear("eastM"), linear("northM"), linear("upM")];
  // Solves "both horizontal gaps are zero" for s and t: the lines of non-parallel legs meet, so their least distance is zero.
  const determinant = east.alongB * north.alongA - east.alongA * north.alongB;
  const lengths = Math.hypot(east.alongA, north.alongA) * Math.hypot(east.alongB, north.alongB);
  const isParallel = Math.abs(determinant) <= 1e-9 * lengths || lengths === 0;
  const stillAt = isParallel
    ? undefined
    : {
        s: (east.alongB * north.base - east.base * north.alongB) / determinant,
        t: (east.alongA * north.base - east.base * north.alongA) / determinant,
      };
  return {
    horizontalM: (at) => Math.hypot(east.at(at), north.at(at)),
    upM: up.at,
    eastM: east.at,
    northM: north.at,
    stillAt,
  };
}

/** Clips a convex polygon to where `depth`, linear in the fractions, is not negative. */
function cut(polygon: readonly Fractions[], depth: (at: Fractions) => number): readonly Fractions[] {
  return polygon.flatMap((corner, i) => {
    const next = polygon[(i + 1) % polygon.length] ?? corner;
    const [here, there] = [depth(corner), depth(next)];
    const kept = here >= 0 ? [corner] : [];
    if (here >= 0 === there >= 0) return kept;
    const share = here / (here - there);
    return [...kept, { s: corner.s + (next.s - corner.s) * share, t: corner.t + (next.t - corner.t) * share }];
  });
}

function leastOnEdge(gap: Gap, from: Fractions, to: Fractions): Fractions {
  const [east, north] = [gap.eastM(from), gap.northM(from)];
  const [alongEast, alongNorth] = [gap.eastM(to) - east, gap.northM(to) - north];
  const length2 = alongEast ** 2 + alongNorth ** 2;
  const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(east * alongEast + north * alongNorth) / length2));
  return { s: from.s + (to.s - from.s) * share, t: from.t + (to.t - from.t) * share };
}
