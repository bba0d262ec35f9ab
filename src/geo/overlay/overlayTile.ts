/** The part of a drawing that lies in a square tile, in the tile's own whole numbers, cut a little outside its edge. */
import { tilePointOf, type TileAddress } from "../tiles/webMercator.js";
import type { Position } from "../position.js";
import type { Overlay, OverlayFeature, OverlayLook, OverlayShape } from "./overlay.js";

/** Numbers along a tile's side, as vector tiles have them by custom. */
export const TILE_EXTENT = 4096;
/** Lines are cut so far outside the tile that their ends and an area's edge are not seen. */
const MARGIN = 128;

type TilePoint = { readonly x: number; readonly y: number };
type TileShape = {
  readonly shape: OverlayShape;
  readonly parts: readonly (readonly TilePoint[])[];
  readonly look: OverlayLook;
};
type TileName = TilePoint & { readonly name: string };
export type OverlayTile = { readonly shapes: readonly TileShape[]; readonly names: readonly TileName[] };

/** A feature in the square of the whole world, 0 to 1 from the north-west. */
type WorldPart = { readonly x: Float64Array; readonly y: Float64Array };
type WorldFeature = {
  readonly feature: OverlayFeature;
  readonly parts: readonly WorldPart[];
  readonly label: { readonly x: number; readonly y: number };
  readonly box: { readonly west: number; readonly north: number; readonly east: number; readonly south: number };
};

/** Undefined for a tile in which nothing lies. */
export function overlayTiles({ features }: Overlay): (tile: TileAddress) => OverlayTile | undefined {
  const placed = features.map(inWorld);
  return (tile) => {
    const count = 2 ** tile.zoom;
    const margin = MARGIN / TILE_EXTENT;
    const [west, north] = [(tile.column - margin) / count, (tile.row - margin) / count];
    const [east, south] = [(tile.column + 1 + margin) / count, (tile.row + 1 + margin) / count];
    const here = placed.filter(
      ({ box }) => box.west <= east && box.east >= west && box.north <= south && box.south >= north,
    );
    const shapes = here.map((feature) => shapeIn(feature, tile)).filter(({ parts }) => parts.length > 0);
    const names = here.flatMap((feature) => nameIn(feature, tile));
    return shapes.length + names.length > 0 ? { shapes, names } : undefined;
  };
}

function inWorld(feature: OverlayFeature): WorldFeature {
  const parts = feature.parts.map(partInWorld);
  const every = (pick: (part: WorldPart) => Float64Array, better: (a: number, b: number) => number, start: number) =>
    parts.reduce((best, part) => pick(part).reduce(better, best), start);
  const [least, most] = [Math.min, Math.max].map((better) => (a: number, b: number) => better(a, b));
  if (!least || !most) throw new Error("Invariant: two of two");
  const box = {
    ...{ west: every(({ x }) => x, least, 2), east: every(({ x }) => x, most, -2) },
    ...{ north: every(({ y }) => y, least, 2), south: every(({ y }) => y, most, -2) },
  };
  return { feature, parts, box, label: labelPlace(feature, parts[0], box) };
}

function partInWorld(positions: readonly Position[]): WorldPart {
  const points = positions.map((position) => tilePointOf(position, 0));
  return { x: Float64Array.from(points, ({ column }) => column), y: Float64Array.from(points, ({ row }) => row) };
}

/** A line is named at its middle corner, an area in the middle of its box. */
function labelPlace({ shape }: OverlayFeature, first: WorldPart | undefined, box: WorldFeature["box"]) {
  if (shape === "area") return { x: (box.west + box.east) / 2, y: (box.north + box.south) / 2 };
  const middle = Math.floor(((first?.x.length ?? 1) - 1) / 2);
  return { x: first?.x[middle] ?? 0, y: first?.y[middle] ?? 0 };
}

