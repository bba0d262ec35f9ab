import type { Point2 } from "../../geo/polygon.js";
import type { SweepLine } from "./sweepLines.js";

/** A line with the direction it is flown in. */
export type FlownLine = { readonly from: Point2; readonly to: Point2 };

/** Legs of neighbouring strips that follow each other without branching: flown back and forth in one go. */
type Cell = readonly SweepLine[];

/** Cost of a transit between two points, metres; more than its length where it leaves the area. */
type WayCost = (from: Point2, to: Point2) => number;

// Trying every start takes cubic time; with more cells than this only the cell nearest to the start is tried.
const CELLS_FOR_ALL_STARTS = 24;

/**
 * Orders legs so that transits are short. One cell (no branching) is flown back and forth from the best of its four corners;
 * several (concave area) one after the other, always the nearest next, from the best start.
 */
export function orderLines(lines: readonly SweepLine[], home: Point2 | undefined, cost: WayCost): readonly FlownLine[] {
  const cells = cellsOf(lines).map(transitsToFly);
  const starts = cells.length <= CELLS_FOR_ALL_STARTS ? cells.flat() : [];
  const tours = starts.map((start) => tourFrom(start, cells, cost));
  if (tours.length === 0) tours.push(tourFrom(nearestOf(cells.flat(), home ?? { xM: 0, yM: 0 }, cost), cells, cost));
  return best(tours, (tour) => tourCost(tour, home, cost));
}

/** Adds a leg to the cell of the previous strip's leg where each is the other's only neighbour. */
function cellsOf(lines: readonly SweepLine[]): readonly Cell[] {
  const cells: SweepLine[][] = [];
  const byStrip = new Map<number, SweepLine[]>();
  for (const line of lines) byStrip.set(line.strip, [...(byStrip.get(line.strip) ?? []), line]);
  for (const line of lines) {
    const before = onlyNeighbour(line, byStrip.get(line.strip) ?? [], byStrip.get(line.strip - 1) ?? []);
    const cell = before && cells.find((candidate) => candidate.at(-1) === before);
    if (cell) cell.push(line);
    else cells.push([line]);
  }
  return cells;
}

const overlaps = (a: SweepLine, b: SweepLine): boolean => a.fromM <= b.toM && b.fromM <= a.toM;

/** The leg of the previous strip that this one continues; undefined where there are several or none. */
function onlyNeighbour(
  line: SweepLine,
  here: readonly SweepLine[],
  before: readonly SweepLine[],
): SweepLine | undefined {
  if (here.length === 1 && before.length === 1) return before[0];
  const beside = before.filter((other) => overlaps(other, line));
  const [only] = beside;
  if (!only || beside.length > 1) return undefined;
  return here.filter((other) => overlaps(other, only)).length === 1 ? only : undefined;
}

/** The four ways to fly a cell, one from each of its corners. */
function transitsToFly(cell: Cell): readonly (readonly FlownLine[])[] {
  const toAndFro = (ordered: Cell, startsForward: boolean): readonly FlownLine[] =>
    ordered.map(({ yM, fromM, toM }, i) => {
      const isForward = (i % 2 === 0) === startsForward;
      return { from: { xM: isForward ? fromM : toM, yM }, to: { xM: isForward ? toM : fromM, yM } };
    });
  const backwards = [...cell].reverse();
  return [toAndFro(cell, true), toAndFro(cell, false), toAndFro(backwards, true), toAndFro(backwards, false)];
}

type CellWay = readonly FlownLine[];

function tourFrom(start: CellWay, cells: readonly (readonly CellWay[])[], cost: WayCost): CellWay {
  const tour = [...start];
  const left = new Set(cells.filter((transits) => !transits.includes(start)));
  while (left.size > 0) {
    const here = tour.at(-1)?.to ?? { xM: 0, yM: 0 };
    const next = nearestOf([...left].flat(), here, cost);
    tour.push(...next);
    for (const transits of left) if (transits.includes(next)) left.delete(transits);
  }
  return tour;
}

/** The cost is never below the length, so a candidate farther than the best one so far is skipped without computing it. */
function nearestOf(transits: readonly CellWay[], here: Point2, cost: WayCost): CellWay {
  let leastCost = Number.POSITIVE_INFINITY;
  return best(transits, (way) => {
    const start = way[0]?.from ?? here;
    if (lengthM(here, start) >= leastCost) return Number.POSITIVE_INFINITY;
    const wayCost = cost(here, start);
    leastCost = Math.min(leastCost, wayCost);
    return wayCost;
  });
}

function tourCost(tour: CellWay, home: Point2 | undefined, cost: WayCost): number {
  let sumM = 0;
  let here = home;
  for (const line of tour) {
    // The transit from home counts 0.1 % more: of a tour and its reverse, the one that begins near home wins.
    if (here) sumM += here === home ? lengthM(here, line.from) * 1.001 : cost(here, line.from);
    here = line.to;
  }
  return sumM + (home && here ? lengthM(here, home) : 0);
}

const lengthM = (a: Point2, b: Point2): number => Math.hypot(b.xM - a.xM, b.yM - a.yM);

/** The element of least cost, the first of equal ones; `candidates` must not be empty. */
function best<T>(candidates: readonly T[], costOf: (candidate: T) => number): T {
  let least: { readonly candidate: T; readonly cost: number } | undefined;
  for (const candidate of candidates) {
    const cost = costOf(candidate);
    if (!least || cost < least.cost) least = { candidate, cost };
  }
  if (!least) throw new Error("Invariant: a sweep has at least one line");
  return least.candidate;
}
