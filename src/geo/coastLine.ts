import { Clipper, FillRule } from "clipper2-ts";
import type { Point64 } from "clipper2-ts";
import type { CoastDocument } from "./coastDocument.js";
import type { Position } from "./position.js";
import { geodesicDistanceM } from "./geodesic.js";

/** A straight piece of waterline, short enough that a line straight in degrees and one straight on the ground coincide. */
export type ShoreEdge = {
  readonly from: Position;
  readonly to: Position;
  /** A hand-drawn harbour mole: less accurate than the line's stated error. */
  readonly isApproximate: boolean;
};

// About a centimetre: finer than any coast, coarse enough for exact integer geometry.
const PER_DEG = 1e7;
// Over 1 km a line straight in degrees and one straight on the ground differ by 2 cm at 51° N.
const PIECE_LIMIT_M = 1000;
const BOX_TOLERANCE_DEG = 3e-7;
// Half a metre in degrees of latitude: an edge of the union within this of a mole's outline is taken as the mole's.
const MOLE_TOLERANCE_DEG = 5e-6;

/** The waterline of the union of land and moles. Edges along the data's bounding box are left out: the data ends there. */
export function shoreEdges(document: CoastDocument): readonly ShoreEdge[] {
  const moles = document.harbours.flatMap((harbour) => harbour.moles);
  const edges: ShoreEdge[] = [];
  for (const ring of landRings(document, moles)) {
    let from = ring.at(-1);
    for (const to of ring) {
      if (from && !runsAlongBox(from, to, document.box)) edges.push(...pieces(from, to, liesOnMole(from, to, moles)));
      from = to;
    }
  }
  return edges;
}

function landRings(document: CoastDocument, moles: readonly (readonly Position[])[]): readonly (readonly Position[])[] {
  const land = document.land.flatMap(({ outline, holes }) => [
    oriented(outline, true),
    ...holes.map((hole) => oriented(hole, false)),
  ]);
  const union = Clipper.union(
    land,
    moles.map((mole) => oriented(mole, true)),
    FillRule.NonZero,
  );
  return union.map((ring) => ring.map(({ x, y }) => ({ latitudeDeg: y / PER_DEG, longitudeDeg: x / PER_DEG })));
}

function oriented(ring: readonly Position[], isOutline: boolean): Point64[] {
  const path = ring.map((corner) => ({
    x: Math.round(corner.longitudeDeg * PER_DEG),
    y: Math.round(corner.latitudeDeg * PER_DEG),
  }));
  return Clipper.isPositive(path) === isOutline ? path : path.reverse();
}

function runsAlongBox(from: Position, to: Position, box: CoastDocument["box"]): boolean {
  const bothAt = (a: number, b: number, edgeDeg: number): boolean =>
    Math.abs(a - edgeDeg) < BOX_TOLERANCE_DEG && Math.abs(b - edgeDeg) < BOX_TOLERANCE_DEG;
  return (
    bothAt(from.longitudeDeg, to.longitudeDeg, box.westDeg) ||
    bothAt(from.longitudeDeg, to.longitudeDeg, box.eastDeg) ||
    bothAt(from.latitudeDeg, to.latitudeDeg, box.southDeg) ||
    bothAt(from.latitudeDeg, to.latitudeDeg, box.northDeg)
  );
}

function liesOnMole(from: Position, to: Position, moles: readonly (readonly Position[])[]): boolean {
  const latDeg = (from.latitudeDeg + to.latitudeDeg) / 2;
  const lonDeg = (from.longitudeDeg + to.longitudeDeg) / 2;
  return moles.some((mole) => {
    let a = mole.at(-1);
    for (const b of mole) {
      if (a && degreesToEdge(a, b, { latitudeDeg: latDeg, longitudeDeg: lonDeg }) < MOLE_TOLERANCE_DEG) return true;
      a = b;
    }
    return false;
  });
}

function degreesToEdge(a: Position, b: Position, point: Position): number {
  const dx = b.longitudeDeg - a.longitudeDeg;
  const dy = b.latitudeDeg - a.latitudeDeg;
  const px = point.longitudeDeg - a.longitudeDeg;
  const py = point.latitudeDeg - a.latitudeDeg;
  const squared = dx * dx + dy * dy;
  const part = squared === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / squared));
  return Math.hypot(px - part * dx, py - part * dy);
}

// A degree is at most 111.7 km (latitude) or 111.4 km (longitude), which bounds the length without solving a geodesic.
const isShort = (from: Position, to: Position): boolean =>
  Math.abs(to.latitudeDeg - from.latitudeDeg) * 111_700 + Math.abs(to.longitudeDeg - from.longitudeDeg) * 111_400 <
  PIECE_LIMIT_M;

function pieces(from: Position, to: Position, isApproximate: boolean): ShoreEdge[] {
  const count = isShort(from, to) ? 1 : Math.max(1, Math.ceil(geodesicDistanceM(from, to) / PIECE_LIMIT_M));
  const at = (part: number): Position => ({
    latitudeDeg: from.latitudeDeg + (to.latitudeDeg - from.latitudeDeg) * part,
    longitudeDeg: from.longitudeDeg + (to.longitudeDeg - from.longitudeDeg) * part,
  });
  return Array.from({ length: count }, (_, i) => ({ from: at(i / count), to: at((i + 1) / count), isApproximate }));
}
