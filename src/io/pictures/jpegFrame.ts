/** The frame of a JPEG (ITU-T T.81, B.2.2): its components, and which of them the grey of a picture is made of. */
import type { HuffmanTable } from "./jpegHuffman.js";
import type { Plane } from "./jpegIdct.js";

export type Component = {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantId: number;
  /** Blocks that hold pixels; the whole of an interleaved picture may have some more. */
  readonly blocksAcross: number;
  readonly blocksDown: number;
  readonly blocksPerRow: number;
  /** Undefined for a component that the grey does not need: it is read past. */
  plane: Plane | undefined;
  /** Of a progressive picture, until its last scan. */
  coefficients: Int16Array | undefined;
  dcTable: HuffmanTable | undefined;
  acTable: HuffmanTable | undefined;
  lastDc: number;
  wasScanned: boolean;
};

export type Frame = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isProgressive: boolean;
  readonly unitsAcross: number;
  readonly unitsDown: number;
  readonly components: readonly Component[];
};

type FrameHead = {
  readonly bits: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly countOfComponents: number;
};

export const frameHead = (segment: Uint8Array): FrameHead => ({
  bits: segment[0] ?? 0,
  heightPx: ((segment[1] ?? 0) << 8) | (segment[2] ?? 0),
  widthPx: ((segment[3] ?? 0) << 8) | (segment[4] ?? 0),
  countOfComponents: segment[5] ?? 0,
});

/** Undefined when the segment is broken. Nothing of the picture's size is allocated yet. */
export function frameFrom(segment: Uint8Array, isProgressive: boolean): Frame | undefined {
  const { widthPx, heightPx, countOfComponents } = frameHead(segment);
  if (countOfComponents < 1 || countOfComponents > 4 || segment.byteLength < 6 + 3 * countOfComponents)
    return undefined;
  const factors = Array.from({ length: countOfComponents }, (_, i) => {
    const [id = 0, sampling = 0, quantId = 0] = segment.subarray(6 + 3 * i, 9 + 3 * i);
    return { id, across: sampling >> 4, down: sampling & 15, quantId };
  });
  if (factors.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) return undefined;
  const acrossMax = Math.max(...factors.map(({ across }) => across));
  const downMax = Math.max(...factors.map(({ down }) => down));
  const unitsAcross = Math.ceil(widthPx / (8 * acrossMax));
  const unitsDown = Math.ceil(heightPx / (8 * downMax));
  const components = factors.map((factor): Component => ({
    ...factor,
    blocksAcross: Math.ceil(Math.ceil((widthPx * factor.across) / acrossMax) / 8),
    blocksDown: Math.ceil(Math.ceil((heightPx * factor.down) / downMax) / 8),
    blocksPerRow: unitsAcross * factor.across,
    ...{ plane: undefined, coefficients: undefined, dcTable: undefined, acTable: undefined },
    ...{ lastDc: 0, wasScanned: false },
  }));
  return { widthPx, heightPx, isProgressive, unitsAcross, unitsDown, components };
}

/** What a program of Adobe's wrote of its colours (APP14): 0 none, 1 YCbCr, 2 YCCK; undefined without its mark. */
export type AdobeTransform = number | undefined;

type Colours = "grey" | "rgb" | "cmyk" | "ycck";

/** Colour is YCbCr, whose first component is the grey, unless the file says otherwise. */
export function coloursOf({ components }: Frame, adobe: AdobeTransform): Colours {
  if (components.length === 4) return adobe === 2 ? "ycck" : "cmyk";
  if (components.length !== 3) return "grey";
  const ids = components.map(({ id }) => String.fromCharCode(id)).join("");
  return adobe === 0 || (adobe === undefined && ids === "RGB") ? "rgb" : "grey";
}

const NEEDED: Readonly<Record<Colours, readonly number[]>> = {
  grey: [0],
  rgb: [0, 1, 2],
  cmyk: [0, 1, 2, 3],
  ycck: [0, 3],
};

/** Makes room for the components that count. */
export function allocate(frame: Frame, colours: Colours): void {
  for (const index of NEEDED[colours]) {
    const component = frame.components[index];
    if (!component) continue;
    const { blocksAcross, blocksDown, blocksPerRow, down } = component;
    const [widthPx, heightPx] = [blocksAcross * 8, blocksDown * 8];
    component.plane = { widthPx, heightPx, values: new Uint8Array(widthPx * heightPx) };
    if (frame.isProgressive) {
      component.coefficients = new Int16Array(blocksPerRow * frame.unitsDown * down * 64);
    }
  }
}
