import type { TileEncoding } from "../../../src/geo/tiles/mapDescription.js";
import type { NameInTile } from "./mapNames.js";
import type { TilePart } from "./mapSheet.js";

/** The parts of a canvas that tiles are painted with. */
export type TileCanvas = Pick<
  CanvasRenderingContext2D,
  | "setTransform"
  | "transform"
  | "clearRect"
  | "drawImage"
  | "save"
  | "restore"
  | "beginPath"
  | "rect"
  | "clip"
  | "fill"
  | "stroke"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "lineCap"
  | "lineJoin"
>;

/** `metresPerTile`: width of the whole tile on the ground; `pxPerUnit`: pixels of the canvas along the painted square. */
export type TileScale = { readonly metresPerTile: number; readonly pxPerUnit: number };

/** A tile that has been read. */
export type TilePicture = {
  /** Paints a part of it over the unit square of the canvas' transform. */
  readonly paint: (canvas: TileCanvas, part: TilePart, scale: TileScale) => void;
  readonly dispose: () => void;
  /** Of places and drawn things in it; pictures have none. */
  readonly names?: readonly NameInTile[] | undefined;
};

export type ReadTile = (bytes: Uint8Array, encoding: TileEncoding) => Promise<TilePicture>;

/** Neighbours overlap by a fraction of a pixel: without it a thread of the ground below would show between them. */
const OVERLAP = 0.002;

/** Reads a picture. Fails on bytes that are none. */
export async function readRasterTile(bytes: Uint8Array, encoding: TileEncoding): Promise<TilePicture> {
  const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: `image/${encoding}` }));
  return {
    paint: (canvas, { x, y, size }) => {
      const { width, height } = image;
      const side = 1 + OVERLAP;
      canvas.drawImage(image, x * width, y * height, size * width, size * height, 0, 0, side, side);
    },
    dispose: () => image.close(),
  };
}
