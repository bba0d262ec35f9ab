/** The strip of ground along the waterline between two places. */
import { RAD_PER_DEG } from "../angles.js";
import type { Coast } from "../coast.js";
import { type ShoreEdge, shoreEdges } from "../coastLine.js";
import { err, ok, type Result } from "../../core/result.js";
import type { Position } from "../position.js";
import type { GroundArea } from "./groundArea.js";

export type StretchAsked = {
  /** Two places near the same waterline; the shorter way between them is taken. */
  readonly from: Position;
  readonly to: Position;
  /** How far the strip reaches from the waterline over land, and over sea. 0 to 50 km. */
  readonly landwardM: number;
  readonly seawardM: number;
};

export type StretchProblem =
  | { readonly kind: "no-coast" }
  /** `which` of the two places has no waterline within reach. */
  | { readonly kind: "far-from-coast"; readonly which: "from" | "to" }
  /** No waterline leads from one to the other: an estuary's other bank, an island, another country. */
  | { readonly kind: "other-coast" }
  | { readonly kind: "same-place" };

/** A town of the coast may have its middle well inland. */
const REACH_M = 15_000;
const M_PER_DEG = 111_200;
/** Of the box around the strip, of which a part is the strip. */
const GRID_PER_SIDE = 80;
/** So many corners of the waterline are enough to measure from. */
const CORNERS_MAX = 500;

export function coastStretch(asked: StretchAsked, coast: Coast | undefined): Result<GroundArea, StretchProblem> {
  if (!coast) return err({ kind: "no-coast" });
  const edges = shoreEdges(coast.document);
  const start = nearestEdge(edges, asked.from);
  if (start === undefined) return err({ kind: "far-from-coast", which: "from" });
  const end = nearestEdge(edges, asked.to);
  if (end === undefined) return err({ kind: "far-from-coast", which: "to" });
  if (start === end) return err({ kind: "same-place" });
  const line = shorterWay(edges, start, end);
  return line ? ok(strip(line, asked, coast)) : err({ kind: "other-coast" });
}

/** Of a flat map that is true around a latitude; within a percent over the length of a coast's stretch. */
type Flat = { readonly x: number; readonly y: number };
const flat = ({ latitudeDeg, longitudeDeg }: Position, eastM: number): Flat => ({
  ...{ x: longitudeDeg * eastM, y: latitudeDeg * M_PER_DEG },
});
const eastMetres = (latitudeDeg: number): number => Math.cos(latitudeDeg * RAD_PER_DEG) * M_PER_DEG;

function nearestEdge(edges: readonly ShoreEdge[], place: Position): number | undefined {
  const eastM = eastMetres(place.latitudeDeg);
  const here = flat(place, eastM);
  let [best, bestM]: [number | undefined, number] = [undefined, REACH_M];
  for (const [i, { from, to }] of edges.entries()) {
    const offM = offLineM(here, flat(from, eastM), flat(to, eastM));
    if (offM < bestM) [best, bestM] = [i, offM];
  }
  return best;
}

function offLineM({ x, y }: Flat, a: Flat, b: Flat): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const squared = dx * dx + dy * dy;
  const part = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / squared));
  return Math.hypot(x - a.x - part * dx, y - a.y - part * dy);
}

const keyOf = ({ latitudeDeg, longitudeDeg }: Position): string => `${latitudeDeg} ${longitudeDeg}`;

/** Edges follow each other along their ring, all in one sense: one of the two ways leads forwards from either end. */
function shorterWay(edges: readonly ShoreEdge[], start: number, end: number): readonly Position[] | undefined {
  const byStart = new Map(edges.map(({ from }, i) => [keyOf(from), i]));
  const ways = [wayForward(edges, byStart, [start, end]), wayForward(edges, byStart, [end, start])];
  return ways.filter((way) => way !== undefined).toSorted((a, b) => lineM(a) - lineM(b))[0];
}

/** Undefined where the line ends, at the edge of the data, or comes round without having met the other edge. */
function wayForward(
  edges: readonly ShoreEdge[],
  byStart: ReadonlyMap<string, number>,
  [start, end]: readonly [number, number],
): readonly Position[] | undefined {
  const line: Position[] = [];
  let at: number | undefined = start;
  for (let steps = 0; at !== undefined && steps <= edges.length; steps++) {
    const edge: ShoreEdge | undefined = edges[at];
    if (!edge) return undefined;
    if (line.length === 0) line.push(edge.from);
    line.push(edge.to);
    if (at === end) return line;
    at = byStart.get(keyOf(edge.to));
    if (at === start) return undefined;
  }
  return undefined;
}

function lineM(line: readonly Position[]): number {
  const eastM = eastMetres(line[0]?.latitudeDeg ?? 0);
  const points = line.map((place) => flat(place, eastM));
  return points.slice(1).reduce((sum, to, i) => {
    const from = points[i] ?? to;
    return sum + Math.hypot(to.x - from.x, to.y - from.y);
  }, 0);
}

function strip(line: readonly Position[], { landwardM, seawardM }: StretchAsked, coast: Coast): GroundArea {
  const thinned = thin(line);
  const middleDeg = (Math.min(...latitudes(line)) + Math.max(...latitudes(line))) / 2;
  const eastM = eastMetres(middleDeg);
  const points = thinned.map((place) => flat(place, eastM));
  const padM = Math.max(landwardM, seawardM);
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [west, east] = [Math.min(...xs) - padM, Math.max(...xs) + padM];
  const [south, north] = [Math.min(...ys) - padM, Math.max(...ys) + padM];
  const samples: Position[] = [];
  const [stepX, stepY] = [(east - west) / GRID_PER_SIDE, (north - south) / GRID_PER_SIDE];
  for (let row = 0; row < GRID_PER_SIDE; row++)
    for (let column = 0; column < GRID_PER_SIDE; column++) {
      const point = { x: west + (column + 0.5) * stepX, y: south + (row + 0.5) * stepY };
      const place = { latitudeDeg: point.y / M_PER_DEG, longitudeDeg: point.x / eastM };
      const reachM = coast.landOrSea(place).surface === "land" ? landwardM : seawardM;
      if (offWayM(point, points) <= reachM) samples.push(place);
    }
  return {
    bounds: {
      ...{ southDeg: south / M_PER_DEG, northDeg: north / M_PER_DEG },
      ...{ westDeg: west / eastM, eastDeg: east / eastM },
    },
    ...{ samples, rim: thinned, areaKm2: (samples.length * stepX * stepY) / 1e6, coastKm: lineM(line) / 1000 },
  };
}

const latitudes = (line: readonly Position[]): readonly number[] => line.map(({ latitudeDeg }) => latitudeDeg);

function thin(line: readonly Position[]): readonly Position[] {
  const every = Math.ceil(line.length / CORNERS_MAX);
  return line.filter((_, i) => i % every === 0 || i === line.length - 1);
}

function offWayM(point: Flat, way: readonly Flat[]): number {
  let bestM = Number.POSITIVE_INFINITY;
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1], way[i]];
    if (a && b) bestM = Math.min(bestM, offLineM(point, a, b));
  }
  return bestM;
}
