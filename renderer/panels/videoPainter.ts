import type { FrameBox, VideoFrame } from "../../src/contract/messages.js";
import { type ThermalPalette, paletteTable } from "../scene/thermalPalette.js";

/** A palette as 256 pixels in machine byte order: one table look-up and one write per pixel. */
export function packedPalette(palette: ThermalPalette): Uint32Array<ArrayBuffer> {
  return new Uint32Array(paletteTable(palette).buffer);
}

/** Writes luminance as pixels of an ImageData (as 32-bit words), at most as many as fit. */
export function paintLuma(luma: Uint8Array, table: Uint32Array, pixels: Uint32Array): void {
  const count = Math.min(luma.length, pixels.length);
  for (let i = 0; i < count; i++) pixels[i] = table[luma[i] ?? 0] ?? 0;
}

export type BoxColours = Readonly<Record<FrameBox["class"], string>> & {
  readonly select: string;
  readonly ground: string;
  readonly text: string;
};

/** The part of a canvas that boxes need. */
export type BoxContext = Pick<
  CanvasRenderingContext2D,
  | ("clearRect" | "strokeRect" | "fillRect" | "fillText")
  | ("beginPath" | "moveTo" | "lineTo" | "stroke")
  | ("font" | "textBaseline" | "lineWidth" | "strokeStyle" | "fillStyle" | "globalAlpha")
> & {
  readonly canvas: { readonly width: number; readonly height: number };
  measureText(text: string): { readonly width: number };
};

type BoxPaint = {
  readonly context: BoxContext;
  readonly frame: VideoFrame;
  /** Canvas pixels per picture pixel. */
  readonly scale: number;
  readonly colours: BoxColours;
  readonly selectedId: string | undefined;
  readonly nameOf: (box: FrameBox) => string;
};

const FONT_PX = 12;

/** Boxes with their names, and the cross at the middle of the picture. */
export function paintBoxes({ context, frame, scale, colours, selectedId, nameOf }: BoxPaint): void {
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  paintCross(context, colours.text);
  context.font = `500 ${FONT_PX}px "IBM Plex Mono", monospace`;
  context.textBaseline = "middle";
  const taken: number[] = [];
  for (const box of frame.boxes) {
    const isSelected = selectedId !== undefined && box.contactId === selectedId;
    const colour = isSelected ? colours.select : colours[box.class];
    // A small margin, so that the line does not cover the object.
    const left = Math.round(box.x * scale) - 2.5;
    const top = Math.round(box.y * scale) - 2.5;
    const boxWidth = Math.round(box.w * scale) + 5;
    const boxHeight = Math.round(box.h * scale) + 5;
    context.lineWidth = isSelected ? 2.5 : 1.5;
    context.strokeStyle = colour;
    context.strokeRect(left, top, boxWidth, boxHeight);
    paintName({ context, name: nameOf(box), left, top, bottom: top + boxHeight, colour, colours, taken });
  }
}

function paintCross(context: BoxContext, colour: string): void {
  const { width, height } = context.canvas;
  const x = Math.round(width / 2) + 0.5;
  const y = Math.round(height / 2) + 0.5;
  context.globalAlpha = 0.8;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + dx * 4, y + dy * 4);
    context.lineTo(x + dx * 12, y + dy * 12);
  }
  context.stroke();
  context.globalAlpha = 1;
}

type NamePaint = {
  readonly context: BoxContext;
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly colour: string;
  readonly colours: BoxColours;
  /** Rectangles (left, top, right, bottom) of names already painted. */
  readonly taken: number[];
};

/** Paints a name above its box, else below; a name that would cover another is left out. */
function paintName({ context, name, left, top, bottom, colour, colours, taken }: NamePaint): void {
  const width = Math.ceil(context.measureText(name).width) + 8;
  const height = FONT_PX + 4;
  const x = Math.max(0, Math.min(left, context.canvas.width - width));
  const y = [top - height - 1, bottom + 1].find(
    (candidate) =>
      candidate >= 0 && candidate + height <= context.canvas.height && isFree(taken, x, candidate, { width, height }),
  );
  if (y === undefined) return;
  taken.push(x, y, x + width, y + height);
  context.fillStyle = colours.ground;
  context.globalAlpha = 0.82;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  context.fillStyle = colour;
  context.fillText(name, x + 4, y + height / 2 + 1);
}

function isFree(
  taken: readonly number[],
  x: number,
  y: number,
  size: { readonly width: number; readonly height: number },
): boolean {
  for (let i = 0; i + 3 < taken.length; i += 4) {
    const isApart =
      x + size.width <= (taken[i] ?? 0) ||
      x >= (taken[i + 2] ?? 0) ||
      y + size.height <= (taken[i + 1] ?? 0) ||
      y >= (taken[i + 3] ?? 0);
    if (!isApart) return false;
  }
  return true;
}
