/** Boxes over the picture, as they are painted: rectangles, names that never cover one another, the middle's cross. */
import { describe, expect, it } from "vitest";
import type { FrameBox } from "../../src/contract/messages.js";
import { aFrame } from "../bridge/testing/builders.js";
import { type BoxColours, type BoxContext, packedPalette, paintBoxes, paintLuma } from "./videoPainter.js";

const colours: BoxColours = {
  ...{ person: "yellow", boat: "blue", vehicle: "grey", unknown: "white" },
  ...{ select: "cyan", ground: "black", text: "silver" },
};

/** A canvas of 400 by 200 pixels that tells what was painted; every letter is 7 pixels wide. */
function aCanvas() {
  const rectangles: (readonly [colour: string, lineWidth: number, ...number[]])[] = [];
  const grounds: (readonly number[])[] = [];
  const names: (readonly [text: string, colour: string, x: number, y: number])[] = [];
  const lines: (readonly number[])[] = [];
  const cleared: (readonly number[])[] = [];
  let from: readonly number[] = [];
  const context: BoxContext = {
    canvas: { width: 400, height: 200 },
    ...{ font: "", textBaseline: "alphabetic", lineWidth: 1, strokeStyle: "", fillStyle: "", globalAlpha: 1 },
    clearRect: (...rectangle) => void cleared.push(rectangle),
    strokeRect: (...rectangle) =>
      void rectangles.push([styleText(context.strokeStyle), context.lineWidth, ...rectangle]),
    fillRect: (...rectangle) => void grounds.push(rectangle),
    fillText: (text, x, y) => void names.push([text, styleText(context.fillStyle), x, y]),
    measureText: (text) => ({ width: text.length * 7 }),
    beginPath: () => undefined,
    moveTo: (...point) => void (from = point),
    lineTo: (...point) => void lines.push([...from, ...point]),
    stroke: () => undefined,
  };
  return { context, rectangles, grounds, names, lines, cleared };
}
const styleText = (style: string | CanvasGradient | CanvasPattern): string =>
  typeof style === "string" ? style : "no colour";

const box = (x: number, y: number, more: Partial<FrameBox> = {}): FrameBox => ({
  ...{ x, y, w: 20, h: 10, class: "boat", score: 0.9, contactId: undefined },
  ...more,
});

function paint(boxes: readonly FrameBox[], selectedId?: string, scale = 2) {
  const canvas = aCanvas();
  const nameOf = ({ contactId }: FrameBox): string => contactId ?? "?";
  paintBoxes({ context: canvas.context, frame: aFrame({ boxes }), scale, colours, selectedId, nameOf });
  return canvas;
}

describe("boxes", () => {
  it("stand round their object at the canvas's scale with a margin, in the colour of their class", () => {
    const { rectangles, cleared } = paint([box(50, 40), box(120, 60, { class: "person", w: 4, h: 6 })]);
    expect(cleared).toEqual([[0, 0, 400, 200]]);
    expect(rectangles).toEqual([
      ["blue", 1.5, 97.5, 77.5, 45, 25],
      ["yellow", 1.5, 237.5, 117.5, 13, 17],
    ]);
  });

  it("of the selected contact are heavier and in the colour of the selection; one without a contact never is", () => {
    const list = [box(50, 40, { contactId: "C-1" }), box(120, 60, { contactId: "C-2" }), box(10, 90)];
    expect(paint(list, "C-2").rectangles.map(([colour, width]) => [colour, width])).toEqual([
      ["blue", 1.5],
      ["cyan", 2.5],
      ["blue", 1.5],
    ]);
    expect(paint(list).rectangles.map(([colour]) => colour)).toEqual(["blue", "blue", "blue"]);
  });
});

describe("names", () => {
  it("stand above their box on a ground of their own", () => {
    const { names, grounds } = paint([box(50, 40, { contactId: "C-14" })]);
    // Four letters of 7 pixels and 8 of room; 16 high, one pixel above the box.
    expect(grounds).toEqual([[97.5, 60.5, 36, 16]]);
    expect(names).toEqual([["C-14", "blue", 101.5, 69.5]]);
  });

  it("stand below a box at the upper edge, and inside the picture at its sides", () => {
    expect(paint([box(50, 2, { contactId: "C-1" })]).grounds).toEqual([[97.5, 27.5, 29, 16]]);
    expect(paint([box(0, 40, { contactId: "C-1" })]).grounds[0]?.[0]).toBe(0);
    expect(paint([box(195, 40, { contactId: "C-1" })]).grounds[0]?.[0]).toBe(400 - 29);
  });

  it("are left out rather than cover another, or the picture's edge", () => {
    const crowd = [0, 1, 2].map((i) => box(50 + i, 40, { contactId: `C-${i}` }));
    const { names, rectangles } = paint(crowd);
    expect(names.map(([text]) => text)).toEqual(["C-0", "C-1"]);
    expect(rectangles).toHaveLength(3);
    expect(paint([box(50, 2, { h: 96, contactId: "C-1" })]).names).toEqual([]);
  });

  it.each([
    ["right of", 65, 40],
    ["left of", 34, 40],
    ["below", 50, 62],
  ])("%s another have room", (_, x, y) => {
    const { names } = paint([box(50, 40, { contactId: "C-1" }), box(x, y, { contactId: "C-2" })]);
    expect(names).toHaveLength(2);
  });
});

it("marks the middle of the picture with a cross that is open in its middle", () => {
  expect(paint([]).lines).toEqual([
    [204.5, 100.5, 212.5, 100.5],
    [196.5, 100.5, 188.5, 100.5],
    [200.5, 104.5, 200.5, 112.5],
    [200.5, 96.5, 200.5, 88.5],
  ]);
});

it("paints only as many pixels as there is room and light for", () => {
  const pixels = new Uint32Array(3);
  paintLuma(new Uint8Array([255, 0, 255, 255]), packedPalette("black-hot"), pixels);
  expect([...new Uint8Array(pixels.buffer)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0, 255]);
  const few = new Uint32Array([7, 7]);
  paintLuma(new Uint8Array([0]), packedPalette("white-hot"), few);
  expect(few[1]).toBe(7);
});
