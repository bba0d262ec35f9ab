/** Drawings of a person in vector tiles: the station's own layer "overlay", whose features carry their looks. */
import type { VectorTile, VectorTileFeature } from "@mapbox/vector-tile";
import type { TileCanvas } from "./tilePicture.js";

const POINT_PX = 9;
const RIM = "#00000080";
const COLOUR = /^#[0-9a-f]{8}$/;
const FEATURES_MAX = 60_000;

type TilePath = Pick<Path2D, "moveTo" | "lineTo" | "closePath">;
type Look = {
  readonly stroke: string | undefined;
  readonly strokePx: number;
  readonly fill: string | undefined;
  readonly isPoint: boolean;
};
export type Drawn<P> = { readonly look: Look; readonly path: P };

/** One path for each look, in the order of the drawing. */
export function drawingOf<P extends TilePath>(tile: VectorTile, newPath: () => P): readonly Drawn<P>[] {
  const layer = tile.layers["overlay"];
  const drawn = new Map<string, Drawn<P>>();
  for (let i = 0; i < Math.min(layer?.length ?? 0, FEATURES_MAX); i++) {
    const feature = layer?.feature(i);
    if (!feature || !layer) continue;
    const look = lookOf(feature);
    const key = `${look.isPoint} ${look.stroke} ${look.strokePx} ${look.fill}`;
    const one = drawn.get(key) ?? { look, path: newPath() };
    drawn.set(key, one);
    addTo(one.path, feature, layer.extent);
  }
  return [...drawn.values()];
}

/** Of types 1, 2 and 3: points, lines, areas. */
function lookOf({ type, properties }: VectorTileFeature): Look {
  const { stroke, strokePx, fill } = properties;
  const colour = (value: unknown): string | undefined =>
    typeof value === "string" && COLOUR.test(value) ? value : undefined;
  return {
    stroke: colour(stroke),
    strokePx: typeof strokePx === "number" ? strokePx : 0,
    fill: type === 3 ? colour(fill) : undefined,
    isPoint: type === 1,
  };
}

function addTo(path: TilePath, feature: VectorTileFeature, extent: number): void {
  if (!(extent > 0)) return;
  for (const points of feature.loadGeometry()) {
    points.forEach(({ x, y }, i) => {
      if (i === 0 || feature.type === 1) path.moveTo(x / extent, y / extent);
      // A line of no length with round ends is a dot.
      if (i > 0 || feature.type === 1) path.lineTo(x / extent, y / extent);
    });
    if (feature.type === 3) path.closePath();
  }
}

/** `pxWide`: a pixel of the canvas, in the units of its transform. */
export function paintDrawing(canvas: TileCanvas, drawn: readonly Drawn<Path2D>[], pxWide: number): void {
  for (const { look, path } of drawn) {
    if (look.fill !== undefined) {
      canvas.fillStyle = look.fill;
      canvas.fill(path, "evenodd");
    }
    if (look.stroke === undefined) continue;
    if (look.isPoint) {
      canvas.strokeStyle = RIM;
      canvas.lineWidth = (POINT_PX + 2) * pxWide;
      canvas.stroke(path);
    }
    const widthPx = look.isPoint ? POINT_PX : look.strokePx;
    if (widthPx === 0) continue;
    canvas.strokeStyle = look.stroke;
    canvas.lineWidth = widthPx * pxWide;
    canvas.stroke(path);
  }
}