function nameIn({ feature, label }: WorldFeature, { zoom, column, row }: TileAddress): readonly TileName[] {
  const count = 2 ** zoom;
  const [x, y] = [(label.x * count - column) * TILE_EXTENT, (label.y * count - row) * TILE_EXTENT];
  const isHere = x >= 0 && x < TILE_EXTENT && y >= 0 && y < TILE_EXTENT;
  return isHere && feature.name !== "" ? [{ x: Math.floor(x), y: Math.floor(y), name: feature.name }] : [];
}

function shapeIn({ feature, parts }: WorldFeature, tile: TileAddress): TileShape {
  const { shape, look } = feature;
  const points = parts.map((part) => pointsIn(part, tile));
  const cut = { point: pointsWithin, line: linesWithin, area: areasWithin }[shape];
  return { shape, look, parts: points.flatMap(cut).map(rounded) };
}

function pointsIn({ x, y }: WorldPart, { zoom, column, row }: TileAddress): readonly TilePoint[] {
  const count = 2 ** zoom;
  return Array.from(x, (east, i) => ({
    x: (east * count - column) * TILE_EXTENT,
    y: ((y[i] ?? 0) * count - row) * TILE_EXTENT,
  }));
}

const rounded = (points: readonly TilePoint[]): readonly TilePoint[] =>
  points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));

const LEAST = -MARGIN;
const MOST = TILE_EXTENT + MARGIN;
const isWithin = ({ x, y }: TilePoint): boolean => x >= LEAST && x <= MOST && y >= LEAST && y <= MOST;

const pointsWithin = (points: readonly TilePoint[]): readonly (readonly TilePoint[])[] =>
  points.filter(isWithin).map((point) => [point]);

/** The runs of a line that are inside: where it has left, what comes back is another run. */
function linesWithin(points: readonly TilePoint[]): readonly (readonly TilePoint[])[] {
  const runs: TilePoint[][] = [];
  let isOpen = false;
  points.forEach((to, i) => {
    const from = points[i - 1];
    const part = from && segmentWithin(from, to);
    if (part && isOpen) runs.at(-1)?.push(part[1]);
    else if (part) runs.push([...part]);
    isOpen = part !== undefined && isWithin(to);
  });
  return runs;
}

/** Liang and Barsky's cut of a segment; undefined where it is wholly outside. */
function segmentWithin(from: TilePoint, to: TilePoint): readonly [TilePoint, TilePoint] | undefined {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enters, leaves] = [0, 1];
  const edges = [
    [-dx, from.x - LEAST],
    [dx, MOST - from.x],
    [-dy, from.y - LEAST],
    [dy, MOST - from.y],
  ] as const;
  for (const [towards, room] of edges) {
    if (towards === 0 && room < 0) return undefined;
    if (towards < 0) enters = Math.max(enters, room / towards);
    if (towards > 0) leaves = Math.min(leaves, room / towards);
  }
  if (enters > leaves) return undefined;
  const at = (part: number): TilePoint => ({ x: from.x + dx * part, y: from.y + dy * part });
  return [enters === 0 ? from : at(enters), leaves === 1 ? to : at(leaves)];
}

/** Sutherland and Hodgman's cut of a ring by the four edges, one after the other. */
function areasWithin(ring: readonly TilePoint[]): readonly (readonly TilePoint[])[] {
  let cut = ring;
  for (const axis of ["x", "y"] as const) {
    cut = cutAt(cut, axis, LEAST, 1);
    cut = cutAt(cut, axis, MOST, -1);
  }
  return cut.length >= 3 ? [cut] : [];
}

function cutAt(ring: readonly TilePoint[], axis: "x" | "y", edge: number, side: 1 | -1): readonly TilePoint[] {
  const isIn = (point: TilePoint): boolean => (point[axis] - edge) * side >= 0;
  const kept: TilePoint[] = [];
  ring.forEach((point, i) => {
    const before = ring.at(i - 1) ?? point;
    if (isIn(point) !== isIn(before)) {
      const part = (edge - before[axis]) / (point[axis] - before[axis]);
      kept.push({ x: before.x + (point.x - before.x) * part, y: before.y + (point.y - before.y) * part });
    }
    if (isIn(point)) kept.push(point);
  });
  return kept;
}
