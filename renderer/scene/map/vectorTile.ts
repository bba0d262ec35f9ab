/** Mapbox vector tiles, version 2.1 (github.com/mapbox/vector-tile-spec). */
import { VectorTile, type VectorTileFeature, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { ScenePalette } from "../scenePalette.js";
import { namesIn } from "./mapNames.js";
import type { TilePart } from "./mapSheet.js";
import type { TileCanvas, TilePicture, TileScale } from "./tilePicture.js";
import { type Drawn, drawingOf, paintDrawing } from "./overlayTile.js";
import { type KindStyle, VECTOR_KINDS, type VectorKind, vectorKindOf, vectorStyle } from "./vectorStyle.js";

/** More than any real tile holds: what comes after is not drawn. */
const FEATURES_MAX = 60_000;
const CASING_PX = 1;

/** The parts of a path that are used. A tile's unit square has its north-west corner at (0, 0). */
type TilePath = Pick<Path2D, "moveTo" | "lineTo" | "closePath">;
type Paths<P> = ReadonlyMap<VectorKind, P>;

/** Collects what is drawn of a tile, one path for each kind. Fails on bytes that are no tile. */
export const pathsOf = <P extends TilePath>(bytes: Uint8Array, newPath: () => P): Paths<P> =>
  pathsIn(new VectorTile(new PbfReader(bytes)), newPath);

function pathsIn<P extends TilePath>({ layers }: VectorTile, newPath: () => P): Paths<P> {
  const paths = new Map<VectorKind, P>();
  let count = 0;
  for (const [name, layer] of Object.entries(layers)) {
    for (let i = 0; i < layer.length && count < FEATURES_MAX; i++, count++) {
      const feature = layer.feature(i);
      const isArea = VECTOR_TYPES[feature.type] === "area";
      const kind = VECTOR_TYPES[feature.type] && vectorKindOf(name, feature.properties, isArea);
      if (!kind) continue;
      const path = paths.get(kind) ?? newPath();
      paths.set(kind, path);
      addTo(path, feature, layer);
    }
  }
  return paths;
}

const VECTOR_TYPES: Readonly<Record<VectorTileFeature["type"], "line" | "area" | undefined>> = {
  ...{ 0: undefined, 1: undefined, 2: "line", 3: "area" },
};

function addTo(path: TilePath, feature: VectorTileFeature, { extent }: VectorTileLayer): void {
  if (!(extent > 0)) return;
  for (const points of feature.loadGeometry()) {
    points.forEach(({ x, y }, i) => {
      if (i === 0) path.moveTo(x / extent, y / extent);
      else path.lineTo(x / extent, y / extent);
    });
    if (feature.type === 3) path.closePath();
  }
}

/** Reads vector tiles into pictures in the colours of a theme. */
export const vectorTileReader = (theme: ScenePalette["name"]) => {
  const style = vectorStyle(theme);
  return (bytes: Uint8Array): TilePicture => {
    const tile = new VectorTile(new PbfReader(bytes));
    const [paths, drawn] = [pathsIn(tile, () => new Path2D()), drawingOf(tile, () => new Path2D())];
    return {
      paint: (canvas, part, scale) => paintPaths(canvas, { paths, style, drawn }, part, scale),
      names: namesIn(tile),
      dispose: () => undefined,
    };
  };
};

type Drawing = {
  readonly paths: Paths<Path2D>;
  readonly style: Readonly<Record<VectorKind, KindStyle>>;
  readonly drawn: readonly Drawn<Path2D>[];
};

/** Paints a part of a tile over the canvas' unit square. */
function paintPaths(canvas: TileCanvas, { paths, style, drawn }: Drawing, part: TilePart, scale: TileScale): void {
  canvas.save();
  canvas.beginPath();
  canvas.rect(0, 0, 1, 1);
  canvas.clip();
  canvas.transform(1 / part.size, 0, 0, 1 / part.size, -part.x / part.size, -part.y / part.size);
  canvas.lineCap = "round";
  canvas.lineJoin = "round";
  // From here on a unit is the whole tile.
  const widthOf = (widthM: number, leastPx: number): number =>
    Math.max(widthM / scale.metresPerTile, (leastPx * part.size) / scale.pxPerUnit);
  const pxWide = part.size / scale.pxPerUnit;
  for (const kind of VECTOR_KINDS) {
    const path = paths.get(kind);
    const look = style[kind];
    if (!path) continue;
    if ("fill" in look) {
      canvas.fillStyle = look.fill;
      canvas.fill(path);
      continue;
    }
    const width = widthOf(look.widthM, look.leastPx);
    if (look.casing !== undefined && width > 2 * pxWide) {
      canvas.strokeStyle = look.casing;
      canvas.lineWidth = width + 2 * CASING_PX * pxWide;
      canvas.stroke(path);
    }
    canvas.strokeStyle = look.stroke;
    canvas.lineWidth = width;
    canvas.stroke(path);
  }
  paintDrawing(canvas, drawn, pxWide);
  canvas.restore();
}
